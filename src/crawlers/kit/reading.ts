import type { Marker, Page, PageReading, RawPosting } from '../adapter.ts';
import { isMaintenanceAddress, isMaintenancePage } from '../maintenance.ts';
import { type Json, parseJson } from './json.ts';
import { distinctPlaces } from './values.ts';
import { wallOf } from './walls.ts';

/** How adapters say what a page is. Nothing here knows a board system or throws on what a server sent. */

/** What a page held besides its marker; what is left out is null, zero or empty. */
export type Facts = Partial<Omit<PageReading, 'marker' | 'why'>>;

/** Reasons quote what was sent, and a name in it may have megabytes. */
const MOST_WHY = 300;

/** A reading with everything unsaid set to nothing. `rows` is the number of postings unless said. */
export function reading(marker: Marker, why: string, facts: Facts = {}): PageReading {
  const postings = facts.postings ?? [];
  return {
    marker,
    why: why.slice(0, MOST_WHY).toWellFormed(),
    total: null,
    rows: postings.length,
    follow: [],
    split: false,
    shortfall: null,
    ...facts,
    postings,
  };
}

export const unknown = (why: string, facts?: Facts): PageReading => reading('unknown', why, facts);
export const gone = (why: string): PageReading => reading('gone', why);

type JudgeOptions = {
  /** What an answer that leads away means: some systems send an unknown tenant to their own front page. Default `unknown`. */
  redirect?: 'gone' | 'unknown';
};

/** What status and walls already decide, or null: then the body is to be read. Anything but 200 is decided here. */
export function judge(page: Page, options: JudgeOptions = {}): PageReading | null {
  const wall = wallOf(page);
  if (wall) return reading('challenge', `${wall} stands in front of the board (HTTP ${page.status})`);
  if (page.status === 404 || page.status === 410) {
    return standsIn(page) ? unknown(`HTTP ${page.status}, while the service is away`) : gone(`HTTP ${page.status}`);
  }
  if (page.status === 401 || page.status === 403) return reading('challenge', `HTTP ${page.status}: the host refuses`);
  if (page.status >= 300 && page.status < 400) {
    const why = `HTTP ${page.status}: leads to ${page.headers.location ?? 'another address'}`;
    return options.redirect === 'gone' && !leadsToMaintenance(page) ? gone(why) : unknown(why);
  }
  if (page.status !== 200) return unknown(`HTTP ${page.status}`);
  if (page.body.trim() === '') return unknown('the answer is empty');
  return null;
}

/** Whether a page is shown instead of a service that is away: it says nothing of what was asked for. */
function standsIn({ request, url, body }: Page): boolean {
  return (url !== request.url && isMaintenanceAddress(new URL(url))) || isMaintenancePage(body);
}

function leadsToMaintenance({ headers, url }: Page): boolean {
  const to = URL.parse(headers.location ?? '', url);
  return to !== null && isMaintenanceAddress(to);
}

/** A page's JSON, or the reading that says why there is none. */
export function openJson(page: Page, options?: JudgeOptions): { json: Json } | { refused: PageReading } {
  const refused = judge(page, options);
  if (refused) return { refused };
  const parsed = parseJson(page.body);
  return 'json' in parsed ? parsed : { refused: unknown(parsed.why) };
}

/** One posting per key: places, and what only a later row says, are added to the first. Order is kept. */
export function mergeByKey(postings: readonly RawPosting[]): RawPosting[] {
  const merged = new Map<string, RawPosting>();
  const again = new Set<string>();
  for (const posting of postings) {
    const first = merged.get(posting.key);
    if (!first) {
      merged.set(posting.key, { ...posting, places: [...posting.places] });
      continue;
    }
    for (const place of posting.places) first.places.push(place);
    again.add(posting.key);
    // Remote in one place and on site in another: the posting as a whole is neither.
    if (posting.workMode !== first.workMode) first.workMode = null;
  }
  return [...merged.values()].map(posting => (again.has(posting.key) ? { ...posting, places: distinctPlaces(posting.places) } : posting));
}

/** How the rows of a list that could not be read are named, or null when all could: a posting behind one of them must not count as absent. */
export function unreadable(rows: number, read: number): string | null {
  return read < rows ? `${rows - read} of ${rows} rows could not be read` : null;
}

/**
 * The board a row's own addresses name, compared with the one asked for. A reading when every row that names a board
 * names another one: the answer then belongs to somebody else. Letter case does not matter.
 */
export function anotherBoard(named: readonly (string | null)[], asked: string): PageReading | null {
  const boards = new Set(named.filter(name => name !== null).map(name => name.toLowerCase()));
  if (boards.size === 0 || boards.has(asked.toLowerCase())) return null;
  return unknown(`the answer belongs to another board: ${[...boards].slice(0, 3).join(', ')} instead of ${asked}`);
}

/** That a page is another posting's than the one asked for, by the key its address or its data names; null where it names that one or none. */
export function anotherPosting(page: Page, said: string | null): PageReading | null {
  const { key } = page.request;
  return key && said && said !== key ? unknown(`the page is posting ${said} instead of ${key}`) : null;
}

/**
 * The rows of the board asked for, by the board that each names: one that names none is its own. Rows of others among them are left out, and
 * said to be. Ask `anotherBoard` first, which tells when no row is of this board.
 */
export function ownRows<T>(
  rows: readonly T[],
  named: readonly (string | null)[],
  asked: string,
): { own: readonly T[]; shortfall: string | null } {
  const own = rows.filter((_, index) => (named[index] ?? asked).toLowerCase() === asked.toLowerCase());
  return { own, shortfall: own.length < rows.length ? `rows of other boards: ${rows.length - own.length} of ${rows.length}` : null };
}

/** What became of one row: a posting, `unlisted` when the board itself says it is not shown, null when it could not be read. */
export type Row = RawPosting | 'unlisted' | null;

/**
 * The reading of one list page. Nothing shown is only `empty` when the page proves it: a total of 0, rows that are all unlisted, or
 * `emptyIsProof` for systems whose unknown tenants answer differently. Rows of one key are merged; `perLocation` says that the
 * system's total counts a posting once per place.
 */
export function listReading(found: {
  rows: readonly Row[];
  total?: number | null;
  emptyIsProof?: boolean;
  /** Not the first page: nothing more on it is the end of the list. */
  later?: boolean;
  perLocation?: boolean;
  follow?: PageReading['follow'];
  split?: boolean;
  shortfall?: string | null;
}): PageReading {
  const total = found.total ?? null;
  const read = found.rows.filter(row => row !== null && row !== 'unlisted');
  const unlisted = found.rows.filter(row => row === 'unlisted').length;
  const broken = found.rows.length - read.length - unlisted;
  const postings = mergeByKey(read);
  const rows = (found.perLocation ? read.length : postings.length) + unlisted + broken;
  const shortfall = [found.shortfall, unreadable(found.rows.length, read.length + unlisted)].filter(Boolean).join('; ') || null;
  const facts = { total, rows, postings, follow: found.follow ?? [], split: found.split ?? false, shortfall };
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

/** The reading of one detail page. */
export function detailReading(posting: RawPosting): PageReading {
  return reading('board', 'one posting', { postings: [posting] });
}
