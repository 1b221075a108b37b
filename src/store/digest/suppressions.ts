import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** How long a mailbox that is not there is remembered. */
export const BOUNCE_DAYS = 90;

export type SuppressionReason = Database['suppressions']['reason'];

/** Notes that an address must get no mail. A complaint outweighs every other reason; nothing is made weaker by a later one. */
export async function suppress(db: Kysely<Database>, addressHash: string, reason: SuppressionReason, at: Date): Promise<void> {
  await db
    .insertInto('suppressions')
    .values({ address_hash: addressHash, reason, at })
    .onConflict(conflict => conflict.column('address_hash').doUpdateSet({ reason, at }).where('suppressions.reason', '<>', 'complaint'))
    .execute();
}

/** Takes away what a confirmation disproves: that the owner wants nothing (any more), or that there is no such mailbox. */
export async function liftProven(db: Kysely<Database>, addressHashes: readonly string[]): Promise<void> {
  await db.deleteFrom('suppressions').where('address_hash', 'in', addressHashes).where('reason', 'in', ['erased', 'bounce']).execute();
}
