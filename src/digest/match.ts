import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import { addMatches, lockLedger } from '../store/digest/items.ts';
import { listeners, markGathered, matchingIds, takePending, ungathered } from '../store/digest/match-postings.ts';
import type { Database } from '../store/schema.ts';
import { AWAY_DAYS, noteAgain } from './again.ts';
import { isReadable, matchQueries } from './clauses.ts';

/** A first mail holds at most so many, of all that was first seen within so many days. */
export const FIRST_MOST = 20;
export const FIRST_DAYS = 14;
const POSTINGS_AT_ONCE = 2000;
const SUBSCRIPTIONS_AT_ONCE = 200;

/** `unread`: filters of subscriptions that this version cannot read, as a newer one may have written them; they hold up nobody else. */
export type MatchReport = { postings: number; pairs: number; gathered: number; unread: number };

/**
 * Writes to the ledger which subscription wants which new, reopened or changed posting, which ones those who know them are told of again, and
 * gives new subscriptions all of the last 14 days. Every step is one transaction: cut off at any point, what is missing is done by the next run and nothing twice.
 */
export async function matchNew(db: Kysely<Database>, now: Date, signal?: AbortSignal): Promise<MatchReport> {
  const report: MatchReport = { postings: 0, pairs: 0, gathered: 0, unread: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const done = await db.transaction().execute(async trx => {
      await lockLedger(trx);
      const pending = await takePending(trx, POSTINGS_AT_ONCE, AWAY_DAYS);
      if (pending.length === 0) return { postings: 0, pairs: 0 };
      const again = await noteAgain(trx, pending, now);
      const ids = pending.filter(({ news }) => news).map(({ id }) => id);
      return { postings: pending.length, pairs: again + (ids.length === 0 ? 0 : await matchPostings(trx, ids, now)) };
    });
    report.postings += done.postings;
    report.pairs += done.pairs;
    if (done.postings === 0) break;
  }
  for (;;) {
    signal?.throwIfAborted();
    const gathered = await db.transaction().execute(async trx => {
      await lockLedger(trx);
      return gather(trx, now);
    });
    report.gathered += gathered;
    if (gathered === 0) break;
  }
  report.unread = new Set((await listeners(db)).map(({ query }) => query).filter(query => !isReadable(query))).size;
  return report;
}

/** Matches postings against all subscriptions that listen; returns how many pairs are new. */
export async function matchPostings(trx: Kysely<Database>, ids: readonly string[], now: Date): Promise<number> {
  const all = await listeners(trx);
  const matches = await matchQueries(
    trx,
    ids,
    all.map(({ query }) => query),
  );
  const subscriptions: string[] = [];
  const postings: string[] = [];
  for (const { id, query } of all) {
    for (const place of matches.get(query) ?? []) {
      subscriptions.push(id);
      postings.push(ids[place]!);
    }
  }
  return addMatches(trx, subscriptions, postings, now);
}

async function gather(trx: Kysely<Database>, now: Date): Promise<number> {
  const fresh = (await ungathered(trx, SUBSCRIPTIONS_AT_ONCE)).filter(({ query }) => isReadable(query));
  const found = new Map<string, string[]>();
  const since = { instant: new Date(now.getTime() - FIRST_DAYS * 86_400_000).toISOString() };
  const subscriptions: string[] = [];
  const postings: string[] = [];
  for (const { id, query } of fresh) {
    const ids = found.get(query) ?? (await matchingIds(trx, { ...parseQuery(query), since }));
    found.set(query, ids);
    for (const posting of ids) {
      subscriptions.push(id);
      postings.push(posting);
    }
  }
  await addMatches(trx, subscriptions, postings, now);
  await markGathered(
    trx,
    fresh.map(({ id }) => id),
    now,
  );
  return fresh.length;
}
