import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { HostLease, HostLimiter } from '../../crawlers/engine/fetching.ts';
import { isDown, outlasting, SHORT_OUTAGE_MS } from '../../postgres/outage.ts';
import type { Database } from '../schema.ts';

/** Pauses between looks at a host that another process holds: its release is not announced, and its lease may run for minutes. */
const HELD_PAUSE_MS = { first: 25, most: 500 };
/** A host may be closed for hours (Retry-After); it is looked at from time to time in case the row was changed by hand. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * One request in flight per host over every process on this database, on the table `host_limits`.
 * All times are of Postgres' clock, so that machines with different clocks agree. The spacing counts from the end of a request.
 * Callers of one process wait in line in memory, so that a process has at most one waiter per host in Postgres.
 */
export function postgresHostLimiter(db: Kysely<Database>): HostLimiter {
  /** The last in line per host: settles when that one has released or its lease has run out. */
  const lines = new Map<string, Promise<void>>();

  return {
    async acquire(host, { spacingMs, leaseMs, signal }) {
      signal.throwIfAborted();
      const before = lines.get(host) ?? Promise.resolve();
      const turn = Promise.withResolvers<void>();
      const line = before.then(() => turn.promise);
      lines.set(host, line);
      void line.then(() => {
        if (lines.get(host) === line) lines.delete(host);
      });
      try {
        await orAborted(before, signal);
        const token = await takeRow(db, host, leaseMs, signal);
        const expiry = setTimeout(turn.resolve, leaseMs).unref();
        return lease(db, { host, token, spacingMs, leaseMs }, () => {
          clearTimeout(expiry);
          turn.resolve();
        });
      } catch (error) {
        turn.resolve();
        throw error;
      }
    },
  };
}

function lease(
  db: Kysely<Database>,
  held: { host: string; token: string; spacingMs: number; leaseMs: number },
  onReleased: () => void,
): HostLease {
  let released: Promise<void> | null = null;
  return {
    release: ({ notBefore }) => {
      const waitMs = Math.max(held.spacingMs, notBefore ? notBefore.getTime() - Date.now() : 0);
      released ??= freeRow(db, held.host, held.token, waitMs)
        .catch(error => {
          if (!isDown(error)) throw error;
          freeLater(db, held.host, held.token, { waitMs, leaseMs: held.leaseMs });
        })
        .finally(onReleased);
      return released;
    },
  };
}

/** Waits until the row of the host is free and due, and takes it. Rejects with the signal's reason when aborted. */
async function takeRow(db: Kysely<Database>, host: string, leaseMs: number, signal: AbortSignal): Promise<string> {
  const token = randomUUID();
  let heldPauseMs = HELD_PAUSE_MS.first;
  try {
    while (!(await outlasting(SHORT_OUTAGE_MS, () => tryRow(db, host, token, leaseMs), signal))) {
      const { held, waitMs } = await outlasting(SHORT_OUTAGE_MS, () => lookAtRow(db, host), signal);
      await pause(held ? Math.min(waitMs, heldPauseMs) : Math.min(waitMs, LONGEST_PAUSE_MS), signal);
      heldPauseMs = held ? Math.min(heldPauseMs * 2, HELD_PAUSE_MS.most) : HELD_PAUSE_MS.first;
    }
    signal.throwIfAborted();
  } catch (error) {
    // The row may be ours: the answer that said so may have been lost with its connection, or come too late.
    freeLater(db, host, token, { waitMs: 0, leaseMs });
    throw error;
  }
  return token;
}

/** Frees the row as soon as the database lets us, so that nobody need wait for the lease to run out; after that there is nothing to free. */
function freeLater(db: Kysely<Database>, host: string, token: string, { waitMs, leaseMs }: { waitMs: number; leaseMs: number }): void {
  void outlasting(leaseMs, () => freeRow(db, host, token, waitMs)).catch(() => undefined);
}

/** One statement, so that of any number of processes one gets the row. Asked again with the same token, the row taken before is taken. */
async function tryRow(db: Kysely<Database>, host: string, token: string, leaseMs: number): Promise<boolean> {
  const taken = await db
    .insertInto('host_limits')
    .values({ host, next_allowed_at: clock(), held_until: clock(leaseMs), held_by: token })
    .onConflict(conflict =>
      conflict
        .column('host')
        .doUpdateSet({ held_until: clock(leaseMs), held_by: token })
        .where('host_limits.next_allowed_at', '<=', clock())
        .where(eb =>
          eb.or([
            eb('host_limits.held_until', 'is', null),
            eb('host_limits.held_until', '<=', clock()),
            eb('host_limits.held_by', '=', token),
          ]),
        ),
    )
    .returning('host')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Whether somebody holds the host, and the milliseconds until it is free at the latest (held) or due (not held). */
async function lookAtRow(db: Kysely<Database>, host: string): Promise<{ held: boolean; waitMs: number }> {
  const row = await db
    .selectFrom('host_limits')
    .select([
      sql<boolean>`coalesce(held_until > clock_timestamp(), false)`.as('held'),
      sql<number>`(extract(epoch from greatest(next_allowed_at, held_until) - clock_timestamp()) * 1000)::float8`.as('waitMs'),
    ])
    .where('host', '=', host)
    .executeTakeFirst();
  return { held: row?.held ?? false, waitMs: Math.max(row?.waitMs ?? 0, 1) };
}

/** Frees the row if it is still this holder's. The next start moves later in any case: a host that asked for rest gets it from everybody. */
async function freeRow(db: Kysely<Database>, host: string, token: string, waitMs: number): Promise<void> {
  await db
    .updateTable('host_limits')
    .set({
      next_allowed_at: sql<Date>`greatest(next_allowed_at, ${clock(waitMs)})`,
      held_until: sql<Date | null>`case when held_by = ${token} then null else held_until end`,
      held_by: sql<string | null>`nullif(held_by, ${token})`,
    })
    .where('host', '=', host)
    .execute();
}

/** Postgres' clock, `plusMs` from now. Not now(): a statement that waited for a row lock must see the time after the wait. */
function clock(plusMs = 0) {
  return sql<Date>`clock_timestamp() + ${plusMs}::float8 * interval '1 millisecond'`;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.ceil(ms), undefined, { signal }).catch(error => {
    signal.throwIfAborted();
    throw error;
  });
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([promise, aborted.promise]).finally(() => signal.removeEventListener('abort', onAbort));
}
