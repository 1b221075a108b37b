import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { limited } from '../../src/crawlers/visit/limits.ts';
import { healthOf } from '../../src/pipeline/source-health.ts';
import { watchedSources } from '../../src/store/visit/source-health.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type Answering, type BoardServer, boardEngine, serve, workdayBoard } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let server: BoardServer;
let fetcher: Fetcher;
let source: Source;
let answer: Answering;
let serial = 0;

beforeAll(async () => {
  database = await testDatabase();
  server = await serve((...request) => answer(...request));
  fetcher = boardEngine(server.origin);
});
afterAll(async () => {
  await fetcher?.close();
  await server?.close();
  await database?.drop();
});
beforeEach(async () => {
  serial += 1;
  const target = { host: `large${serial}.wd5.myworkdayjobs.com`, tenant: `large${serial}`, site: 'External' };
  const row = { name: 'Acme Health', system: 'workday', target, enabled: true, disabledReason: null, everyMinutes: 60, notes: null };
  [source] = (await putSources(database.db, [{ slug: `large-${serial}`, ...row }])) as [Source];
});

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const board = (count: number) =>
  workdayBoard(
    () => upTo(count),
    n => `Utilization Review Therapist ${n}`,
  );

async function visit(env: Record<string, string> = {}) {
  const config: Config = readConfig(env);
  const report = await visitor({ db: database.db, systems: await loadSystems(), config }, fetcher)(source.id, new AbortController().signal);
  if (!report) throw new Error('the source was not visited');
  return report;
}

const postings = () => database.db.selectFrom('postings').selectAll().where('source_id', '=', source.id).execute();

async function health() {
  const [row] = (await watchedSources(database.db)).filter(watched => watched.source.id === source.id);
  const { enabled, disabled_reason, every_minutes, created_at, cooling_until, last_complete_at } = row!.source;
  const facts = { enabled, disabledReason: disabled_reason, everyMinutes: every_minutes, createdAt: created_at, missing: null };
  return healthOf({ ...facts, coolingUntil: cooling_until, lastComplete: last_complete_at }, row!.visits, new Date());
}

test('a visit that has made its requests keeps what it read, closes nothing, says which setting it was, and the next ones go on', async () => {
  answer = board(30);
  const limit = { MAX_VISIT_REQUESTS: '12' };
  const first = await visit(limit);
  expect(first).toMatchObject({ outcome: 'partial', reason: 'A limit of the visit was reached: 12 requests (MAX_VISIT_REQUESTS)' });
  expect(first.postings).toMatchObject({ listed: 30, new: 30, closed: 0 });
  expect((await postings()).filter(row => row.has_body)).toHaveLength(10);
  expect(await health()).toMatchObject({
    state: 'sick',
    remedy: expect.stringMatching(/MAX_VISIT_REQUESTS.*nothing was closed.*raise that setting/),
  });

  answer = board(27);
  const asked = server.requests.length;
  expect(await visit(limit)).toMatchObject({ outcome: 'partial', postings: { closed: 0 } });
  expect(server.requests.length - asked).toBe(12);
  expect((await postings()).filter(row => row.has_body)).toHaveLength(20);
  expect((await postings()).filter(row => row.closed_at)).toEqual([]);

  const whole = await visit(limit);
  expect(whole).toMatchObject({ outcome: 'complete', postings: { closed: 3 } });
  expect((await postings()).filter(row => row.has_body && !row.closed_at)).toHaveLength(27);
  expect(await health()).toMatchObject({ state: 'ok' });
});

test('a listing cut short by a limit closes nothing of what it did not come to', async () => {
  answer = board(50);
  await visit();
  answer = board(45);
  expect(await visit({ MAX_VISIT_REQUESTS: '1' })).toMatchObject({ outcome: 'partial', postings: { listed: 20, closed: 0, held: 0 } });
  expect((await postings()).filter(row => row.closed_at)).toEqual([]);
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { closed: 5 } });
});

test('what a suspicious visit holds waits on while visits reach their limit', async () => {
  answer = board(30);
  await visit();
  answer = board(10);
  expect(await visit()).toMatchObject({ outcome: 'suspicious', postings: { held: 20 } });
  answer = board(60);
  expect(await visit({ MAX_VISIT_REQUESTS: '1' })).toMatchObject({ outcome: 'partial', postings: { closed: 0, held: 20 } });
});

const never = new AbortController().signal;
const PLENTY = { requests: 1_000, bytes: 1e9, ms: 1e9 };

/** A fetcher whose answers have so many bytes. */
function answering(bytes: number): Fetcher & { asked: number } {
  return {
    asked: 0,
    async fetch(request) {
      this.asked += 1;
      return { kind: 'page', page: { request, url: request.url, status: 200, headers: {}, body: 'x'.repeat(bytes), fetchedAt: '' } };
    },
    close: async () => undefined,
  };
}

test.each([
  ['bytes of its answers', { bytes: 2_500_000 }, 3, '2.5 MB of answers (MAX_VISIT_MB)'],
  ['time', { ms: 3 * 60_000 }, 3, '3 minutes (MAX_VISIT_MINUTES)'],
])('a visit that has used up the %s sends nothing more', async (_what, limit, sent, words) => {
  const outside = answering(1_000_000);
  let minutes = 0;
  const visited = limited(outside, { ...PLENTY, ...limit }, () => minutes * 60_000);
  const given = [];
  for (; minutes < 6; minutes += 1) {
    given.push(await visited.fetch({ kind: 'list', url: `https://board.example/${minutes}` }, { source: 'a', signal: never }));
  }
  expect(given.map(({ kind }) => kind)).toEqual([...Array(sent).fill('page'), ...Array(6 - sent).fill('failed')]);
  expect(outside.asked).toBe(sent);
  expect(visited.limit).toMatchObject({ code: 'E_VISIT_LIMIT', message: expect.stringContaining(words) });
});
