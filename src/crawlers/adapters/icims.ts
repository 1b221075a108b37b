import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { cardsOf } from '../kit/cards.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, text } from '../kit/json.ts';
import { findJobPostings } from '../kit/ldjson.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, reading, unknown } from '../kit/reading.ts';
import { parseSitemap } from '../kit/sitemap.ts';
import { cutHtml, decodeOnce, httpUrl, segments, tenantOf } from '../kit/values.ts';
import { factsOf, fieldsIn, plainPage } from './_icims-page.ts';

type Target = { host: string };

const RESERVED = ['developer', 'login', 'support'];
/** A tenant's portals share what follows the first hyphen: `careers-acme`, `jobs-acme`. */
const PREFIX = /^[a-z0-9]+-/;
const DAY = 86_400_000;

/**
 * iCIMS' hosted portals: HTML list pages inside a frame, posting pages with JSON-LD. A list that shows nothing proves nothing: some portals
 * list their postings in the sitemap only, which is then read, as it is where robots.txt refuses the list. Pages depend on the session, so that
 * one may be answered for another.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'icims',
  details: true,
  hosts: ['*.icims.com'],
  target: z.strictObject({ host: z.string().regex(/^[a-z0-9-]+\.icims\.com$/, 'a host such as careers-acme.icims.com') }),
  example: { host: 'careers-acme.icims.com' },
  recognise(url) {
    return tenantOf(url, 'icims.com', RESERVED) ? { host: url.hostname.toLowerCase() } : null;
  },
  home: ({ host }) => `https://${host}/jobs/search?ss=1`,
  start: target => [{ ...listPage(target, 0), instead: sitemapOf(target) }],
  detailOf,
  read(page, target) {
    // Its wall shows some clients a captcha under this status.
    if (page.status === 405) return reading('challenge', 'HTTP 405: the portal asks for a captcha');
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readDetail(page);
    return page.request.note?.sitemap === true ? readSitemap(page, target) : readList(page, target);
  },
};

function listPage({ host }: Target, page: number): PageRequest {
  // Without `in_iframe` the answer is a shell around a frame.
  return { kind: 'list', url: `https://${host}/jobs/search?ss=1&in_iframe=1&pr=${page}`, note: { page } };
}

function sitemapOf({ host }: Target): PageRequest {
  return { kind: 'list', url: `https://${host}/sitemap.xml`, note: { sitemap: true } };
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const asked = amount(page.request.note?.page) ?? 0;
  const found = new Map<string, Row>();
  for (const link of $('a[href]').toArray()) {
    const url = httpUrl($(link).attr('href'), page.url);
    const key = url ? keyOf(new URL(url)) : null;
    if (!url || !key) continue;
    const title = titleOf($, link);
    // A second link to the same posting is often an icon or "Apply".
    if (!found.get(key)?.title) found.set(key, { url, title, link });
  }
  const named = [...found.values()].map(({ link }) => URL.parse($(link).attr('href') ?? '')).filter(url => url !== null);
  const other = anotherBoard(named.map(portalOf), portalOf(new URL(`https://${target.host}`)) ?? target.host);
  if (other) return other;
  const cut = cutHtml(page.body);
  const { current, pages } = pagesOf($);
  if (found.size === 0) return nothingShown(page, target, asked, cut);
  if (current !== null && current !== asked + 1) {
    // The session moved, or the list ended and its last page is shown again.
    return listReading({ rows: [], later: true, shortfall: `page ${asked + 1} was asked for and page ${current} was answered` });
  }
  const card = cardsOf(
    $,
    [...found].map(([key, { link }]) => ({ key, link })),
    '.iCIMS_JobCardItem, li, tr, .row',
  );
  return listReading({
    rows: [...found].map(([key, row]) => (row.title ? stub(key, { ...row, title: row.title }, fieldsIn($, card(row.link))) : null)),
    later: asked > 0,
    follow: asked + 1 < pages ? [listPage(target, asked + 1)] : [],
    shortfall: cut,
  });
}

function nothingShown(page: Page, target: Target, asked: number, cut: string | null): PageReading {
  if (asked > 0) return unknown(`page ${asked + 1} of the list shows no postings`);
  if (cut || !page.body.includes('iCIMS_ListingsPage')) return unknown(cut ?? 'the page is no list of this system');
  return reading('board', 'the list shows no postings; its sitemap may', { follow: [sitemapOf(target)] });
}

type Link = Parameters<CheerioAPI>[0];
type Row = { url: string; title: string | null; link: Link };

function stub(key: string, { url, title }: Row & { title: string }, fields: ReadonlyMap<string, string>): RawPosting {
  return {
    key,
    title,
    ...factsOf(fields),
    url: publicUrl(url),
    detail: detailOf({ key, url }),
  };
}

function detailOf({ key, url }: Pick<RawPosting, 'key' | 'url'>): PageRequest {
  return { kind: 'detail', url: `${publicUrl(url)}?in_iframe=1`, key };
}

/** The heading inside the link, else its tooltip without the number in front, else its words. */
function titleOf($: CheerioAPI, link: Link): string | null {
  const heading = text($(link).find('h1, h2, h3, h4').first().text().replace(/\s+/g, ' '));
  if (heading) return heading;
  const tooltip = text($(link).attr('title'));
  if (tooltip) return /^(?=\D{0,20}\d)[\w-]{1,30} - (.+)$/.exec(tooltip)?.[1] ?? tooltip;
  return text($(link).clone().children('.field-label').remove().end().text().replace(/\s+/g, ' '));
}

