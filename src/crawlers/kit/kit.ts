import { decodeHTMLStrict } from 'entities';
import { readPlace } from '../../posting/places.ts';
import { PAY_INTERVALS, type Pay, type PayInterval, type WorkMode } from '../../posting/posting.ts';
import type { Marker, Page, RawPlace, RawPosting, Reading } from '../adapter.ts';
import { amount, type Json, parseJson, text } from './json.ts';
import { wallOf } from './walls.ts';

export * from './json.ts';

/** Pure helpers every adapter reads pages with. Nothing here knows a board system, touches the network or throws on what a server sent. */

/** What a page held besides its marker; what is left out is null, zero or empty. */
export type Facts = Partial<Omit<Reading, 'marker' | 'why'>>;

/** A reading with everything unsaid set to nothing. `rows` is the number of postings unless said. */
export function reading(marker: Marker, why: string, facts: Facts = {}): Reading {
  const postings = facts.postings ?? [];
  return { marker, why, total: null, rows: postings.length, follow: [], shortfall: null, ...facts, postings };
}

export const unknown = (why: string, facts?: Facts): Reading => reading('unknown', why, facts);
export const gone = (why: string): Reading => reading('gone', why);

export type JudgeOptions = {
  /** What an answer that leads away means: some systems send an unknown tenant to their own front page. Default `unknown`. */
  redirect?: 'gone' | 'unknown';
};

/** What status and walls already decide, or null: then the body is to be read. Anything but 200 is decided here. */
export function judge(page: Page, options: JudgeOptions = {}): Reading | null {
  const wall = wallOf(page);
  if (wall) return reading('challenge', `${wall} stands in front of the board (HTTP ${page.status})`);
  if (page.status === 404 || page.status === 410) return gone(`HTTP ${page.status}`);
  if (page.status === 401 || page.status === 403) return reading('challenge', `HTTP ${page.status}: the host refuses`);
  if (page.status >= 300 && page.status < 400) {
    const why = `HTTP ${page.status}: leads to ${page.headers.location ?? 'another address'}`;
    return options.redirect === 'gone' ? gone(why) : unknown(why);
  }
  if (page.status !== 200) return unknown(`HTTP ${page.status}`);
  if (page.body.trim() === '') return unknown('the answer is empty');
  return null;
}

/** A page's JSON, or the reading that says why there is none. */
export function openJson(page: Page, options?: JudgeOptions): { json: Json } | { refused: Reading } {
  const refused = judge(page, options);
  if (refused) return { refused };
  const parsed = parseJson(page.body);
  return 'json' in parsed ? parsed : { refused: unknown(parsed.why) };
}

/** Decodes HTML entities once. Entities without a semicolon stay as they are: `R&D`, `AT&T`. */
export function decodeOnce(value: string): string {
  return decodeHTMLStrict(value);
}

const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i;

/** Whether a text holds HTML tags. */
export function hasTags(value: string): boolean {
  return TAG.test(value);
}

/** HTML that was escaped once or twice on its way: decoded, at most two rounds, until tags show. What never shows a tag stays as it was. */
export function unescapeHtml(value: string): string {
  let html = value;
  for (let round = 0; round < 2 && !hasTags(html); round++) html = decodeOnce(html);
  return hasTags(html) ? html : value;
}

/** That an HTML page ends before its end, as a clause, or null: the rows behind the cut are missing. */
export function cutHtml(body: string): string | null {
  return /<\/(?:html|body)\s*>/i.test(body.slice(-5_000)) ? null : 'the page is cut off: its end is missing';
}

/** An absolute http(s) address without its fragment, or null. */
export function httpUrl(value: unknown, base?: string): string | null {
  const string = text(value);
  if (!string) return null;
  const url = URL.parse(string, base);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  url.hash = '';
  return url.href;
}

