import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** A peer that sent a header which proxies add. */
type ProxySighting = { peer: string; header: string };

/** A peer may be a visitor's address: what is older is forgotten. */
const STALE = sql<Date>`now() - interval '3 days'`;

/** Notes a sighting by the database's clock, and forgets the old ones. */
export async function noteProxy(db: Kysely<Database>, { peer, header }: ProxySighting): Promise<void> {
  await db
    .insertInto('proxy_sightings')
    .values({ peer, header })
    .onConflict(conflict => conflict.column('peer').doUpdateSet({ header, seen_at: sql<Date>`now()` }))
    .execute();
  await db.deleteFrom('proxy_sightings').where('seen_at', '<', STALE).execute();
}

/** The sightings of the last days, the newest first. */
export async function proxiesSeen(db: Kysely<Database>): Promise<ProxySighting[]> {
  return db.selectFrom('proxy_sightings').select(['peer', 'header']).where('seen_at', '>', STALE).orderBy('seen_at', 'desc').execute();
}
