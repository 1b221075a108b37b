import type { Adapter, RawPosting } from '../adapter.ts';
import type { Recognised } from '../discover.ts';
import type { Fetched, Fetcher } from '../engine/fetching.ts';
import { type IdentityCheck, identityOfRow, tokensOf } from '../identity-check.ts';
import { wallOf } from '../kit/walls.ts';
import type { Board } from './board.ts';
import { type Listing, readListing } from './listing.ts';
import { readDetail } from './visit-board.ts';

/** What a board is looked at with. */
export type LookParts = { systems: ReadonlyMap<string, Adapter>; fetcher: Fetcher; signal: AbortSignal };

/**
 * What the first page of a board says. `read`: it is a board, or proves to be an empty one; `gone` by its system's own words; `blocked` by
 * robots.txt; `challenge`, a wall for people; `refused` by the host; `failed` before an answer was there; else `unknown`.
 */
export type Look = {
  seen: 'read' | 'gone' | 'blocked' | 'challenge' | 'refused' | 'failed' | 'unknown';
  /** One clause for people; empty when it was read. */
  why: string;
  /** Of `gone`: nothing says so but a 404 or 410, which a maintenance or a wall against programs answers too. */
  bare: boolean;
  listed: number;
  /** What the system says the whole board has. */
  total: number | null;
  identity: IdentityCheck | null;
  /** Names the board gives to its employer, or employers. */
  companies: string[];
  /** The last answer of the listing. */
  last: Fetched | null;
};

/** Systems whose first answer holds only the way to the list need a second one to say anything. */
const MOST_PAGES = 2;

/**
 * Looks at a board as briefly as it can be told what it is: its first list page, a second one only while no posting is seen, and one detail
 * where neither the rows nor the address say whose board it is; two more where that one names somebody else. Throws only on abort.
 * @param name the employer's, which the board is compared with
 */
export async function lookAt(found: Recognised, name: string, slug: string, parts: LookParts): Promise<Look> {
  const adapter = parts.systems.get(found.system);
  if (!adapter) throw new TypeError(`no adapter for ${found.system}`);
  let last: Fetched | null = null;
  const fetcher: Fetcher = {
    async fetch(request, options) {
      last = await parts.fetcher.fetch(request, options);
      return last;
    },
    close: () => parts.fetcher.close(),
  };
  const board: Board = { adapter, target: found.target, slug, fetcher, signal: parts.signal };
  const listing = await readListing(board, { mostRequests: MOST_PAGES, enough: so => so.postings.size > 0 });
  const heard = last as Fetched | null;
  const { seen, why, bare = false } = judged(listing, heard);
  const whose = seen === 'read' ? await identityOf({ ...board, fetcher: parts.fetcher }, listing, name) : { identity: null, companies: [] };
  return { seen, why, bare, listed: listing.postings.size, total: listing.total, ...whose, last: heard };
}

function judged(listing: Listing, last: Fetched | null): Pick<Look, 'seen' | 'why'> & Partial<Pick<Look, 'bare'>> {
  if (listing.postings.size > 0 || listing.end === 'complete') return { seen: 'read', why: '' };
  const why = listing.reason;
  // Of several ways in it is the first refusal that counts, whatever the last one met.
  if (listing.code === 'E_ROBOTS') return { seen: 'blocked', why };
  if (last?.kind === 'failed') return { seen: ofFailure(last), why, bare: last.code === 'E_GONE' };
  if (listing.code === 'E_BLOCKED') return { seen: last?.kind === 'page' && wallOf(last.page) ? 'challenge' : 'refused', why };
  if (listing.end !== 'gone') return { seen: 'unknown', why };
  return { seen: 'gone', why, bare: last?.kind === 'page' && [404, 410].includes(last.page.status) };
}

function ofFailure({ code, status }: Extract<Fetched, { kind: 'failed' }>): Look['seen'] {
  if (code === 'E_BLOCKED') return 'refused';
  if (code === 'E_GONE') return 'gone';
  // A robots.txt that only this crawler is kept from says what its pages would; one of a host that is down says nothing.
  return code === 'E_ROBOTS_UNREADABLE' && (status === 401 || status === 403) ? 'refused' : 'failed';
}

async function identityOf(board: Board, listing: Listing, name: string): Promise<Pick<Look, 'identity' | 'companies'>> {
  const tokens = tokensOf(board.target);
  const compared = (companies: string[]) => ({ identity: identityOfRow(name, { companies, tokens }), companies });
  const raws = [...listing.postings.values()].map(({ raw }) => raw);
  const companies = companiesOf(raws);
  if (board.adapter.kind === 'aggregator') {
    return { identity: { agrees: null, employer: name, board: tokens, why: 'the board is of many employers' }, companies };
  }
  const listed = compared(companies);
  if (listed.identity.agrees !== null || companies.length > 0) return listed;
  const named: string[] = [];
  for (const stub of spread(raws.filter(raw => raw.detail))) {
    const detail = await readDetail(board, stub);
    if (detail.kind === 'read') named.push(...companiesOf(detail.postings).slice(0, 1));
    // Only a name that does not fit is asked about again.
    if (named.length === 0 || compared(named).identity.agrees === true) break;
  }
  return compared(named);
}

/** The first, the last and the middle one: neighbours in a list are often of one house. */
function spread<T>(list: readonly T[]): T[] {
  const places = new Set([0, list.length - 1, Math.floor(list.length / 2)]);
  return [...places].flatMap(place => list[place] ?? []);
}

const companiesOf = (raws: readonly RawPosting[]): string[] => raws.flatMap(({ company }) => company ?? []);
