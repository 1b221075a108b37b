import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, at, items, type Json, parseJson, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, unknown } from '../kit/reading.ts';
import { openRss } from '../kit/rss.ts';
import { countryIn, dated, decodeOnce, joinPlace, segments } from '../kit/values.ts';
import { childText, type XmlNode } from '../kit/xml.ts';
import { readRmkPage } from './_rmk-page.ts';
import { keyOf, publicUrl, type RmkTable, readRmkTable } from './_rmk-table.ts';

const VARIANTS = ['feed', 'rss', 'table', 'tiles', 'csb'] as const;
const LOCALE = /^[a-z]{2}_[A-Z]{2}$/;

/**
 * Which list the site has is a matter of its age: `feed` is the whole board for search engines, `rss` its newest postings, `table` the pages of
 * a search whose results are a table, with their number; `tiles` those of one that shows tiles, `csb` the newest one's JSON, which shows a posting
 * under the locales it was published in only.
 */
type Target = { host: string; variant: (typeof VARIANTS)[number]; locale: string };

/** Fixed by the newer search. */
const CSB_PAGE = 10;

/**
 * SAP SuccessFactors' career sites, on employers' own domains. No variant proves that a board is empty: retired feeds stay without items, the
 * older search answers an empty shell on sites of the newer one, and the newer one says 0 for a locale the board does not use.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'successfactors',
  details: true,
  hosts: ["employers' own domains"],
  target: z.strictObject({
    host: z.hostname(),
    variant: z.enum(VARIANTS),
    locale: z.string().regex(LOCALE, 'a locale such as en_US').default('en_US'),
  }),
  example: { host: 'careers.acme.example', variant: 'tiles', locale: 'en_US' },
  recognise,
  home: target =>
    target.variant === 'table' ? tablePage(target, 0, null).url : `https://${target.host}/search/?createNewAlert=false&q=&locationsearch=`,
  start: target => [firstPage(target)],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readDetail(page);
    if (/^\uFEFF?\s*<(?:\?xml|rss)/.test(page.body)) return readRss(page, target);
    if (/^\s*[{[]/.test(page.body)) return readCsb(page, target);
    const table = readRmkTable(page.body, page.url);
    return table ? listTable(table, page, target) : readTiles(page, target);
  },
};

function firstPage(target: Target): PageRequest {
  const { host, variant, locale } = target;
  const xml = { accept: 'application/xml, application/rss+xml' };
  if (variant === 'feed') return { kind: 'list', url: `https://${host}/googlefeed.xml`, headers: xml };
  if (variant === 'rss') return { kind: 'list', url: `https://${host}/services/rss/job/?locale=${locale}&keywords=()`, headers: xml };
  if (variant === 'table') return tablePage(target, 0, null);
  return variant === 'csb' ? csbPage(target, 0, 0) : tilesPage(target, 0);
}

function tablePage({ host }: Target, start: number, total: number | null): PageRequest {
  const url = `https://${host}/search/?createNewAlert=false&q=&locationsearch=&startrow=${start}`;
  return { kind: 'list', url, headers: { accept: 'text/html' }, note: { start, total } };
}

function tilesPage({ host }: Target, start: number): PageRequest {
  return { kind: 'list', url: `https://${host}/tile-search-results/?startrow=${start}`, headers: { accept: 'text/html' }, note: { start } };
}

function csbPage({ host, locale }: Target, pageNumber: number, seen: number): PageRequest {
  return {
    kind: 'list',
    method: 'POST',
    url: `https://${host}/services/recruiting/v1/jobs`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ keywords: '', locale, location: '', pageNumber, sortBy: 'recent' }),
    // A redirect would turn the POST into a GET of something else.
    redirects: 'none',
    note: { page: pageNumber, seen },
  };
}

/** Both feeds are RSS; the one for search engines has further fields and holds the whole board. */
function readRss(page: Page, target: Target): PageReading {
  const rss = openRss(page);
  if ('refused' in rss) return rss.refused;
  return listReading({
    rows: rss.entries.map(item => itemOf(item, page.url)),
    shortfall: target.variant === 'feed' ? null : 'the feed holds the newest postings only',
  });
}

/** `g:expiration_date` is when search engines may drop the row; that it is the posting's end is not confirmed, so it is not shown as one. */
function itemOf(item: XmlNode, base: string): RawPosting | null {
  const url = publicUrl(childText(item, 'link'), base);
  const key = url ? keyOf(new URL(url)) : null;
  const said = childText(item, 'title');
  if (!url || !key || !said) return null;
  const { title, place } = apart(decodeOnce(said));
  const raw = childText(item, 'location') ?? place;
  const body = partOf(childText(item, 'description'));
  return {
    key,
    title,
    company: childText(item, 'employer'),
    department: childText(item, 'job_function'),
    places: raw ? [{ raw }] : [],
    posted: dated(childText(item, 'pubDate'), 'pubDate'),
    url,
    ...(body.length > 0 ? { body } : { detail: { kind: 'detail', url, key } }),
  };
}

/** `Title (City, ST, US, 75080)`: the place behind the title, when what stands in brackets is one. */
function apart(said: string): { title: string; place: string | null } {
  const [, title, place] = /^(.{1,300}\S)\s*\(([^()]{2,150})\)$/.exec(said.slice(0, 500)) ?? [];
  return title && place?.includes(',') && countryIn(place) !== null ? { title, place } : { title: said, place: null };
}

