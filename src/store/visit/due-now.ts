import { type Kysely, sql } from 'kysely';
import { type Actor, noteChange } from '../desk/audit.ts';
import type { Database } from '../schema.ts';

/** `cooling`: it is left alone after failures, or because its host asked for that, until then. */
export type DueNow =
  | { done: true; auditId: number }
  | { done: false; why: 'unknown' | 'disabled' | 'recorded' }
  | { done: false; why: 'cooling'; until: Date };

/**
 * Makes a source due now, which any worker's next tick puts into the queue, within a minute: nobody needs to reach the queue for that. One that
 * is left alone stays so, unless `cooling` says that an operator knows better.
 */
export async function makeDue(db: Kysely<Database>, slug: string, { cooling, actor }: { cooling: boolean; actor: Actor }): Promise<DueNow> {
  return db.transaction().execute(async (trx): Promise<DueNow> => {
    const source = await trx
      .selectFrom('sources')
      .select(['id', 'enabled', 'recorded', 'next_visit_at', 'cooling_until', sql<boolean>`cooling_until > now()`.as('cools')])
      .where('slug', '=', slug)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!source) return { done: false, why: 'unknown' };
    if (source.recorded) return { done: false, why: 'recorded' };
    if (!source.enabled) return { done: false, why: 'disabled' };
    if (source.cools && !cooling) return { done: false, why: 'cooling', until: source.cooling_until! };
    const { next_visit_at, cooling_until } = source;
    await trx.updateTable('sources').set({ next_visit_at: sql<Date>`now()`, cooling_until: null }).where('id', '=', source.id).execute();
    const change = { what: 'sources.due', target: slug, before: { next_visit_at, cooling_until }, after: { next_visit_at: 'now' } };
    return { done: true, auditId: await noteChange(trx, actor, change) };
  });
}
