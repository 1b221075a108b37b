import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { assignedJson } from '../kit/assigned.ts';
import { partOf } from '../kit/body-parts.ts';
import { cardsOf } from '../kit/cards.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, at, text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, detailReading, gone, judge, listReading, unknown } from '../kit/reading.ts';
import { cutHtml, cutText, dated, httpUrl, segments, splitPlaces } from '../kit/values.ts';

/** `path` stands in front of the board's pages: `1065/cw/en-us` on PageUp's hosts, often the language alone on the employer's. */
type Target = { host: string; path: string };

const PAGE = 500;
const VENDOR = /^(?:careers|careersmanager|careersite)\.pageuppeople\.com$/;
const VENDOR_PATH = /^\d{1,9}\/[a-z][a-z0-9-]{0,15}\/[a-z]{2}(?:-[a-z]{2})?$/;
const OWN_PATH = /^(?:[a-z][a-z0-9-]{0,15}\/)?[a-z]{2}-[a-z]{2}$/;

/**
 * PageUp's career sites: an HTML table of at most 500 rows a page, and a posting page with labelled facts, with JSON-LD on some sites. The link to
 * the next page says how many postings are left after this one; it may stand on the last page too. Nobody recorded a page without postings.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'pageup',
  details: true,
  evidence: 'described',
  hosts: ['careers.pageuppeople.com', "employers' own domains"],
  target: z
    .strictObject({ host: z.hostname(), path: z.string() })
    .refine(fits, 'the path in front of listing: 1065/cw/en-us, or en-us on a host of the employer'),
  example: { host: 'careers.pageuppeople.com', path: '1065/cw/en-us' },
  recognise,
  home: target => `https://${target.host}/${target.path}/listing/`,
  start: target => [{ kind: 'list', url: `${adapter.home(target)}?page=1&page-items=${PAGE}`, note: { before: 0 } }],
  read(page, target) {
    const detail = page.request.kind === 'detail';
    const to = [page.headers.location ?? '', page.url].find(address => /[?&]jobnotfound=true\b/i.test(address));
    if (detail && to !== undefined) return gone(`the answer leads to ${to}`);
    const refused = judge(page);
    if (refused) return refused;
    return detail ? readDetail(page) : readList(page, target);
  },
};

function fits({ host, path }: Target): boolean {
  return VENDOR.test(host) ? VENDOR_PATH.test(path) : OWN_PATH.test(path);
}

/** The board in front of `listing` or `job/{number}`; on PageUp's own hosts, in front of any page of it. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const path = segments(url).map(segment => segment.toLowerCase());
  const page = path.findIndex((segment, index) => segment === 'listing' || (segment === 'job' && /^\d+$/.test(path[index + 1] ?? '')));
  const target = { host, path: path.slice(0, VENDOR.test(host) ? 3 : Math.max(page, 0)).join('/') };
  return fits(target) ? target : null;
}

/** Whose pages they are: PageUp's hosts are shared, an employer's host is its own. */
const nameOf = ({ host, path }: Target) => (VENDOR.test(host) ? path : host);
const boardAt = (url: URL) => (VENDOR.test(url.hostname) ? (recognise(url)?.path ?? null) : url.hostname);

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const rows = [...linkedRows($, page.url)];
  const named = rows.map(([, { url }]) => boardAt(new URL(url)));
  const other = anotherBoard([boardIn(page.body, target)], nameOf(target)) ?? anotherBoard(named, nameOf(target));
  if (other) return other;
  const before = amount(page.request.note?.before) ?? 0;
  if (rows.length === 0 && before === 0) return unknown('a page without postings, which nobody has recorded');
  const seen = before + rows.length;
  const { next, left } = nextPage($, page.url, target, seen);
  const total = amount($('.result-count').first().text()) ?? (left === null ? null : seen + left);
  const card = cardsOf(
    $,
    rows.map(([key, { link }]) => ({ key, link })),
    'tr, li, .list-item',
  );
  return listReading({
    rows: rows
      .filter((_, index) => [null, nameOf(target)].includes(named[index] ?? null))
      .map(([key, row]) => stub(key, row, card(row.link))),
    total,
    later: before > 0,
    follow: next && rows.length > 0 && left !== 0 ? [next] : [],
    shortfall:
      cutHtml(page.body) ?? (total === null && (next || rows.length >= PAGE) ? 'the page does not say how many postings there are' : null),
  });
}

