import { describe, expect, test } from 'vitest';
import { type ReadReport, readSaved } from '../../src/cli/read.ts';
import { shared } from './shared.ts';

const recordings = shared('boards/recordings-3', 'manifest.json');

const shown = ({ postings }: ReadReport) =>
  postings.map(({ title, company, department, places, work_mode, pay, posted_at }) => ({
    title,
    company,
    department,
    places: places.map(({ raw, country }) => `${raw} [${country ?? ''}]`),
    work_mode,
    pay,
    posted: posted_at?.value,
  }));

describe.skipIf(recordings === null)('recorded answers of ClearCompany and HRM Direct', () => {
  test('clearcompany: three remote postings, the whole of the site', async () => {
    const report = await readSaved('clearcompany', `${recordings}/clearcompany/jshq_search.json`);
    expect(report).toMatchObject({ marker: 'board', total: 3, complete: true });
    const remote = { company: 'Exampleco', places: ['Remote (US) [US]'], work_mode: 'remote', pay: null };
    expect(shown(report)).toEqual([
      { ...remote, title: 'Senior UX Designer / Researcher (Remote)', department: 'Design', posted: '2026-07-10' },
      { ...remote, title: 'Senior Cloud Network Engineer', department: 'Platform', posted: '2026-07-08' },
      { ...remote, title: 'Senior UX Designer (Records Modernization)', department: 'Platform', posted: '2026-06-11' },
    ]);
    expect(report.postings[0]).toMatchObject({
      key: 'a1b2c3d4-e5f6-0708-090a-000000000001',
      url: 'https://exampleco.clearcompany.com/careers/jobs/a1b2c3d4-e5f6-0708-090a-000000000001',
      apply_url: 'https://exampleco.clearcompany.com/careers/jobs/a1b2c3d4-e5f6-0708-090a-000000000001/apply',
    });
    for (const { text_length } of report.postings) expect(text_length).toBeGreaterThan(150);
  });

  test('hrmdirect: two postings of the page people see, which is not taken for the whole board', async () => {
    const report = await readSaved('hrmdirect', `${recordings}/hrmdirect/ck_job_openings.html`);
    expect(report).toMatchObject({ marker: 'board', total: null, complete: false });
    const none = { company: 'Acme Foundation', places: [], work_mode: null, pay: null };
    expect(shown(report)).toEqual([
      { ...none, title: 'CRM Product Owner', department: 'Operations', posted: '2026-07-15' },
      { ...none, title: 'Senior Accountant', department: 'Finance', posted: '2026-08-05' },
    ]);
    expect(report.postings.map(({ key }) => key)).toEqual(['3762934', '3779928']);
  });
});
