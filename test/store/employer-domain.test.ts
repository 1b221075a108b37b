import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.ts';
import { reclassify } from '../../src/pipeline/reclassify.ts';
import { hasOutdated, retagStore } from '../../src/store/tags/retag.ts';
import { registerSources } from '../../src/store/visit/retire.ts';
import { savePostings } from '../../src/store/visit/save-postings.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const now = new Date('2026-05-04T08:00:00Z');
const row = {
  name: 'Larch & Daughters',
  system: 'greenhouse',
  target: {},
  enabled: true,
  disabledReason: null,
  everyMinutes: 60,
  notes: null,
};

async function stored(slug: string) {
  const [source] = await putSources(database.db, [{ ...row, slug, target: { board: slug } }]);
  if (!source) throw new Error('the source is stored');
  const raw = {
    key: 'k',
    title: 'Reporting Analyst II',
    places: [],
    url: 'https://larch.example/1',
    body: [{ html: '<p>Builds dashboards.</p>' }],
  };
  const seen = { raw, fetchedAt: now.toISOString(), listHash: 'a', as: 'read', triage: { keep: true, reason: '', version: '1' } } as const;
  const prepared = prepare(seen, { slug, company: row.name, system: row.system });
  await savePostings(database.db, { sourceId: source.id, now }, [prepared]);
  return { source, version: prepared.classification?.rulesVersion ?? '' };
}

test('when the registry says another field of an employer, its postings are read again with it', async () => {
  const { source, version } = await stored('larch');
  expect(await hasOutdated(database.db, version)).toBe(false);
  const [same] = await putSources(database.db, [{ ...row, slug: 'larch', target: { board: 'larch' }, domain: 'health-insurer' }]);
  expect(same).toMatchObject({ id: source.id, domain: 'health-insurer' });
  expect(await hasOutdated(database.db, version)).toBe(true);
  const [outdated] = await retagStore(database.db, () => now).outdated(version, 10);
  expect(outdated).toMatchObject({ domain: 'health-insurer', posting: { title: 'Reporting Analyst II' } });
  expect(
    await reclassify(
      retagStore(database.db, () => now),
      version,
      new AbortController().signal,
    ),
  ).toMatchObject({ read: 1 });
  expect(await hasOutdated(database.db, version)).toBe(false);
});

test('another name or interval of a source has no posting read again', async () => {
  const { version } = await stored('birch');
  await putSources(database.db, [{ ...row, slug: 'birch', target: { board: 'birch' }, name: 'Birch & Sons', everyMinutes: 120 }]);
  expect(await hasOutdated(database.db, version)).toBe(false);
});

test('a registry that changes while a visit ends waits for it, and neither is refused for the other', async () => {
  const { source, version } = await stored('alder');
  const registered = await database.db.transaction().execute(async visit => {
    // As a visit ends: its postings first, then its source.
    await visit.updateTable('postings').set({ last_seen: now }).where('source_id', '=', source.id).execute();
    const registering = registerSources(
      database.db,
      [{ ...row, slug: 'alder', target: { board: 'alder' }, domain: 'hospital' }],
      () => 'ats',
    );
    // The registry is left the time to take what it can.
    await new Promise(resolve => setTimeout(resolve, 300));
    await visit.updateTable('sources').set({ failures: 0 }).where('id', '=', source.id).execute();
    return { registering };
  });
  expect((await registered.registering).sources).toMatchObject([{ slug: 'alder', domain: 'hospital' }]);
  expect(await hasOutdated(database.db, version)).toBe(true);
});
