import { Kysely, type PostgresCursor, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult, sql } from 'kysely';
import type pg from 'pg';
import { OmbreError } from '../errors.ts';
import { asDatabaseError, codedPool } from '../postgres/pool.ts';
import { poolOf } from './database.ts';
import type { Database } from './schema.ts';

/** Proxies and firewalls cut what is silent for a minute or longer, servers when they are told to. */
const PING_MS = 5_000;
/** A server that owes an answer for so long has gone without a word. */
const ANSWER_MS = 60_000;

/**
 * Runs `work` on one connection of the pool, which is kept awake meanwhile. `lost` aborts with E_DB_DOWN as soon as that connection is gone,
 * and every query on it fails then: what is written there is written while the session lives. Advisory locks it took end with it.
 */
export async function onSession<T>(
  db: Kysely<Database>,
  work: (session: Kysely<Database>, lost: AbortSignal) => Promise<T>,
  { pingMs = PING_MS, answerMs = ANSWER_MS } = {},
): Promise<T> {
  const client = await connected(poolOf(db));
  const lost = new AbortController();
  const onLoss = () => lost.abort(new OmbreError('E_DB_DOWN', 'the connection this work held was lost'));
  client.once('error', onLoss).once('end', onLoss);
  const watched = new WatchedClient(client);
  const pool = codedPool({ connect: async () => watched, end: async () => undefined });
  const one = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await one.connection().execute(async session => {
      const beat = setInterval(() => {
        // A statement of the work may rightly take long; only the answer to a ping is owed at once.
        if (watched.owedMs > answerMs) void client.end();
        else if (!watched.isBusy) void ping(session);
      }, pingMs);
      try {
        await sql.raw(MANNERS).execute(session);
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

const PING = 'select 1';

/**
 * What the server is told of the session. One that ends idle sessions must not end one that waits for a slow page. And a machine that vanished
 * without a word (no power, no network) must not keep its locks for the two hours that Linux waits: after half a minute the server gives it up.
 * On a socket of the same machine, which cannot vanish, this means nothing.
 */
const MANNERS = `select set_config(name, value, false) from (values ('idle_session_timeout', '0'),
  ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '4'), ('tcp_user_timeout', '30000')) as one (name, value)`;

/** Never throws: the connection tells its own end. */
async function ping(session: Kysely<Database>): Promise<void> {
  try {
    await sql.raw(PING).execute(session);
  } catch {
    // An error of the connection, which `lost` tells.
  }
}

/** The client of a session, and what it is waiting for. One statement at a time is under way, which Kysely's connection sees to. */
class WatchedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #asked: { text: string; since: number } | null = null;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(asked: string | PostgresCursor<R>, parameters: readonly unknown[] = []) {
    return typeof asked === 'string' ? this.#ask<R>(asked, parameters) : (this.#client as PostgresPoolClient).query(asked);
  }

  release(): void {
    this.#client.release();
  }

  /** Whether a statement is under way. */
  get isBusy(): boolean {
    return this.#asked !== null;
  }

  /** For how long a ping has waited for its answer, in milliseconds; 0 when none does. */
  get owedMs(): number {
    return this.#asked?.text === PING ? performance.now() - this.#asked.since : 0;
  }

  async #ask<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    this.#asked = { text, since: performance.now() };
    try {
      return await (this.#client as PostgresPoolClient).query<R>(text, parameters);
    } finally {
      this.#asked = null;
    }
  }
}
