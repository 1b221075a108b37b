import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Who changes something: a session of the desk from a network, or an account of a machine by a command. */
export type Actor = { via: 'desk' | 'cli'; who: string; network: string | null };

/** `what` is `noun.verb`, `target` what it was done to (a slug, an id), `before` and `after` what that changed, as JSON. */
export type Change = { what: string; target?: string; before?: unknown; after?: unknown };

export type AuditRow = Actor & { id: number; at: Date; what: string; target: string | null; before: unknown; after: unknown };

/** Notes a change, and returns its number. To be called in the transaction that makes it, so that neither is without the other. */
export async function noteChange(db: Kysely<Database>, actor: Actor, { what, target, before, after }: Change): Promise<number> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const { via, who, network } = actor;
  const row = await db
    .insertInto('desk_audit')
    .values({ via, who, network, what, target: target ?? null, before: json(before), after: json(after) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What was changed, newest first; with `before`, only rows of smaller numbers. */
export async function auditRows(db: Kysely<Database>, { most, before }: { most: number; before?: number }): Promise<AuditRow[]> {
  return db
    .selectFrom('desk_audit')
    .selectAll()
    .$if(before !== undefined, query => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

export async function auditRow(db: Kysely<Database>, id: number): Promise<AuditRow | undefined> {
  return db.selectFrom('desk_audit').selectAll().where('id', '=', id).executeTakeFirst();
}
