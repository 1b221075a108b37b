import type { Kysely } from 'kysely';
import { settleDue, takeDue } from '../store/digest/due.ts';
import { assignItems, lockLedger, takeBackUntold, type WaitingItem, waitingItems } from '../store/digest/items.ts';
import type { Database } from '../store/schema.ts';
import { matchQueries } from './clauses.ts';
import { FIRST_MOST } from './match.ts';

const MOST_IN_MAIL = 25;
const MOST_OF_EMPLOYER = 5;
/** What was matched longer ago is not news any more, though it may be open still. */
const NEWS_DAYS = 30;
const AT_ONCE = 100;

export type ComposeReport = { composed: number; skipped: number };

/**
 * Fixes what every digest that came due holds: what the ledger says and what the filter still shows at this moment. With nothing to tell
 * the delivery ends without a mail. Every step is one transaction.
 */
export async function composeDue(db: Kysely<Database>, now: Date, signal?: AbortSignal): Promise<ComposeReport> {
  const report = { composed: 0, skipped: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const statuses = await db.transaction().execute(async trx => {
      await lockLedger(trx);
      await takeBackUntold(trx);
      return composeSome(trx, now);
    });
    if (statuses.length === 0) return report;
    const ready = statuses.filter(status => status === 'ready').length;
    report.composed += ready;
    report.skipped += statuses.length - ready;
  }
}

async function composeSome(trx: Kysely<Database>, now: Date): Promise<string[]> {
  const due = await takeDue(trx, AT_ONCE);
  const listening = due.filter(delivery => delivery.listening);
  const since = new Date(now.getTime() - NEWS_DAYS * 86_400_000);
  const waiting = await waitingItems(
    trx,
    listening.map(delivery => delivery.subscription_id),
    since,
  );
  const bySubscription = Map.groupBy(waiting, item => item.subscription_id);
  const ids = [...new Set(waiting.map(item => item.posting_id))];
  const shown = await matchQueries(
    trx,
    ids,
    listening.map(delivery => delivery.query),
  );
  const place = new Map(ids.map((id, n) => [id, n]));
  const taken: Parameters<typeof assignItems>[1][number][] = [];
  const settled = due.map(({ id, subscription_id, query, first, listening: wanted }) => {
    if (!wanted) return { id, status: 'cancelled' as const, linked: 0 };
    const open = new Set(shown.get(query));
    const items = (bySubscription.get(subscription_id) ?? []).filter(item => open.has(place.get(item.posting_id)!));
    // Should a subscription have two deliveries here, the older one tells all.
    bySubscription.delete(subscription_id);
    const { mailed, linked } = choose(items, first ? FIRST_MOST : MOST_IN_MAIL);
    for (const [where, chosen] of [
      ['mailed', mailed],
      ['linked', linked],
    ] as const) {
      for (const { posting_id } of chosen) taken.push({ subscription_id, posting_id, delivery_id: id, place: where });
    }
    return { id, status: mailed.length > 0 ? ('ready' as const) : ('skipped' as const), linked: linked.length };
  });
  await assignItems(trx, taken);
  if (settled.length > 0) await settleDue(trx, settled, now);
  return settled.map(({ status }) => status);
}

/**
 * The newest, and of one employer only so many: one that posts a hundred openings at once must not fill the mail, unless nothing else would.
 * Both lists keep the order given.
 */
export function choose<T extends Pick<WaitingItem, 'company'>>(items: readonly T[], most: number): { mailed: T[]; linked: T[] } {
  const perEmployer = new Map<string, number>();
  const chosen = new Set<T>();
  const beyond: T[] = [];
  for (const item of items) {
    const count = item.company === null ? 0 : (perEmployer.get(item.company) ?? 0);
    if (chosen.size >= most) break;
    if (count >= MOST_OF_EMPLOYER) beyond.push(item);
    else {
      chosen.add(item);
      if (item.company !== null) perEmployer.set(item.company, count + 1);
    }
  }
  for (const item of beyond.slice(0, most - chosen.size)) chosen.add(item);
  return { mailed: items.filter(item => chosen.has(item)), linked: items.filter(item => !chosen.has(item)) };
}
