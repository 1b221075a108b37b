import type { PageRequest, RawPosting } from '../adapter.ts';
import type { Validators } from '../engine/fetching.ts';
import { isMaintenancePage } from '../maintenance.ts';
import { ask } from './ask.ts';
import type { Board } from './board.ts';
import { type Listed, type Listing, readListing } from './listing.ts';
import { isDone, type Known, type Plan, planOf, type Triage } from './plan.ts';
import { readOnePosting } from './read-page.ts';

/** One posting as this visit found it. */
export type Seen = {
  raw: RawPosting;
  fetchedAt: string;
  listHash: string;
  /** `read`: with everything the board tells. `stub`: its detail could not be read. `dropped`: triage found it not worth one. */
  as: 'read' | 'stub' | 'dropped';
  triage: Triage;
};

/** What a visit needs of the outside. The store implements it; tests do in memory. */
type VisitPorts = {
  known: ReadonlyMap<string, Known>;
  validators: Validators | null;
  listHash(raw: RawPosting): string;
  triage(raw: RawPosting): Triage;
  /** Stores what was read; called in batches so that a killed visit loses little. */
  save(batch: Seen[]): Promise<void>;
  /** Notes that these keys are there as they were. */
  touch(keys: string[]): Promise<void>;
};

export type Visited = {
  listing: Listing;
  details: { wanted: number; read: number; failed: number };
  requests: number;
  /** Keys on the board now. */
  seen: Set<string>;
  /** Keys the board itself says are gone or closed. */
  gone: Set<string>;
  /** What the pages of single postings that were asked for said of them, where they said anything. */
  answers: Map<string, 'there' | 'gone'>;
  unchanged: number;
};

const BATCH = 40;
/** After this many failed details in a row the host is left alone; the rest is tried at the next visit. */
const FAILED_IN_A_ROW = 5;

/** A visit under way: what it found so far, and what waits to be stored. */
type Visit<T> = { board: Board<T>; ports: VisitPorts; visited: Visited; batch: Seen[] };
/** A listed posting whose detail is worth a request. */
type Wanted = Listed & { plan: Plan };

/** One visit of one board: the listing, then the details that are worth a request. Stores as it goes; closes nothing. */
export async function visitBoard<T>(board: Board<T>, ports: VisitPorts): Promise<Visited> {
  const listing = await readListing(board, { validators: ports.validators });
  const visited: Visited = {
    listing,
    details: { wanted: 0, read: 0, failed: 0 },
    requests: listing.requests,
    seen: new Set(listing.postings.keys()),
    gone: new Set(),
    answers: new Map(),
    unchanged: 0,
  };
  if (listing.end === 'unmodified') {
    for (const [key, known] of ports.known) if (known.open) visited.seen.add(key);
    visited.unchanged = visited.seen.size;
    await ports.touch([...visited.seen]);
    return visited;
  }
  const visit: Visit<T> = { board, ports, visited, batch: [] };
  await readDetails(visit, await storeListed(visit));
  return visited;
}

/** Stores what the list alone tells and notes what is there as it was. Returns the postings whose details are wanted. */
async function storeListed<T>(visit: Visit<T>): Promise<Wanted[]> {
  const { ports, visited, batch } = visit;
  const same: string[] = [];
  const wanted: Wanted[] = [];
  for (const [key, listed] of visited.listing.postings) {
    const known = ports.known.get(key);
    const plan = planOf(listed.raw, ports);
    if (listed.raw.closed) visited.gone.add(key);
    else if (known && isDone(known, plan)) same.push(key);
    else if (plan.asks) wanted.push({ ...listed, plan });
    else batch.push({ ...listed, listHash: plan.listHash, as: plan.as, triage: plan.triage });
    await store(visit, BATCH);
  }
  await store(visit, 1);
  const there = same.flatMap(key => [key, ...family(key, ports.known)]);
  visited.unchanged = there.length;
  for (const key of there) visited.seen.add(key);
  await ports.touch(there);
  return wanted;
}

/** Stores what waits, when there are at least so many. */
async function store<T>({ ports, batch }: Visit<T>, least: number): Promise<void> {
  if (batch.length >= least) await ports.save(batch.splice(0));
}

/** Postings that came from the same detail page as `key` (a page may hold several): their keys begin with `key#`. */
function family(key: string, known: ReadonlyMap<string, Known>): string[] {
  const found: string[] = [];
  for (let n = 2; known.has(`${key}#${n}`); n += 1) found.push(`${key}#${n}`);
  return found;
}

async function readDetails<T>(visit: Visit<T>, wanted: readonly Wanted[]): Promise<void> {
  const { board, visited } = visit;
  visited.details.wanted = wanted.length;
  let failedInARow = 0;
  board.onStep?.({ kind: 'details', wanted: wanted.length, done: 0 });
  for (const [index, stub] of wanted.entries()) {
    board.signal.throwIfAborted();
    const left = failedInARow >= FAILED_IN_A_ROW;
    const given: Detail = left ? HOST_TROUBLE : await readDetail(board, stub.raw);
    if (!left) visited.requests += 1;
    // A page that is merely not understood says nothing of the next one.
    failedInARow = given.kind === 'failed' && given.hostTrouble ? failedInARow + 1 : 0;
    await takeDetail(visit, stub, given);
    board.onStep?.({ kind: 'details', wanted: wanted.length, done: index + 1 });
    await store(visit, BATCH);
  }
  await store(visit, 1);
}

