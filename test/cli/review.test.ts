import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import type { Pay } from '../../src/posting/posting.ts';
import { putTags, tagColumns } from '../../src/store/tags/tags.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { runOmbre } from './ombre-process.ts';

const REVIEWER = 'You decide on requests for outpatient therapy.\n\nRequirements\n- OT or PT license\n- Two years of practice';
const PAY: Pay = { min: 30, max: 35, currency: 'USD', interval: 'hour' };
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombre-review-'));
  database = await testDatabase();
  await store('sure', 'Utilization Review Specialist', REVIEWER, 0.97);
  await store('doubtful', 'Utilization Review Specialist', `${REVIEWER}\n- Kindness & "patience"`, 0.41, PAY);
  await store('silent', 'Night Guard', 'You walk around the house.', 0.5);
  await store('gone', 'Utilization Review Specialist', REVIEWER, 0.1);
  await store('twice', 'Utilization Review Specialist', REVIEWER, 0.1);
  await database.db.updateTable('postings').set({ closed_at: '2026-11-20T00:00:00Z' }).where('id', '=', 'gone').execute();
  await database.db.updateTable('postings').set({ duplicate_of: 'sure' }).where('id', '=', 'twice').execute();
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Stores a posting with the classifier's own answer, but another confidence; `pay` is a field of the board. */
async function store(id: string, title: string, text: string, confidence: number, pay: Pay | null = null): Promise<void> {
  const { db } = database;
  const html = text
    .split('\n\n')
    .map(part => `<p>${part.replaceAll('&', '&amp;').replaceAll('\n', '<br />')}</p>`)
    .join('');
  await insertPostings(db, [{ id, title, text, html, company: 'Example Health' }]);
  const answer = { ...classify({ title, text, company: 'Example Health', stated: { pay } }), confidence };
  await db
    .updateTable('postings')
    .set({ ...tagColumns(answer), stated: JSON.stringify({ pay }) })
    .where('id', '=', id)
    .execute();
  await putTags(db, id, answer);
}

const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: database.url });

test('an operator sees the open postings, the least sure first, each with why its answer may be wrong', async () => {
  const { code, out } = await ombre('review', '--json');
  expect(code).toBe(0);
  const rows = JSON.parse(out);
  expect(rows.map((row: { id: string }) => row.id)).toEqual(['doubtful', 'silent', 'sure']);
  expect(rows[0]).toMatchObject({
    title: 'Utilization Review Specialist',
    company: 'Example Health',
    relevance: 'nonclinical',
    paths: ['utilization-review'],
    verdicts: { OT: 'named', OTA: 'barred', PT: 'named', PTA: 'barred', SLP: 'barred' },
  });
  expect(rows[0].confidence).toBeCloseTo(0.41);
  expect(rows[0].doubt).toMatch(/^nonclinical \(utilization-review\), 41 % sure.*\.$/);
  expect(rows[1]).toMatchObject({ relevance: 'other', verdicts: null, doubt: expect.stringMatching(/^other, 50 % sure/) });
  expect(JSON.parse((await ombre('review', '--json', '--limit', '1')).out)).toHaveLength(1);
  expect((await ombre('review', '--limit', '1')).out).toContain('doubtful  0.41  Utilization Review Specialist');
});

test('what is written is what the classifier read, with its answers as labels', async () => {
  const dir = join(folder, 'new', 'doubts');
  const { code, err } = await ombre('review', '--write', dir, '--json');
  expect([code, err]).toEqual([0, expect.stringContaining('3 postings in')]);
  const files = ['--postings', join(dir, 'postings.jsonl'), '--labels', join(dir, 'labels.jsonl')];
  const report = JSON.parse((await ombre('eval', ...files, '--json')).out);
  expect(report).toMatchObject({ n: 3, wrong: [], pay: 1, per_sure: { low: { n: 3 } }, per_origin: { stored: { n: 3 } } });
  const labels = (await readFile(join(dir, 'labels.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(labels[0]).toMatchObject({ id: 'doubtful', pay: PAY, min_years: 2, note: expect.stringContaining('41 % sure') });
});

test('nothing that is there is replaced unless that is asked for', async () => {
  await writeFile(join(folder, 'labels.jsonl'), 'corrected by hand\n');
  const refused = await ombre('review', '--write', folder);
  expect([refused.code, refused.out]).toEqual([2, '']);
  expect(refused.err).toMatch(/--write is ".*"; allowed: a folder without postings\.jsonl and labels\.jsonl, or --overwrite/);
  expect(await readFile(join(folder, 'labels.jsonl'), 'utf8')).toBe('corrected by hand\n');
  await expect(readFile(join(folder, 'postings.jsonl'))).rejects.toThrow();
  expect(await ombre('review', '--write', folder, '--overwrite')).toMatchObject({
    code: 0,
    err: expect.stringContaining('what was there is replaced'),
  });
  expect(await readFile(join(folder, 'labels.jsonl'), 'utf8')).toContain('"id":"doubtful"');
});

test('what is there stays whole when the new files cannot be written to their end', async () => {
  const place = join(folder, 'half');
  await mkdir(join(place, 'labels.jsonl', 'in-the-way'), { recursive: true });
  await writeFile(join(place, 'postings.jsonl'), 'kept\n');
  const { code, err } = await ombre('review', '--write', place, '--overwrite');
  expect([code, err]).toEqual([2, expect.stringContaining('half')]);
  expect(await readFile(join(place, 'postings.jsonl'), 'utf8')).toBe('kept\n');
  expect((await readdir(place)).sort()).toEqual(['labels.jsonl', 'postings.jsonl']);
});

test.each([
  [['--limit', '0'], '--limit is "0"; allowed: a whole number from 1'],
  [['--limit', 'many'], '--limit is "many"'],
  [['--overwrite'], '--write is missing'],
])('a mistake in %j is told before anything is read', async (args, said) => {
  const { code, out, err } = await ombre('review', ...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
});

test('a place that cannot be written to is told in a sentence', async () => {
  await writeFile(join(folder, 'file'), '');
  const { code, err } = await ombre('review', '--write', join(folder, 'file', 'below'));
  expect(code).toBe(2);
  expect(err).toMatch(/^ombre: A file or line is not as it should be: .*file.below/);
});
