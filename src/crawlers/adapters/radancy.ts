import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { cardsOf } from '../kit/cards.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, at, parseJson, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, reading, unknown } from '../kit/reading.ts';
import { cutHtml, decodeOnce, httpUrl, segments, splitPlaces } from '../kit/values.ts';

/** `org` is the number in the postings' addresses, `lang` the language in front of the site's paths where it has one. */
type Target = { host: string; org: string; lang?: string | undefined };

const PAGE = 100;
/** Without the module's name the answer is empty, without a word; with the filters' module it carries megabytes of facets. */
const QUERY =
  `RecordsPerPage=${PAGE}&ActiveFacetID=0&Distance=50&RadiusUnitType=0&Keywords=&Location=&ShowRadius=False&IsPagination=True` +
  '&CustomFacetName=&FacetTerm=&FacetType=0&SearchResultsModuleName=Search%20Results&SortCriteria=0&SortDirection=0&SearchType=5';

/**
 * Radancy's TalentBrew sites: a JSON answer that wraps the HTML of the result list, posting pages with JSON-LD. Where a site's module has
 * another name the JSON is empty, and the same list is read from the site's own pages.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'radancy',
  details: true,
  hosts: ["employers' own domains"],
  target: z.strictObject({
    host: z.hostname(),
    org: z.string().regex(/^\d+$/, 'the number before the last in the address of a posting'),
    lang: z
      .string()
      .regex(/^[a-z]{2}(?:-[a-z]{2})?$/)
      .optional(),
  }),
  example: { host: 'careers.acme.example', org: '1234' },
  recognise,
  home: target => `${site(target)}/search-jobs?orgIds=${target.org}`,
  // Many sites refuse the address of the results to crawlers, and allow that of the list.
  start: target => [{ ...resultsPage(target, 1), instead: plainPage(target, 1) }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readPostingPage(page);
    if (page.request.note?.plain === true) return readResults(page.body, page, target);
    const parsed = parseJson(page.body);
    if ('why' in parsed) return unknown(parsed.why);
    const results = at(parsed.json, 'results');
    if (typeof results !== 'string' || at(parsed.json, 'hasContent') === undefined) return unknown('no results in the answer');
    if (results.trim() === '') return elsewhere(page, target);
    return readResults(results, page, target);
  },
};

const site = ({ host, lang }: Target) => `https://${host}${lang ? `/${lang}` : ''}`;

function resultsPage(target: Target, page: number): PageRequest {
  return {
    kind: 'list',
    url: `${site(target)}/search-jobs/results?CurrentPage=${page}&${QUERY}`,
    headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
    note: { page, plain: false },
  };
}

function plainPage(target: Target, page: number): PageRequest {
  return { kind: 'list', url: `${site(target)}/search-jobs?p=${page}`, headers: { accept: 'text/html' }, note: { page, plain: true } };
}

function elsewhere(page: Page, target: Target): PageReading {
  const number = amount(page.request.note?.page) ?? 1;
  if (number > 1) return unknown(`page ${number} of the results is empty`);
  return reading('board', "the results are empty under the module's usual name; the site's own pages are read", {
    follow: [plainPage(target, 1)],
  });
}

function readResults(html: string, page: Page, target: Target): PageReading {
  const $ = loadHtml(html);
  const section = $('#search-results, [data-total-job-results], [data-total-results]').first();
  const links = $('a[data-job-id][href*="/job/"]').toArray();
  if (section.length === 0 && links.length === 0) return unknown('no search results on the page');
  const number = (...names: string[]) => names.map(name => amount($(`[${name}]`).first().attr(name))).find(value => value !== null) ?? null;
  const [asked, plain] = [amount(page.request.note?.page) ?? 1, page.request.note?.plain === true];
  const total = number('data-total-job-results', 'data-total-results');
  const current = number('data-current-page');
  if (current !== null && current !== asked) {
    return listReading({ rows: [], later: true, shortfall: `page ${asked} was asked for and page ${current} was answered` });
  }
  const rows = rowsIn($, links, page.url);
  const other = anotherBoard(
    rows.map(({ url }) => orgIn(new URL(url))),
    target.org,
  );
  if (other) return other;
  const card = cardsOf($, rows, 'li, tr, article');
  const cut = plain ? cutHtml(html) : null;
  const pages = pagesOf(number('data-total-pages'), total, number('data-records-per-page') ?? rows.length);
  const more = rows.length > 0 && (pages === null || asked < pages);
  return listReading({
    rows: rows.map(row => stub($, row, card)),
    total: cut && rows.length === 0 ? null : total,
    later: asked > 1,
    follow: more ? [plain ? plainPage(target, asked + 1) : resultsPage(target, asked + 1)] : [],
    shortfall: cut ?? (total === null ? 'the answer does not say how many postings there are' : null),
  });
}

/** How many pages there are: as said, or as the total and the rows of a page make it; null when neither is known. */
function pagesOf(stated: number | null, total: number | null, perPage: number): number | null {
  if (stated !== null) return stated;
  return total === null || perPage < 1 ? null : Math.ceil(total / perPage);
}

