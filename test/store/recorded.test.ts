import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRow } from '../../src/crawlers/registry.ts';
import { migrate } from '../../src/store/migrate.ts';
import { registeredSources, registerSources, retireSource } from '../../src/store/visit/retire.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import { putRecorded } from '../../src/store/visit/sources.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(() => database.drop());

const row = (slug: string, over: Partial<SourceRow> = {}): SourceRow => ({
  slug,
  name: slug,
  system: 'greenhouse',
  target: { board: slug },
  enabled: true,
  disabledReason: null,
  everyMinutes: 60,
  notes: null,
  ...over,
});
const kinds = () => 'ats' as const;

test('what an earlier version recorded is told by a column after the migration, a row with such notes is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-migrations-'));
  const first = '0001_skeleton.ts';
  await symlink(join(FOLDER, first), join(folder, first));
  await migrate(database.db, pathToFileURL(`${folder}/`));
  await rm(folder, { recursive: true });
  await sql`insert into sources (slug, name, system, target, enabled, disabled_reason, notes) values
    ('replayed', 'A', 'lever', '{}', false, 'from a recording', 'from a recording'),
    ('noted', 'B', 'lever', '{}', true, null, 'from a recording'),
    ('plain', 'C', 'lever', '{}', true, null, null)`.execute(database.db);
  await migrate(database.db);
  const recorded = await database.db.selectFrom('sources').select(['slug', 'recorded']).orderBy('slug').execute();
  expect(recorded).toEqual([
    { slug: 'noted', recorded: false },
    { slug: 'plain', recorded: false },
    { slug: 'replayed', recorded: true },
  ]);
});

test('a recording takes over no live source, one that was removed neither, and all of it is refused together', async () => {
  await migrate(database.db);
  await registerSources(database.db, [row('live'), row('removed')], kinds);
  await sql`update sources set removed_at = now() where slug = 'removed'`.execute(database.db);
  for (const slug of ['live', 'removed']) {
    await expect(putRecorded(database.db, [row('new', { enabled: false }), row(slug, { enabled: false })])).rejects.toMatchObject({
      code: 'E_SOURCE',
      message: expect.stringContaining(`"${slug}"`),
    });
  }
  const stored = await database.db.selectFrom('sources').select(['slug', 'enabled', 'recorded']).orderBy('slug').execute();
  expect(stored).toEqual([
    { slug: 'live', enabled: true, recorded: false },
    { slug: 'removed', enabled: true, recorded: false },
  ]);
});

test('a recorded source is not the registry’s to miss, until a row of it takes the source over, which is due then', async () => {
  await migrate(database.db);
  await putRecorded(database.db, [row('acme', { enabled: false })]);
  await sql`update sources set next_visit_at = now() + interval '1 day'`.execute(database.db);
  expect(await registeredSources(database.db)).toEqual([]);
  await registerSources(database.db, [row('acme')], kinds);
  expect(await registeredSources(database.db)).toMatchObject([{ slug: 'acme' }]);
  expect(await dueSources(database.db)).toHaveLength(1);
});

test('a recorded source that was removed is there again when it is replayed again', async () => {
  await migrate(database.db);
  await putRecorded(database.db, [row('acme', { enabled: false })]);
  await retireSource(database.db, 'acme', kinds);
  expect(await putRecorded(database.db, [row('acme', { enabled: false })])).toMatchObject([
    { slug: 'acme', recorded: true, removed_at: null },
  ]);
});
