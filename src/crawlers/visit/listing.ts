import type { ErrorCode } from '../../errors.ts';
import type { Marker, Page, PageRequest, RawPosting } from '../adapter.ts';
import type { Fetched, Validators } from '../engine/fetching.ts';
import { mergeByKey } from '../kit/reading.ts';
import { isMaintenancePage } from '../maintenance.ts';
import { ask } from './ask.ts';
import type { Board } from './board.ts';
import { Parts } from './parts.ts';
import { readPage } from './read-page.ts';

/** How the listing of one visit ended; `complete` is the only one that may prove a posting absent. */
export type ListingEnd = 'complete' | 'partial' | 'gone' | 'blocked' | 'failed' | 'unmodified';

export type Listed = { raw: RawPosting; fetchedAt: string };
export type Listing = {
  end: ListingEnd;
  /** One clause for people; empty when complete. */
  reason: string;
  /** The code of errors.ts when a request failed. */
  code: ErrorCode | null;
  /** When the host asked to be left alone, until when. */
  retryAt: string | null;
  requests: number;
  rows: number;
  /** What the system said the whole listing has. */
  total: number | null;
  /** Distinct by key, in the board's order. */
  postings: Map<string, Listed>;
  /** Validators of a listing that is one single answer, to ask again with. */
  validators: Validators | null;
};

/** More list pages than this is a loop or a board nobody should read in one visit (50,000 rows at 20 a page). */
const MAX_LIST_REQUESTS = 2500;

type ListingOptions = {
  validators?: Validators | null;
  mostRequests?: number;
  /** Asked before every further request: whether what was read is enough. The listing is partial then. */
  enough?: (listing: Listing) => boolean;
};

/**
 * Reads the whole listing of a board: every list request the adapter asks for, one after the other.
 * Never throws but on abort: what went wrong is in `end` and `reason`.
 */
export async function readListing<T>(board: Board<T>, options: ListingOptions = {}): Promise<Listing> {
  const waiting = board.adapter.start(board.target);
  const single = waiting.length === 1;
  const most = options.mostRequests ?? MAX_LIST_REQUESTS;
  const asked = new Set<string>();
  const parts = new Parts();
  const listing = emptyListing('complete');
  while (waiting.length > 0) {
    const request = waiting.shift() as PageRequest;
    const name = `${request.method ?? 'GET'} ${request.url} ${request.body ?? ''}`;
    if (asked.has(name)) continue;
    asked.add(name);
    if (options.enough?.(listing)) return stop(listing, 'no more was asked for');
    if (listing.requests >= most) return stop(listing, `more than ${most} list pages`);
    board.signal.throwIfAborted();
    listing.requests += 1;
    const fetched = await ask(board, request, single && listing.requests === 1 ? options.validators : null);
    const more = next(listing, board, fetched, parts);
    board.onStep?.({ kind: 'listing', postings: listing.postings.size, total: listing.total });
    if (more === null) return listing;
    for (const request of more) waiting.push(request);
  }
  const shortfall = parts.shortfall();
  if (shortfall !== null) return stop(listing, shortfall);
  // What the system said is then only its cap.
  if (parts.split) listing.total = listing.rows;
  return listing;
}

/** What is asked after an answer; null when the listing ends with it. */
function next<T>(listing: Listing, board: Board<T>, fetched: Fetched, parts: Parts): PageRequest[] | null {
  if (fetched.kind === 'page') return take(listing, board, fetched.page, parts);
  if (fetched.kind === 'failed') failed(listing, fetched);
  else listing.end = 'unmodified';
  return null;
}

/** A listing of which nothing was read. */
export function emptyListing(end: ListingEnd): Listing {
  return { end, reason: '', code: null, retryAt: null, requests: 0, rows: 0, total: null, postings: new Map(), validators: null };
}

/** What a page that holds no list means for a listing that begins with it. */
const ENDS: Readonly<Partial<Record<Marker, ListingEnd>>> = { gone: 'gone', challenge: 'blocked', unknown: 'failed' };

