import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BoardServer, serve } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { jobSite } from '../support/job-site.ts';
import { startOmbre } from './ombre-process.ts';

const COUNT = 60;
/** The visit lasts longer than a worker takes to see that it has too much memory. */
const PAGE_MS = 400;

let database: TestDatabase;
let server: BoardServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombre-memory-'));
  database = await testDatabase();
  server = await serve(
    jobSite(() => Array.from({ length: COUNT }, (_, n) => ({ slug: `job-${n}`, title: `Utilization Review Therapist ${n}` }))),
    PAGE_MS,
  );
  const row = `- slug: fern\n  name: Fernleaf Works\n  system: jsonld\n  target: { sitemap: "${server.origin}/sitemap.xml" }\n`;
  await writeFile(join(folder, 'fern.yaml'), row);
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a worker above its limit ends with 4 and leaves the visit to the next one, which finishes it as one whole visit', {
  timeout: 600_000,
}, async () => {
  const env = {
    DATABASE_URL: database.url,
    OMBRE_HOME: join(folder, 'home'),
    SOURCES_DIR: folder,
    ALLOW_PRIVATE_HOSTS: new URL(server.origin).host,
  };
  const visits = () => database.db.selectFrom('visits').selectAll().execute();
  const stored = async () => await database.db.selectFrom('postings').select(['key', 'closed_at']).execute();

  // On a busy machine it may end before it has stored anything of the visit, or begun it.
  while ((await stored()).length === 0) {
    const small = startOmbre(['worker'], { ...env, MEMORY_LIMIT_MB: '1' });
    expect(await small.ended()).toBe(4);
    // In the log, and as the last sentence.
    expect(small.said().match(/This process uses too much memory: \d+ MB are in use, 1 are allowed/g)).toHaveLength(2);
    expect(small.said().match(/no more visits are begun/g)).toHaveLength(1);
  }
  // It counts: a board that always takes the worker's memory must be left alone in the end.
  const [left, ...others] = await visits();
  expect(others).toEqual([]);
  expect(left).toMatchObject({ ended_at: null });
  expect(left!.attempts).toBeGreaterThanOrEqual(1);
  const before = (await stored()).map(({ key }) => key);

  const large = startOmbre(['worker'], env);
  await large.until(async () => (await visits()).every(visit => visit.ended_at !== null));
  expect(await large.ended('SIGTERM')).toBe(0);
  expect(await visits()).toMatchObject([{ outcome: 'complete', listed: COUNT }]);
  const rows = await stored();
  expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(before));
  expect([rows.length, new Set(rows.map(row => row.key)).size, rows.filter(row => row.closed_at).length]).toEqual([COUNT, COUNT, 0]);
});
