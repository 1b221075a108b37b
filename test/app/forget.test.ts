import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetOld } from '../../src/app/forget.ts';
import { visitor } from '../../src/app/visitor.ts';
import { readConfig } from '../../src/config.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { hasOutdated } from '../../src/store/tags/retag.ts';
import { forgetTexts, forgetVisits } from '../../src/store/visit/forget.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type BoardServer, boardEngine, serve, workdayBoard } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let t: TestDatabase;
let server: BoardServer;
let fetcher: Fetcher;
let source: Source;
let home: string;
let listed: number[] = [];

beforeAll(async () => {
  t = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-forget-'));
  const board = workdayBoard(
    () => listed,
    n => `Utilization Review Therapist ${n}`,
  );
  server = await serve(board);
  fetcher = boardEngine(server.origin);
});
afterAll(async () => {
  await fetcher?.close();
  await server?.close();
  await t?.drop();
  await rm(home, { recursive: true, force: true });
});
beforeEach(async () => {
  await sql`truncate postings, visits, sources, tag_reports cascade`.execute(t.db);
  const target = { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' };
  const row = { name: 'Acme Health', system: 'workday', target, enabled: true, disabledReason: null, everyMinutes: 60, notes: null };
  [source] = (await putSources(t.db, [{ slug: 'acme', ...row }])) as [Source];
});

async function visit(numbers: number[]) {
  listed = numbers;
  const report = await visitor({ db: t.db, systems: await loadSystems() }, fetcher)(source.id, new AbortController().signal);
  return report?.postings;
}

const forget = (env: Record<string, string> = {}) =>
  forgetOld({ db: t.db, log: pino({ level: 'silent' }), config: readConfig({ OMBRE_HOME: home, ...env }) });

/** What is kept of each posting, by its number: `text`, `tags`, and whether it is open. */
async function kept(): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ key: string; kept: string[] }>`
    select substring(title from '[0-9]+$') as key, array_remove(array[
      case when exists (select from posting_texts where posting_id = p.id) then 'text' end,
      case when exists (select from posting_tags where posting_id = p.id) then 'tags' end,
      case when verdict_ot is not null then 'verdicts' end,
      case when closed_at is null then 'open' else 'closed' end], null) as kept
    from postings p order by 1`.execute(t.db);
  return Object.fromEntries(rows.map(({ key, kept }) => [key, kept]));
}

const closedDaysAgo = (days: number, number: number) =>
  sql`update postings set closed_at = now() - make_interval(days => ${days}::int) where title like ${`% ${number}`}`.execute(t.db);

test('texts of postings closed for longer than KEEP_TEXTS_DAYS go with their tags, and nothing else of any posting', async () => {
  await visit([1, 2, 3, 4]);
  await visit([1, 2]);
  await closedDaysAgo(181, 3);
  await closedDaysAgo(179, 4);
  await forget({ KEEP_TEXTS_DAYS: '0' });
  const whole = ['text', 'tags', 'verdicts'];
  expect((await kept())[3]).toEqual([...whole, 'closed']);
  const before = await t.db.selectFrom('postings').select(['id', 'updated_at']).orderBy('id').execute();
  await forget();
  expect(await kept()).toEqual({ 1: [...whole, 'open'], 2: [...whole, 'open'], 3: ['verdicts', 'closed'], 4: [...whole, 'closed'] });
  expect(await t.db.selectFrom('postings').select(['id', 'updated_at']).orderBy('id').execute()).toEqual(before);
});

test('a posting that comes back after its text was forgotten has all of it again, under its old id', async () => {
  await visit([1, 2, 3]);
  const ids = (await t.db.selectFrom('postings').select('id').execute()).map(({ id }) => id).sort();
  await visit([1, 2]);
  await closedDaysAgo(400, 3);
  await forget();
  expect(await visit([1, 2, 3])).toMatchObject({ new: 0, changed: 1, unchanged: 2 });
  expect((await kept())[3]).toEqual(['text', 'tags', 'verdicts', 'open']);
  expect((await t.db.selectFrom('postings').select('id').execute()).map(({ id }) => id).sort()).toEqual(ids);
});

