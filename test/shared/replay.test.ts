import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../src/crawlers/engine/memory-robots.ts';
import { type ReplayBoard, readReplay, replayTransport } from '../../src/crawlers/engine/replay.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import type { VisitReport } from '../../src/pipeline/visit-source.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { shared } from './shared.ts';

const dir = shared('boards/recordings', 'replay.json');

describe.skipIf(!dir)('a crawl of recorded boards', () => {
  let database: TestDatabase;
  let fetcher: Fetcher;
  let boards: ReplayBoard[];
  const reports = new Map<string, VisitReport>();
  const sources = new Map<string, Source>();

  beforeAll(async () => {
    database = await testDatabase();
    boards = await readReplay(dir ?? '');
    fetcher = createEngine({
      config: readConfig({}),
      robots: new MemoryRobots(),
      hosts: new MemoryHostLimiter(),
      transport: replayTransport(dir ?? ''),
      spacingMs: 0,
    });
    const rows = boards.map(({ source }) => ({
      ...source,
      enabled: false,
      disabledReason: null,
      everyMinutes: 60,
      notes: null,
    }));
    const visit = visitor({ db: database.db, systems: await loadSystems() }, fetcher, { triage: false });
    for (const source of await putSources(database.db, rows)) {
      sources.set(source.slug, source);
      const report = await visit(source.id, new AbortController().signal);
      if (report) reports.set(source.slug, report);
    }
  });
  afterAll(async () => {
    await fetcher?.close();
    await database?.drop();
  });

  const stored = (slug: string) =>
    database.db
      .selectFrom('postings')
      .leftJoin('posting_texts', 'posting_texts.posting_id', 'postings.id')
      .selectAll()
      .where('source_id', '=', sources.get(slug)?.id ?? 0)
      .execute();

  test('ends every visit as the recording truthfully ends, with its details counted', () => {
    expect(boards.length).toBeGreaterThan(5);
    for (const { source, expect: expected } of boards) {
      const report = reports.get(source.slug);
      expect([expected?.outcome].flat(), source.slug).toContain(report?.outcome);
      if (expected?.details) expect(report?.details, source.slug).toEqual(expected.details);
    }
  });

  test('stores the postings with their titles, places and texts', async () => {
    for (const { source, expect: expected } of boards) {
      const rows = await stored(source.slug);
      const titles = ((expected?.titles ?? []) as string[]).map(title => title.trim());
      expect(rows.map(row => row.title).sort(), source.slug).toEqual(titles.sort());
      const unread = reports.get(source.slug)?.details.failed ?? 0;
      expect(rows.filter(row => !row.has_body).length, source.slug).toBeLessThanOrEqual(
        Math.max(unread, source.slug === 'databricks' ? rows.length : 0),
      );
      expect(
        rows.every(row => row.url.startsWith('http')),
        source.slug,
      ).toBe(true);
      if (rows.length > 0)
        expect(
          rows.some(row => row.places.length > 0 || row.work_mode !== null),
          source.slug,
        ).toBe(true);
    }
  });

  test('keeps pay and dates where the recording has them', async () => {
    const engineer = (await stored('highlightta')).find(row => row.title === 'Senior Site Reliability Engineer');
    expect(engineer?.stated.pay).toEqual({ min: 102_800, max: 137_000, currency: 'CAD', interval: 'year' });
    for (const slug of ['amplitude', 'idealistconsulting', 'veeva', 'highlightta']) {
      for (const row of await stored(slug)) expect(row.posted_at, `${slug} ${row.title}`).toBeInstanceOf(Date);
    }
  });

  test('visited again, changes nothing', async () => {
    const visit = visitor({ db: database.db, systems: await loadSystems() }, fetcher, { triage: false });
    for (const source of sources.values()) {
      const report = await visit(source.id, new AbortController().signal);
      expect(report?.postings, source.slug).toMatchObject({ new: 0, changed: 0, closed: 0 });
    }
  });
});
