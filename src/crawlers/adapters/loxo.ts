import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, judge, listReading, unknown } from '../kit/reading.ts';
import { cutHtml, dated, httpUrl, segments, workModeOf } from '../kit/values.ts';

type Target = { host: string; board: string };

const HOST = /^(?:[a-z0-9-]+\.)?app\.loxo\.co$/;
const BOARD = /^[A-Za-z0-9][\w-]*$/;
/** First parts of a path that are no board: the application's own pages. */
const NO_BOARD = ['job', 'api', 'users', 'login', 'logout', 'sign_in', 'signup', 'assets', 'people', 'companies', 'jobs', 'settings'];

/**
 * Loxo's boards of recruiting firms: one page of cards, and a page for each posting. Its interface wants a key. Dates are "17 days ago". A firm
 * without openings shows a place of its own for that, which nobody recorded. Written from a list and a posting page that freehire recorded, and
 * from the job-source-agent's tests.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'loxo',
  details: true,
  hosts: ['app.loxo.co', '*.app.loxo.co'],
  target: z.strictObject({
    host: z.string().regex(HOST, 'app.loxo.co, or a host in front of it: acme.app.loxo.co'),
    board: z.string().regex(BOARD, "the first part of the path of the firm's list: acme of app.loxo.co/acme"),
  }),
  example: { host: 'app.loxo.co', board: 'acme' },
  recognise: boardAt,
  home: ({ host, board }) => `https://${host}/${board}`,
  start: target => [{ kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readDetail(page) : readList(page, target);
  },
};

function boardAt(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const [board, ...more] = segments(url);
  if (!HOST.test(host) || !board || more.length > 0 || !BOARD.test(board) || NO_BOARD.includes(board.toLowerCase())) return null;
  return { host, board };
}

/** The page's own address: the application answers more than one board from one host. */
function addressOf($: CheerioAPI): URL | null {
  return URL.parse($('meta[property="og:url"]').attr('content') ?? '');
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const address = addressOf($);
  const other = anotherBoard([address && (boardAt(address)?.board ?? null)], target.board);
  if (other) return other;
  const cards = $('.jobs-listing-card').toArray();
  const cut = cutHtml(page.body);
  const company = firmIn($);
  const rows = cards.map(card => stub($, $(card), page.url, company));
  if (cards.length === 0 || address === null) return unknown(cut ?? 'no list of postings, and nothing proves that there are none');
  const agencies = new Set(rows.map(row => row && agencyOf(row.key)).filter(agency => agency !== null));
  if (agencies.size > 1) return unknown(`postings of ${agencies.size} firms on one page`);
  const pages = $('.pagination a[href], a[rel="next"]').length > 0;
  return listReading({ rows, shortfall: cut ?? (pages ? 'the list goes on on another page' : null) });
}

/** `Job Listing | Acme Talent`. */
function firmIn($: CheerioAPI): string | null {
  return text(/\|\s*([^|]+)$/.exec($('head title').first().text())?.[1]);
}

type Element = ReturnType<CheerioAPI>;

function stub($: CheerioAPI, card: Element, base: string, company: string | null): RawPosting | null {
  const link = card.find('a.job-title').first();
  const url = httpUrl(link.attr('href'), base);
  const [key, title] = [url && keyOf(new URL(url)), wordsOf(link)];
  if (!url || !key || !title) return null;
  const located = card.find('.job-location').first();
  const sign = wordsOf(located.find('i').first());
  const place = wordsOf($(located.clone()).find('i').remove().end());
  const address = publicUrl(new URL(url));
  return {
    key,
    title,
    company,
    places: place ? [{ raw: place }] : [],
    workMode: sign === 'wifi' ? 'remote' : workModeOf(place),
    employment: texts(wordsOf(card.find('.job-type').first())),
    posted: dated(wordsOf(card.find('.job-date').first()), 'job-date'),
    url: address,
    detail: { kind: 'detail', url: address, key },
  };
}

/** The path holds the number of the firm and the posting's own code, packed as base64: `NDI0Ny1hYmM=` is `4247-abc`. */
function keyOf(url: URL): string | null {
  const [word, packed] = segments(url);
  if (word !== 'job' || !packed || !/^[\w+/-]+={0,2}$/.test(packed)) return null;
  const unpacked = Buffer.from(packed, 'base64').toString('latin1');
  return agencyOf(unpacked) ? unpacked : packed;
}

function agencyOf(key: string): string | null {
  return /^(\d+)-[\w-]+$/.exec(key)?.[1] ?? null;
}

function publicUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function readDetail(page: Page): PageReading {
  const address = addressOf(loadHtml(page.body));
  const said = address && keyOf(address);
  const other = anotherPosting(page, said);
  if (other) return other;
  const key = page.request.key ?? said ?? keyOf(new URL(page.url));
  return readPostingPage(page, $ => postingPage($, page, key));
}

function postingPage($: CheerioAPI, page: Page, key: string | null): RawPosting | null {
  const title = text($('meta[property="og:title"]').attr('content'));
  // Scripts are gone by now: the text they hold is shown as well.
  const body = partOf($('.job-apply-card .cleanslate, .cleanslate').first().html());
  if (!key || !title || body.length === 0) return null;
  return { key, title, company: firmIn($), places: [], url: publicUrl(new URL(page.url)), body };
}

function wordsOf(element: Element): string | null {
  return text(element.text().replace(/\s+/g, ' '));
}