/** Redirects that do not last. */
const TEMPORARY: ReadonlySet<number> = new Set([302, 303, 307]);

/** Adds one page to the listing. Returns the pages to read next, or null when the listing ends here. */
function take<T>(listing: Listing, board: Board<T>, page: Page, parts: Parts): PageRequest[] | null {
  const reading = readPage(board.adapter, page, board.target);
  const end = ENDS[reading.marker];
  if (end !== undefined) {
    endsWith(listing, end, page, reading.why);
    return null;
  }
  const { repeats } = parts.add(page.request, reading);
  if (page.request.part === undefined && reading.total !== null) listing.total = Math.max(listing.total ?? 0, reading.total);
  const before = listing.postings.size;
  for (const raw of reading.postings) list(listing, raw, page.fetchedAt);
  const fresh = listing.postings.size - before;
  // Rows that became no posting (unlisted, without a title) are counted as the adapter saw them; repeated ones are not.
  listing.rows += fresh + Math.max(0, reading.rows - reading.postings.length);
  if (reading.shortfall !== null) {
    listing.end = 'partial';
    listing.reason ||= reading.shortfall;
  }
  if (repeats) {
    stop(listing, `list page ${listing.requests} repeats an earlier one`);
    return [];
  }
  if (listing.requests === 1 && reading.follow.length === 0) listing.validators = validatorsOf(page);
  return reading.follow;
}

/** Ends a listing with a page that holds no list. */
function endsWith(listing: Listing, end: ListingEnd, page: Page, said: string): void {
  const first = listing.requests === 1;
  listing.end = first ? end : 'partial';
  if (end === 'blocked') listing.code = 'E_BLOCKED';
  const isMaintenance = end === 'failed' && isMaintenancePage(page.body);
  // That is the host's trouble, as what leads elsewhere for now is: the source need not cool down for as long as after what nobody understands.
  if (isMaintenance || (end === 'failed' && TEMPORARY.has(page.status))) listing.code = 'E_STATUS';
  const why = isMaintenance ? `${said}: a maintenance page` : said;
  listing.reason = first ? why : `list page ${listing.requests}: ${why}`;
}

/** Some systems spread one posting over pages: a row per place, or a page per language. */
function list(listing: Listing, raw: RawPosting, fetchedAt: string): void {
  const before = listing.postings.get(raw.key);
  if (!before) {
    listing.postings.set(raw.key, { raw, fetchedAt });
    return;
  }
  const body = before.raw.body?.length ? before.raw.body : raw.body;
  before.raw = { ...raw, ...(mergeByKey([before.raw, raw])[0] ?? before.raw), body };
}

function validatorsOf({ headers }: Page): Validators | null {
  const [etag = null, lastModified = null] = [headers.etag, headers['last-modified']];
  return etag || lastModified ? { etag, lastModified } : null;
}

function stop(listing: Listing, reason: string): Listing {
  listing.end = 'partial';
  listing.reason ||= reason;
  return listing;
}

function failed(listing: Listing, fetched: Extract<Fetched, { kind: 'failed' }>): void {
  listing.code = fetched.code;
  listing.retryAt = fetched.retryAt;
  listing.reason = fetched.message;
  if (listing.requests > 1) {
    listing.end = 'partial';
    listing.reason = `list page ${listing.requests}: ${fetched.message}`;
  } else {
    const refused: ErrorCode[] = ['E_ROBOTS', 'E_ROBOTS_UNREADABLE', 'E_BLOCKED'];
    // In an outage robots.txt is what fails first: nothing is asked then, and nobody has refused anything.
    const isAway = fetched.code === 'E_ROBOTS_UNREADABLE' && (fetched.status === null || fetched.status >= 500);
    listing.end = refused.includes(fetched.code) && !isAway ? 'blocked' : 'failed';
  }
}
