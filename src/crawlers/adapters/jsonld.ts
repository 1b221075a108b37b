import { getDomain } from 'tldts';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { postingOf } from '../kit/jobposting.ts';
import { text } from '../kit/json.ts';
import { findJobPostings } from '../kit/ldjson.ts';
import { keyOf, readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, type Row, reading, unknown, unreadable } from '../kit/reading.ts';
import { parseSitemap, SITEMAP_FULL } from '../kit/sitemap.ts';
import { cutHtml, httpUrl, segments } from '../kit/values.ts';

/** Where the addresses of the postings stand, and what every one of them has in its path. */
type Target = { sitemap: string; include?: string } | { list: string; include: string };

const MAX_DEPTH = 3;
const FILES = /\.(?:pdf|jpe?g|png|gif|svg|webp|css|js|zip|docx?|mp4)$/i;

const address = z.url({ protocol: /^https?$/ });
const include = z.string().min(1);

/**
 * Any site whose postings carry schema.org JobPosting: a sitemap, a sitemap index or a list page leads to the posting pages.
 * A sitemap tells addresses only, so a stub's title is the words of its address; the posting page tells the real one.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jsonld',
  kind: 'general',
  details: true,
  hosts: ['any site with schema.org JobPosting'],
  target: z.union([z.strictObject({ sitemap: address, include: include.optional() }), z.strictObject({ list: address, include })]),
  example: { sitemap: 'https://careers.acme.example/sitemap.xml' },
  recognise(url) {
    return /\/[^/]*sitemap[^/]*\.xml$/i.test(url.pathname) ? { sitemap: url.href } : null;
  },
  home: target => ('sitemap' in target ? new URL('/', target.sitemap).href : target.list),
  start: target => [{ kind: 'list', url: 'sitemap' in target ? target.sitemap : target.list, note: { depth: 0 } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readPostingPage(page);
    return 'sitemap' in target ? readSitemap(page, target) : readListPage(page, target);
  },
};

function readSitemap(page: Page, target: Target): PageReading {
  const sitemap = parseSitemap(page.body, page.url);
  if ('why' in sitemap) return unknown(sitemap.why);
  const home = getDomain(page.url) ?? new URL(page.url).hostname;
  const ours = sitemap.entries.filter(({ url }) => (getDomain(url) ?? new URL(url).hostname) === home);
  const shortfall = [
    unreadable(sitemap.entries.length + sitemap.unreadable, sitemap.entries.length),
    sitemap.entries.length >= SITEMAP_FULL ? `the sitemap is full at ${SITEMAP_FULL} addresses` : null,
  ];
  if (sitemap.kind === 'index') {
    const depth = Number(page.request.note?.depth ?? 0) + 1;
    if (ours.length === 0) return unknown('a sitemap index that names no sitemap of this site');
    const tooDeep = depth > MAX_DEPTH;
    if (tooDeep) shortfall.push(`sitemaps nested deeper than ${MAX_DEPTH}`);
    const follow: PageRequest[] = tooDeep ? [] : ours.map(({ url }) => ({ kind: 'list', url, note: { depth } }));
    return reading('board', `an index of ${ours.length} sitemaps`, { follow, shortfall: shortfall.filter(Boolean).join('; ') || null });
  }
  const wanted = ours.filter(({ url }) =>
    target.include ? url.includes(target.include) : new URL(url).pathname !== '/' && !FILES.test(url),
  );
  if (wanted.length === 0 && !page.request.note?.depth) {
    return unknown(`a sitemap of ${sitemap.entries.length} addresses, none of them a posting's`);
  }
  return listReading({
    rows: wanted.map(({ url, lastmod }) => stub(url, lastmod)),
    later: true,
    shortfall: shortfall.filter(Boolean).join('; ') || null,
  });
}

/** A list page: postings it carries itself, and links to posting pages. That it shows none never proves that there are none. */
function readListPage(page: Page, target: { include?: string }): PageReading {
  const $ = loadHtml(page.body);
  const { postings: jobs, broken } = findJobPostings($);
  const whole: Row[] = jobs.map(job => {
    const posting = postingOf(job, page.url);
    return posting && posting.url !== page.url && posting.body?.length ? { ...posting, key: keyOf(posting.url) } : 'unlisted';
  });
  const links = $('a[href]')
    .toArray()
    .map(link => ({ url: httpUrl($(link).attr('href'), page.url), title: text($(link).text().replace(/\s+/g, ' ')) }))
    .filter(({ url }) => url && url !== page.url && url.includes(target.include ?? '') && new URL(url).host === new URL(page.url).host);
  const known = new Set(whole.map(row => (row === null || row === 'unlisted' ? null : row.key)));
  const stubs = links.filter(({ url }) => url && !known.has(keyOf(url))).map(({ url, title }) => stub(url ?? '', null, title));
  const rows = [...whole.filter(row => row !== 'unlisted'), ...stubs];
  if (rows.length === 0) return unknown(`no posting and no link with ${target.include} on the page`);
  const next = httpUrl($('link[rel~="next"], a[rel~="next"]').first().attr('href'), page.url);
  return listReading({
    rows,
    follow: next && next !== page.url ? [{ kind: 'list', url: next, note: { depth: 0 } }] : [],
    shortfall: cutHtml(page.body) ?? (broken.length > 0 ? `${broken.length} scripts with structured data could not be read` : null),
  });
}

function stub(url: string, lastmod: string | null, title: string | null = null): RawPosting {
  const key = keyOf(url);
  return {
    key,
    title: title ?? slugWords(url),
    places: [],
    url,
    detail: { kind: 'detail', url, key, redirects: 'site', ...(lastmod ? { note: { lastmod } } : {}) },
  };
}

/** The words of an address's last speaking part, for choosing which pages are worth opening; empty when it is a number or a code. */
function slugWords(address: string): string {
  const parts = segments(new URL(address)).reverse();
  const speaking = parts.slice(0, 2).find(part => part.split(/[-_+\s]+/).filter(word => /^[a-z]{2,}$/i.test(word)).length >= 2);
  return (
    speaking
      ?.replace(/\.\w{2,5}$/, '')
      .replace(/[-_+\s]+/g, ' ')
      .trim() ?? ''
  );
}
