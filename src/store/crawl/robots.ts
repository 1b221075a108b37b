import { type Kysely, sql } from 'kysely';
import type { RobotsMemory } from '../../crawlers/engine/fetching.ts';
import { CLOCK_SLACK_MS } from '../../pipeline/next-visit.ts';
import { outlasting, SHORT_OUTAGE_MS } from '../../postgres/outage.ts';
import type { Database } from '../schema.ts';

/**
 * robots.txt answers on the table `robots_verdicts`, shared by every process.
 * `get` gives what is known, expired or not: the engine decides by `expiresAt`. `put` never replaces a newer answer by an older one.
 * The engine's times are of this process's clock, the stored ones of the database's: only their distance from now goes over.
 */
export function postgresRobots(db: Kysely<Database>): RobotsMemory {
  return {
    async get(origin) {
      const asking = db.selectFrom('robots_verdicts').selectAll().select(leftMs().as('left_ms')).where('origin', '=', origin);
      const row = await outlasting(SHORT_OUTAGE_MS, () => asking.executeTakeFirst());
      if (!row) return null;
      const { fetched_at: fetchedAt, left_ms, status, verdict, reason, body } = row;
      return { origin, fetchedAt, expiresAt: new Date(Date.now() + left_ms), status, verdict, reason, body };
    },

    async put(record) {
      const values = {
        fetched_at: at(record.fetchedAt),
        expires_at: at(record.expiresAt),
        status: record.status,
        verdict: record.verdict,
        reason: storable(record.reason),
        body: storable(record.body),
      };
      const putting = db
        .insertInto('robots_verdicts')
        .values({ origin: record.origin, ...values })
        .onConflict(conflict =>
          conflict
            .column('origin')
            .doUpdateSet(values)
            // One that was asked for in the future was stored under a wrong clock, and stands in nobody's way.
            .where(sql<boolean>`(robots_verdicts.fetched_at <= excluded.fetched_at or robots_verdicts.fetched_at > clock_timestamp())`),
        );
      await outlasting(SHORT_OUTAGE_MS, () => putting.execute());
    },
  };
}

/** Longest time a robots.txt is kept; what claims more was stored under a wrong clock and has expired. */
const LONGEST_MS = 24 * 3_600_000;

function at(time: Date) {
  return sql<Date>`clock_timestamp() + ${time.getTime() - Date.now()}::float8 * interval '1 millisecond'`;
}

/** Milliseconds until a stored answer expires. */
function leftMs() {
  const left = sql`(extract(epoch from expires_at - clock_timestamp()) * 1000)::float8`;
  return sql<number>`case when ${left} > ${LONGEST_MS + CLOCK_SLACK_MS} then -1 else ${left} end`;
}

/** A robots.txt may hold any bytes; Postgres' text holds every character but NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
