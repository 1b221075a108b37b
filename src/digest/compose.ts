import type { Kysely } from 'kysely';
import { type DueDelivery, type Settled, settleDue, takeDue } from '../store/digest/due.ts';
import { type Assignment, assignItems, lockLedger, takeBackUntold, type WaitingItem, waitingItems } from '../store/digest/items.ts';
import type { Database } from '../store/schema.ts';
import { isRaise } from './again.ts';
import { allot } from './allot.ts';
import { matchQueries } from './clauses.ts';
import { FIRST_MOST } from './match.ts';

const MOST_IN_MAIL = 25;
/** What was matched longer ago is not news any more, though it may be open still. */
const NEWS_DAYS = 30;
const AT_ONCE = 100;

/** Mails that were made, deliveries that go with another's mail, and those with nothing to tell. */
export type ComposeReport = { composed: number; merged: number; skipped: number };

/**
 * Fixes what every digest that came due holds: what the ledger says and what the filter still shows at this moment; what an address is due at
 * once is one mail. With nothing to tell the delivery ends without a mail. Every step is one transaction.
 */
export async function composeDue(db: Kysely<Database>, now: Date, signal?: AbortSignal): Promise<ComposeReport> {
  const report = { composed: 0, merged: 0, skipped: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const statuses = await db.transaction().execute(async trx => {
      await lockLedger(trx);
      await takeBackUntold(trx);
      return composeSome(trx, now);
    });
    if (statuses.length === 0) return report;
    const count = (wanted: Settled['status']) => statuses.filter(status => status === wanted).length;
    report.composed += count('ready');
    report.merged += count('merged');
    report.skipped += count('skipped') + count('cancelled');
  }
}

async function composeSome(trx: Kysely<Database>, now: Date): Promise<Settled['status'][]> {
  const due = await takeDue(trx, AT_ONCE);
  const listening = due.filter(delivery => delivery.listening);
  const since = new Date(now.getTime() - NEWS_DAYS * 86_400_000);
  const waiting = await waitingItems(
    trx,
    listening.map(delivery => delivery.subscription_id),
    since,
  );
  const ids = [...new Set(waiting.map(item => item.posting_id))];
  const shown = await matchQueries(
    trx,
    ids,
    listening.map(delivery => delivery.query),
  );
  const place = new Map(ids.map((id, n) => [id, n]));
  const bySubscription = Map.groupBy(waiting, item => item.subscription_id);
  const newsOf = ({ subscription_id, query }: DueDelivery) => {
    const open = new Set(shown.get(query));
    const items = (bySubscription.get(subscription_id) ?? []).filter(item => open.has(place.get(item.posting_id)!) && isNews(item));
    // Should a subscription have two deliveries here, the older one tells all.
    bySubscription.delete(subscription_id);
    return items;
  };
  const mails = [...Map.groupBy(due, ({ email }) => email).values()].map(deliveries => mailOf(deliveries, newsOf));
  const settled = mails.flatMap(mail => mail.settled);
  const assigned = mails.flatMap(mail => mail.assigned);
  await assignItems(trx, assigned, now);
  if (settled.length > 0) await settleDue(trx, settled, now);
  return settled.map(({ status }) => status);
}

/** Pay may have fallen again since it was raised. */
function isNews({ news, pay_before, pay }: WaitingItem): boolean {
  return news !== 'raised' || isRaise(pay_before, pay);
}

/** The one mail of what an address is due: the first delivery with something to tell carries it, and the others are merged into it. */
function mailOf(
  deliveries: readonly DueDelivery[],
  newsOf: (delivery: DueDelivery) => WaitingItem[],
): { settled: Settled[]; assigned: Assignment[] } {
  const found = deliveries.map(delivery => (delivery.listening ? newsOf(delivery) : []));
  const assigned = found
    .flat()
    .flatMap(({ told_in, ...item }): Assignment[] => (told_in === null ? [] : [{ ...item, delivery_id: told_in, place: 'elsewhere' }]));
  const sections = deliveries
    .map((delivery, n) => ({
      delivery,
      items: found[n]!.filter(item => item.told_in === null),
      most: delivery.first ? FIRST_MOST : MOST_IN_MAIL,
    }))
    .filter(({ items }) => items.length > 0);
  const mail = sections[0]?.delivery.id ?? null;
  const placed = sections.length > 0 ? allot(sections) : [];
  const linked = new Map<string, number>();
  for (const [n, { delivery }] of sections.entries()) {
    linked.set(delivery.id, placed[n]!.linked.length);
    for (const place of ['mailed', 'linked', 'elsewhere'] as const)
      assigned.push(...placed[n]![place].map(item => ({ ...item, delivery_id: mail!, place })));
  }
  const settled = deliveries.map(({ id, listening }): Settled => {
    if (!listening) return { id, status: 'cancelled', linked: 0, mail_id: null };
    if (!linked.has(id)) return { id, status: 'skipped', linked: 0, mail_id: null };
    return { id, status: id === mail ? 'ready' : 'merged', linked: linked.get(id)!, mail_id: id === mail ? null : mail };
  });
  return { settled, assigned };
}
