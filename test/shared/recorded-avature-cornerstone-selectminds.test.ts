import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { shared } from './shared.ts';

const dir = shared('boards/recordings-3', 'manifest.json');
const read = (system: string, file: string, options: Parameters<typeof readSaved>[2]) => readSaved(system, `${dir}/${file}`, options);

const BLOOMBERG = 'https://bloomberg.avature.net/careers';
const KOCH = 'https://koch.avature.net/en_US/careers';

/** What a person reads on each recorded list of Avature: its address, total, keys with titles, the first places, and whether more pages follow. */
const AVATURE_LISTS: {
  file: string;
  url: string;
  total: number | null;
  titles: [key: string, title: string][];
  places: string[];
  next: string;
}[] = [
  {
    file: 'om_search_rsp.html',
    url: `${BLOOMBERG}/SearchJobs/`,
    total: 436,
    titles: [
      ['20873', 'Enterprise Services - FXGO Tradedesk, Client Services Specialist - Singapore'],
      ['20900', 'Control Management Specialist, Sustainable Finance Products - 6 Month Contract'],
      ['20901', 'Vendor Manager - Japan Supply Chain'],
      ['20904', 'Bloomberg Intelligence MENA/GCC Fixed Income Research Strategist'],
      ['20906', 'Technical Product Manager - ASKB Application Framework - CTO Office'],
      ['20907', 'Technical Product Manager - Web Platform & Frameworks - CTO Office'],
      ['20908', 'Technical Product Manager- AI Ready Data'],
      ['20911', 'Senior Data Management Professional - Workflow Optimization - Private Credit'],
      ['20878', 'Senior Software Engineer - DataLayer Experience'],
      ['20892', 'Senior Data Management Professional - Data Product Owner - Entities'],
      ['20894', 'Senior Financial Specialist, Regulated Entities - Finance & Administration'],
      ['20895', 'Senior Data Management Professional - Data Product Owner - Entities'],
    ],
    places: ['Singapore, Singapore', 'New York, New York, United States of America', 'Tokyo, Japan', 'Dubai, Dubai, United Arab Emirates'],
    next: `${BLOOMBERG}/SearchJobs/?jobRecordsPerPage=12&jobOffset=12`,
  },
  {
    file: 'om_search_offset_rsp.html',
    url: `${BLOOMBERG}/SearchJobs/?jobOffset=12`,
    total: 436,
    titles: [
      ['20826', 'Asia Photo Editing Team Leader - Hong Kong'],
      ['20851', 'Human Resources – Senior Benefits Specialist – LATAM'],
      ['20855', 'Electronic Communications Surveillance Analyst'],
      ['20858', 'Senior Software Engineer - Client Compliance Eligibility'],
      ['20865', 'Talent Acquisition Coordinator - 12 month contract'],
      ['20866', 'Analytics Engineer, Employee Technology Support'],
      ['20797', 'ECM Reporter - Hong Kong'],
      ['20830', 'Video Curator, APAC'],
      ['20831', 'Video Curator, APAC'],
      ['20844', 'Part-Time Booking Producer'],
      ['20845', 'Team Leader - Multi-Asset Index Production'],
      ['20765', 'Product Manager - Corporations Strategy, Enterprise Data'],
    ],
    places: ['Hong Kong, Hong Kong', 'Sao Paulo, São Paulo, Brazil', 'Dublin, Ireland', 'London, United Kingdom'],
    next: `${BLOOMBERG}/SearchJobs/?jobRecordsPerPage=12&jobOffset=24`,
  },
  {
    file: 'om_search_filtered_rsp.html',
    url: `${BLOOMBERG}/SearchJobs/?search=engineer`,
    total: 281,
    titles: [
      ['18312', 'Senior Software Engineer - Integration'],
      ['18344', 'Senior AI Platforms Full-Stack Engineer'],
      ['19866', 'Senior Machine Learning Engineer - Search AI, BLAW/BTAX/BGOV'],
      ['17984', 'Senior Software Engineer - Artificial Intelligence'],
      ['18255', 'Senior ML Platform Engineer - Artificial Intelligence'],
      ['20529', 'Senior Software Engineer - Bloomberg Product Identifier Repository'],
      ['20608', 'Senior Software Engineer - Network Production Engineering'],
      ['18334', 'Senior Software Engineer - Analytics Registry & Notification'],
      ['19736', 'Senior Software Engineer - Privilege Platform'],
      ['20772', 'Senior Data Management Professional - Data Engineering - Entities'],
      ['17773', 'Senior Software Engineer / SRE - Application Middleware'],
      ['20224', 'Senior Software Engineer – Data Strategy'],
    ],
    places: ['New York, New York, United States of America'],
    next: `${BLOOMBERG}/SearchJobs/engineer?jobRecordsPerPage=12&jobOffset=12`,
  },
  {
    file: 'om_search_jobs_theme_rsp.html',
    url: 'https://careers.avature.net/en_US/main/SearchJobs',
    total: 27,
    titles: [
      ['9173', 'Analytics Services Analyst, Proficient in English and French'],
      ['7057', 'Backend Software Engineer'],
      ['7055', 'Backend Software Engineer, DevOps'],
      ['8016', 'Cloud Networking Engineer'],
      ['7930', 'Cloud Ops Engineer – Night Shift'],
      ['8257', 'Cloud Security Engineer'],
    ],
    places: ['Argentina', 'Argentina', 'Argentina', 'Argentina', 'Argentina', 'Argentina'],
    next: 'https://careers.avature.net/en_US/main/SearchJobs/?jobRecordsPerPage=6&jobOffset=6',
  },
  {
    file: 'om_search_no_legend_rsp.html',
    url: `${KOCH}/SearchJobs`,
    total: null,
    titles: [
      ['189618', 'Electrical Engineering Internship - Summer 2027 - Atlanta, GA'],
      ['189626', 'Software Engineer'],
      ['190156', 'Stamping Simulation Engineer'],
      ['190244', 'Engineer,Test III'],
      ['190396', 'Sr. Signal Integrity Engineer'],
      ['190599', 'Account Manager- John Deere'],
    ],
    places: ['Atlanta, Georgia', 'Shanghai, Shanghai'],
    next: `${KOCH}/SearchJobs/?jobRecordsPerPage=6&jobOffset=6`,
  },
];