test('a posting without its text waits for no new rules', async () => {
  await visit([1, 2]);
  await visit([1]);
  await closedDaysAgo(400, 2);
  await sql`update postings set rules_version = 'another' where closed_at is not null`.execute(t.db);
  const { rules_version } = await t.db
    .selectFrom('postings')
    .select('rules_version')
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  expect(await hasOutdated(t.db, rules_version!)).toBe(true);
  await forget();
  expect(await hasOutdated(t.db, rules_version!)).toBe(false);
});

test('of old visits the last twelve of each source stay, and one that is under way', async () => {
  await sql`insert into visits (id, source_id, started_at, ended_at, outcome, attempts)
    select gen_random_uuid(), ${source.id}, now() - make_interval(days => 500 + n), now() - make_interval(days => 500 + n), 'complete', 1
    from generate_series(1, 20) n`.execute(t.db);
  await sql`insert into visits (id, source_id, started_at, attempts) values (gen_random_uuid(), ${source.id}, now() - interval '900 days', 1)`.execute(
    t.db,
  );
  const ages = async () =>
    (await sql<{ age: number }>`select (now()::date - started_at::date) as age from visits order by 1`.execute(t.db)).rows.map(
      row => row.age,
    );
  await forget({ KEEP_VISITS_DAYS: '600' });
  expect(await ages()).toHaveLength(21);
  await forget();
  expect(await ages()).toEqual([...Array.from({ length: 12 }, (_, n) => 501 + n), 900]);
});

test('a run deletes no more than a batch, and the next one goes on', async () => {
  await visit([1, 2, 3, 4, 5, 6, 7]);
  await sql`update postings set closed_at = now() - interval '1 year'`.execute(t.db);
  expect([await forgetTexts(t.db, 180, 3), await forgetTexts(t.db, 180, 3), await forgetTexts(t.db, 180, 3)]).toEqual([3, 3, 1]);
  await sql`insert into visits (id, source_id, started_at, ended_at, outcome, attempts)
    select gen_random_uuid(), ${source.id}, now() - make_interval(days => 500 + n), now(), 'complete', 1 from generate_series(1, 30) n`.execute(
    t.db,
  );
  expect([await forgetVisits(t.db, 400, 10), await forgetVisits(t.db, 400, 10)]).toEqual([10, 9]);
});

test('a batch leaves rows alone that a visit holds', async () => {
  await visit([1, 2]);
  await sql`update postings set closed_at = now() - interval '1 year'`.execute(t.db);
  await t.db.transaction().execute(async trx => {
    await sql`select from postings where title like '% 1' for update`.execute(trx);
    expect(await forgetTexts(t.db, 180, 10)).toBe(1);
  });
  expect(await forgetTexts(t.db, 180, 10)).toBe(1);
});

test('handled reports go after 400 days, and written mails after 90', async () => {
  await visit([1]);
  await sql`insert into tag_reports (posting_id, tag, created_at, handled_at)
    select id, tag, now() - interval '900 days', handled from postings, (values ('old', now() - interval '401 days'), ('new', now()), ('open', null)) r (tag, handled)`.execute(
    t.db,
  );
  const outbox = join(home, 'outbox');
  await mkdir(outbox);
  const names = ['00000000-0000-4000-8000-000000000001.eml', '00000000-0000-4000-8000-000000000002.eml', 'mine.eml'];
  for (const name of names) await writeFile(join(outbox, name), 'a mail');
  for (const name of [names[0]!, names[2]!]) await utimes(join(outbox, name), 0, 0);
  await forget();
  const reports = await t.db.selectFrom('tag_reports').select('tag').orderBy('tag').execute();
  expect(reports.map(({ tag }) => tag)).toEqual(['new', 'open']);
  expect((await readdir(outbox)).sort()).toEqual(names.slice(1).sort());
});