/** `Page 2 of 5` where it is shown, else the highest page any link leads to. */
function pagesOf($: CheerioAPI): { current: number | null; pages: number } {
  const [, current, pages] = /\bPage\s+(\d+)\s+of\s+(\d+)\b/i.exec($('body').text().replace(/\s+/g, ' ')) ?? [];
  const linked = $('a[href*="pr="]')
    .toArray()
    .map(link => Number(/[?&]pr=(\d{1,4})(?:&|$)/.exec($(link).attr('href') ?? '')?.[1] ?? 0));
  return { current: current ? Number(current) : null, pages: Math.max(1, Number(pages ?? 0), ...linked.map(index => index + 1)) };
}

/** A sitemap tells addresses only, so that a stub's title is the words of its address. Its host may be another one of the tenant's. */
function readSitemap(page: Page, target: Target): PageReading {
  const sitemap = parseSitemap(page.body, page.url);
  if ('why' in sitemap) return unknown(sitemap.why);
  const own = portalOf(new URL(`https://${target.host}`));
  const ours = sitemap.entries.flatMap(({ url }) => {
    const address = new URL(url);
    const key = keyOf(address);
    return key && portalOf(address) === own ? [{ key, url, address }] : [];
  });
  if (ours.length === 0) return unknown('the sitemap shows no posting, which does not prove that there is none');
  return listReading({
    rows: ours.map(({ key, url, address }) => ({
      key,
      title: (segments(address)[2] ?? '').replace(/[-_+]+/g, ' ').replace(/^job$/, ''),
      places: [],
      url: publicUrl(url),
      detail: detailOf({ key, url }),
    })),
    later: true,
  });
}

function readDetail(page: Page): PageReading {
  const found = readPostingPage(page, $ => plainPage($, page));
  const job = findJobPostings(loadHtml(page.body)).postings[0];
  const category = text(job?.occupationalCategory);
  const postings = found.postings.map(posting => {
    const invented = isRequestTime(posting.posted?.value, page.fetchedAt);
    return {
      ...posting,
      key: page.request.key ?? keyOf(new URL(posting.url)) ?? posting.key,
      department: posting.department ?? (category ? decodeOnce(category) : null),
      posted: invented ? null : posting.posted,
      closes: isYearAfter(posting.posted?.value, posting.closes?.value) ? null : posting.closes,
      url: publicUrl(posting.url),
    };
  });
  return { ...found, postings };
}

/** Some portals write the moment of the request where the posting date stands: a date within the hour before the fetch says nothing. */
function isRequestTime(posted: string | number | undefined, fetchedAt: string): boolean {
  return typeof posted === 'string' && /T/.test(posted) && Math.abs(Date.parse(fetchedAt) - Date.parse(posted)) < DAY / 24;
}

/** The end is made up by the system where it is the posting date of the next year. */
function isYearAfter(posted: string | number | undefined, closes: string | number | undefined): boolean {
  const [begin, end] = [new Date(posted ?? Number.NaN), new Date(closes ?? Number.NaN)];
  const nextYear = new Date(begin).setUTCFullYear(begin.getUTCFullYear() + 1);
  // A day's grace: leap days and the change to summer time.
  return Math.abs(nextYear - end.getTime()) <= DAY;
}

/** `/jobs/{id}/{slug}/job`, the slug may be missing. The number is the posting's, the slug changes with its title. */
function keyOf(url: URL): string | null {
  if (!tenantOf(url, 'icims.com', RESERVED)) return null;
  const [jobs, id, ...rest] = segments(url);
  return jobs === 'jobs' && id && /^\d+$/.test(id) && rest.length <= 2 && rest.at(-1) === 'job' ? id : null;
}

function portalOf(url: URL): string | null {
  return tenantOf(url, 'icims.com', RESERVED)?.replace(PREFIX, '') ?? null;
}

/** The address without the frame and without tracking. */
function publicUrl(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
