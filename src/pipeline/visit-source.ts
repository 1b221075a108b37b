import type { Adapter, Marker, Page, RawPosting } from '../crawlers/adapter.ts';
import type { Fetcher, Validators } from '../crawlers/engine/fetching.ts';
import { judge } from '../crawlers/kit/reading.ts';
import { isMaintenancePage } from '../crawlers/maintenance.ts';
import { ask } from '../crawlers/visit/ask.ts';
import type { Board, VisitStep } from '../crawlers/visit/board.ts';
import { type LimitedFetcher, limited, type VisitLimits } from '../crawlers/visit/limits.ts';
import { emptyListing } from '../crawlers/visit/listing.ts';
import type { Known, Triage } from '../crawlers/visit/plan.ts';
import { readOnePosting } from '../crawlers/visit/read-page.ts';
import { type Seen, type Visited, visitBoard } from '../crawlers/visit/visit-board.ts';
import { type ErrorCode, messageOf, OmbreError } from '../errors.ts';
import { listHash } from '../posting/identity.ts';
import type { EmployerDomain } from '../posting/taxonomy.ts';
import { during, duringCall } from '../telemetry/operations.ts';
import { decide, type VisitDecision } from './decide.ts';
import type { DetailCount } from './outcome.ts';
import { type Prepared, prepare } from './prepare.ts';
import { goneForGood, LOOKS, ledHome } from './unseen.ts';

/** The source of a visit, as the pipeline needs it. */
type VisitedSource = {
  slug: string;
  name: string;
  system: string;
  target: unknown;
  domain?: EmployerDomain | null;
  country?: string | null;
  heldKeys: readonly string[] | null;
  keptKeys?: readonly string[] | null;
};

/** What a visit writes and reads; src/store/visit/visit-store.ts is the real one. */
export type VisitStore = {
  /** How often a process ended while it made this visit. */
  deaths: number;
  known(): Promise<ReadonlyMap<string, Known>>;
  validators(version: string): Promise<Validators | null>;
  save(batch: Prepared[]): Promise<Saved>;
  touch(keys: string[]): Promise<void>;
  openKeys(): Promise<ReadonlySet<string>>;
  /** What the complete visits before usually listed; null when there are too few. */
  usual(): Promise<number | null>;
  /** Open postings that this visit's listing did not show and that were not looked at for a while, longest unseen first. */
  unseen(seen: ReadonlySet<string>, looks: typeof LOOKS): Promise<{ key: string; url: string }[]>;
  /** Notes whether the page of an unseen posting was gone. Returns how often in a row each was. */
  countLooks(looks: { key: string; gone: boolean }[]): Promise<{ key: string; missed: number }[]>;
  /** Closes what the decision closes, ends the visit and sets the next one, in one transaction. */
  finish(end: {
    decision: VisitDecision;
    visited: Visited;
    counts: Counts;
    validators: Validators | null;
    version: string;
  }): Promise<VisitReport>;
};

export type Saved = { new: number; changed: number; unchanged: number };
type Counts = Saved & { listed: number };

/** One visit as scripts see it (`ombre crawl --json`). */
export type VisitReport = {
  source: string;
  system: string;
  outcome: VisitDecision['outcome'];
  reason: string;
  requests: number;
  details: DetailCount;
  postings: Counts & { closed: number; held: number };
};

/** A visit that ends its process so often is not made again, or it would take down one worker after the other. */
export const MOST_DEATHS = 3;

/**
 * One visit of one source from the first request to the closing of what is gone. Read this first: it is the whole way.
 * list → triage → details → prepare (normalise, identify, classify) → save in batches → decide → finish.
 * Running it again changes nothing but `last_seen`; killed anywhere, the next run takes up what was stored. Rejects when it was stopped or
 * the store is down, and the visit stays open then.
 */
