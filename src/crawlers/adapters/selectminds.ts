import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, judge, listReading, type Row, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl } from '../kit/values.ts';

type Target = { host: string };

const HOST = /^[a-z0-9-]+(?:\.referrals)?\.selectminds\.com$/;
const NO_TENANT = /^(?:www|app|help|support|referrals)\./;

/**
 * SelectMinds (Oracle Taleo Social Sourcing): the pages of the latest jobs, which tell no total, and a posting page each. That these pages hold
 * every posting is not confirmed, so that none is closed by its absence; a posting page says itself that its position has been closed.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'selectminds',
  completeness: 'truncated',
  details: true,
  hosts: ['*.referrals.selectminds.com'],
  target: z.strictObject({ host: z.string().regex(HOST, 'a host such as acme.referrals.selectminds.com') }),
  example: { host: 'acme.referrals.selectminds.com' },
  recognise(url) {
    const host = url.hostname.toLowerCase();
    return HOST.test(host) && !NO_TENANT.test(host) ? { host } : null;
  },
  home: ({ host }) => `https://${host}/latest-jobs`,
  start: target => [listPage(target, 1)],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readDetail(page) : readList(page, target);
  },
};

function listPage({ host }: Target, page: number): PageRequest {
  return { kind: 'list', url: `https://${host}/latest-jobs?page=${page}`, note: { page } };
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const cards = $('.job_list_row[id^="job_list_"]').toArray();
  const number = amount(page.request.note?.page) ?? 1;
  if (cards.length === 0 && number === 1) return unknown('a page without postings, which does not prove that there are none');
  const rows = cards.map(card => stub($, $(card), page.url));
  const named = rows.map(row => row && new URL(row.url).hostname);
  const other = anotherBoard(named, target.host);
  if (other) return other;
  return listReading({
    rows: rows.map((row, index): Row => (named[index] === target.host ? row : null)),
    later: number > 1,
    follow: cards.length > 0 ? [listPage(target, number + 1)] : [],
    shortfall: cutHtml(page.body),
  });
}

type Element = ReturnType<CheerioAPI>;

function stub($: CheerioAPI, card: Element, base: string): RawPosting | null {
  const link = card.find('a.job_link').first();
  const [title, url] = [wordsOf(link), httpUrl(link.attr('href'), base)];
  const key = /^job_list_(\d+)$/.exec(card.attr('id') ?? '')?.[1];
  if (!key || !title || !url) return null;
  return {
    key,
    title,
    department: wordsOf(card.find('.jlr_category_field .jlr_value').first()),
    requisition: wordsOf(card.find('.job_external_id .field_value').first()),
    places: placesOf($, card.find('.jlr_location a.location')),
    url,
    detail: { kind: 'detail', url, key },
  };
}

/** The page of a closed posting may keep its texts; that it says so is heard by the reader of posting pages. */
function readDetail(page: Page): PageReading {
  const other = anotherPosting(page, /\/jobs\/(?:[^/]*-)?(\d+)\/?$/.exec(new URL(page.url).pathname)?.[1] ?? null);
  return other ?? readPostingPage(page, $ => plainPage($, page));
}

/** A posting page without structured data. The row in the list has its title. */
function plainPage($: CheerioAPI, page: Page): RawPosting | null {
  const { key } = page.request;
  const body = partOf($('.job_description').first().html());
  if (!key || body.length === 0) return null;
  return { key, title: '', places: placesOf($, $('.primary_location').first()), url: page.url, body };
}

/** In front of each place stands a sign that is a letter of an icon font. */
function placesOf($: CheerioAPI, elements: Element): RawPlace[] {
  return elements.toArray().flatMap(element => {
    const raw = wordsOf($(element).clone().find('.entypo').remove().end());
    return raw ? [{ raw }] : [];
  });
}

function wordsOf(element: Element): string | null {
  return text(element.text().replace(/\s+/g, ' '));
}