type Link = Parameters<CheerioAPI>[0];
type Row = { key: string; url: string; title: string | null; link: Link };

/** One row per posting: a picture may link to it too, and the button that saves it repeats its number without being a link. */
function rowsIn($: CheerioAPI, links: readonly Link[], base: string): Row[] {
  const rows = new Map<string, Row>();
  for (const link of links) {
    const [key, url] = [text($(link).attr('data-job-id')), httpUrl($(link).attr('href'), base)];
    if (!key || !url) continue;
    const title = titleOf($, link);
    if (!rows.get(key)?.title) rows.set(key, { key, url, title, link });
  }
  return [...rows.values()];
}

function titleOf($: CheerioAPI, link: Link): string | null {
  const heading = $(link).find('h1, h2, h3, h4, [class*="title"]').first();
  if (heading.length > 0) return words(heading.text());
  return words($(link).clone().find('[class*="location"], [class*="date"], [class*="category"]').remove().end().text());
}

function stub($: CheerioAPI, { key, url, title, link }: Row, card: ReturnType<typeof cardsOf>): RawPosting | null {
  if (!title) return null;
  const within = card(link) ?? $(link);
  const place = within
    .find('[class*="location"]')
    .toArray()
    .map(found => words($(found).text())?.replace(/^(?:job )?locations?:\s*/i, ''))
    .find(Boolean);
  const date = within
    .find('[class*="date"]')
    .toArray()
    .map(found => /\b\d{1,2}\/\d{1,2}\/\d{4}\b/.exec($(found).text())?.[0])
    .find(Boolean);
  return {
    key,
    title,
    places: splitPlaces(place).map(raw => ({ raw })),
    posted: date ? { value: date, from: 'list' } : null,
    url,
    detail: { kind: 'detail', url, key },
  };
}

function words(value: string): string | null {
  return text(decodeOnce(value).replace(/\s+/g, ' '));
}

/** `/job/{city}/{slug}/{org}/{id}`, behind a language on some sites. */
function orgIn(url: URL): string | null {
  const path = segments(url);
  const [org, id] = path.slice(-2);
  return path.includes('job') && path.length >= 5 && /^\d+$/.test(org ?? '') && /^\d+$/.test(id ?? '') ? (org ?? null) : null;
}

/** A posting's address, or a search that names the organization. */
function recognise(url: URL): Target | null {
  const path = segments(url);
  const lang = /^[a-z]{2}(?:-[a-z]{2})?$/.test(path[0] ?? '') ? path.shift() : undefined;
  const searched = path[0] === 'search-jobs' ? /^\d+/.exec(url.searchParams.get('orgIds') ?? '')?.[0] : null;
  const org = searched ?? (path[0] === 'job' ? orgIn(url) : null);
  return org ? { host: url.hostname.toLowerCase(), org, ...(lang ? { lang } : {}) } : null;
}