export async function visitSource(source: VisitedSource, adapter: Adapter, parts: VisitParts): Promise<VisitReport> {
  const counts: Counts = { listed: 0, new: 0, changed: 0, unchanged: 0 };
  const failed = (reason: string, code: ErrorCode) => {
    const decision: VisitDecision = { outcome: 'failed', reason, code, close: [], gone: [], hold: [], keep: [] };
    return finish(parts, { decision, visited: nothingVisited(), counts, validators: null });
  };
  const { deaths } = parts.store;
  if (deaths >= MOST_DEATHS) {
    const detail = `${deaths} times; read what its log says of ${source.slug} last, or run ombre crawl ${source.slug} by itself`;
    return failed(new OmbreError('E_CRASHED', detail).message, 'E_CRASHED');
  }
  try {
    return await visitWhole(source, adapter, parts, counts);
  } catch (error) {
    // A store that is down says nothing of the source, nor does an engine that was closed: the visit breaks off, and is taken up again.
    if (parts.signal.aborted || isBreakingOff(error)) throw error;
    // A fault of ours: noted on the source, so that it is not visited again every minute.
    parts.onError?.(error);
    return failed(messageOf(error), 'E_BUG');
  }
}

function isBreakingOff(error: unknown): boolean {
  return error instanceof OmbreError && (error.action === 'down' || error.code === 'E_STOPPED');
}

type VisitParts = {
  fetcher: Fetcher;
  /** What the visit may use at most. */
  limits: VisitLimits;
  store: VisitStore;
  triage: (raw: RawPosting) => Triage;
  triageVersion: string;
  /** The version whose decisions stand when this process runs another one; what that one decided about a known posting is not decided again. */
  standing?: string | null;
  signal: AbortSignal;
  /** Told of how far the visit is. */
  onStep?: (step: VisitStep) => void;
  /** Told of an error nobody foresaw: with one of the listing or the store the visit ends as failed, of those of single postings the first is told. */
  onError?: (error: unknown) => void;
};

function nothingVisited(): Visited {
  const details = { wanted: 0, read: 0, failed: 0 };
  return { listing: emptyListing('failed'), details, requests: 0, seen: new Set(), gone: new Set(), answers: new Map(), unchanged: 0 };
}

async function visitWhole(source: VisitedSource, adapter: Adapter, parts: VisitParts, counts: Counts): Promise<VisitReport> {
  const { store } = parts;
  const { slug, name: company, system, domain, country = null } = source;
  const facts = { slug, company, system, domain, country };
  // The country decides what places mean: when a row names another, everything is news.
  const listHashHere = (raw: RawPosting) => listHash(raw, country);
  const known = await store.known();
  const { signal, onStep } = parts;
  const fetcher = limited(parts.fetcher, parts.limits);
  const faults: unknown[] = [];
  const onFault = (error: unknown) => {
    // What breaks a reader is mostly on every page of a board: one tells it.
    if (faults.push(error) === 1) parts.onError?.(error);
  };
  const board = { adapter, target: source.target, slug: source.slug, fetcher, signal, onStep, onFault };
  const visited = await visitBoard(board, {
    known,
    validators: await store.validators(parts.triageVersion),
    listHash: listHashHere,
    triage: raw => standingTriage(listHashHere(raw), known.get(raw.key), parts.standing ?? null) ?? parts.triage(raw),
    touch: keys => store.touch(keys),
    save: async (batch: Seen[]) => {
      const size = { postings: batch.length };
      const prepared = duringCall('prepare', size, () => batch.map(seen => prepare(seen, facts)));
      const saved = await during('save', size, () => store.save(prepared));
      counts.new += saved.new;
      counts.changed += saved.changed;
      counts.unchanged += saved.unchanged;
    },
  });
  counts.unchanged += visited.unchanged;
  counts.listed = visited.seen.size;
  if (showsPart(adapter, visited)) await lookAtUnseen(board, visited, parts.store);
  const options = {
    completeness: adapter.completeness,
    open: await store.openKeys(),
    held: source.heldKeys,
    kept: source.keptKeys,
    usual: await store.usual(),
  };
  const decision = withLimit(withFaults(decide(visited, options), faults), options, fetcher);
  // By a listing that has not changed all that is open counts as seen, which what an operator keeps open was not.
  const whole = decision.outcome === 'complete' && visited.details.failed === 0 && decision.keep.length === 0;
  const validators = whole
    ? visited.listing.end === 'unmodified'
      ? await store.validators(parts.triageVersion)
      : visited.listing.validators
    : null;
  return finish(parts, { decision, visited, counts, validators });
}

