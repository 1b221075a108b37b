import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { holdingSource } from '../../src/store/visit/lock.ts';
import type { Source } from '../../src/store/visit/sources.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { type Visiting, visiting } from '../support/visits.ts';
import { leverBoard } from './_board.ts';
import { type TestDesk, testDesk } from './_desk.ts';

let lab: Visiting;
let desk: TestDesk;
beforeAll(async () => {
  lab = await visiting();
  desk = await testDesk({}, { on: lab.database });
});
afterAll(async () => {
  await desk.close();
  await lab.close();
});

let serial = 0;
let source: Source;
/** A source that lost nine of its twelve postings at once, which is held. */
beforeEach(async () => {
  const site = `fernleaf${++serial}`;
  source = await lab.source(site, 'lever', { site });
  lab.answers(leverBoard(site, 12));
  expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { new: 12 } });
  lab.answers(leverBoard(site, 3));
  expect(await lab.visit(source)).toMatchObject({ outcome: 'suspicious', postings: { closed: 0, held: 9 } });
});

const open = async () => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from postings where source_id = ${source.id} and closed_at is null`.execute(lab.database.db);
  return rows[0]!.n;
};
/** What the next visit may ask the board with whether its listing has changed. */
const tags = () =>
  lab.database.db
    .selectFrom('listing_validators')
    .select('etag')
    .where('source_id', '=', source.id)
    .where('etag', 'is not', null)
    .execute();
/** How many of the source's jobs a reader finds. */
const shown = async () => (await json(`/api/v1/postings?source=${source.slug}&limit=100`)).items.length;
const gone = async () =>
  (await json('/api/v1/postings?closed_since=1h')).items.filter(({ closed_reason }) => closed_reason === 'not_listed').length;
const json = async (path: string) => JSON.parse((await desk.ask(path)).text) as { items: { closed_reason?: string }[] };
const printOf = (text: string) => new RegExp(`/admin/held/${source.slug}/\\w+".*?name="print" value="([^"]+)"`, 's').exec(text)?.[1] ?? '';

describe('a closing that a visit held', () => {
  test('is shown with its evidence and some titles, on the page and by the command', async () => {
    const operator = await desk.login();
    const { text } = await operator.get('/admin/held');
    expect(text).toContain('9 of 12 open postings');
    expect(text).toMatch(/3 listed; \d+ request/);
    expect(text).toContain('9 of 12 open postings would close at once');
    expect(text).toContain('Utilization Review Therapist 11');
    expect(text).not.toContain('Utilization Review Therapist 2<');
    const { held } = JSON.parse((await ombre('sources', 'held', source.slug, '--json')).out);
    expect(held).toMatchObject([{ holding: 'held', count: 9, open: 12, visit: { listed: 3, outcome: 'suspicious' } }]);
    expect((await operator.get('/admin')).text).toContain('closings are held');
  });

  test('and that is approved is closed at once for readers, mirrors and pages, and the visit after it has nothing to add', async () => {
    expect(await shown()).toBe(12);
    const [before, page] = [await gone(), await desk.ask(`/api/v1/postings?source=${source.slug}`)];
    const operator = await desk.login();
    const print = printOf((await operator.get('/admin/held')).text);
    const { status, headers } = await operator.post(`/admin/held/${source.slug}/approve`, { print });
    expect(status).toBe(303);
    expect((await operator.get(headers.get('location')!)).text).toMatch(/Done: <strong>closures\.approve<\/strong> on fernleaf/);
    expect([await open(), await shown(), (await gone()) - before]).toEqual([3, 3, 9]);
    const again = await desk.ask(`/api/v1/postings?source=${source.slug}`, { headers: { 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(200);
    const { what, target, via, before: was, after } = (await auditRows(desk.db, { most: 1 }))[0]!;
    expect([what, target, via, was, after]).toEqual(['closures.approve', source.slug, 'desk', { held: 9 }, { closed: 9 }]);
    expect(await lab.row(source)).toMatchObject({ held_keys: null, kept_keys: null });
    expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { closed: 0, held: 0 } });
  });

  test('and that is rejected stays open and is not asked about again, until the board shows one of it', async () => {
    const operator = await desk.login();
    const print = printOf((await operator.get('/admin/held')).text);
    expect((await operator.post(`/admin/held/${source.slug}/reject`, { print })).status).toBe(303);
    for (let i = 0; i < 3; i++) {
      const report = await lab.visit(source);
      expect(report).toMatchObject({ outcome: 'complete', postings: { closed: 0, held: 0 } });
      expect(report.reason).toBe('an operator keeps 9 postings open that it does not list');
    }
    expect(await shown()).toBe(12);
    // A listing that has not changed would be taken for one that has them all.
    expect(await tags()).toEqual([]);
    expect((await auditRows(desk.db, { most: 1 }))[0]).toMatchObject({ what: 'closures.reject', after: { kept: 9 } });
    expect((await operator.get('/admin/held')).text).toContain('Kept open by you');
    // What else closes meanwhile closes as ever.
    lab.answers(leverBoard(source.slug, 2));
    expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { closed: 1 } });
    lab.answers(leverBoard(source.slug, 10));
    expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { closed: 2, held: 0 } });
    expect([await open(), (await lab.row(source)).kept_keys]).toEqual([10, null]);
    expect(await tags()).toHaveLength(1);
  });

  test('and that was rejected can be closed after all', async () => {
    const operator = await desk.login();
    await operator.post(`/admin/held/${source.slug}/reject`, { print: printOf((await operator.get('/admin/held')).text) });
    const print = printOf((await operator.get('/admin/held')).text);
    expect((await operator.post(`/admin/held/${source.slug}/close`, { print })).status).toBe(303);
    expect([await open(), (await lab.row(source)).kept_keys]).toEqual([3, null]);
    expect((await auditRows(desk.db, { most: 1 }))[0]).toMatchObject({
      what: 'closures.approve',
      before: { kept: 9 },
      after: { closed: 9 },
    });
  });

  test('is left as it is when a visit has changed it since the page was loaded, or runs', async () => {
    const operator = await desk.login();
    const print = printOf((await operator.get('/admin/held')).text);
    const never = new AbortController().signal;
    const worker = openDatabase(lab.database.url, { max: 2 });
    await holdingSource(worker, source.id, never, async () => {
      const { status, text } = await operator.post(`/admin/held/${source.slug}/approve`, { print });
      expect([status, text]).toEqual([409, expect.stringContaining('a visit of the source runs')]);
    });
    await worker.destroy();
    lab.answers(leverBoard(source.slug, [3, 4]));
    expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { closed: 7, held: 3 } });
    const { status, text } = await operator.post(`/admin/held/${source.slug}/approve`, { print });
    expect([status, text]).toEqual([409, expect.stringContaining('A visit has changed what is held')]);
    expect(await open()).toBe(5);
    expect((await operator.post('/admin/held/nobody/approve', { print })).status).toBe(404);
  });
});

const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: lab.database.url });

describe('the command', () => {
  test('only says what would close, and closes with --apply', async () => {
    const would = await ombre('sources', 'held', source.slug, '--approve');
    expect(would).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written; --apply would close 9 postings.') });
    expect(await open()).toBe(12);
    expect(await ombre('sources', 'held', source.slug, '--approve', '--apply')).toMatchObject({ code: 0, out: '9 postings are closed.\n' });
    expect([await open(), await shown()]).toEqual([3, 3]);
    const again = await ombre('sources', 'held', source.slug, '--approve', '--apply');
    expect([again.code, again.err]).toEqual([2, expect.stringContaining(`slug is "${source.slug}"; allowed: fernleaf`)]);
    expect((await auditRows(desk.db, { most: 1 }))[0]).toMatchObject({ via: 'cli', what: 'closures.approve', target: source.slug });
  });

  test('keeps open what is rejected, and closes that with --kept', async () => {
    expect((await ombre('sources', 'held', source.slug, '--reject', '--apply')).code).toBe(0);
    expect(await lab.visit(source)).toMatchObject({ outcome: 'complete', postings: { closed: 0 } });
    expect((await ombre('sources', 'held', source.slug, '--approve', '--kept', '--apply')).out).toBe('9 postings are closed.\n');
    expect(await open()).toBe(3);
  });
});

test.each([
  [['--approve'], 'slug is missing'],
  [['nobody', '--approve'], 'source is "nobody"; allowed: a slug of'],
])('the command refuses %j with one sentence, and writes nothing', async (args, told) => {
  const { code, out, err } = await ombre('sources', 'held', ...args, '--apply');
  expect([code, out, err]).toEqual([2, '', expect.stringContaining(told)]);
  expect(await open()).toBe(12);
});
