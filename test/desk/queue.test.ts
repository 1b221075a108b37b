import { load } from 'cheerio';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beat, stopBeating } from '../../src/store/heartbeats.ts';
import { holdingSource } from '../../src/store/visit/lock.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { type Operator, type TestDesk, testDesk } from './_desk.ts';

let desk: TestDesk;
let operator: Operator;
beforeAll(async () => {
  desk = await testDesk({}, { queue: { ok: false, backend: 'redis', message: 'The queue on redis does not answer: gone.', visits: null } });
  operator = await desk.login();
  const rows = ['fern', 'moss', 'oak'].map(slug => ({
    slug,
    name: slug,
    system: 'lever',
    target: { site: slug },
    enabled: true,
    disabledReason: null,
    everyMinutes: 60,
    notes: null,
  }));
  await putSources(desk.db, rows);
  const of = (slug: string) => sql`(select id from sources where slug = ${slug})`;
  await sql`insert into visits (id, source_id, started_at, attempts) values
    (gen_random_uuid(), ${of('fern')}, now(), 1), (gen_random_uuid(), ${of('moss')}, now() - interval '5 minutes', 2)`.execute(desk.db);
  await sql`insert into visits (id, source_id, started_at, ended_at, outcome, attempts, code) values (gen_random_uuid(), ${of('oak')}, now(), now(), 'failed', 3, 'E_CRASHED')`.execute(
    desk.db,
  );
  await sql`update sources set cooling_until = now() + interval '1 hour', failures = 3 where slug = 'oak'`.execute(desk.db);
  await sql`insert into host_limits (host, next_allowed_at, held_until) values
    ('api.lever.co', now() + interval '1 minute', null), ('free.example', now() - interval '1 minute', null)`.execute(desk.db);
  const [alive, gone] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  await beat(desk.db, { id: alive, host: 'crawler-1', pid: 11, digestKey: null });
  await beat(desk.db, { id: gone, host: 'crawler-2', pid: 22, digestKey: null });
  await stopBeating(desk.db, gone);
});
afterAll(() => desk.close());

test('the queue page tells who works and at what, what waits and what is left alone, also while the queue is away', async () => {
  const { id } = await desk.db.selectFrom('sources').select('id').where('slug', '=', 'fern').executeTakeFirstOrThrow();
  const cells = await holdingSource(desk.db, id, new AbortController().signal, async () => {
    const $ = load((await operator.get('/admin/queue')).text);
    expect($('.alarm').text()).toBe('The queue on redis does not answer: gone.');
    return $('tbody tr')
      .map((_, row) =>
        $(row)
          .children()
          .map((_i, cell) => $(cell).text())
          .get()
          .filter(text => !/^\d{4}-/.test(text))
          .join(' | '),
      )
      .get();
  });
  expect(cells).toEqual([
    'oak | took its process down | 3 |  | ',
    'crawler-2 | 22 | stopped as it should be',
    'crawler-1 | 11 | alive',
    'moss | lever | 2 times | waits to be taken up again',
    'fern | lever | 1 time | a worker is at it',
    'api.lever.co | ',
  ]);
});

test('the command tells the same', async () => {
  const { out } = await runOmbre(['admin', 'work', '--json'], { DATABASE_URL: desk.url });
  expect(JSON.parse(out)).toMatchObject({
    workers: [{ host: 'crawler-2' }, { host: 'crawler-1', alive: true }],
    running: [{ slug: 'moss', held: false }, { slug: 'fern' }],
    due: { due: 2 },
    hosts: [{ host: 'api.lever.co' }],
    alone: [{ slug: 'oak', reason: 'crashed' }],
  });
});
