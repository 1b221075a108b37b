import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { postingOf } from '../kit/jobposting.ts';
import { amount, text, texts } from '../kit/json.ts';
import { findJobPostings } from '../kit/ldjson.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, reading, unknown } from '../kit/reading.ts';
import { cutHtml, dated, joinPlace, targetOf, tenantOf } from '../kit/values.ts';

type Target = { company: string };

const PAGE = 30;
/** Hosts of the vendor's own. */
const RESERVED = ['accounts', 'developers', 'info', 'support'];

/**
 * CareerPlug: HTML pages of about 30 cards, with JSON-LD of the same postings beside them that names no ids; posting pages carry JSON-LD
 * too. A board with one posting leads straight to its application form, which is not opened. What an empty board answers is not known.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'careerplug',
  evidence: 'described',
  details: true,
  hosts: ['*.careerplug.com'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/, 'the first part of the host: acme of acme.careerplug.com') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', tenantOf(url, 'careerplug.com', RESERVED)),
  home: ({ company }) => `https://${company}.careerplug.com/jobs`,
  start: target => [listPage(target, 1)],
  read(page, target) {
    if (page.request.kind === 'list' && leadsToForm(page)) {
      const url = `https://${target.company}.careerplug.com/account`;
      const account: PageRequest = { kind: 'list', url, redirects: 'none', note: { page: 1 } };
      return reading('board', 'the board leads to an application form', { follow: [account] });
    }
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readPostingPage(page) : readList(page, target);
  },
};

function listPage(target: Target, page: number): PageRequest {
  return { kind: 'list', url: `${adapter.home(target)}${page > 1 ? `?page=${page}` : ''}`, redirects: 'none', note: { page } };
}

/** Where a board with one posting sends its visitors. The page asked instead must not lead there again. */
function leadsToForm(page: Page): boolean {
  const to = page.status >= 300 && page.status < 400 ? URL.parse(page.headers.location ?? '', page.url) : null;
  if (!to || to.host !== URL.parse(page.url)?.host) return false;
  return /^\/jobs\/\d+(?:\/apps\/new)?\/?$/.test(to.pathname) && !/\/account$/.test(page.request.url);
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const number = amount(page.request.note?.page) ?? 1;
  const cards = cardsIn($, target);
  if (number > 1 && cards.size === 0) return unknown(`page ${number} of the list shows no postings`);
  const last = lastPage($);
  const shortfall = cards.size >= PAGE && last === null ? 'a full page that names no next one' : null;
  return listReading({
    rows: withData($, [...cards.values()]),
    later: number > 1,
    follow: cards.size > 0 && last !== null && number < last ? [listPage(target, number + 1)] : [],
    shortfall: cutHtml(page.body) ?? shortfall,
  });
}

/** The posting each card links to; one that has no title could not be read. */
function cardsIn($: CheerioAPI, target: Target): Map<string, RawPosting | null> {
  const cards = new Map<string, RawPosting | null>();
  const home = new URL(adapter.home(target));
  for (const link of $('a[href]').toArray()) {
    const address = URL.parse($(link).attr('href') ?? '', home.href);
    const key = address?.host === home.host ? /^\/jobs\/(\d+)\/?$/.exec(address.pathname)?.[1] : undefined;
    if (key && !cards.get(key)) cards.set(key, stub($(link), key, target));
  }
  return cards;
}

type Card = ReturnType<CheerioAPI>;

function stub(card: Card, key: string, target: Target): RawPosting | null {
  const name = card.find('.job-title .name').first();
  const title = text((name.length > 0 ? name : card.find('.job-title').first()).text().replace(/\s+/g, ' '));
  if (!title) return null;
  // Each column has its label in front, for small screens.
  const column = (named: string) => {
    const said = card.find(`.${named}`).first().clone().children('span').remove().end();
    return text(said.text().replace(/\s+/g, ' '));
  };
  const url = `${adapter.home(target)}/${key}`;
  const day = /^(\d\d)-(\d\d)-(\d\d)$/.exec(column('job-post-date') ?? '');
  return {
    key,
    title,
    places: placesOf(column('job-location')),
    employment: texts(column('job-type')),
    posted: dated(day ? `20${day[3]}-${day[1]}-${day[2]}` : null, 'job-post-date'),
    url,
    detail: { kind: 'detail', url, key, redirects: 'none' },
  };
}

/** `VT-South Burlington-05403`; other forms are the employer's own words. */
function placesOf(said: string | null): RawPlace[] {
  if (!said) return [];
  const [, region, city] = /^([A-Z]{2})-(.+)-\d{5}(?:-\d{4})?$/.exec(said) ?? [];
  return [region && city ? { raw: joinPlace(city, region), city, region } : { raw: said }];
}

/** The whole postings, where the data beside the cards has the same titles in the same order: it names no ids. Else the cards. */
function withData($: CheerioAPI, cards: readonly (RawPosting | null)[]): readonly (RawPosting | null)[] {
  const jobs = findJobPostings($).postings;
  const whole = cards.map((card, index) => {
    const job = jobs[index];
    return card && job ? postingOf(job, card.url, card.key) : null;
  });
  const same = jobs.length === cards.length && cards.every((card, index) => card !== null && card.title === whole[index]?.title);
  if (!same) return cards;
  return cards.map((card, index) => {
    const posting = whole[index];
    if (!card || !posting?.body?.length) return card;
    const places = posting.places.length > 0 ? posting.places : card.places;
    const employment = posting.employment?.length ? posting.employment : card.employment;
    return { ...posting, places, employment, posted: posting.posted ?? card.posted };
  });
}

/** The last page the pager names, in numbers or by its next link; null where there is no pager. */
function lastPage($: CheerioAPI): number | null {
  const pager = $('.pagination').first();
  if (pager.length === 0) return null;
  const named = pager
    .find('a, em, span')
    .toArray()
    .flatMap(entry => {
      const said = `${$(entry).attr('href') ?? ''} ${$(entry).attr('aria-label') ?? ''}`;
      return [...said.matchAll(/(?:[?&]page=|page:?\s+)(\d{1,4})/gi)].map(([, page]) => Number(page));
    });
  return Math.max(1, ...named);
}