/** The board that the settings of a page on PageUp's own hosts name. */
function boardIn(body: string, { host }: Target): string | null {
  const source = assignedJson(body, 'PU.Jobs.source');
  if ('why' in source || !VENDOR.test(host)) return null;
  const names = texts(...['instId', 'sourcePointer', 'language'].map(name => at(source.json, name)));
  return names.length === 3 ? names.join('/') : null;
}

type Link = Parameters<CheerioAPI>[0];
type Row = { url: string; title: string | null; link: Link };

/** The results; a second table below them repeats the newest. Some themes link each posting twice, once with the words "See details". */
function linkedRows($: CheerioAPI, base: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  const results = $('#search-results-content a.job-link[href]');
  for (const link of (results.length > 0 ? results : $('a.job-link[href]')).toArray()) {
    const url = httpUrl($(link).attr('href'), base);
    const key = url && keyIn(url);
    if (!url || !key || rows.get(key)?.title) continue;
    const said = wordsOf($(link));
    rows.set(key, { url, title: said && !/^(?:see|view|read|learn|apply|more)\b.{0,12}$/i.test(said) ? said : null, link });
  }
  return rows;
}

function keyIn(address: string): string | null {
  return /\/job\/(\d+)(?:\/|$)/.exec(new URL(address).pathname)?.[1] ?? null;
}

function nextPage($: CheerioAPI, base: string, target: Target, before: number): { next: PageRequest | null; left: number | null } {
  const more = $('a.more-link[href]').first();
  const url = httpUrl(more.attr('href'), base);
  if (!url?.startsWith(`https://${target.host}/`)) return { next: null, left: null };
  return { next: { kind: 'list', url, note: { before } }, left: amount(more.find('.count').first().text()) };
}

function stub(key: string, { url, title }: Row, card: ReturnType<CheerioAPI> | null): RawPosting | null {
  if (!title) return null;
  const said = (selector: string) => (card ? wordsOf(card.find(selector).first()) : null);
  return {
    key,
    title,
    department: said('.department'),
    places: splitPlaces(said('.location')).map(raw => ({ raw })),
    employment: texts(said('.work-type')),
    posted: dated(card?.find('.open-date time').attr('datetime'), 'open-date'),
    closes: dated(card?.find('.close-date time').attr('datetime'), 'close-date'),
    url,
    detail: { kind: 'detail', url, key },
  };
}

/** A text that says "open until the position is filled" is no closed posting: whether the page says so is asked last. */
function readDetail(page: Page): PageReading {
  const other = anotherPosting(page, keyIn(page.url));
  if (other) return other;
  const posting = plainPage(loadHtml(page.body), page);
  const cut = posting && cutText(page.body);
  if (cut) return unknown(cut);
  return posting ? detailReading(posting) : readPostingPage(page);
}

function plainPage($: CheerioAPI, page: Page): RawPosting | null {
  const content = $('#job-content').first();
  const said = (selector: string) => wordsOf(content.find(selector).first());
  const details = content.find('#job-details').first();
  const title = said('h2') ?? said('h1');
  const [number, categories] = [said('.job-externalJobNo'), said('.categories')];
  const key = page.request.key ?? number;
  const body = partOf((details.length > 0 ? details : content).html());
  if (!title || !key || body.length === 0) return null;
  return {
    key,
    title,
    company: text($('meta[property="og:site_name"]').attr('content')),
    // Some employers write everything there is to say into the categories.
    department: said('.department') ?? (categories?.includes(',') ? null : categories),
    requisition: number,
    places: splitPlaces(said('.location')).map(raw => ({ raw })),
    pay: labelled($, content, /^(?:salary|pay|compensation)\b[^:]{0,30}:/i),
    employment: texts(said('.work-type')),
    posted: dated(content.find('.open-date time').attr('datetime'), 'open-date'),
    closes: dated(content.find('.close-date time').attr('datetime'), 'close-date'),
    url: page.url,
    applyUrl: httpUrl(content.find('a.apply-link').attr('href'), page.url),
    body,
  };
}

/** What stands behind a label in bold, up to the end of its line. */
function labelled($: CheerioAPI, content: ReturnType<CheerioAPI>, label: RegExp): string | null {
  const bold = content
    .find('b')
    .toArray()
    .find(element => label.test(wordsOf($(element)) ?? ''));
  const value = bold?.nextSibling;
  return value ? (wordsOf($(value)) ?? wordsOf($(bold).next('span'))) : null;
}

function wordsOf(element: ReturnType<CheerioAPI>): string | null {
  return text(element.text().replace(/\s+/g, ' '));
}
