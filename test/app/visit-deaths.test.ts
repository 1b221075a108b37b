import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUSPECT } from '../../src/app/suspects.ts';
import { tidyUp } from '../../src/app/tidy.ts';
import { readConfig } from '../../src/config.ts';
import { healthOf } from '../../src/pipeline/source-health.ts';
import { holdingSource } from '../../src/store/visit/lock.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import { watchedSources } from '../../src/store/visit/source-health.ts';
import type { Source } from '../../src/store/visit/sources.ts';
import { openVisit } from '../../src/store/visit/visits.ts';
import { jobSite } from '../support/job-site.ts';
import { type Visiting, visiting } from '../support/visits.ts';

let lab: Visiting;
beforeAll(async () => {
  lab = await visiting();
  lab.answers(jobSite(() => [{ slug: 'a-1', title: 'Utilization Review Therapist' }]));
});
afterAll(() => lab.close());

const log = pino({ level: 'silent' });
const HOUR = 3_600_000;
let serial = 0;
const site = () => lab.source(`site-${++serial}`, 'jsonld', { sitemap: `https://site${serial}.example/sitemap.xml` });
const visits = (source: Source) =>
  lab.database.db.selectFrom('visits').selectAll().where('source_id', '=', source.id).orderBy('started_at').execute();

/** A process takes the visit up and dies: nothing is noted but that it had begun. */
const die = (source: Source) => openVisit(lab.database.db, source.id, new Date());

test('a visit whose process died is taken up under its id, and finished once', async () => {
  const source = await site();
  const { id } = await die(source);
  await die(source);
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete' });
  expect(await visits(source)).toMatchObject([{ id, outcome: 'complete' }]);
});

test('a visit that took its process down three times is not made again: its source cools down, and health says why', async () => {
  const source = await site();
  for (let n = 0; n < 3; n += 1) await die(source);
  lab.server.requests.length = 0;
  const report = await lab.visit(source);
  expect(report.outcome).toBe('failed');
  expect(report.reason).toMatch(/^The process ended in the middle of this visit: 3 times; .*ombre crawl site-\d+/);
  expect(lab.server.requests).toEqual([]);
  const after = await lab.row(source);
  expect(after.failures).toBeGreaterThanOrEqual(3);
  expect(after.cooling_until!.getTime()).toBeGreaterThan(Date.now() + 23 * HOUR);
  expect(await dueSources(lab.database.db)).not.toContain(source.id);
  const watched = (await watchedSources(lab.database.db)).find(row => row.source.id === source.id)!;
  const { state, remedy } = healthOf(
    {
      ...{ enabled: true, disabledReason: null, everyMinutes: after.every_minutes, createdAt: after.created_at },
      ...{ coolingUntil: after.cooling_until, lastComplete: after.last_complete_at, missing: null },
    },
    watched.visits,
    new Date(),
  );
  expect([state, remedy]).toEqual(['cooling', expect.stringContaining('The process ended in the middle of this visit: 3 times')]);
  // The day after it is given another chance.
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete' });
});

test('a worker that died leaves several visits: those that one more death would condemn are made one at a time', async () => {
  const { db } = lab.database;
  const source = await site();
  await die(source);
  await die(source);
  await holdingSource(db, SUSPECT, new AbortController().signal, async () => {
    await expect(lab.visit(source)).rejects.toThrow('the source was not visited');
    // The one that nothing is held against is made beside it.
    expect(await lab.visit(await site())).toMatchObject({ outcome: 'complete' });
  });
  expect(await visits(source)).toMatchObject([{ attempts: 2, ended_at: null }]);
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete' });
});

test('a visit that is stopped is given back, which is no death however often it happens', async () => {
  const source = await site();
  for (let n = 0; n < 4; n += 1) {
    await expect(lab.visit(source, undefined, AbortSignal.abort(new Error('stop')))).rejects.toThrow();
  }
  expect(await visits(source)).toMatchObject([{ attempts: 0, ended_at: null }]);
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete' });
});

test('a visit that was left open for more than a day is ended, and the next one is another', async () => {
  const source = await site();
  const left = [randomUUID(), randomUUID()];
  const old = new Date(Date.now() - 30 * HOUR);
  for (const id of left) {
    await lab.database.db
      .insertInto('visits')
      .values({ id, source_id: source.id, started_at: old, ended_at: null, outcome: null, reason: null, total: null })
      .execute();
  }
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete' });
  const all = await visits(source);
  expect(all).toHaveLength(3);
  expect(all.filter(visit => left.some(id => id === visit.id))).toMatchObject(
    left.map(() => ({ outcome: 'failed', reason: 'the process ended before the visit was done', ended_at: expect.any(Date) })),
  );
});

test('a worker ends visits of sources that are not visited any more, but none that is being made', async () => {
  const { db } = lab.database;
  const [gone, running] = [await site(), await site()];
  const old = new Date(Date.now() - 30 * HOUR);
  for (const source of [gone, running]) {
    await db
      .insertInto('visits')
      .values({ id: randomUUID(), source_id: source.id, started_at: old, ended_at: null, outcome: null, reason: null, total: null })
      .execute();
  }
  await db.updateTable('sources').set({ enabled: false }).where('id', '=', gone.id).execute();
  await holdingSource(db, running.id, new AbortController().signal, () => tidyUp({ db, log, config: readConfig({}) }));
  expect(await visits(gone)).toMatchObject([{ outcome: 'failed' }]);
  expect(await visits(running)).toMatchObject([{ ended_at: null }]);
});

test('a host that does not answer has its source visited again within two hours, and not a day later', async () => {
  const source = await site();
  const before = lab.row(source);
  lab.answers(() => ({ status: 503, text: 'later' }));
  expect(await lab.visit(source)).toMatchObject({ outcome: 'failed' });
  lab.answers(jobSite(() => [{ slug: 'a-1', title: 'Utilization Review Therapist' }]));
  const after = await lab.row(source);
  expect(after.failures).toBe((await before).failures + 1);
  expect((after.next_visit_at.getTime() - Date.now()) / HOUR).toBeGreaterThan(0.9);
  expect((after.next_visit_at.getTime() - Date.now()) / HOUR).toBeLessThan(1.6);
});
