import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { shared } from './shared.ts';

const dir = shared('boards/recordings-3', 'manifest.json');

/** What a saved answer says, as a person reads it there. */
async function read(system: string, file: string, options: { url?: string; kind?: string; status?: string } = {}) {
  const report = await readSaved(system, `${dir}/${file}`, options);
  const postings = report.postings.map(posting => ({
    key: posting.key,
    title: posting.title,
    company: posting.company,
    places: posting.places.map(place => [place.city, place.region, place.country].join(' ')),
    pay: posting.pay && `${posting.pay.min}-${posting.pay.max} ${posting.pay.currency}/${posting.pay.interval}`,
    employment: posting.employment_type.join(','),
    posted: posting.posted_at?.value ?? null,
    closes: posting.closes_at?.value ?? null,
  }));
  return { ...report, postings, lengths: report.postings.map(posting => posting.text_length) };
}

describe.skipIf(!dir)('recorded answers of isolved, ADP MyJobs, Apploi and Hireology', () => {
  test('isolved: the whole list of a board, whose postings have their text on pages of their own', async () => {
    const report = await read('isolved', 'isolved/or_core_jobs.json');
    expect(report).toMatchObject({ marker: 'board', total: 2, complete: true });
    expect(report.postings).toEqual([
      {
        key: '1788740',
        title: 'Fleet Fuel Day or Evening Driver NO WEEKENDS',
        company: null,
        places: ['Amarillo TX US'],
        pay: '20-23 USD/hour',
        employment: 'full_time',
        posted: '2026-06-05',
        closes: '2026-07-05',
      },
      {
        key: '1791513',
        title: 'Payroll / HR Specialist - Part-time',
        company: null,
        places: ['Amarillo TX US'],
        pay: null,
        employment: 'part_time',
        posted: '2026-06-10',
        closes: '2026-07-10',
      },
    ]);
  });

  test('isolved: a posting page of ApplicantPro, without the end that is made up', async () => {
    const url = 'https://jeffersonhealthcare.applicantpro.com/jobs/4147596.html';
    const report = await read('isolved', 'applicantpro/hs_jobpage_4147596.html', { url, kind: 'detail' });
    expect(report.postings).toEqual([
      {
        key: '4147596',
        title: 'Home Health and Hospice Aide (CNA)',
        company: 'Jefferson Healthcare',
        places: ['Port Townsend WA US'],
        pay: '23.98-35.09 USD/hour',
        employment: 'full_time',
        posted: '2026-07-14',
        closes: null,
      },
    ]);
    expect(report.lengths[0]).toBeGreaterThan(70);
  });

  test('ADP MyJobs: the first five postings of 1529, whose date the employer hides', async () => {
    const url = 'https://myjobs.adp.com/guitarcenterexternal/cx/job-listing';
    const report = await read('adpmyjobs', 'adp_myjobs/om_job_requisitions_page1.json', { url });
    expect(report).toMatchObject({ marker: 'board', total: 1529, complete: false });
    expect(report.postings.map(({ key, title, places, employment, posted }) => [key, title, places, employment, posted])).toEqual([
      ['5001217894100', 'Music Teacher Store 851', ['Langhorne PA US'], 'part_time', null],
      ['5001217883800', 'GC Retail Sales Associate Store 433', ['Orem UT US'], 'part_time', null],
      ['5001217857600', 'GC Retail Sr. Sales Associate Store 365', ['Joliet IL US'], 'part_time', null],
      ['5001217854300', 'FT GC Retail Sr. Sales Associate Store 343', ['Independence MO US'], 'full_time', null],
      ['5001217853000', 'GC Retail Sales Associate Store 365', ['Joliet IL US'], 'part_time', null],
    ]);
    for (const length of report.lengths) expect(length).toBeGreaterThan(3000);
  });

  test.each(['churchmutual', 'guitarcenterexternal'])('ADP MyJobs: the career site %s leads to its list', async site => {
    const url = `https://myjobs.adp.com/${site}/cx/job-listing`;
    const report = await read('adpmyjobs', `adp_myjobs/om_career_site_${site}.json`, { url });
    expect(report).toMatchObject({ marker: 'board', postings: [], complete: false });
    expect(report.follow.map(request => new URL(request.url).host)).toEqual(['my.adp.com']);
  });

  test('ADP MyJobs: an unknown career site is gone', async () => {
    const report = await read('adpmyjobs', 'adp_myjobs/om_career_site_unknown_rsp.json', { status: '400' });
    expect(report).toMatchObject({ marker: 'gone', postings: [] });
  });

  test('Apploi: a page of the search, which tells no count', async () => {
    const report = await read('apploi', 'apploi/or_search_anonymised.json');
    expect(report).toMatchObject({ marker: 'board', total: null, complete: false });
    expect(report.postings).toEqual([
      {
        key: '900001',
        title: 'Registered Nurse (RN)',
        company: 'Acme Health',
        places: ['Austin TX US'],
        pay: '38.5-45.25 USD/hour',
        employment: 'full_time',
        posted: '2026-05-20',
        closes: null,
      },
      {
        key: '900002',
        title: 'Home Health Aide (HHA)',
        company: 'Acme Health',
        places: ['Dallas TX US'],
        pay: null,
        employment: 'part_time',
        posted: '2026-05-28',
        closes: null,
      },
    ]);
  });

  test('Hireology: a whole board with its pay', async () => {
    const report = await read('hireology', 'hireology/or_careers_anonymised.json');
    expect(report).toMatchObject({ marker: 'board', total: 2, complete: true });
    expect(report.postings).toEqual([
      {
        key: '2561400',
        title: 'Caregiver',
        company: 'Acme Home Care',
        places: ['Evansville IN US'],
        pay: '15-16 USD/hour',
        employment: 'full_time',
        posted: '2025-10-22T15:01:42.316Z',
        closes: null,
      },
      {
        key: '2782684',
        title: 'General Manager',
        company: 'Acme Home Care',
        places: ['Evansville IN US'],
        pay: '70000-75000 USD/year',
        employment: 'full_time',
        posted: '2026-05-08T18:26:00.865Z',
        closes: null,
      },
    ]);
  });
});
