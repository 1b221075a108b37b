import type { CheerioAPI } from 'cheerio';
import type { Page, PageReading, RawPlace, RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { text, textsIn } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherPosting, gone } from '../kit/reading.ts';
import { cutHtml, httpUrl, joinPlace, segments, workModeOf } from '../kit/values.ts';

/** The careers pages of Trakstar Hire: cards of postings, and a page for each. */

/** What a careers page says of itself, without its postings. */
type PageState = { inactive: boolean; isCareersPage: boolean; addresses: URL[]; cut: string | null };

const CARD = '.js-careers-page-job-list-item';
/** The count stands in a script, as a key of an object. */
const TOTAL = /["']?\btotal_jobs["']?\s*:\s*["']?(\d{1,9})\b/i;

export function stateOf(page: Page): PageState {
  return stateIn(loadHtml(page.body), page);
}

function stateIn($: CheerioAPI, page: Page): PageState {
  const cards = $(CARD);
  return {
    // A page that shows postings is in use, whatever else it says.
    inactive: cards.length === 0 && $('link[rel="canonical"][href*="inactive-ats"]').length > 0,
    isCareersPage: cards.length > 0 || TOTAL.test(page.body),
    addresses: cards.toArray().flatMap(card => {
      const url = httpUrl($(card).find('a[href]').first().attr('href'), page.url);
      return url ? [new URL(url)] : [];
    }),
    cut: cutHtml(page.body),
  };
}

export function readCareersPage(page: Page): { state: PageState; rows: (RawPosting | null)[]; total: number | null } {
  const $ = loadHtml(page.body);
  const said = TOTAL.exec(page.body)?.[1];
  const rows = $(CARD)
    .toArray()
    .map(card => stub($, $(card), page.url));
  return { state: stateIn($, page), rows, total: said === undefined ? null : Number(said) };
}

type Element = ReturnType<CheerioAPI>;

function stub($: CheerioAPI, card: Element, base: string): RawPosting | null {
  const url = httpUrl(card.attr('data-href') ?? card.find('a[href]').first().attr('href'), base);
  const name = card.find('.js-job-list-opening-name').first();
  const [key, title] = [url && keyOf(new URL(url)), wordsOf(name) ?? text(name.attr('title'))];
  if (!url || !key || !title) return null;
  const facts = factsIn($, card.find('.js-job-list-opening-meta').first());
  return { key, title, places: placesIn(card, '.js-job-list-opening-loc'), ...facts, url, detail: { kind: 'detail', url, key } };
}

/** `/jobs/{code}/`, without the words that may follow. */
function keyOf(url: URL): string | null {
  const [word, code] = segments(url);
  return word === 'jobs' && code && /^\w+$/.test(code) ? code : null;
}

function placesIn(within: Element, otherwise: string): RawPlace[] {
  const [city, region, country] = ['city', 'state', 'country'].map(part => wordsOf(within.find(`.meta-job-location-${part}`).first()));
  const raw = joinPlace(city, region, country);
  if (raw) return [{ raw, city, region, country }];
  const located = within.find(otherwise).first();
  const words = text(located.attr('title')) ?? wordsOf(located);
  return words ? [{ raw: words }] : [];
}

/** Beside each other stand the kind of employment and the way of working. */
function factsIn($: CheerioAPI, within: Element): Pick<RawPosting, 'employment' | 'workMode'> {
  const said = within
    .find('span:not([class*="meta-job-location"])')
    .toArray()
    .map(span => wordsOf($(span))?.replace(/^[|\s]+|[|\s]+$/g, ''));
  const modes = said.map(workModeOf);
  return { employment: textsIn(said.filter((_, index) => modes[index] === null)), workMode: modes.find(mode => mode !== null) ?? null };
}

/** A posting page: JSON-LD on some boards; on all, labelled elements and the text, whose class the vendor misspells. */
export function readTrakstarPosting(page: Page): PageReading {
  const $ = loadHtml(page.body);
  if ($('link[rel="canonical"][href*="inactive-ats"]').length > 0) return gone('the employer does not use Trakstar Hire any longer');
  const other = anotherPosting(page, keyOf(new URL(page.url)));
  if (other) return other;
  return readPostingPage(page, whole => plainPosting(whole, page));
}

function plainPosting($: CheerioAPI, page: Page): RawPosting | null {
  const key = page.request.key ?? keyOf(new URL(page.url)) ?? page.url;
  const body = partOf($('.jobdesciption').first().html());
  if (body.length === 0) return null;
  const info = $('.opening-info').first();
  return {
    key,
    title: wordsOf($('.js-job-title').first()) ?? '',
    places: placesIn(info, '.meta-job-location'),
    ...factsIn($, info),
    url: page.url,
    body,
  };
}

function wordsOf(element: Element): string | null {
  return text(element.text().replace(/\s+/g, ' '));
}
