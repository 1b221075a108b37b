import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { boundedLabel } from '../../src/app/metrics/bounded-label.ts';
import { keptLook } from '../../src/app/metrics/kept-look.ts';
import { type MetricsOptions, type OpenMetrics, openMetrics } from '../../src/app/metrics/open.ts';
import { openDatabase } from '../../src/store/database.ts';
import { during } from '../../src/telemetry/operations.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { readExposition } from '../support/exposition.ts';
import { insertPostings } from '../support/postings.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const open: OpenMetrics[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
function metrics(options: Partial<MetricsOptions> = {}): OpenMetrics {
  const made = openMetrics({ role: 'worker', rules: '1-a', config: { OMBRE_HOME: '.' }, db: t.db, ...options });
  open.push(made);
  return made;
}
const read = async (from: OpenMetrics) => readExposition(await from.text());

describe('a scrape', () => {
  test('counts every stored posting once, by state and what it is', async () => {
    await insertPostings(t.db, [
      { id: 'a' },
      { id: 'b', closed_at: new Date().toISOString() },
      { id: 'c', relevance: 'clinical' },
      { id: 'd', duplicate_of: 'a' },
      { id: 'e' },
    ]);
    await t.db.updateTable('postings').set({ relevance: null, triage: 'drop' }).where('id', '=', 'e').execute();
    const { samples, value } = await read(metrics());
    const counts = samples
      .filter(({ name }) => name === 'ombre_postings')
      .map(({ labels, value }) => [labels.state, labels.relevance, value]);
    expect(counts).toEqual([
      ['closed', 'nonclinical', 1],
      ['open', 'clinical', 1],
      ['open', 'duplicate', 1],
      ['open', 'nonclinical', 1],
      ['open', 'unread', 1],
    ]);
    expect(value('ombre_postings_shown')).toBe(1);
  });

  test('tells how long the source that waits longest has been due, and when a board was last read whole', async () => {
    const [source] = await t.db.selectFrom('sources').select('id').limit(1).execute();
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await t.db
      .updateTable('sources')
      .set({ next_visit_at: ago(90), last_complete_at: ago(1440) })
      .where('id', '=', source!.id)
      .execute();
    const { value } = await read(metrics());
    expect(value('ombre_sources_due')).toBeGreaterThanOrEqual(1);
    expect(Math.round(value('ombre_oldest_due_visit_seconds')! / 60)).toBe(90);
    expect(Math.round(value('ombre_newest_complete_visit_seconds')! / 60)).toBe(1440);
    await t.db.updateTable('sources').set({ enabled: false, last_complete_at: null }).execute();
    const none = await read(metrics());
    expect([none.value('ombre_sources_due'), none.value('ombre_oldest_due_visit_seconds')]).toEqual([0, 0]);
    expect(none.value('ombre_newest_complete_visit_seconds')).toBeUndefined();
    expect(none.value('ombre_sources', { health: 'disabled' })).toBeGreaterThanOrEqual(1);
  });

  test('with Postgres away answers with what the process knows, and says what is away', async () => {
    const away = openDatabase('postgres://ombre@127.0.0.1:1/ombre');
    const queues = async () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    const { value, samples } = await read(metrics({ db: away, queues }));
    expect([value('ombre_up', { part: 'postgres' }), value('ombre_up', { part: 'queue' })]).toEqual([0, 0]);
    expect(value('ombre_build_info', { rules: '1-a', role: 'worker' })).toBe(1);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(samples.filter(({ name }) => /^ombre_(postings|sources|workers|digests|queue|newest|oldest)/.test(name))).toEqual([]);
    await away.destroy();
  });
});

describe('what a scrape looks up', () => {
  const counting = (look: () => Promise<void>) => {
    const seen = { looks: 0, forgotten: 0, answers: [] as boolean[], errors: [] as unknown[] };
    const looked = {
      look: () => {
        seen.looks += 1;
        return look();
      },
      forget: () => {
        seen.forgotten += 1;
      },
    };
    return {
      seen,
      looked,
      told: { answers: (yes: boolean) => seen.answers.push(yes), onError: (error: unknown) => seen.errors.push(error) },
    };
  };

  test('is shared by scrapes that come at the same time or soon after', async () => {
    const { seen, looked, told } = counting(async () => void (await sleep(20)));
    const look = keptLook(looked, { ...told, keepMs: 60_000 });
    await Promise.all([look(), look(), look()]);
    await look();
    expect([seen.looks, seen.answers]).toEqual([1, [true]]);
  });

  test('is looked up again when it is old, and then well again', async () => {
    let fails = true;
    const { seen, looked, told } = counting(async () => {
      if (fails) throw new Error('away');
    });
    const look = keptLook(looked, { ...told, keepMs: 0 });
    await look();
    fails = false;
    await sleep(5);
    await look();
    expect([seen.answers, seen.forgotten]).toEqual([[false, true], 1]);
  });

  test('does not keep a scrape waiting, and is not asked for twice, where it never answers', async () => {
    const { seen, looked, told } = counting(() => new Promise(() => undefined));
    const look = keptLook(looked, { ...told, keepMs: 0, patienceMs: 5 });
    await look();
    await look();
    expect([seen.looks, seen.answers]).toEqual([1, [false, false]]);
  });
});

test('only the first hosts keep their name, and the rest are one', async () => {
  const label = boundedLabel(2);
  expect(['a', 'b', 'a', 'c', 'd', 'b'].map(label)).toEqual(['a', 'b', 'a', 'other', 'other', 'b']);
});

test('a visit that breaks off and a request without an answer are counted as such', async () => {
  const from = metrics();
  const visit = during('visit', { visit: 'v', source: 's', system: 'jsonld' }, () =>
    during('request', { source: 's', method: 'GET', host: 'a.fern.example', site: 'fern.example' }, async facts => {
      facts.code = 'E_TIMEOUT';
      throw new Error('stopped');
    }),
  );
  await expect(visit).rejects.toThrow('stopped');
  const { value } = await read(from);
  expect(value('ombre_visits_total', { system: 'jsonld', outcome: 'broken_off' })).toBe(1);
  expect(value('ombre_crawl_requests_total', { host: 'fern.example', status: 'error' })).toBe(1);
});
