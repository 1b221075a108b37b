import type { Kysely } from 'kysely';
import type { RobotsMemory } from '../crawlers/fetching.ts';
import { outlasting } from './outage.ts';
import type { Database } from './schema.ts';

/** A connection that was cut is made anew; an outage longer than that breaks the visit off. */
const OUTAGE_MS = 4_000;

/**
 * robots.txt answers on the table `robots_verdicts`, shared by every process.
 * `get` gives what is known, expired or not: the engine decides by `expiresAt`. `put` never replaces a newer answer by an older one.
 */
export function postgresRobots(db: Kysely<Database>): RobotsMemory {
  return {
    async get(origin) {
      const row = await outlasting(OUTAGE_MS, () =>
        db.selectFrom('robots_verdicts').selectAll().where('origin', '=', origin).executeTakeFirst(),
      );
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
      const putting = db
        .insertInto('robots_verdicts')
        .values({ origin: record.origin, ...values })
        .onConflict(conflict =>
          conflict.column('origin').doUpdateSet(values).whereRef('robots_verdicts.fetched_at', '<=', 'excluded.fetched_at'),
        );
      await outlasting(OUTAGE_MS, () => putting.execute());
    },
  };
}

/** A robots.txt may hold any bytes; Postgres' text holds every character but NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
