import type { CheerioAPI } from 'cheerio';
import { readPlace } from '../../posting/places.ts';
import type { Page, PageReading, PageRequest, RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, segments } from '../kit/values.ts';

/**
 * SmartRecruiters' own careers pages, for where the posting interface may not be asked. The first page groups some postings (by place, or by
 * department) and says how many pages of groups there are and how many postings each group has; a group may show only its first ones, and then
 * the flat list is read, which ends with a page that shows none. Written from what other crawlers read of them: no page was recorded, and an
 * unknown company is answered 200 as well, so that a page without postings proves nothing.
 */

/** What was seen on the pages of groups before: how many pages there are, how many postings the groups say and show. */
type Groups = { page: number; pages: number; said: number; shown: number };

const FIRST: Groups = { page: 0, pages: 1, said: 0, shown: 0 };
/** Groups that do not say how many postings they have make the sum unknown. */
const UNSAID = -1;

const site = (company: string) => `https://careers.smartrecruiters.com/${encodeURIComponent(company)}`;
const HTML_ONLY = { accept: 'text/html' };

/** The first page of a company's careers site. */
export function careersPage(company: string): PageRequest {
  return groupsPage(company, FIRST);
}

function groupsPage(company: string, groups: Groups): PageRequest {
  const url = groups.page === 0 ? site(company) : `${site(company)}/api/groups?page=${groups.page}`;
  return { kind: 'list', url, headers: HTML_ONLY, note: { careers: 'groups', ...groups } };
}

function flatPage(company: string, page: number): PageRequest {
  const url = `${site(company)}/api/more?page=${page}`;
  return { kind: 'list', url, headers: HTML_ONLY, part: 'flat', note: { careers: 'flat', page } };
}

/** The page of a posting that people open. */
export function postingPage(key: string, url: string): PageRequest {
  return { kind: 'detail', url, key, headers: HTML_ONLY, note: { careers: 'posting' } };
}

/** Whether a request is for a page of the careers site or a posting's own page, not for the posting interface. */
export function isCareersPage({ note }: PageRequest): boolean {
  return typeof note?.careers === 'string';
}

/** Reads a page of the careers site: groups, the flat list, or a posting's own page with schema.org microdata. */
export function readCareers(page: Page, company: string): PageReading {
  const refused = judge(page);
  if (refused) return refused;
  if (page.request.kind === 'detail') return readPostingPage(page);
  const $ = loadHtml(page.body);
  const rows = rowsOf($, company);
  const other = anotherBoard(
    rows.map(({ named }) => named),
    company,
  );
  if (other) return other;
  const found = rows.map(({ posting }) => posting);
  return page.request.note?.careers === 'flat' ? readFlat(page, company, found) : readGroups($, page, company, found);
}

function readFlat(page: Page, company: string, rows: (RawPosting | null)[]): PageReading {
  const number = amount(page.request.note?.page) ?? 0;
  if (rows.length === 0 && number === 0) return unknown('the flat list shows no postings, though the groups do');
  // A fragment has no end that would show a cut. What is cut away is missing from the groups' sum.
  return listReading({ rows, later: true, follow: rows.length > 0 ? [flatPage(company, number + 1)] : [] });
}

function readGroups($: CheerioAPI, page: Page, company: string, rows: (RawPosting | null)[]): PageReading {
  const before = noted(page.request);
  if (rows.length === 0 && before.page > 0)
    return unknown(`page ${before.page + 1} of ${before.pages} of the careers site shows no postings`);
  if (rows.length === 0) return unknown('the careers page shows no postings, which is also the answer for a company that does not exist');
  const pages = before.page === 0 ? Math.max(1, amount($('[data-groups-pages]').first().attr('data-groups-pages')) ?? 1) : before.pages;
  const said = $('section.js-group, section.openings-section')
    .toArray()
    .reduce((sum, group) => added(sum, countOf($, group)), before.said);
  const shown = before.shown + rows.length;
  const cut = before.page === 0 ? cutHtml(page.body) : null;
  const next: Groups = { page: before.page + 1, pages, said, shown };
  if (next.page < pages) return listReading({ rows, perLocation: true, follow: [groupsPage(company, next)], shortfall: cut });
  const total = said === UNSAID ? null : said;
  const short = total === null || shown < total;
  return listReading({
    rows,
    perLocation: true,
    total,
    later: before.page > 0,
    // The flat list is the whole, not a further page: its pages may begin with the same rows.
    ...(short ? { follow: [flatPage(company, 0)], split: true } : {}),
    shortfall: cut ?? (total === null ? 'the careers page does not say how many postings there are' : null),
  });
}

function noted({ note }: PageRequest): Groups {
  const of = (name: keyof Groups) => amount(note?.[name]) ?? FIRST[name];
  return { page: of('page'), pages: of('pages'), said: of('said'), shown: of('shown') };
}

const added = (sum: number, count: number | null): number => (sum === UNSAID || count === null ? UNSAID : sum + count);

type Element = Parameters<CheerioAPI>[0];

/** How many postings a group says it has: in an attribute, or in its header as `12 jobs`. */
function countOf($: CheerioAPI, group: Element): number | null {
  const words = /(\d[\d,]*)\s+jobs?\b/i.exec($(group).find('.opening-header').first().text())?.[1];
  return amount(words) ?? amount($(group).attr('data-qty'));
}

/** The rows of a page or fragment, and the company each one's address names. */
function rowsOf($: CheerioAPI, company: string): { posting: RawPosting | null; named: string | null }[] {
  return $('li.opening-job')
    .toArray()
    .map(item => {
      const link = $(item).find('a[href]').first();
      const url = URL.parse(httpUrl(link.attr('href'), site(company)) ?? '');
      if (url?.hostname !== 'jobs.smartrecruiters.com') return { posting: null, named: null };
      const [named = null, last = ''] = segments(url);
      const key = /^(\d{6,})(?:-|$)/.exec(last)?.[1];
      const title = text($(item).find('.job-title, h4').first().text().replace(/\s+/g, ' '));
      return { posting: key && title ? stub(key, title, url, headingOf($, item)) : null, named };
    });
}

function headingOf($: CheerioAPI, item: Element): string | null {
  return text($(item).closest('section').find('.opening-title').first().text().replace(/\s+/g, ' '));
}

function stub(key: string, title: string, url: URL, heading: string | null): RawPosting {
  url.search = '';
  const { region, country } = readPlace({ raw: heading ?? '' });
  const isPlace = heading !== null && (region !== null || country !== null);
  return {
    key,
    title,
    // Which of the two a site groups by is its own choice; the posting's page tells the place in any case.
    department: isPlace ? null : heading,
    places: isPlace ? [{ raw: heading }] : [],
    url: url.href,
    detail: postingPage(key, url.href),
  };
}
