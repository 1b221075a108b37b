import { load } from 'cheerio';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sparkline } from '../../src/desk/spark.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { beat } from '../../src/store/heartbeats.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import type { Source } from '../../src/store/visit/sources.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { type Visiting, visiting } from '../support/visits.ts';
import { leverBoard } from './_board.ts';
import { type Operator, type TestDesk, testDesk } from './_desk.ts';

let lab: Visiting;
let desk: TestDesk;
let operator: Operator;
let fern: Source;
beforeAll(async () => {
  lab = await visiting();
  desk = await testDesk({}, { on: lab.database });
  operator = await desk.login();
  fern = await lab.source('fern', 'lever', { site: 'fern' });
  lab.answers(leverBoard('fern', 7));
  await lab.visit(fern);
  const moss = await lab.source('moss', 'lever', { site: 'moss' });
  lab.answers(() => ({ status: 404, json: { ok: false } }));
  await lab.visit(moss);
  await lab.source('oak', 'lever', { site: 'oak' });
});
afterAll(async () => {
  await desk.close();
  await lab.close();
});

const page = async (path: string) => load((await operator.get(path)).text);
const rows = async (path: string) =>
  (await page(path))('tbody th small')
    .map((_, small) => small.children.map(child => ('data' in child ? child.data : '')).join(''))
    .get();
const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: lab.database.url });

describe('the list of sources', () => {
  test('tells the state of each and what to do, as the command does', async () => {
    const $ = await page('/admin/sources');
    expect($('tbody tr').length).toBe(3);
    const moss = $('tbody tr')
      .filter((_, row) => $(row).text().includes('moss'))
      .text();
    const health = JSON.parse((await ombre('sources', 'health', '--json')).out) as { slug: string; state: string; remedy: string }[];
    const told = health.find(({ slug }) => slug === 'moss')!;
    expect(told.state).not.toBe('ok');
    expect(moss).toContain(told.state);
    expect(moss).toContain(told.remedy);
  });

  test('is narrowed by state and by name, and says how many each state has', async () => {
    expect(await rows('/admin/sources?state=unwell')).toEqual(['moss, lever']);
    expect(await rows('/admin/sources?state=unverified')).toEqual(['moss, lever', 'oak, lever']);
    expect(await rows('/admin/sources?state=ok&q=OAK')).toEqual(['oak, lever']);
    expect(await rows('/admin/sources?state=nonsense&page=99')).toHaveLength(3);
    expect((await page('/admin/sources'))('option[value=unwell]').text()).toBe('Need attention (1)');
  });
});

describe('the page of a source', () => {
  test('shows its visits with what each proves, and what nobody understood', async () => {
    await sql`update postings set not_understood = '{"place":["Lower <b>Fernleaf</b>"]}' where key = (select min(key) from postings)`.execute(
      lab.database.db,
    );
    const $ = await page('/admin/sources/fern');
    const text = $('main').text();
    expect(text).toContain('complete');
    expect(text).toMatch(/7 listed, the board tells no total; \d+ request/);
    expect(text).toContain('7 new');
    expect($('td').filter((_, cell) => $(cell).text() === 'Lower <b>Fernleaf</b>').length).toBe(1);
    expect($('svg.spark').attr('aria-label')).toBe('7 listed this week, 7 this week; between 7 and 7');
    const { visits } = JSON.parse((await ombre('sources', 'visits', 'fern', '--json')).out);
    expect(visits).toMatchObject([{ outcome: 'complete', listed: 7, total: null, postings: { new: 7 } }]);
    expect((await operator.get('/admin/sources/nobody')).status).toBe(404);
  });
});

describe('a visit at once', () => {
  const due = async () => (await dueSources(lab.database.db)).includes(fern.id);
  beforeEach(async () => {
    await sql`update sources set next_visit_at = now() + interval '20 hours', cooling_until = null, enabled = true where id = ${fern.id}`.execute(
      lab.database.db,
    );
    await sql`delete from heartbeats`.execute(lab.database.db);
  });

  test('is due for whichever worker asks next, and the page says plainly when none is there', async () => {
    expect(await due()).toBe(false);
    expect((await operator.get('/admin/sources/fern')).text).toContain('No worker gives a sign of life');
    await beat(lab.database.db, { id: '00000000-0000-4000-8000-000000000001', host: 'h', pid: 1, digestKey: null });
    const { status, headers } = await operator.post('/admin/sources/fern/due');
    expect([status, await due()]).toEqual([303, true]);
    const { text } = await operator.get(headers.get('location')!);
    expect(text).toContain('Its visit is due. A worker takes it up within a minute.');
    expect((await auditRows(desk.db, { most: 1 }))[0]).toMatchObject({ what: 'sources.due', target: 'fern', via: 'desk' });
  });

  test('of one that is left alone needs a word more, and of one that is disabled there is none', async () => {
    await sql`update sources set cooling_until = now() + interval '5 hours' where id = ${fern.id}`.execute(lab.database.db);
    expect((await operator.post('/admin/sources/fern/due')).status).toBe(409);
    expect(await due()).toBe(false);
    expect((await operator.post('/admin/sources/fern/due', { cooling: '1' })).status).toBe(303);
    expect(await due()).toBe(true);
    await sql`update sources set enabled = false, disabled_reason = 'x' where id = ${fern.id}`.execute(lab.database.db);
    expect((await operator.post('/admin/sources/fern/due')).status).toBe(409);
    expect((await operator.post('/admin/sources/nobody/due')).status).toBe(404);
    expect((await operator.get('/admin/sources/fern')).text).not.toContain('Visit it now');
  });

  test('is asked for by the command, which writes with --apply alone', async () => {
    expect(await ombre('sources', 'due', 'fern')).toMatchObject({ code: 0, out: expect.stringContaining('--apply does it') });
    expect(await due()).toBe(false);
    await sql`update sources set cooling_until = now() + interval '5 hours' where id = ${fern.id}`.execute(lab.database.db);
    const left = await ombre('sources', 'due', 'fern', '--apply');
    expect([left.code, left.out]).toEqual([1, expect.stringContaining('--cooling visits it all the same')]);
    expect(await due()).toBe(false);
    expect(JSON.parse((await ombre('sources', 'due', 'fern', '--cooling', '--apply', '--json')).out)).toMatchObject({
      applied: true,
      workers: 0,
      sources: [{ slug: 'fern', mayBe: true }],
    });
    expect(await due()).toBe(true);
    expect((await ombre('sources', 'due', 'nobody', '--apply')).code).toBe(2);
  });
});

test('a year of a source is a line from nothing up, whose words say the same', () => {
  const weeks = [null, 40, null, 20, 30];
  const { html } = sparkline(weeks, 'listed');
  expect(html).toContain('aria-label="40 listed 3 weeks ago, 30 this week; between 20 and 40"');
  expect(html).toContain('points="44,2 132,16 176,9"');
  expect(sparkline([null, null], 'listed').html).toContain('nothing listed within a year');
});
