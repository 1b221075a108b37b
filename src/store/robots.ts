import type { Kysely } from 'kysely';
import type { RobotsMemory } from '../crawlers/fetching.ts';
import type { Database } from './schema.ts';

/**
 * robots.txt answers on the table `robots_verdicts`, shared by every process.
 * `get` gives what is known, expired or not: the engine decides by `expiresAt`. `put` never replaces a newer answer by an older one.
 */
export function postgresRobots(db: Kysely<Database>): RobotsMemory {
  return {
    async get(origin) {
      const row = await db.selectFrom('robots_verdicts').selectAll().where('origin', '=', origin).executeTakeFirst();
      if (!row) return null;
      const { fetched_at: fetchedAt, expires_at: expiresAt, status, verdict, reason, body } = row;
      return { origin, fetchedAt, expiresAt, status, verdict, reason, body };
    },

    async put(record) {
      const values = {
        fetched_at: record.fetchedAt,
        expires_at: record.expiresAt,
        status: record.status,
        verdict: record.verdict,
        reason: storable(record.reason),
        body: storable(record.body),
      };
      await db
        .insertInto('robots_verdicts')
        .values({ origin: record.origin, ...values })
        .onConflict(conflict =>
          conflict.column('origin').doUpdateSet(values).whereRef('robots_verdicts.fetched_at', '<=', 'excluded.fetched_at'),
        )
        .execute();
    },
  };
}

/** A robots.txt may hold any bytes; Postgres' text holds every character but NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
