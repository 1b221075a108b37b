import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultVersion } from '../../src/classify/compile/compile.ts';
import { reclassify } from '../../src/pipeline/reclassify.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { labelOf } from '../../src/store/tags/labels.ts';
import { markOutdated, retagStore } from '../../src/store/tags/retag.ts';
import { addTagReport, openTagReports } from '../../src/store/tags/tag-reports.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { insertAnswered } from './_answered.ts';
import { type TestDesk, testDesk } from './_desk.ts';

let desk: TestDesk;
let operator: Awaited<ReturnType<TestDesk['login']>>;
beforeAll(async () => {
  desk = await testDesk();
  operator = await desk.login();
});
afterAll(() => desk?.close());
beforeEach(async () => {
  await insertAnswered(desk.db, { id: 'doubtful', confidence: 0.41 });
  await insertAnswered(desk.db, { id: 'guard', title: 'Night Guard', text: 'You walk around the house.', confidence: 0.5 });
  await insertAnswered(desk.db, { id: 'sure', confidence: 0.97 });
});
afterEach(async () => {
  await sql`truncate labels, desk_audit, postings cascade`.execute(desk.db);
});

const page = async (path = '/admin/review') => (await operator.get(path)).text;
const listed = async () => [...(await page()).matchAll(/aria-labelledby="t-(\w+)"/g)].map(([, id]) => id);
const printIn = (text: string) => /name="print" value="([^"]+)"/.exec(text)![1]!;
const audit = async () => (await auditRows(desk.db, { most: 9 })).filter(({ what }) => !what.startsWith('desk.'));
const shown = async () => [
  await desk.db.selectFrom('postings').selectAll().orderBy('id').execute(),
  await desk.db.selectFrom('posting_tags').selectAll().orderBy('posting_id').orderBy('kind').orderBy('name').execute(),
  await desk.db.selectFrom('feed_revision').selectAll().execute(),
];
const RIGHT = { relevance: 'nonclinical', path: 'utilization-review/utilization-reviewer' };
const ANSWERED = { OT: 'named', OTA: 'barred', PT: 'named', PTA: 'barred', SLP: 'barred' };
const verdicts = (of: Record<string, string>) => Object.fromEntries(Object.entries(of).map(([name, value]) => [`verdict-${name}`, value]));

test('the list has the least sure first, each with why it may be wrong, and the words behind every verdict', async () => {
  expect(await listed()).toEqual(['doubtful', 'guard', 'sure']);
  const text = await page();
  expect(text).toMatch(/nonclinical \(utilization-review\), 41 % sure/);
  expect(text).toContain('Utilization review (Utilization reviewer)');
  expect(text).toMatch(/<span class="whose">OT<\/span> <b>Yes, \d+ % sure<\/b> <q>[^\n]*<mark>OT<\/mark>/);
  expect(text).toMatch(/<span class="whose">COTA<\/span> <b>No, \d+ % sure<\/b>/);
});

test('what is in doubt about who may apply comes before what is sure, and is told', async () => {
  await desk.db.updateTable('posting_tags').set({ confidence: 0.3 }).where('posting_id', '=', 'sure').where('name', '=', 'SLP').execute();
  expect(await listed()).toEqual(['sure', 'doubtful', 'guard']);
  expect(await page()).toMatch(/97 % sure: without [^\n]*; SLP is barred, 30 % sure, by /);
});

test('one click keeps what stands as a label, and the posting leaves the list, while readers see what they saw', async () => {
  const before = await shown();
  const { status, headers } = await operator.post('/admin/review/doubtful/accept', { print: printIn(await page()) });
  expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/review\?done=\d+$/)]);
  expect(await listed()).toEqual(['guard', 'sure']);
  const label = {
    id: 'doubtful',
    relevance: 'nonclinical',
    paths: ['utilization-review'],
    role: 'utilization-reviewer',
    verdicts: ANSWERED,
    sure: 'high',
    note: '',
  };
  expect((await labelOf(desk.db, 'doubtful'))?.label).toEqual(label);
  expect(await audit()).toMatchObject([{ via: 'desk', what: 'label.accept', target: 'doubtful', before: { verdicts: ANSWERED } }]);
  expect(await shown()).toEqual(before);
  expect(await page(headers.get('location')!)).toContain('Done: <strong>label.accept</strong> on doubtful');
});

