import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { OmbreError } from '../errors.ts';
import { poolOf } from './database.ts';
import { asDatabaseError, codedPool } from './pool.ts';
import type { Database } from './schema.ts';

/** Proxies and firewalls cut what is silent for a minute or longer. */
const PING_MS = 15_000;
/** A server that owes an answer for so long has gone without a word. */
const ANSWER_MS = 60_000;

/**
 * Runs `work` on one connection of the pool, which is kept awake meanwhile. `lost` aborts with E_DB_DOWN as soon as that connection is gone,
 * and every query on it fails then: what is written there is written while the session lives. Advisory locks it took end with it.
 */
export async function onSession<T>(
  db: Kysely<Database>,
  work: (session: Kysely<Database>, lost: AbortSignal) => Promise<T>,
  pingMs = PING_MS,
): Promise<T> {
  const client = await connected(poolOf(db));
  const lost = new AbortController();
  const onLoss = () => lost.abort(new OmbreError('E_DB_DOWN', 'the connection this work held was lost'));
  client.once('error', onLoss).once('end', onLoss);
  const pool = codedPool({ connect: async () => client, end: async () => undefined });
  const one = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await one.connection().execute(async session => {
      const beat = setInterval(() => void ping(session, client), pingMs);
      try {
        return await work(session, lost.signal);
      } finally {
        clearInterval(beat);
        // A session that cannot let go of its locks must not go back to the pool with them.
        await sql`select pg_advisory_unlock_all()`.execute(session).catch(() => client.end());
      }
    });
  } finally {
    client.off('error', onLoss).off('end', onLoss);
  }
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw asDatabaseError(error);
  }
}

/** Never throws: the connection tells its own end. One that does not answer is ended from here, which fails whatever waits on it. */
async function ping(session: Kysely<Database>, client: pg.PoolClient): Promise<void> {
  const tooLate = setTimeout(() => void client.end(), ANSWER_MS);
  try {
    await sql`select 1`.execute(session);
  } catch {
    // An error of the connection, which `lost` tells.
  } finally {
    clearTimeout(tooLate);
  }
}
