import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileRules, defaultRules } from '../../src/classify/compile/compile.ts';
import { loadSources } from '../../src/classify/compile/sources.ts';
import { prepare } from '../../src/pipeline/prepare.ts';
import { reclassify } from '../../src/pipeline/reclassify.ts';
import { diffRules } from '../../src/pipeline/rules-diff.ts';
import { classifiedPostings, hasOutdated, retagStore } from '../../src/store/tags/retag.ts';
import { savePostings } from '../../src/store/visit/save-postings.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
const now = new Date('2026-11-22T10:00:00Z');
const COUNT = 250;

beforeAll(async () => {
  database = await testDatabase();
  const row = { slug: 'acme', name: 'Acme', system: 'greenhouse', target: { board: 'acme' }, enabled: true, disabledReason: null };
  const [source] = await putSources(database.db, [{ ...row, everyMinutes: 60, notes: null }]);
  const batch = Array.from({ length: COUNT }, (_, n) =>
    prepare(
      {
        raw: {
          key: `k${n}`,
          title: n % 2 ? 'Utilization Review Therapist' : 'Staff Occupational Therapist',
          places: [{ raw: 'Remote - US' }],
          url: `https://acme.example/jobs/${n}`,
          body: [
            { html: `<p>Job ${n}</p><h3>Requirements</h3><ul><li>Licensed OT, COTA, PT or PTA</li><li>3 years of experience</li></ul>` },
          ],
        },
        fetchedAt: now.toISOString(),
        listHash: `h${n}`,
        as: 'read',
        triage: { keep: true, reason: 'whole', version: '' },
      },
      { slug: 'acme', company: 'Acme', system: 'greenhouse' },
    ),
  );
  await savePostings(database.db, { sourceId: source?.id ?? 0, now }, batch);
});
afterAll(async () => {
  await database?.drop();
});

const all = () => database.db.selectFrom('postings').selectAll().orderBy('id').execute();
const tags = () => database.db.selectFrom('posting_tags').selectAll().orderBy('posting_id').orderBy('kind').orderBy('name').execute();

test('the rules in force move nothing', async () => {
  expect(await diffRules(classifiedPostings(database.db), defaultRules())).toMatchObject({ read: COUNT, moved: 0, changes: [] });
});

test('other rules show what would move, with counts and examples, and write nothing', async () => {
  const before = [await all(), await tags()];
  const diff = await diffRules(classifiedPostings(database.db), compileRules([]));
  expect(diff.moved).toBeGreaterThanOrEqual(COUNT / 2);
  const left = diff.changes.find(change => change.field === 'role' && change.from === 'utilization-reviewer');
  expect(left?.count).toBe(COUNT / 2);
  expect(left?.examples).toHaveLength(3);
  expect(left?.examples[0]?.title).toBe('Utilization Review Therapist');
  expect([await all(), await tags()]).toEqual(before);
});

test('a further path, and its role, that a posting would gain or lose shows in the preview', async () => {
  const { db } = database;
  const posting = db.selectFrom('postings').select(['id', 'paths', 'roles']).where('title', '=', 'Utilization Review Therapist');
  const { id, paths, roles } = await posting.executeTakeFirstOrThrow();
  const put = (tags: { paths: string[]; roles: string[] }) => db.updateTable('postings').set(tags).where('id', '=', id).execute();
  await put({ paths: [...paths, 'writing'], roles: [...roles, 'medical-writer'] });
  expect(await diffRules(classifiedPostings(db), defaultRules())).toMatchObject({
    moved: 1,
    changes: [
      { field: 'further paths', from: 'writing', to: 'none', count: 1, examples: [{ id }] },
      { field: 'further roles', from: 'medical-writer', to: 'none', count: 1, examples: [{ id }] },
    ],
  });
  await put({ paths, roles });
});

test('a facet that is read differently shows in the preview, and a value that is only written differently does not', async () => {
  const { db } = database;
  const {
    id,
    facets,
    stated: before,
  } = await db
    .selectFrom('postings')
    .select(['id', 'facets', 'stated'])
    .where('title', '=', 'Utilization Review Therapist')
    .executeTakeFirstOrThrow();
  const pay = { max: 50, min: 40, interval: 'hour', currency: 'USD' };
  const stated = { pay: { currency: 'USD', interval: 'hour', min: 40, max: 50 } };
  await db
    .updateTable('postings')
    .set({ facets: JSON.stringify({ ...facets, pay, min_years: 7 }), stated: JSON.stringify(stated) })
    .where('id', '=', id)
    .execute();
  const diff = await diffRules(classifiedPostings(db), defaultRules());
  expect(diff).toMatchObject({
    moved: 1,
    changes: [{ field: 'facet min_years', from: '7', to: '3', count: 1, examples: [{ id, rule: 'years.span' }] }],
  });
  await db
    .updateTable('postings')
    .set({ facets: JSON.stringify(facets), stated: JSON.stringify(before) })
    .where('id', '=', id)
    .execute();
});

test('a rule of a facet that is added shows whose facet moves, and that it was the one to read it', async () => {
  const extra = `about: One more way to say it.
rules:
  - id: contact.extra
    meaning: Whoever asks for these licenses sees nobody.
    where: [anywhere]
    phrases: [licensed OT]
    effect: { facet: patient_contact, value: none }
    must: [Licensed OT]
`;
  const rules = compileRules([...loadSources(), { file: 'facet-extra.yaml', content: extra }]);
  const { moved, changes } = await diffRules(classifiedPostings(database.db), rules);
  expect(moved).toBe(COUNT);
  expect(changes).toMatchObject([{ field: 'facet patient_contact', from: 'none', to: '"none"', count: COUNT }]);
  expect(changes[0]?.examples.map(({ rule }) => rule)).toEqual(['contact.extra', 'contact.extra', 'contact.extra']);
});

test('postings tagged by other rules are brought up to those in force, and a stop half-way loses nothing', async () => {
  const wanted = [await all(), await tags()];
  await database.db.updateTable('postings').set({ rules_version: 'before', relevance: 'other', primary_path: null, paths: [] }).execute();
  await database.db.deleteFrom('posting_tags').execute();
  const { version } = defaultRules();
  expect(await hasOutdated(database.db, version)).toBe(true);
  const stop = new AbortController();
  const store = retagStore(database.db, () => now);
  await expect(reclassify(store, version, stop.signal, () => stop.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(await hasOutdated(database.db, version)).toBe(true);
  const rest = await reclassify(store, version, new AbortController().signal);
  expect(rest.read).toBeLessThan(COUNT);
  expect(await hasOutdated(database.db, version)).toBe(false);
  expect([await all(), await tags()]).toEqual(wanted);
});