type End = Omit<Parameters<VisitStore['finish']>[0], 'version'>;

function finish({ store, triageVersion }: Pick<VisitParts, 'store' | 'triageVersion'>, end: End): Promise<VisitReport> {
  return during('finish', { outcome: end.decision.outcome }, () => store.finish({ ...end, version: triageVersion }));
}

/** Faults of ours do not change what the listing proves, but nobody is to take the visit for a whole one. */
function withFaults(decision: VisitDecision, faults: readonly unknown[]): VisitDecision {
  if (faults.length === 0) return decision;
  const told = `the page of ${faults.length} ${faults.length === 1 ? 'posting' : 'postings'} broke its reader: ${messageOf(faults[0])}`;
  return { ...decision, code: decision.code ?? 'E_BUG', reason: [decision.reason, told].filter(Boolean).join('; ') };
}

/**
 * A visit that reached a limit proves nothing of what it did not come to, and closes nothing at all; what is held goes on waiting. It is partial, so
 * that the next one comes at its time, asks only for what is not stored yet and so goes on.
 */
function withLimit(
  decision: VisitDecision,
  { open, held }: { open: ReadonlySet<string>; held: readonly string[] | null },
  { limit }: LimitedFetcher,
): VisitDecision {
  if (limit === null) return decision;
  const waiting = (held ?? []).filter(key => open.has(key));
  return { outcome: 'partial', reason: limit.message, code: limit.code, close: [], gone: [], hold: waiting, keep: decision.keep };
}

/** What the version in force decided about a posting that is listed as it was. Decided anew by each of two versions side by side, it would come and go with every visit. */
function standingTriage(listed: string, known: Known | undefined, standing: string | null): Triage | null {
  if (!known || standing === null || known.triageVersion !== standing || known.listHash !== listed) return null;
  return { keep: known.triage === 'keep', reason: 'decided by the version in force', version: standing };
}

/** What the page of one posting says of it. Only an adapter that reads such pages is asked for more than the status. */
function markerOf(page: Page, board: Board): Marker {
  const { adapter } = board;
  const readsPostings = adapter.details || adapter.detailOf !== undefined;
  if (!readsPostings || page.status === 404 || page.status === 410) return judge(page)?.marker ?? 'unknown';
  const { marker, postings } = readOnePosting(board, page);
  return postings.some(({ closed }) => closed) ? 'gone' : marker;
}

/** Whether a listing that went well showed only a part, by its nature or this time: a board that always stays partial would else keep what it closed. */
function showsPart({ completeness }: Adapter, { listing }: Visited): boolean {
  // A host that failed in the middle is not asked for more.
  return (listing.end === 'partial' && listing.code === null) || (listing.end === 'complete' && completeness !== 'authoritative');
}

/**
 * A listing that shows only a part proves no absence: the postings it did not show are closed when they are gone twice, by what the system
 * answers of each itself where its adapter knows how to ask, else by their own pages.
 */
async function lookAtUnseen(board: Board, visited: Visited, store: VisitStore): Promise<void> {
  const { adapter, target } = board;
  const looks: { key: string; gone: boolean }[] = [];
  for (const { key, url } of await store.unseen(visited.seen, LOOKS)) {
    const request = adapter.detailOf?.({ key, url }, target) ?? { kind: 'detail', url, key, redirects: 'site' };
    const fetched = await ask(board, request);
    visited.requests += 1;
    // A host that does not answer says nothing about any of its postings.
    if (fetched.kind !== 'page') break;
    const marker = markerOf(fetched.page, board);
    // Nor does one that refuses or is away for a while, and it is not asked for more.
    if (marker === 'challenge' || (marker === 'unknown' && isMaintenancePage(fetched.page.body))) break;
    const isGone = marker === 'gone' || (marker === 'unknown' && ledHome(fetched.page, adapter.home(target)));
    looks.push({ key, gone: isGone });
    visited.answers.set(key, isGone ? 'gone' : 'there');
  }
  for (const key of goneForGood(await store.countLooks(looks))) visited.gone.add(key);
}
