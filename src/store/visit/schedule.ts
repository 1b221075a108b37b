import { type Kysely, sql } from 'kysely';
import { CLOCK_SLACK_MS, type EndedVisit, isConclusive, LONGEST_PAUSE_MS, nextVisit } from '../../pipeline/next-visit.ts';
import type { Database } from '../schema.ts';
import type { Source } from './sources.ts';

/** Whether the next visit of a row of `sources` has come. One further away than the interval was written under a wrong clock: it has. */
const VISIT_HAS_COME = sql<boolean>`(next_visit_at <= now() or next_visit_at > now() + make_interval(mins => every_minutes) + ${millis(CLOCK_SLACK_MS)})`;

/** Whether a row of `sources` is left alone at this moment. A pause longer than any was written under a wrong clock, and is none. */
export const IS_COOLING = sql<boolean>`coalesce(cooling_until > now() and cooling_until <= now() + ${millis(LONGEST_PAUSE_MS + CLOCK_SLACK_MS)}, false)`;

/**
 * For a query of `sources`: not those that are missing from the registry while their board is read under another slug. Nobody is asked twice
 * for one board; any other missing source is visited until it is removed, so that its open postings stay true.
 */
const notReadElsewhere = sql<boolean>`(missing_since is null or not exists (
  select 1 from sources o where o.id <> sources.id and o.removed_at is null and o.missing_since is null and not o.recorded
    and o.system = sources.system and lower(o.target::text) = lower(sources.target::text)))`;

/** Ids of the sources whose next visit has come, longest waiting first. */
export async function dueSources(db: Kysely<Database>, most = 200): Promise<number[]> {
  const due = await sourcesThatAreDue(db).select('id').orderBy('next_visit_at').limit(most).execute();
  return due.map(source => source.id);
}

/** How many visits are due, and since when the one that waits longest is; null when none is. */
export async function dueVisits(db: Kysely<Database>): Promise<{ due: number; since: Date | null }> {
  return sourcesThatAreDue(db)
    .select(eb => [eb.fn.countAll<number>().as('due'), eb.fn.min('next_visit_at').as('since')])
    .executeTakeFirstOrThrow();
}

function sourcesThatAreDue(db: Kysely<Database>) {
  return db
    .selectFrom('sources')
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .where(VISIT_HAS_COME)
    .where(sql<boolean>`not ${IS_COOLING}`)
    .where(notReadElsewhere);
}

/**
 * How fresh what is stored can be: the number of due sources, for how many seconds the one that waits longest has been due (0 when none is), and
 * how many seconds ago a visit last read a whole board (null when none has yet).
 */
export async function freshness(
  db: Kysely<Database>,
): Promise<{ due: number; oldestDueSeconds: number; newestCompleteSeconds: number | null }> {
  const waiting = await sourcesThatAreDue(db)
    .select(eb => [
      eb.fn.countAll<number>().as('due'),
      // One whose time lies too far ahead is due at once.
      sql<number>`greatest(coalesce(extract(epoch from now() - min(next_visit_at)), 0), 0)::float8`.as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  const { newest } = await db
    .selectFrom('sources')
    .select(sql<number | null>`extract(epoch from now() - max(last_complete_at))::float8`.as('newest'))
    .where('recorded', '=', false)
    .executeTakeFirstOrThrow();
  return { due: waiting.due, oldestDueSeconds: waiting.oldest, newestCompleteSeconds: newest };
}

/** Whether the next visit of a source has come, as it has not any more when another worker has just made it. */
export async function isDue(db: Kysely<Database>, id: number): Promise<boolean> {
  const due = await db.selectFrom('sources').select('id').where('id', '=', id).where(VISIT_HAS_COME).execute();
  return due.length > 0;
}

/** Notes how a visit went on its source and sets the next one. */
export async function scheduleNext(
  db: Kysely<Database>,
  source: Pick<Source, 'id' | 'every_minutes' | 'failures'>,
  visit: EndedVisit & { held: string[]; kept: string[]; now: Date },
): Promise<void> {
  const { failures, visitMs, coolMs } = nextVisit({ everyMinutes: source.every_minutes, failures: source.failures }, visit);
  const inMs = (ms: number) => new Date(visit.now.getTime() + ms);
  await db
    .updateTable('sources')
    .set({
      failures,
      cooling_until: coolMs === null ? null : inMs(coolMs),
      // What a suspicious visit held waits for the next one that hears of it.
      ...(isConclusive(visit.outcome) ? { held_keys: someOf(visit.held), kept_keys: someOf(visit.kept) } : {}),
      next_visit_at: inMs(visitMs),
      ...(visit.outcome === 'complete' ? { last_complete_at: visit.now } : {}),
    })
    .where('id', '=', source.id)
    .execute();
}

function someOf(keys: string[]): string[] | null {
  return keys.length > 0 ? keys : null;
}

function millis(ms: number) {
  return sql`make_interval(secs => ${ms / 1000}::float8)`;
}
