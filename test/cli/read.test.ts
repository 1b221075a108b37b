import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { listSystems } from '../../src/cli/systems.ts';

const at = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const ombre = async (...args: string[]) => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [main, ...args])) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
};

describe('ombre read', () => {
  test('shows every posting of a saved list, normalised', async () => {
    const report = await readSaved('greenhouse', at('greenhouse/list.json'));
    expect(report).toMatchObject({ system: 'greenhouse', marker: 'board', total: 3, complete: true, follow: [] });
    expect(report.postings[0]).toMatchObject({
      key: '4400012002',
      company: 'Harbor Review Partners',
      work_mode: 'remote',
      employment_type: ['full_time'],
      posted_at: { value: '2026-10-29T06:02:50.000Z', precision: 'time', from: 'greenhouse.first_published' },
      closed: false,
    });
    expect(report.postings[0]?.text_length).toBeGreaterThan(100);
    expect(report.postings[2]?.places.map(place => [place.city, place.region])).toEqual([
      ['Columbus', 'OH'],
      ['Austin', 'TX'],
    ]);
  });

  test('takes a detail for a detail without being told', async () => {
    const report = await readSaved('smartrecruiters', at('smartrecruiters/detail.json'));
    expect(report.postings).toMatchObject([
      { key: '743999000000001', pay: { min: 72_000, max: 84_000, currency: 'USD', interval: 'year' } },
    ]);
  });

  test('knows the board a page names most often, and what the given address names before that', async () => {
    expect((await readSaved('ashby', at('ashby/list.json'))).marker).toBe('board');
    const other = await readSaved('ashby', at('ashby/list.json'), { url: 'https://jobs.ashbyhq.com/Other' });
    expect(other).toMatchObject({ marker: 'unknown', postings: [], complete: false });
  });

  test('says what a listing lacks', async () => {
    const report = await readSaved('workable', at('workable/board.json'));
    expect(report).toMatchObject({ total: 12, complete: false, follow: [{ method: 'POST' }] });
    expect(report.why).toContain('the system counts 12, 1 are here');
  });

  test('says "gone" for a closed posting and for a 404', async () => {
    expect(await readSaved('bamboohr', at('bamboohr/filled.json'), { kind: 'detail' })).toMatchObject({ marker: 'gone', postings: [] });
    expect(await readSaved('lever', at('lever/not-found.json'), { status: '404' })).toMatchObject({ marker: 'gone', complete: false });
  });

  test.each([
    ['kind', { kind: 'page' }, 'E_USAGE'],
    ['address', { url: 'careers' }, 'E_USAGE'],
    ['status', { status: 'ok' }, 'E_USAGE'],
    ['status outside what an adapter sees', { status: '503' }, 'E_USAGE'],
  ])('refuses a wrong %s', async (_what, options, code) => {
    await expect(readSaved('lever', at('lever/list.json'), options)).rejects.toMatchObject({ code });
  });

  test('refuses a file that is not there', async () => {
    await expect(readSaved('lever', at('lever/none.json'))).rejects.toMatchObject({ code: 'E_INPUT' });
  });

  test('prints one JSON document and nothing else, and ends with 0', async () => {
    const { code, stdout, stderr } = await ombre('read', 'lever', at('lever/list.json'), '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).postings).toHaveLength(2);
  });

  test("ends with 1 when the page needs a look, with 2 for the caller's mistake", async () => {
    const unknown = await ombre('read', 'lever', at('greenhouse/list.json'), '--json');
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout).marker).toBe('unknown');
    const wrong = await ombre('read', 'monster', at('lever/list.json'), '--json');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('greenhouse');
  });
});

describe('ombre systems', () => {
  test('lists every system with what it can', async () => {
    const rows = await listSystems();
    expect(rows.find(row => row.system === 'workday')).toEqual({
      system: 'workday',
      kind: 'ats',
      listing: 'authoritative',
      details: true,
      rendered: false,
      key_needed: false,
      evidence: 'recorded',
      robots: null,
      hosts: ['*.myworkdayjobs.com', '*.myworkdaysite.com'],
      target: { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' },
    });
    expect(rows.flatMap(({ system, robots }) => (robots ? [`${system}: ${robots}`] : []))).toEqual([
      'neogov: refused everywhere, as archived May 2024',
    ]);
    const { code, stdout } = await ombre('systems', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(rows)));
  });

  test('names below the table the systems that robots.txt closes', async () => {
    const { stdout } = await ombre('systems');
    expect(stdout).toMatch(/neogov .*refused everywhere, as archived May 2024/);
    expect(stdout).toContain('robots.txt closes their lists to crawlers: UKG Pro (as seen October 2026), Paycom (');
  });
});