/** The tenant label of a host under one of the vendor's domains: `acme` of acme.breezy.hr. Null for other hosts and reserved labels. */
export function tenantOf(url: URL, domain: string, reserved: readonly string[] = []): string | null {
  const host = url.hostname.toLowerCase();
  if (!host.endsWith(`.${domain}`)) return null;
  const label = host.slice(0, -domain.length - 1);
  return label === '' || label.includes('.') || ['www', 'api', 'app', 'help', ...reserved].includes(label) ? null : label;
}

/** The decoded segments of a path. A segment that is no valid percent-encoding stays as it is. */
export function segments(url: URL): string[] {
  return url.pathname
    .split('/')
    .filter(Boolean)
    .map(segment => {
      try {
        return decodeURIComponent(segment);
      } catch {
        // A stray percent sign is part of the name then.
        return segment;
      }
    });
}

const INTERVALS: readonly [RegExp, PayInterval][] = [
  [/hour|\bhr\b/i, 'hour'],
  [/month/i, 'month'],
  [/year|annual|annum|\byr\b/i, 'year'],
  [/week/i, 'week'],
  [/\bda(?:y|ily)\b|daily/i, 'day'],
  [/visit/i, 'visit'],
];

/** The pay interval a board's own word names: `1 YEAR`, `per-hour-wage`, `ANNUAL`. Null for `NONE`, two weeks and the like. */
export function intervalOf(value: unknown): PayInterval | null {
  const word = text(value);
  if (!word || /two|2|bi|semi|half|quarter/i.test(word)) return null;
  if ((PAY_INTERVALS as readonly string[]).includes(word.toLowerCase())) return word.toLowerCase() as PayInterval;
  return INTERVALS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Base pay below or above this is a unit mixed up (95000 an hour, 45 a year), whatever the currency. */
const PLAUSIBLE: Partial<Record<PayInterval, readonly [number, number]>> = { hour: [1, 2_000], year: [1_000, 100_000_000] };

/** Pay out of structured figures in major units, or null when a part is missing or cannot be true. Zero means not said; a turned range is turned back. */
export function payOf(stated: { min: unknown; max: unknown; currency: unknown; interval: unknown }): Pay | null {
  const currency = text(stated.currency)?.toUpperCase() ?? '';
  const interval = intervalOf(stated.interval);
  const [low, high] = [amount(stated.min) || null, amount(stated.max) || null];
  if (!/^[A-Z]{3}$/.test(currency) || !interval || (low === null && high === null)) return null;
  const [least, most] = PLAUSIBLE[interval] ?? [0, Number.MAX_VALUE];
  if ([low, high].some(figure => figure !== null && (figure < least || figure > most))) return null;
  const turned = low !== null && high !== null && low > high;
  return { min: turned ? high : low, max: turned ? low : high, currency, interval };
}

/** The work mode a board's own field names: `On-site`, `ON_SITE`, `fully`, `REMOTE`. Null for what is neither of the three. */
export function workModeOf(value: unknown): WorkMode | null {
  const word = text(value)
    ?.toLowerCase()
    .replace(/[\s_-]+/g, '');
  if (!word) return null;
  if (/^(?:fully?)?remote(?:only)?$|^fully$|^telecommute$|^100%remote$/.test(word)) return 'remote';
  if (/^hybrid(?:remote)?$|^partiallyremote$/.test(word)) return 'hybrid';
  return /^(?:fully)?on(?:site|premise|premises)$|^inperson$|^inoffice$/.test(word) ? 'onsite' : null;
}

/** Parts of a place joined the way people write them, blanks and repeats left out. */
export function joinPlace(...parts: unknown[]): string {
  const said = parts.map(text).filter(part => part !== null);
  return said.filter((part, index) => said.indexOf(part) === index).join(', ');
}

/** One posting per key: places, and what only a later row says, are added to the first. Order is kept. */
export function mergeByKey(postings: readonly RawPosting[]): RawPosting[] {
  const merged = new Map<string, RawPosting>();
  for (const posting of postings) {
    const first = merged.get(posting.key);
    if (!first) {
      merged.set(posting.key, { ...posting, places: [...posting.places] });
      continue;
    }
    for (const place of posting.places) if (!first.places.some(known => known.raw === place.raw)) first.places.push(place);
    // Remote in one place and on site in another: the posting as a whole is neither.
    if (posting.workMode !== first.workMode) first.workMode = null;
  }
  return [...merged.values()];
}

/** How the rows of a list that could not be read are named, or null when all could: a posting behind one of them must not count as absent. */
export function unreadable(rows: number, read: number): string | null {
  return read < rows ? `${rows - read} of ${rows} rows could not be read` : null;
}

/**
 * The board a row's own addresses name, compared with the one asked for. A reading when every row that names a board
 * names another one: the answer then belongs to somebody else. Letter case does not matter.
 */
export function anotherBoard(named: readonly (string | null)[], asked: string): Reading | null {
  const boards = new Set(named.filter(name => name !== null).map(name => name.toLowerCase()));
  if (boards.size === 0 || boards.has(asked.toLowerCase())) return null;
  return unknown(`the answer belongs to another board: ${[...boards].slice(0, 3).join(', ')} instead of ${asked}`);
}

/** What became of one row: a posting, `unlisted` when the board itself says it is not shown, null when it could not be read. */
export type Row = RawPosting | 'unlisted' | null;

/**
 * The reading of one list page. Nothing shown is only `empty` when the page proves it: a total of 0, rows that are all unlisted, or
 * `emptyIsProof` for systems whose unknown tenants answer differently. Rows of one key are merged; `perLocation` says that the
 * system's total counts a posting once per place.
 */
export function listing(found: {
  rows: readonly Row[];
  total?: number | null;
  emptyIsProof?: boolean;
  /** Not the first page: nothing more on it is the end of the list. */
  later?: boolean;
  perLocation?: boolean;
  follow?: Reading['follow'];
  shortfall?: string | null;
}): Reading {
  const total = found.total ?? null;
  const read = found.rows.filter(row => row !== null && row !== 'unlisted');
  const unlisted = found.rows.filter(row => row === 'unlisted').length;
  const broken = found.rows.length - read.length - unlisted;
  const postings = mergeByKey(read);
  const rows = (found.perLocation ? read.length : postings.length) + unlisted + broken;
  const shortfall = [found.shortfall, unreadable(found.rows.length, read.length + unlisted)].filter(Boolean).join('; ') || null;
  const facts = { total, rows, postings, follow: found.follow ?? [], shortfall };
  if (postings.length > 0) return reading('board', `${counted(postings.length)}${total === null ? '' : ` of ${total}`}`, facts);
  if (broken > 0) return unknown(`none of ${found.rows.length} rows could be read`, { total, rows, shortfall });
  if (unlisted > 0) return reading(found.later ? 'board' : 'empty', `all ${unlisted} rows are unlisted`, facts);
  if (found.later) return reading('board', 'past the end of the list', facts);
  if (total !== null && total > 0) return unknown(`the board says ${total} postings and shows none`, { total });
  if (total === 0 || found.emptyIsProof) return reading('empty', 'the board says it has no postings', { total: total ?? 0 });
  return unknown('no postings, and nothing proves that there are none');
}

/** `1 posting`, `7 postings`. */
export const counted = (postings: number): string => `${postings} posting${postings === 1 ? '' : 's'}`;

/** A place in words whose country the board says apart. The words say more than the country where they name one themselves. */
export function placeIn(raw: string, country: string | null): RawPlace {
  return country && readPlace({ raw }).country === null ? { raw, country } : { raw };
}

/** The country a place's words name, as ISO 3166-1 alpha-2, or null. */
export function countryIn(raw: string): string | null {
  return readPlace({ raw }).country;
}

/** Places a board wrote into one text, separated by semicolons or bars. */
export function splitPlaces(raw: unknown): string[] {
  return (text(raw) ?? '')
    .split(/\s*[;|]\s*/)
    .map(part => part.trim())
    .filter(Boolean);
}

/** The reading of one detail page. */
export function detail(posting: RawPosting): Reading {
  return reading('board', 'one posting', { postings: [posting] });
}