function listTable({ rows, total: said }: RmkTable, page: Page, target: Target): PageReading {
  const start = amount(page.request.note?.start) ?? 0;
  if (rows.length === 0 && start === 0) return unknown('the search shows no results, which it also does for words that no posting has');
  const total = said ?? amount(page.request.note?.total);
  const next = start + rows.length;
  return listReading({
    rows,
    total,
    later: start > 0,
    follow: rows.length > 0 && (total === null || next < total) ? [tablePage(target, next, total)] : [],
    shortfall: total === null ? 'the table does not say how many postings there are' : null,
  });
}

/** Pages of the older search: their size is the site's choice, so the next begins after the tiles that were seen. */
function readTiles(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const start = amount(page.request.note?.start) ?? 0;
  const tiles = $('li.job-tile').toArray();
  if (tiles.length === 0 && start === 0) return unknown('no tiles: an empty shell is what sites of the newer search (csb) answer');
  return listReading({
    rows: tiles.map(tile => {
      const key = /\bjob-id-(\d+)\b/.exec($(tile).attr('class') ?? '')?.[1];
      const url = publicUrl($(tile).attr('data-url'), page.url) ?? publicUrl($(tile).find('[data-url]').attr('data-url'), page.url);
      const title = text($(tile).find('a.jobTitle-link').first().text().replace(/\s+/g, ' '));
      if (!key || !url || !title) return null;
      // A tile shows its fields once per size of screen.
      const field = (name: string) => text($(tile).find(`[id$="-section-${name}-value"]`).first().text().replace(/\s+/g, ' '));
      const raw = field('location') ?? joinPlace(field('city'), field('state'), field('country'));
      return { key, title, places: raw ? [{ raw }] : [], url, detail: { kind: 'detail', url, key } };
    }),
    later: start > 0,
    follow: tiles.length > 0 ? [tilesPage(target, start + tiles.length)] : [],
    shortfall: 'the tiles do not say how many postings there are',
  });
}

function readCsb(page: Page, target: Target): PageReading {
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const results = at(parsed.json, 'jobSearchResult');
  if (!Array.isArray(results)) return unknown('no search results in the answer');
  const [number, before] = [amount(page.request.note?.page) ?? 0, amount(page.request.note?.seen) ?? 0];
  const total = amount(at(parsed.json, 'totalJobs'));
  if (number === 0 && total === 0) return unknown(`nothing under ${target.locale}: the board may use another locale`, { total });
  const seen = before + results.length;
  const more = results.length > 0 && (total === null ? results.length >= CSB_PAGE : seen < total);
  return listReading({
    rows: results.map(result => csbRow(at(result, 'response') ?? null, target)),
    total,
    later: number > 0,
    follow: more ? [csbPage(target, number + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function csbRow(job: Json, { host, locale }: Target): RawPosting | null {
  const [key, said] = [text(at(job, 'id')), text(at(job, 'unifiedStandardTitle'))];
  const title = said && text(decodeOnce(said));
  if (!key || !title) return null;
  // The words in front are for people and come escaped in several ways; the number and the locale find the posting.
  const slug = decodeOnce((text(at(job, 'unifiedUrlTitle')) ?? 'job').toWellFormed()).replace(/[?#&/\s]+/g, '-');
  const url = `https://${host}/job/${slug}/${addressPart(key)}-${locale}`;
  const places = items(at(job, 'jobLocationShort'))
    .map(place => text(decodeOnce((text(place) ?? '').slice(0, 500).replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ')))
    .filter(raw => raw !== null);
  return {
    key,
    title,
    places: [...new Set(places)].map(raw => ({ raw })),
    posted: dated(at(job, 'unifiedStandardStart'), 'unifiedStandardStart'),
    url,
    detail: { kind: 'detail', url, key },
  };
}

/** Structured data where the page has any, filled up from the page's own marked fields. */
function readDetail(page: Page): PageReading {
  const marked = readRmkPage(page);
  const found = readPostingPage(page, () => marked);
  if (!marked || found.marker !== 'board') return found;
  const [first, ...rest] = found.postings as [RawPosting, ...RawPosting[]];
  const whole: RawPosting = {
    ...first,
    department: first.department ?? marked.department ?? null,
    places: first.places.length > 0 ? first.places : marked.places,
    employment: first.employment?.length ? first.employment : (marked.employment ?? []),
    posted: first.posted ?? marked.posted ?? null,
    applyUrl: first.applyUrl ?? marked.applyUrl ?? null,
    body: first.body?.length ? first.body : (marked.body ?? []),
  };
  return { ...found, postings: [whole, ...rest] };
}

/** The addresses of the lists, of postings, and of searches as these sites write them. The host alone tells nothing. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const stated = url.searchParams.get('locale');
  const locale = stated && LOCALE.test(stated) ? stated : 'en_US';
  const path = `/${segments(url).join('/')}`;
  if (/^\/(?:googlefeed|sitemal)\.xml$/.test(path)) return { host, variant: 'feed', locale };
  if (path === '/services/rss/job') return { host, variant: 'rss', locale };
  if (path === '/services/recruiting/v1/jobs') return { host, variant: 'csb', locale };
  if (path === '/tile-search-results') return { host, variant: 'tiles', locale };
  const published = /^\/job\/[^/]+\/(?:\d{8,}|\d{4,}-([a-z]{2}_[A-Z]{2}))$/.exec(path);
  if (published) return { host, variant: published[1] ? 'csb' : 'tiles', locale: published[1] ?? locale };
  // Only the table is turned and narrowed by the address.
  const turned = [...url.searchParams.keys()].some(name => name === 'startrow' || name.startsWith('optionsFacetsDD_'));
  if (path === '/search' && turned) return { host, variant: 'table', locale };
  return path === '/search' && url.searchParams.has('createNewAlert') ? { host, variant: 'tiles', locale } : null;
}
