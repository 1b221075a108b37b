import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/avature.ts';
import { fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'lakeshore.avature.net', portal: 'careers' };
const localized = { host: 'lakeshore.avature.net', portal: 'en_US/careers' };
const list = await fixture('avature', 'list.html');
const fields = await fixture('avature', 'list-fields.html');
const detail = await fixture('avature', 'detail.html');
const empty = await fixture('avature', 'empty.html');

describe('avature', () => {
  test('reads rows by their headings, with place, date where one is shown, and a page each without its parameters', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '20873',
        title: 'Utilization Review Therapist & Educator',
        places: [{ raw: 'Duluth, Minnesota, United States of America' }],
        posted: null,
        detail: { kind: 'detail', url: 'https://lakeshore.avature.net/careers/JobDetail/Utilization-Review-Therapist/20873', key: '20873' },
      },
      { key: '20900', title: 'Home Safety Assessor' },
      {
        key: '20911',
        title: 'Clinical Liaison',
        posted: { value: '12-Nov-2026', from: 'Posted' },
        url: 'https://lakeshore.avature.net/careers/JobDetail/20911',
      },
    ]);
  });

  test('reads a theme that marks department and places by icons, and follows its next page', async () => {
    const reading = readList(adapter, { ...target, portal: 'en_US/main' }, await fixture('avature', 'list-icons.html'));
    expect(reading).toMatchObject({ marker: 'board', total: 8, rows: 1, shortfall: null });
    expect(reading.postings).toMatchObject([
      { title: 'Rehab Informatics Analyst', department: 'Informatics', places: [{ raw: 'Duluth' }, { raw: 'Remote' }] },
    ]);
    expect(reading.follow).toEqual([
      { kind: 'list', url: 'https://lakeshore.avature.net/en_US/main/SearchJobs/?jobRecordsPerPage=1&jobOffset=1' },
    ]);
  });

  test('reads a theme with labelled fields; "999+ results" is no total, so that nothing counts as gone', () => {
    const reading = readList(adapter, localized, fields);
    expect(reading).toMatchObject({ marker: 'board', total: null, shortfall: expect.stringContaining('does not say how many') });
    expect(reading.postings).toMatchObject([{ title: 'Case Manager', requisition: '189618', places: [{ raw: 'Duluth, Minnesota' }] }]);
    expect(readList(adapter, localized, fields.replace('999+', '1,048')).total).toBe(1048);
  });

  test('follows no next page that belongs to another portal', () => {
    const elsewhere = fields.replace('en_US/careers/SearchJobs/?', 'en_US/campus/SearchJobs/?');
    expect(readList(adapter, localized, elsewhere).follow).toEqual([]);
  });

  test('names a row without a title, and takes none of another portal', () => {
    const untitled = readList(adapter, target, list.replace('Home Safety Assessor', ''));
    expect(untitled).toMatchObject({ marker: 'board', rows: 3, shortfall: '1 of 3 rows could not be read' });
    const mixed = readList(adapter, target, list.replaceAll('/careers/JobDetail/Home', '/campus/JobDetail/Home'));
    expect(mixed.postings.map(({ key }) => key)).toEqual(['20873', '20911']);
  });

  test('says "empty" when the portal itself counts no results, on a page that is whole', () => {
    expect(readList(adapter, target, empty)).toMatchObject({ marker: 'empty', total: 0 });
    expect(readList(adapter, target, empty.replace('aria-label="0 results"', '')).marker).toBe('unknown');
    expect(readList(adapter, target, empty.replace(/<\/body>[\s\S]*/, '')).marker).toBe('unknown');
    expect(readList(adapter, target, empty.replace(/<link[^>]*>/, '')).marker).toBe('unknown');
  });

  test('takes 202 for a challenge, and an error page for a posting that is gone', () => {
    expect(readList(adapter, target, '', { status: 202 }).marker).toBe('challenge');
    const led = (location: string) => readDetail(adapter, target, '', {}, { status: 302, headers: { location } }).marker;
    expect(led('/careers/Error')).toBe('gone');
    const followed = { url: 'https://lakeshore.avature.net/careers/Error?jobId=1' };
    expect(readDetail(adapter, target, '<html><title>Error</title></html>', {}, followed).marker).toBe('gone');
    expect(led('https://lakeshore.avature.net/careers/Login')).toBe('unknown');
    expect(readDetail(adapter, target, 'Page not found', {}, { status: 404 }).marker).toBe('gone');
  });

  test('reads a posting page: facts by their labels, texts in their order under the heading of their article', () => {
    const posting = only(readDetail(adapter, target, detail, { key: '20873' }));
    expect(posting).toMatchObject({
      key: '20873',
      title: 'Utilization Review Therapist & Educator',
      department: 'Care Management',
      requisition: '10052667',
      places: [{ raw: 'Duluth' }],
    });
    expect(posting.body).toEqual([
      { heading: 'Description & Requirements', html: '<div>You review plans of care.</div><ul><li>Licensed OT, PT or SLP</li></ul>' },
      { text: 'Discover what makes us unique.' },
    ]);
  });

  test('reads company, several places, employment and pay where a portal has fields for them', async () => {
    const posting = only(readDetail(adapter, localized, await fixture('avature', 'detail-fields.html'), { key: '189618' }));
    expect(posting).toMatchObject({
      company: 'Lakeshore Home Care',
      department: 'Care & Case Management',
      requisition: '189618',
      places: [{ raw: 'Duluth, Minnesota' }, { raw: 'Superior, Wisconsin' }],
      employment: ['Full Time'],
      pay: '$71,000 - $88,000 per year',
      body: [{ heading: 'What you bring', html: '<p>A license as an <b>OT</b>.</p>' }],
    });
  });

  test('takes no posting that is open until the position is filled for a closed one', () => {
    const open = detail.replace('Discover what makes us unique.', 'Open until the position is filled.');
    expect(readDetail(adapter, target, open, { key: '20873' }).marker).toBe('board');
  });

  test("refuses another posting's page and another portal's", () => {
    expect(readDetail(adapter, target, detail, { key: '20900' }).marker).toBe('unknown');
    expect(readDetail(adapter, { ...target, portal: 'campus' }, detail, { key: '20873' })).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('another board'),
    });
  });

  test('takes the languages of a portal for one board', () => {
    expect(readList(adapter, localized, list)).toMatchObject({ marker: 'board', rows: 3 });
  });

  test.each([
    ['https://acme.avature.net/careers/Login?jobId=12', 'acme.avature.net careers'],
    ['https://acme.avature.net/en_US/careers', 'acme.avature.net en_US/careers'],
    ['https://acme.avature.net/careers/JobDetail/14016?utm_source=x', 'acme.avature.net careers'],
    ['https://careers.acme.example/en_US/jobs/SearchJobs', 'careers.acme.example en_US/jobs'],
    ['https://acme.avature.net/', null],
    ['https://acme.avature.net/en_US', null],
    ['https://acme.avature.net/_linkedinApiv2?action=INIT', null],
    ['https://www.avature.net/solutions', null],
    ['https://careers.acme.example/jobs', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.portal}`).toBe(expected);
  });
});
