import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRegistry } from '../../src/crawlers/registry.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runOmbre } from './ombre-process.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-health-'));
  const row = (slug: string, more = '') => `- { slug: ${slug}, name: ${slug}, system: lever, target: { site: ${slug} }${more} }\n`;
  await writeFile(path.join(folder, 'rows.yaml'), `${row('new')}${row('newer')}${row('off', ', disabled: its terms')}${row('read')}`);
  await putSources(database.db, (await readRegistry(folder, await loadSystems())).rows);
  await database.db.updateTable('sources').set({ last_complete_at: new Date() }).where('slug', '=', 'read').execute();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const health = (...args: string[]) => runOmbre(['sources', 'health', ...args], { DATABASE_URL: database.url, SOURCES_DIR: folder });

test('rows that wait for their first complete visit are counted and shown, and need nobody', async () => {
  const { code, out } = await health('--all');
  expect(code).toBe(0);
  expect(out).toMatch(/^new +lever +ok +not yet /m);
  expect(out).toMatch(/^read +lever +ok +yes /m);
  expect(out).toMatch(/4 sources: 3 well, 0 not, 1 disabled; 2 unverified: no visit has read them whole yet\n$/);
  const told = JSON.parse((await health('--json')).out).map((row: { slug: string; verified: boolean }) => [row.slug, row.verified]);
  expect(told).toEqual([
    ['new', false],
    ['newer', false],
    ['off', false],
    ['read', true],
  ]);
});
