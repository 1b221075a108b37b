import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RawPosting } from '../../src/crawlers/adapter.ts';
import { type Prepared, prepare } from '../../src/pipeline/prepare.ts';
import { savePostings } from '../../src/store/visit/save-postings.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let sourceId = 0;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await sql`truncate postings, sources cascade`.execute(database.db);
  const row = { slug: 'acme', name: 'Acme', system: 'greenhouse', target: {}, enabled: true, disabledReason: null };
  const [stored] = await putSources(database.db, [{ ...row, everyMinutes: 60, notes: null }]);
  sourceId = stored?.id ?? 0;
});
afterAll(() => database.drop());

const DAY = (day: number) => new Date(Date.UTC(2026, 10, day));

function seen(key: string, text: string, as: 'read' | 'stub' | 'dropped' = 'read', more: Partial<RawPosting> = {}): Prepared {
  const raw = {
    key,
    title: 'Utilization Review Therapist',
    places: [{ raw: 'Austin, TX' }],
    url: `https://acme.example/${key}`,
    body: [{ html: `<p>${text}</p>` }],
    ...more,
  };
  const triage = { keep: as !== 'dropped', reason: '', version: 'v' };
  return prepare(
    { raw, fetchedAt: DAY(1).toISOString(), listHash: text, as, triage },
    { slug: 'acme', company: 'Acme', system: 'greenhouse' },
  );
}

const save = (day: number, batch: Prepared[], datesClose = false) =>
  savePostings(database.db, { sourceId, now: DAY(day), datesClose }, batch);
const rows = () => database.db.selectFrom('postings').selectAll().orderBy('key').execute();

test('one batch of new, changed, unchanged, unread and reopened postings leaves each as it would be alone', async () => {
  const first = ['changed', 'same', 'stub', 'back', 'backchanged'].map(key => seen(key, `An OT license is required for ${key}.`));
  expect(await save(1, first)).toEqual({ new: 5, changed: 0, unchanged: 0 });
  await sql`update postings set closed_at = ${DAY(2)}, closed_reason = 'not_listed', missed = 2 where key like 'back%'`.execute(
    database.db,
  );
  const second = [
    seen('new', 'A PT license is required.'),
    seen('dropped', '', 'dropped'),
    seen('changed', 'No license is needed.'),
    seen('same', 'An OT license is required for same.'),
    seen('stub', 'Told by the list alone.', 'stub'),
    seen('back', 'An OT license is required for back.'),
    seen('backchanged', 'No license is needed.'),
  ];
  expect(await save(3, second)).toEqual({ new: 2, changed: 2, unchanged: 3 });
  const told = (await rows()).map(row => [row.key, row.updated_at, row.closed_at, row.reopened_at, row.missed, row.list_hash]);
  const [one, three] = [DAY(1), DAY(3)];
  expect(told).toEqual([
    ['back', three, null, three, 0, 'An OT license is required for back.'],
    ['backchanged', three, null, three, 0, 'No license is needed.'],
    ['changed', three, null, null, 0, 'No license is needed.'],
    ['dropped', three, null, null, 0, ''],
    ['new', three, null, null, 0, 'A PT license is required.'],
    ['same', one, null, null, 0, 'An OT license is required for same.'],
    ['stub', one, null, null, 0, 'Told by the list alone.'],
  ]);
  const texts = await database.db
    .selectFrom('posting_texts')
    .innerJoin('postings', 'id', 'posting_id')
    .select(['key', 'text'])
    .orderBy('key')
    .execute();
  expect(texts.find(({ key }) => key === 'stub')?.text).toBe('An OT license is required for stub.');
  expect(texts.find(({ key }) => key === 'changed')?.text).toBe('No license is needed.');
  const tags = await database.db
    .selectFrom('posting_tags')
    .innerJoin('postings', 'id', 'posting_id')
    .select(['key', 'name', 'value'])
    .where('name', '=', 'OT')
    .where('kind', '=', 'verdict')
    .orderBy('key')
    .execute();
  const verdict = (key: string) => tags.filter(tag => tag.key === key).map(({ value }) => value);
  expect(verdict('changed')).toEqual(verdict('backchanged'));
  expect(verdict('changed')).not.toEqual(verdict('same'));
  expect(verdict('dropped')).toEqual([]);
});

test('a posting that its own date closes is stored closed, and is not opened by being seen again', async () => {
  const closes = { closes: { value: '2026-11-01', from: 'closes' } };
  await save(10, [seen('k', 'Text.', 'read', closes)], true);
  await save(11, [seen('k', 'Text.', 'read', closes)], true);
  expect(await rows()).toMatchObject([
    { closed_at: DAY(10), closed_reason: 'expired', looked_at: DAY(11), last_seen: DAY(11), reopened_at: null },
  ]);
});

test('of two postings of one key in a batch one is stored, the later', async () => {
  expect(await save(1, [seen('k', 'First.'), seen('k', 'Second.')])).toEqual({ new: 1, changed: 0, unchanged: 0 });
  expect(await rows()).toMatchObject([{ list_hash: 'Second.' }]);
});

test('half a character, quotes, backslashes and braces are stored as text', async () => {
  const odd = seen('k', 'A "quoted" \\ {braced} \\u0041 text.');
  const half = { ...odd, posting: { ...odd.posting, department: `Rehab \ud83d` } };
  await save(1, [half]);
  const [row] = await rows();
  expect(row?.department).toBe('Rehab \ufffd');
  const text = await database.db.selectFrom('posting_texts').select('text').executeTakeFirstOrThrow();
  expect(text.text).toBe('A "quoted" \\ {braced} \\u0041 text.');
});

test('a posting of nothing but signs that no text of Postgres holds does not keep its batch from being stored', async () => {
  const odd = 'a\u0000b\f\ud800c';
  const hostile = seen(`odd${odd}`, 'a hash of what the list says', 'read', {
    body: [{ html: odd }],
    title: `Therapist ${odd}`,
    company: odd,
    department: odd,
    requisition: odd,
    places: [{ raw: odd, city: odd, region: odd, country: odd }],
    applyUrl: `https://acme.example/${odd}`,
    pay: `$${odd} 99999999999999999999999 a year`,
    employment: [odd],
    posted: { value: `2026-11-01${odd}`, from: 'posted' },
    closes: { value: '999999-12-31', from: 'closes' },
  });
  expect(await save(1, [seen('before', 'An OT license is required.'), hostile, seen('after', 'A PT license is required.')])).toEqual({
    new: 3,
    changed: 0,
    unchanged: 0,
  });
  expect((await rows()).map(({ key }) => key)).toEqual(['after', 'before', expect.stringMatching(/^odd/)]);
});
