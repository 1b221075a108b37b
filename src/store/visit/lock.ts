import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { onSession } from '../session.ts';

/** First half of the advisory lock key: "visit of a source". */
export const VISIT_LOCK = 7301;

/**
 * Runs `work` while this process alone visits the source; returns null without running it when another does.
 * The lock belongs to the session that `held` writes through: whoever lost the one can write nothing any more, and a killed process frees it.
 * `stop` aborts with `signal`, and with E_DB_DOWN when the session is lost; the rejection then is that reason.
 */
export async function holdingSource<T>(
  db: Kysely<Database>,
  sourceId: number,
  signal: AbortSignal,
  work: (held: Kysely<Database>, stop: AbortSignal) => Promise<T>,
): Promise<T | null> {
  return onSession(db, async (session, lost) => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${VISIT_LOCK}::int, ${sourceId}::int) as held`.execute(
      session,
    );
    if (!rows[0]?.held) return null;
    try {
      return await work(session, AbortSignal.any([signal, lost]));
    } catch (error) {
      throw lost.aborted ? lost.reason : error;
    }
  });
}
