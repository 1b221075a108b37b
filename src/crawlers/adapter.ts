import type { z } from 'zod';
import type { EmploymentType, Pay, WorkMode } from '../posting/posting.ts';

/** A request an adapter wants made. The engine makes it; adapters never touch the network. */
export type PageRequest = {
  kind: 'list' | 'detail';
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** JSON text of a POST. */
  body?: string;
  /** Of a detail: the key of the posting it describes. */
  key?: string;
  /** Of a detail: the title the list gives that posting, where it gives one. The visit says it. */
  title?: string;
  /** How far a redirect may lead before the engine hands the 3xx answer over as the page. Default `host`. */
  redirects?: 'none' | 'host' | 'site';
  /** Of a listing that is read in parts (by the values of a facet): the name of the part this page is of. `total` of its reading is then the part's. */
  part?: string;
  /** Another way to the same listing or posting, asked for where robots.txt refuses this one. It may name one more. */
  instead?: PageRequest;
  /** Names of fields of a JSON answer that no recording keeps, wherever they stand in it: what a board tells of its own staff. */
  unrecorded?: readonly string[];
  /** To be opened in a browser. */
  rendered?: boolean;
  /** What the adapter wants to find again when it reads the answer, such as a page's offset. Plain JSON. */
  note?: Record<string, string | number | boolean | null>;
};

/** An answer as an adapter sees it, after retries and decompression. Statuses from 200 to 499 but 408, 425 and 429 reach the adapter. */
export type Page = {
  request: PageRequest;
  /** The address that answered, after redirects. */
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** When it was fetched, ISO 8601: the reference of relative dates. */
  fetchedAt: string;
};

/** A date as the board wrote it. `value` is its string, or epoch milliseconds; `from` names the field: `first_published`. */
export type RawDate = { value: string | number; from: string };
/** A place as the board wrote it; the parts are those the board gives apart. */
export type RawPlace = { raw: string; city?: string | null; region?: string | null; country?: string | null };
/** One part of a body: html as the board means it (entities decoded once), or plain text. */
export type BodyPart = { heading?: string; html?: string; text?: string };

/**
 * A posting as a board tells it. A stub has no whole `body` and a `detail` request instead; with `detailAdds` the body is whole, and the detail is
 * worth a request for what else it tells. Strings are kept raw.
 */
export type RawPosting = {
  key: string;
  title: string;
  company?: string | null;
  department?: string | null;
  requisition?: string | null;
  places: RawPlace[];
  /** Mapped from the board's own field only, never guessed from prose. */
  workMode?: WorkMode | null;
  /** A figure from a structured field, or the board's pay string to be parsed. */
  pay?: Pay | string | null;
  /** The board's own words: `Full-time`, `FULL_TIME`, `Per Diem`. */
  employment?: (string | EmploymentType)[];
  posted?: RawDate | null;
  closes?: RawDate | null;
  closed?: boolean;
  url: string;
  applyUrl?: string | null;
  body?: BodyPart[];
  detail?: PageRequest;
  detailAdds?: boolean;
};

/** What kind of page this is. Nothing found is only `empty` when the page proves it. */
export type Marker = 'board' | 'empty' | 'gone' | 'challenge' | 'unknown';

/** What one page says, as its adapter reads it. */
export type PageReading = {
  marker: Marker;
  /** One clause for people: why this marker, or what is missing. */
  why: string;
  /** How many postings the system says the whole listing has; null when it does not say. */
  total: number | null;
  /** Rows seen on this page, those without a posting of their own (unlisted, no title) included. */
  rows: number;
  postings: RawPosting[];
  /** Further list pages. */
  follow: PageRequest[];
  /** That `follow` takes this page's listing, or part, to pieces: it stops here, and is whole when every piece was read in full and all reach its total. */
  split: boolean;
  /** Why this listing cannot be the whole truth even when every page was read (a cap, a cut page); else null. */
  shortfall: string | null;
};

/** The contract: one file per board system, pure, no I/O, no clock. */
export type Adapter<T = unknown> = {
  system: string;
  kind: 'ats' | 'aggregator' | 'general';
  /** What a listing read to its end is: `authoritative` proves absence; `truncated` (only the newest) and `sampled` (some) never close a posting by absence. */
  completeness: 'authoritative' | 'truncated' | 'sampled';
  /** True when bodies come from a request per posting. */
  details: boolean;
  rendered: boolean;
  keyNeeded: boolean;
  /** What it was written from: answers that were recorded live, or descriptions alone. Nobody has seen the latter read a live board. */
  evidence: 'recorded' | 'described';
  /** How it is known that robots.txt closes every board of the system to crawlers: `as archived May 2024`. Null for all others. */
  closedByRobots: string | null;
  /** Host patterns for people: `boards.greenhouse.io`, `*.myworkdayjobs.com`. */
  hosts: string[];
  target: z.ZodType<T>;
  /** A target of the right form: shown by help, and what a saved page that does not name its own board is read with. */
  example?: T;
  /** The target behind a careers address people paste, or null. */
  recognise(url: URL): T | null;
  /** The page to ask which board it is, for an address of this system that does not say (a language alone); null for every other address. */
  frontPage?(url: URL): string | null;
  /** The board that a page of this system says in its markup it is of, or null. `url` is where it stood. */
  named?(html: string, url: URL): T | null;
  /** The page a person opens for this board. */
  home(target: T): string;
  start(target: T): PageRequest[];
  /**
   * What is asked about a posting that the list did not show, to see whether it is still open: the detail request, made of the posting's key
   * and address. Without it, and where it is null, the posting's own address is opened.
   */
  detailOf?(posting: Pick<RawPosting, 'key' | 'url'>, target: T): PageRequest | null;
  /**
   * Reads one page. Never throws on what a server may send, the answer is then `unknown` with the reason; but for HTML too large to be parsed
   * (E_TOO_LARGE of `loadHtml`). To be called by `readPage`, which makes that `unknown` too.
   */
  read(page: Page, target: T): PageReading;
};

/** What an adapter need not say of itself: it reads the whole board of an employer's hiring system out of its list, without a browser or a key. */
export const DEFAULTS = {
  kind: 'ats',
  completeness: 'authoritative',
  details: false,
  rendered: false,
  keyNeeded: false,
  evidence: 'recorded',
  closedByRobots: null,
} as const satisfies Partial<Adapter>;
