import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultVersion } from '../../src/classify/compile/compile.ts';
import { classifierProcess } from '../../src/desk/classifier-process.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { classifiedAfter } from '../../src/store/tags/retag.ts';
import { announceVersion, putInForce, versionInForce } from '../../src/store/tags/rules-versions.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { insertPostings } from '../support/postings.ts';
import { insertAnswered } from './_answered.ts';
import { type TestDesk, testDesk } from './_desk.ts';

const OWN = defaultVersion();
const OTHER = '99-another';

let desk: TestDesk;
let operator: Awaited<ReturnType<TestDesk['login']>>;
beforeAll(async () => {
  desk = await testDesk();
  operator = await desk.login();
  await insertAnswered(desk.db, { id: 'as-it-was', confidence: 0.9 });
  // Tagged by rules that saw a job of sales in it.
  await insertAnswered(desk.db, { id: 'moves', title: 'Utilization Review <Therapist>', confidence: 0.9 });
  await sql`update postings set primary_path = 'sales', paths = '{sales}', roles = '{}', verdict_slp = 'named', rules_version = ${OTHER} where id = 'moves'`.execute(
    desk.db,
  );
});
afterAll(() => desk?.close());
afterEach(async () => {
  await sql`truncate rules_versions, desk_audit`.execute(desk.db);
});

const page = async (path: string) => (await operator.get(path)).text;
const apply = (version: string) => operator.post('/admin/rules/apply', { version });

test('the page says which rules are in force, which this program has, and how many postings others have tagged', async () => {
  await announceVersion(desk.db, OTHER);
  const text = await page('/admin/rules');
  expect(text).toMatch(new RegExp(`In force</dt><dd><code>${OTHER}</code>.*Of this program</dt><dd><code>${OWN}</code></dd>`, 's'));
  expect(text).toContain('1 of 2 open postings');
});

describe('the preview', () => {
  test('tells before and after of what would move and by which rule, and writes nothing', async () => {
    const rows = () => desk.db.selectFrom('postings').selectAll().orderBy('id').execute();
    const before = await rows();
    const text = await page('/admin/rules/preview');
    expect(text).toMatch(/Of 2 open postings that were looked at, <strong>1<\/strong> would move/);
    expect(text).toMatch(
      /Path: <span class="moved">sales → utilization-review<\/span><\/th><td>1<\/td><td[^>]*><ul><li><a href="\/admin\/review\/moves">Utilization Review &#60;Therapist&#62;/,
    );
    expect(text).toMatch(/Verdict SLP: <span class="moved">named → barred</);
    expect([await rows(), await auditRows(desk.db, { most: 1 })]).toEqual([before, []]);
  });

  test('looks at a bounded number of postings a page, says so, and goes on', async () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ id: `n${String(n).padStart(3, '0')}`, relevance: 'other' as const }));
    await insertPostings(desk.db, many);
    const first = await page('/admin/rules/preview');
    expect(first).toContain('Of 200 open postings that were looked at');
    const [next] = /\/admin\/rules\/preview\?after=\w+/.exec(first) ?? [''];
    const second = await page(next);
    expect(second).toContain('Of 2 open postings that were looked at');
    expect(second).not.toContain('preview?after=');
    expect(await page('/admin/rules/preview?after=zzzz')).toContain('There is no further open posting.');
    await sql`delete from posting_texts where posting_id like 'n%'`.execute(desk.db);
    await sql`delete from postings where id like 'n%'`.execute(desk.db);
  });

  test('reads in a process of its own, which ends when nobody asks, begins anew, and tells its errors', async () => {
    const other = classifierProcess({ idleMs: 0 });
    const postings = await classifiedAfter(desk.db, '', 10);
    for (let times = 0; times < 2; times += 1) {
      expect(await other.diff(postings)).toMatchObject({ rules_version: OWN, read: 2, moved: 1 });
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    await expect(other.diff([{ id: 'without-a-text' } as never])).rejects.toThrow(/undefined/);
    const asked = other.diff(postings);
    await other.close();
    await expect(asked).rejects.toThrow('the process of the classifier has ended');
  });
});

describe('putting the rules of this program in force', () => {
  test('asks once more, is noted with what was in force before, and done once', async () => {
    await announceVersion(desk.db, OTHER);
    expect(await page('/admin/rules/apply')).toContain(`name="version" value="${OWN}"`);
    expect(await versionInForce(desk.db)).toBe(OTHER);
    const { status, headers } = await apply(OWN);
    expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/rules\?done=/)]);
    expect(await versionInForce(desk.db)).toBe(OWN);
    expect(await auditRows(desk.db, { most: 9 })).toMatchObject([
      { via: 'desk', what: 'rules.apply', target: OWN, before: OTHER, after: OWN },
    ]);
    expect(await apply(OWN)).toMatchObject({ status: 409, text: expect.stringContaining('in force already') });
    expect(await page('/admin/rules/apply')).not.toContain('<button type="submit">Put them in force');
    expect(await auditRows(desk.db, { most: 9 })).toHaveLength(1);
  });

  test('is refused where the program has other rules than the page showed', async () => {
    await announceVersion(desk.db, OTHER);
    expect(await apply('7-of-before')).toMatchObject({
      status: 409,
      text: expect.stringContaining('has other rules than those you were shown'),
    });
    expect(await versionInForce(desk.db)).toBe(OTHER);
    expect(await auditRows(desk.db, { most: 9 })).toEqual([]);
  });

  test('is done by the command as well, which notes it', async () => {
    await putInForce(desk.db, OTHER);
    const { code } = await runOmbre(['rules', 'apply'], { DATABASE_URL: desk.url });
    expect([code, await versionInForce(desk.db)]).toEqual([0, OWN]);
    expect(await auditRows(desk.db, { most: 9 })).toMatchObject([{ via: 'cli', what: 'rules.apply', before: OTHER, after: OWN }]);
  });
});