describe('a correction', () => {
  const correct = async (form: Record<string, string> = {}) => {
    const print = printIn(await page('/admin/review/doubtful'));
    return operator.post('/admin/review/doubtful/correct', { print, ...RIGHT, ...verdicts({ ...ANSWERED, OTA: 'named' }), ...form });
  };

  test('is kept with what was answered, marks the reports of its posting as handled, and leads back to them', async () => {
    await addTagReport(desk.db, { posting_id: 'doubtful', tag: 'verdict:OTA', expected: 'named', note: null });
    await addTagReport(desk.db, { posting_id: 'sure', tag: 'verdict:OTA', expected: 'named', note: null });
    const before = await shown();
    const { status, headers } = await correct({ note: 'COTAs\r\nare meant', unsure: 'yes', handle: 'yes', from: 'reports' });
    expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/reports\?done=/)]);
    const row = await labelOf(desk.db, 'doubtful');
    expect(row?.label).toMatchObject({ verdicts: { ...ANSWERED, OTA: 'named' }, sure: 'low', note: 'COTAs are meant' });
    expect(row?.answered).toMatchObject({ verdicts: ANSWERED });
    expect((await openTagReports(desk.db)).map(({ posting_id }) => posting_id)).toEqual(['sure']);
    expect(await audit()).toMatchObject([
      { what: 'label.correct', target: 'doubtful', before: { verdicts: ANSWERED }, after: { verdicts: { OTA: 'named' } } },
    ]);
    expect(await shown()).toEqual(before);
    expect(await page('/admin/labels')).toMatch(/OTA named.*OTA barred/s);
  });

  test('to another relevance says nothing of paths and verdicts', async () => {
    expect((await correct({ relevance: 'clinical' })).status).toBe(303);
    expect((await labelOf(desk.db, 'doubtful'))?.label).toMatchObject({ relevance: 'clinical', paths: [], role: null, verdicts: null });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['a relevance that is none', { relevance: 'nice' }, 400, 'relevance is &#34;nice&#34;; allowed: nonclinical, clinical, other'],
    ['a nonclinical job without a path', { path: '' }, 400, 'path is'],
    ['a role of another path', { path: 'sales/utilization-reviewer' }, 400, 'role of sales is'],
    ['a verdict that is none', { 'verdict-SLP': 'perhaps' }, 400, 'verdict of SLP is'],
    ['a note beyond all measure', { note: 'x'.repeat(501) }, 400, 'more than 500 characters'],
    ['what was answered otherwise when the page was made', { print: 'of-another-answer' }, 409, 'has changed since you loaded the page'],
  ])('of %s is refused, and nothing is kept', async (_, form, status, told) => {
    const answer = await correct(form);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(told)]);
    expect(await labelOf(desk.db, 'doubtful')).toBeUndefined();
    expect(await audit()).toEqual([]);
  });

  test('of a posting that is not there is refused', async () => {
    expect((await operator.post('/admin/review/nobody/correct', { ...RIGHT, ...verdicts(ANSWERED) })).status).toBe(404);
    expect((await operator.get('/admin/review/nobody')).status).toBe(404);
    expect((await operator.post('/admin/review/doubtful/remove')).status).toBe(404);
  });

  test('can be taken back, and the posting is asked about again', async () => {
    await correct();
    expect(await listed()).toEqual(['guard', 'sure']);
    expect((await operator.post('/admin/review/doubtful/remove')).status).toBe(303);
    expect(await listed()).toEqual(['doubtful', 'guard', 'sure']);
    expect((await audit())[0]).toMatchObject({ what: 'label.remove', target: 'doubtful', before: { verdicts: { OTA: 'named' } } });
  });

  test('survives re-tagging, is asked about again when the text changes, and teaches on when the posting is gone', async () => {
    await correct();
    await markOutdated(desk.db);
    const store = retagStore(desk.db, () => new Date());
    expect((await reclassify(store, defaultVersion(), new AbortController().signal)).read).toBe(3);
    expect((await labelOf(desk.db, 'doubtful'))?.label.verdicts?.OTA).toBe('named');
    expect(await listed()).not.toContain('doubtful');
    await desk.db.updateTable('postings').set({ content_hash: 'another text' }).where('id', '=', 'doubtful').execute();
    expect(await listed()).toContain('doubtful');
    expect(await page('/admin/review/doubtful')).toContain('The posting has changed since.');
    await sql`truncate postings cascade`.execute(desk.db);
    const { text } = await operator.get('/admin/labels/postings.jsonl');
    expect(JSON.parse(text)).toMatchObject({ id: 'doubtful', description: expect.stringContaining('OT or PT license'), origin: 'stored' });
    expect(JSON.parse((await operator.get('/admin/labels/labels.jsonl')).text)).toMatchObject({ id: 'doubtful', sure: 'high' });
  });
});

describe('the command', () => {
  const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: desk.url });
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ombre-labels-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('keeps a label with --apply only, and exports what `ombre eval` measures the classifier by', async () => {
    const would = await ombre('labels', 'add', 'doubtful', '--verdict', 'OTA=named');
    expect(would).toMatchObject({ code: 0, out: expect.stringContaining('OTA=named'), err: expect.stringContaining('add --apply') });
    expect(await labelOf(desk.db, 'doubtful')).toBeUndefined();
    expect((await ombre('labels', 'add', 'doubtful', '--verdict', 'OTA=named', '--apply')).code).toBe(0);
    expect(await audit()).toMatchObject([{ via: 'cli', what: 'label.correct', target: 'doubtful' }]);
    await operator.post('/admin/review/sure/accept', { print: printIn(await page('/admin/review/sure')) });
    expect((await ombre('labels', 'export', folder)).err).toContain('2 postings in');
    const files = ['--postings', join(folder, 'postings.jsonl'), '--labels', join(folder, 'labels.jsonl')];
    const report = JSON.parse((await ombre('eval', ...files, '--no-mutations', '--json')).out);
    // Facets were not judged, so that they are neither right nor wrong.
    expect(report.wrong).toMatchObject([{ id: 'doubtful', what: 'verdict OTA', expected: 'named', got: 'barred' }]);
    expect(report).toMatchObject({ n: 2, per_origin: { stored: { n: 2 } } });
    expect(await readFile(join(folder, 'labels.jsonl'), 'utf8')).toBe((await operator.get('/admin/labels/labels.jsonl')).text);
  });

  test.each([
    [['add', 'nobody'], 'posting is "nobody"'],
    [['add', 'doubtful', '--verdict', 'MD=named'], '--verdict is "MD=named"; allowed: CREDENTIAL=VERDICT'],
    [['add', 'guard', '--path', 'sales'], 'path is "sales"; allowed: none, where the relevance is other'],
  ])('refuses %j with one sentence, and writes nothing', async (args, told) => {
    const { code, out, err } = await ombre('labels', ...args, '--apply');
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(told)]);
    expect(await audit()).toEqual([]);
  });
});
