import type { RawPosting } from '../crawlers/adapter.ts';
import type { Board } from '../crawlers/visit/board.ts';
import { type Listed, readListing } from '../crawlers/visit/listing.ts';
import type { Triage } from '../crawlers/visit/plan.ts';
import { readDetail } from '../crawlers/visit/visit-board.ts';
import { listHash } from '../posting/identity.ts';
import { type Prepared, prepare } from './prepare.ts';

export type Trial = { outcome: string; reason: string; listed: number; total: number | null; postings: Prepared[] };

/** A trial reads so many list pages and shows so many postings: enough to judge a board, little enough to be polite. */
const LIST_PAGES = 3;
const SHOWN = 10;

/** Reads a little of a board and stores nothing: the first list pages, and ten postings, those worth a detail first. */
export async function trialVisit(
  board: Board,
  company: string | null,
  triage: (listed: Pick<RawPosting, 'title' | 'department' | 'company'>) => Triage,
): Promise<Trial> {
  const source = { slug: board.slug, company, system: board.adapter.system };
  const listing = await readListing(board, { mostRequests: LIST_PAGES });
  const all = [...listing.postings.values()].map(listed => ({
    ...listed,
    triage: triage({ ...listed.raw, company: listed.raw.company ?? company }),
  }));
  const shown = all.sort((a, b) => Number(b.triage.keep) - Number(a.triage.keep)).slice(0, SHOWN);
  const postings: Prepared[] = [];
  for (const listed of shown) {
    board.onStep?.({ kind: 'details', wanted: shown.length, done: postings.length });
    postings.push(prepare(await withDetail(listed), source));
  }
  return { outcome: listing.end, reason: listing.reason, listed: listing.postings.size, total: listing.total, postings };

  async function withDetail({ raw, fetchedAt, triage }: Listed & { triage: Triage }) {
    const seen = { listHash: listHash(raw), triage };
    if (!raw.detail) return { ...seen, raw, fetchedAt, as: 'read' as const };
    const detail = await readDetail(board, raw);
    const first = detail.kind === 'read' ? detail.postings[0] : undefined;
    if (detail.kind !== 'read' || !first) return { ...seen, raw, fetchedAt, as: 'stub' as const };
    return { ...seen, raw: first, fetchedAt: detail.fetchedAt ?? fetchedAt, as: 'read' as const };
  }
}