describe.skipIf(!dir)('recorded answers', () => {
  test.each(AVATURE_LISTS)(
    'avature/$file: every row, its place, the total and the next page',
    async ({ file, url, total, titles, places, next }) => {
      const report = await read('avature', `avature/${file}`, { kind: 'list', url });
      expect(report).toMatchObject({ marker: 'board', total, complete: false, follow: [{ method: 'GET', url: next }] });
      expect(report.postings.map(({ key, title }) => [key, title])).toEqual(titles);
      expect(report.postings.slice(0, places.length).map(posting => posting.places.map(({ raw }) => raw))).toEqual(
        places.map(raw => [raw]),
      );
    },
  );

  test('avature: departments and numbers of the themes that show them', async () => {
    const icons = await read('avature', 'avature/om_search_jobs_theme_rsp.html', {
      url: 'https://careers.avature.net/en_US/main/SearchJobs',
    });
    expect(icons.postings.map(({ department }) => department)).toEqual([
      'DBA, Data and Analytics',
      'Development',
      'Development, Cloud Services',
      'Cloud Services',
      'Cloud Services',
      'Cloud Services',
    ]);
    const fields = await read('avature', 'avature/om_search_no_legend_rsp.html', { url: `${KOCH}/SearchJobs` });
    expect(fields.postings.every(({ key, requisition }) => key === requisition)).toBe(true);
  });

  test('avature: a search that finds nothing says so, and a posting that is not there is gone', async () => {
    const url = `${BLOOMBERG}/SearchJobs/`;
    expect(await read('avature', 'avature/om_search_no_results_rsp.html', { kind: 'list', url })).toMatchObject({
      marker: 'empty',
      total: 0,
    });
    const gone = { kind: 'detail', url: `${BLOOMBERG}/Error`, status: '404' };
    expect((await read('avature', 'avature/om_job_detail_not_found_rsp.html', gone)).marker).toBe('gone');
  });

  test('avature: posting pages with their labelled facts and their whole text', async () => {
    const slug = 'JobDetail/Enterprise-Services-FXGO-Tradedesk-Client-Services-Specialist-Singapore/20873';
    const bloomberg = await read('avature', 'avature/om_job_detail_rsp.html', { kind: 'detail', url: `${BLOOMBERG}/${slug}` });
    expect(bloomberg.postings).toMatchObject([
      {
        key: '20873',
        title: 'Enterprise Services - FXGO Tradedesk, Client Services Specialist - Singapore',
        department: 'Sales and Client Service',
        requisition: '10052667',
        places: [{ raw: 'Singapore' }],
        pay: null,
        posted_at: null,
        url: `${BLOOMBERG}/${slug}`,
      },
    ]);
    expect(bloomberg.postings[0]?.text_length).toBeGreaterThan(3000);
    const address = `${KOCH}/JobDetail/Operational-Technology-OT-Security-Engineer/161128`;
    const koch = await read('avature', 'avature/om_job_detail_fields_rsp.html', { kind: 'detail', url: address });
    expect(koch.postings).toMatchObject([
      {
        key: '161128',
        title: 'Operational Technology (OT) Security Engineer',
        company: 'Molex',
        department: 'Information Systems & Technology',
        requisition: '161128',
        places: [{ raw: 'Zhuhai, Guangdong' }],
        pay: null,
        posted_at: null,
      },
    ]);
    expect(koch.postings[0]?.text_length).toBeGreaterThan(1500);
  });

  const JPS = 'https://jpshealthnet.csod.com/ux/ats/careersite/4/home?c=jpshealthnet';

  test('csod: the career site leads to its search', async () => {
    const report = await read('cornerstone', 'csod/or_careersite_home.html', {
      kind: 'list',
      url: 'https://example.csod.com/ux/ats/careersite/1/home?c=example',
    });
    expect(report).toMatchObject({
      marker: 'board',
      postings: [],
      follow: [{ method: 'POST', url: 'https://us.api.csod.com/rec-job-search/external/jobs' }],
    });
  });

  test('csod: both rows of the list, with place and day', async () => {
    const report = await read('cornerstone', 'csod/hs_search.json', { kind: 'list', url: JPS });
    expect(report).toMatchObject({ marker: 'board', total: 2, complete: true });
    expect(report.postings).toMatchObject([
      {
        key: '30565',
        title: 'RN Clinical Mentor - ICU (5+ years of ICU experience preferred)',
        places: [{ raw: 'Fort Worth, TX, US' }],
        posted_at: { value: '2026-09-10' },
        closes_at: null,
        pay: null,
        url: 'https://jpshealthnet.csod.com/ux/ats/careersite/4/home/requisition/30565?c=jpshealthnet',
      },
      {
        key: '30543',
        title: 'RN - Wound Care - Days',
        places: [{ raw: 'Fort Worth, TX, US' }],
        posted_at: { value: '2026-09-10' },
        pay: null,
      },
    ]);
  });

  test('csod: the details of a requisition', async () => {
    const report = await read('cornerstone', 'csod/hs_jobdetails_30638.json', { kind: 'detail', url: JPS });
    expect(report.postings).toMatchObject([
      {
        key: '30638',
        title: 'CT Tech- JPS Main- PRN',
        requisition: '46551',
        places: [{ raw: 'Fort Worth, TX, US' }],
        posted_at: { value: '2026-09-18' },
        pay: null,
        url: 'https://jpshealthnet.csod.com/ux/ats/careersite/4/home/requisition/30638?c=jpshealthnet',
      },
    ]);
    expect(report.postings[0]?.text_length).toBeGreaterThan(350);
  });

  test('selectminds: both cards of the latest jobs', async () => {
    const url = 'https://mainline.referrals.selectminds.com/latest-jobs?page=1';
    const report = await read('selectminds', 'selectminds/hs_latest_jobs_cards.html', { kind: 'list', url });
    expect(report).toMatchObject({ marker: 'board', total: null, complete: false });
    expect(report.postings).toMatchObject([
      {
        key: '29120',
        title: 'System Director, Real Estate',
        department: null,
        requisition: '82959',
        places: [{ raw: 'Radnor, Pennsylvania, United States' }],
        posted_at: null,
        pay: null,
        url: 'https://mainline.referrals.selectminds.com/jobs/system-director-real-estate-29120',
      },
      {
        key: '29106',
        title: 'Lab Assistant, Outreach',
        department: 'Laboratory',
        requisition: '78981',
        places: [{ raw: 'Wynnewood, Pennsylvania, United States' }],
        posted_at: null,
      },
    ]);
  });
});
