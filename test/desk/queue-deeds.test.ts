import { load } from 'cheerio';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import { enqueueVisit } from '../../src/queue/visits.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { testDatabase } from '../support/database.ts';
import { type Operator, type TestDesk, testDesk } from './_desk.ts';

let desk: TestDesk;
let queues: Queues;
let operator: Operator;
beforeAll(async () => {
  const database = await testDatabase();
  queues = await openQueues({ REDIS_URL: null }, database.url);
  desk = await testDesk({}, { queues, on: database });
  operator = await desk.login();
  const row = { system: 'lever', enabled: true, disabledReason: null, everyMinutes: 60, notes: null };
  await putSources(
    desk.db,
    ['fern', 'moss', 'oak'].map(slug => ({ ...row, slug, name: slug, target: { site: slug } })),
  );
});
afterAll(async () => {
  await queues.close();
  await desk.close();
  await desk.drop();
});

const idOf = async (slug: string) =>
  (await desk.db.selectFrom('sources').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id;

/** What each row of a table begins with, and its buttons. */
async function rows(label: string): Promise<string[]> {
  const $ = load((await operator.get('/admin/queue')).text);
  return $(`[aria-label="${label}"] tbody tr`)
    .map((_, row) =>
      [
        $(row).find('th').text(),
        ...$(row)
          .find('button')
          .map((_i, button) => $(button).text())
          .get(),
      ].join(', '),
    )
    .get();
}

it('drops a visit that waits, and notes it', async () => {
  const { id } = await enqueueVisit(queues, await idOf('fern'));
  expect(await rows('Jobs')).toEqual(['fern, Drop fern']);
  expect((await operator.post('/admin/queue/drop', { what: id })).status).toBe(303);
  expect(await queues.visits.getJobCounts('waiting')).toMatchObject({ waiting: 0 });
  const [noted] = await auditRows(desk.db, { most: 1 });
  expect(noted).toMatchObject({ via: 'desk', what: 'queue.drop', target: id, before: { source: 'fern', found: 'waiting' } });
  expect((await operator.post('/admin/queue/drop', { what: id })).status).toBe(404);
});

it('ends the quarantine of a source that failed, and has it visited', async () => {
  await sql`update sources set cooling_until = now() + interval '1 hour', failures = 9 where slug = 'oak'`.execute(desk.db);
  expect(await rows('Sources left alone')).toEqual(['oak, Try again oak, Drop oak']);
  expect((await operator.post('/admin/queue/retry', { what: 'oak' })).status).toBe(303);
  expect(await rows('Sources left alone')).toEqual([]);
  expect(await rows('Jobs')).toEqual(['oak, Drop oak']);
});

it('leaves a pause that a host asked for, and says so', async () => {
  await sql`update sources set cooling_until = now() + interval '1 hour', failures = 0 where slug = 'moss'`.execute(desk.db);
  expect(await rows('Sources left alone')).toEqual(['moss']);
  const answer = await operator.post('/admin/queue/retry', { what: 'moss' });
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('which is obeyed')]);
  expect(await rows('Sources left alone')).toEqual(['moss']);
});