async function takeDetail<T>(visit: Visit<T>, stub: Wanted, given: Detail): Promise<void> {
  const { visited, batch } = visit;
  if (given.kind === 'failed') return await keepStub(visit, stub, given);
  const isGone = given.kind === 'gone' || given.postings.every(({ closed }) => closed);
  visited.answers.set(stub.raw.key, isGone ? 'gone' : 'there');
  // The list has it whole: a detail that is missing takes nothing away.
  if (given.kind === 'gone' && stub.raw.detailAdds) return await keepStub(visit, stub, NOT_UNDERSTOOD);
  visited.details.read += 1;
  if (given.kind === 'gone') {
    visited.gone.add(stub.raw.key);
    return;
  }
  const { readHash: listHash, triage } = stub.plan;
  for (const raw of given.postings) {
    visited.seen.add(raw.key);
    if (raw.closed) visited.gone.add(raw.key);
    else batch.push({ raw, fetchedAt: given.fetchedAt ?? stub.fetchedAt, listHash, as: 'read', triage });
  }
}

/** Keeps what is known of a posting whose detail could not be read. */
async function keepStub<T>({ ports, visited, batch }: Visit<T>, { plan, ...listed }: Wanted, { hostTrouble }: Unread): Promise<void> {
  const { raw } = listed;
  const { listHash, readHash, triage } = plan;
  visited.details.failed += 1;
  const known = ports.known.get(raw.key);
  const isNews = !known?.open || known.listHash !== listHash;
  // A detail that was not given is asked for again the next time, one that is not understood is not.
  if (raw.detailAdds && (isNews || !hostTrouble))
    batch.push({ ...listed, listHash: hostTrouble ? listHash : readHash, as: 'read', triage });
  // A known posting keeps what was read of it before; a stub without a title says nothing yet.
  else if (known?.hasBody) await ports.touch([raw.key]);
  else if (raw.title) batch.push({ ...listed, listHash, as: 'stub', triage });
}

/** The host may not have given the page, so that it may not give the next one either; else it was not understood. */
type Unread = { kind: 'failed'; hostTrouble: boolean };
type Detail = { kind: 'read'; postings: RawPosting[] /** Null: with the list. */; fetchedAt: string | null } | { kind: 'gone' } | Unread;

const HOST_TROUBLE: Unread = { kind: 'failed', hostTrouble: true };
const NOT_UNDERSTOOD: Unread = { kind: 'failed', hostTrouble: false };

/** Reads the detail page of one stub. The postings it holds carry what the list alone said; the first keeps the stub's key. */
export async function readDetail<T>(board: Board<T>, stub: RawPosting): Promise<Detail> {
  if (!stub.detail) return NOT_UNDERSTOOD;
  const fetched = await ask(board, titled(stub.detail, stub.title));
  if (fetched.kind === 'not_modified') return NOT_UNDERSTOOD;
  if (fetched.kind === 'failed') {
    if (fetched.code !== 'E_NOT_RECORDED') return HOST_TROUBLE;
    // What a recording does not hold was not asked for when it was made.
    return stub.detailAdds ? { kind: 'read', postings: [stub], fetchedAt: null } : NOT_UNDERSTOOD;
  }
  const reading = readOnePosting(board, fetched.page);
  if (reading.marker === 'gone') return { kind: 'gone' };
  if (reading.marker === 'challenge' || (reading.marker === 'unknown' && isMaintenancePage(fetched.page.body))) return HOST_TROUBLE;
  if (reading.marker !== 'board' || reading.postings.length === 0) return NOT_UNDERSTOOD;
  const key = (n: number) => (n === 0 ? stub.key : `${stub.key}#${n + 1}`);
  return { kind: 'read', postings: reading.postings.map((raw, n) => merge(stub, raw, key(n))), fetchedAt: fetched.page.fetchedAt };
}

/** A general reader has to know which posting it looks for, whichever way leads to it. */
function titled(request: PageRequest, title: string): PageRequest {
  if (!title) return request;
  return { ...request, title, ...(request.instead ? { instead: titled(request.instead, title) } : {}) };
}

/** The detail page wins, the list fills what it leaves out; the key stays the list's. */
function merge(stub: RawPosting, detail: RawPosting, key: string): RawPosting {
  const { detail: _asked, detailAdds: _more, ...listed } = stub;
  return {
    ...listed,
    ...detail,
    key,
    title: detail.title || stub.title,
    company: detail.company ?? stub.company,
    department: detail.department ?? stub.department,
    requisition: detail.requisition ?? stub.requisition,
    places: detail.places.length > 0 ? detail.places : stub.places,
    workMode: detail.workMode ?? stub.workMode,
    pay: detail.pay ?? stub.pay,
    employment: detail.employment?.length ? detail.employment : stub.employment,
    posted: detail.posted ?? stub.posted,
    closes: detail.closes ?? stub.closes,
    url: detail.url || stub.url,
    applyUrl: detail.applyUrl ?? stub.applyUrl,
  };
}
