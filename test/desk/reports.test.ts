import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { auditRows } from '../../src/store/desk/audit.ts';
import { addTagReport, openTagReports } from '../../src/store/tags/tag-reports.ts';
import { insertAnswered } from './_answered.ts';
import { formOf, type TestDesk, testDesk } from './_desk.ts';

let desk: TestDesk;
let operator: Awaited<ReturnType<TestDesk['login']>>;
beforeAll(async () => {
  desk = await testDesk();
  operator = await desk.login();
  await insertAnswered(desk.db, { id: 'one', confidence: 0.9 });
});
afterAll(() => desk?.close());
afterEach(async () => {
  await sql`truncate tag_reports, desk_audit`.execute(desk.db);
});

const report = (tag: string, expected: string | null = null, note: string | null = null) =>
  addTagReport(desk.db, { posting_id: 'one', tag, expected, note });
const open = async () => (await openTagReports(desk.db)).map(({ id }) => id);
/** As a form with several ticks sends it. */
const tick = async (...ids: string[]) => {
  const form = new URLSearchParams([['csrf', await operator.csrf()], ...ids.map(id => ['report', id] as [string, string])]);
  return desk.ask('/admin/reports/handle', { ...formOf(desk.origin, {}, { cookie: operator.cookie }), body: form });
};

test('a report stands beside what the posting says now, the rule that decided and its words, and leads to the correction', async () => {
  await report('verdict:OTA', 'named', 'assistants <b>too</b>');
  await report('facet:other');
  await report('path:sales');
  await report('posting:closed');
  const { text } = await operator.get('/admin/reports');
  expect(text).toMatch(/<code>verdict:OTA<\/code> should be <strong>named<\/strong>\.<br>“assistants &#60;b&#62;too/);
  expect(text).toMatch(/It says <strong>barred<\/strong> by <code class="rule">[\w.:-]+<\/code>: <q><mark>/);
  expect(text).toContain('href="/admin/review/one?from=reports"');
  expect(text).toMatch(/It is open by its last visit.*Nothing stands there now.*The reader means another fact/s);
  expect((await operator.get('/admin/review/one?from=reports')).text).toContain('Mark the 4 open reports of it as handled');
  expect((await operator.get('/admin')).text).toContain('<a href="/admin/reports">4 reports of wrong tags wait.</a>');
});

test('several are marked as handled at once, which the audit has, and others stay', async () => {
  for (const tag of ['verdict:OTA', 'verdict:PTA', 'verdict:SLP']) await report(tag);
  const [newest, second, oldest] = await open();
  const { status, headers } = await tick(`${oldest}`, `${newest}`);
  expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/reports\?done=\d+$/)]);
  expect(await open()).toEqual([second]);
  expect((await auditRows(desk.db, { most: 1 }))[0]).toMatchObject({
    via: 'desk',
    what: 'reports.handle',
    after: { reports: [oldest, newest] },
  });
  expect(await tick(`${oldest}`)).toMatchObject({ status: 409, text: expect.stringContaining('handled already') });
  expect(await auditRows(desk.db, { most: 9 })).toHaveLength(1);
});

test.each([
  [[], 'No report is ticked.'],
  [['1', 'two'], 'A report has a number.'],
  [['99999999999'], 'A report has a number.'],
])('%j are refused, and nothing is marked', async (ids, told) => {
  await report('verdict:OTA');
  expect(await tick(...ids)).toMatchObject({ status: 400, text: expect.stringContaining(told) });
  expect(await open()).toHaveLength(1);
  expect(await auditRows(desk.db, { most: 9 })).toEqual([]);
});
