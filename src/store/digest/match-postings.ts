import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { FeedFilter } from '../feed/feed-filter.ts';
import { allOf } from '../feed/shown.ts';
import { clausesOf, testsFor } from '../feed/where.ts';
import type { Database } from '../schema.ts';

/** Conditions per statement: each is a column of its answer. */
const AT_ONCE = 300;

/**
 * Which of some postings each filter shows now, one text of 0 and 1 per filter in the order of `ids`. The conditions are the feed's own;
 * the tables they name are replaced by the rows of these postings, so that the cost does not grow with what is stored besides.
 */
export async function testPostings(db: Kysely<Database>, ids: readonly string[], filters: readonly FeedFilter[]): Promise<string[]> {
  const answers: string[] = [];
  for (let from = 0; from < filters.length; from += AT_ONCE) {
    const tests = filters.slice(from, from + AT_ONCE).map(filter => allOf(clausesOf(filter).map(clause => clause.test)));
    answers.push(...(await testAll(db, ids, tests)));
  }
  return answers;
}

async function testAll(db: Kysely<Database>, ids: readonly string[], tests: readonly RawBuilder<SqlBool>[]): Promise<string[]> {
  const columns = tests.map((test, n) => sql`string_agg(case when ${test} then '1' else '0' end, '') as ${sql.ref(`c${n}`)}`);
  const { rows } = await sql<Record<string, string | null>>`
    with wanted as materialized (select id, n from unnest(${ids}::text[]) with ordinality as w (id, n)),
      posting_texts as materialized (select t.posting_id, t.search from posting_texts t where t.posting_id = any(${ids}::text[])),
      postings as materialized (select p.*, w.n from wanted w join postings p on p.id = w.id order by w.n)
    select ${sql.join(columns)}, string_agg(p.n::text, ',') as places from (select * from postings order by n) p`.execute(db);
  const row = rows[0] ?? {};
  const places = row.places?.split(',').map(place => Number(place) - 1) ?? [];
  // Ids that no posting has leave gaps.
  const whole = places.length === ids.length;
  return tests.map((_, n) => {
    const said = row[`c${n}`] ?? '';
    if (whole) return said;
    const all = Array.from(ids, () => '0');
    for (const [i, place] of places.entries()) all[place] = said[i] ?? '0';
    return all.join('');
  });
}

/** Every posting that a filter shows, however many. */
export async function matchingIds(db: Kysely<Database>, filter: FeedFilter): Promise<string[]> {
  const where = allOf(await testsFor(db, filter));
  const { rows } = await sql<{ id: string }>`select p.id from postings p where ${where}`.execute(db);
  return rows.map(({ id }) => id);
}

/** A posting of the log. `news`: any subscription may match it. `reopened`: it had been closed for as long as was asked. */
export type Pending = { id: string; news: boolean; reopened: boolean };

/**
 * Takes up to `most` changed postings off the log for as long as the transaction lasts and removes them from it with its commit.
 * Postings that another process has taken are left to it.
 */
export async function takePending(trx: Kysely<Database>, most: number, awayDays: number): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    with taken as (delete from digest_pending where id in (select id from digest_pending order by id limit ${most} for update skip locked)
      returning posting_id, known_only, away)
    select posting_id as id, bool_or(not known_only) as news, coalesce(max(away) >= make_interval(days => ${awayDays}::int), false) as reopened
    from taken group by posting_id`.execute(trx);
  return rows;
}

export type Listener = { id: string; query: string };

/** The subscriptions that new postings are matched against. */
export async function listeners(db: Kysely<Database>): Promise<Listener[]> {
  return await db
    .selectFrom('subscriptions')
    .select(['id', 'query'])
    .where('state', '=', 'active')
    .where('paused_at', 'is', null)
    .execute();
}

/** Active subscriptions that have not been given the postings of before they began (or began anew). Locked until the transaction ends. */
export async function ungathered(trx: Kysely<Database>, most: number): Promise<Listener[]> {
  return await trx
    .selectFrom('subscriptions')
    .select(['id', 'query'])
    .where('state', '=', 'active')
    .where('paused_at', 'is', null)
    .where('gathered_at', 'is', null)
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function markGathered(trx: Kysely<Database>, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx.updateTable('subscriptions').set({ gathered_at: now }).where('id', 'in', ids).execute();
}
