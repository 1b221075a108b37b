import type { RawPosting } from '../adapter.ts';

/** What is stored of one posting of the source, as far as a visit needs it. */
export type Known = { listHash: string; hasBody: boolean; open: boolean; triage: 'keep' | 'drop'; triageVersion: string | null };

export type Triage = { keep: boolean; reason: string; version: string };

/** What a visit does with a listed posting that is not stored as it is. */
export type Plan = {
  /** Whether its detail is asked for; if not, it is stored as `as`. */
  asks: boolean;
  as: 'read' | 'dropped';
  triage: Triage;
  /** Stored of a posting as the list tells it, and of one whose detail was asked for as well. */
  listHash: string;
  readHash: string;
};

const WHOLE: Triage = { keep: true, reason: 'the list has the whole text', version: '' };

/**
 * What is to be done with a listed posting. A stub whose title is not wanted is dropped. A posting that is whole without its detail is stored
 * in any case; only what a detail adds waits for a wanted title, and a mark on its hash says that it was asked for.
 */
export function planOf(raw: RawPosting, ports: { listHash(raw: RawPosting): string; triage(raw: RawPosting): Triage }): Plan {
  const listHash = ports.listHash(raw);
  if (!raw.detail) return { asks: false, as: 'read', triage: WHOLE, listHash, readHash: listHash };
  const triage = ports.triage(raw);
  if (raw.detailAdds) return { asks: triage.keep, as: 'read', triage: WHOLE, listHash, readHash: `${listHash}+` };
  return { asks: triage.keep, as: 'dropped', triage, listHash, readHash: listHash };
}

/** Whether what is stored of a posting is what this plan would come to. */
export function isDone(known: Known, { asks, triage, listHash, readHash }: Plan): boolean {
  const hasHash = known.listHash === readHash || (!asks && known.listHash === listHash);
  return known.open && hasHash && (known.triage === 'keep') === triage.keep && (known.hasBody || !triage.keep);
}
