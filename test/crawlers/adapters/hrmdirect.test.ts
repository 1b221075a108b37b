import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/hrmdirect.ts';
import { fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'larkspur' };
const feed = await fixture('hrmdirect', 'feed.xml');
const table = await fixture('hrmdirect', 'table.html');
const detail = await fixture('hrmdirect', 'detail.html');

describe('hrmdirect', () => {
  test('keeps one posting for the rows of one requisition, with every place', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toHaveLength(2);
    expect(reading.postings[0]).toMatchObject({
      key: '4410021',
      title: 'Physical Therapist & Clinic Lead',
      company: 'Larkspur Rehab',
      department: 'Outpatient',
      requisition: '118',
      applyUrl: 'https://apply.hrmdirect.com/resumedirect/ApplyOnline/Apply.aspx?req_id=4410021&source=4410021-CJB-0',
      places: [
        { raw: 'Yakima, WA, UNITED STATES', city: 'Yakima', region: 'WA', country: 'UNITED STATES' },
        { raw: 'Ellensburg, WA, UNITED STATES', city: 'Ellensburg', region: 'WA', country: 'UNITED STATES' },
      ],
      url: 'https://larkspur.hrmdirect.com/employment/job-opening.php?req=4410021',
      detail: { kind: 'detail', key: '4410021', url: 'https://larkspur.hrmdirect.com/employment/job-opening.php?req=4410021' },
    });
  });

  test('keeps the day of a date and not its clock, whose zone is wrong', () => {
    expect(readList(adapter, target, feed).postings.map(posting => posting.posted)).toEqual([
      { value: '02 Nov 2026', from: 'date' },
      { value: '14 Oct 2026', from: 'date' },
    ]);
  });

  test('takes an office named "Remote" for remote work', () => {
    const [onsite, remote] = readList(adapter, target, feed).postings;
    expect(onsite?.workMode).toBeNull();
    expect(remote).toMatchObject({ workMode: 'remote', places: [{ raw: 'UNITED STATES' }] });
  });

  test('counts a row without its number as one that could not be read', () => {
    const broken = feed.replace('<![CDATA[4409977]]>', '');
    expect(readList(adapter, target, broken)).toMatchObject({ rows: 3, shortfall: '1 of 3 rows could not be read' });
  });

  test('never says "empty": no feed without postings has been seen', () => {
    const preamble = '<publisher>HRM Direct</publisher><publisherurl>http:www.hrmdirect.com</publisherurl>';
    expect(readList(adapter, target, `<?xml version="1.0"?><source>${preamble}</source>`).marker).toBe('unknown');
    expect(readList(adapter, target, `<?xml version="1.0"?><source>${preamble}<error>busy</error></source>`).marker).toBe('unknown');
    expect(readList(adapter, target, '<?xml version="1.0"?><source></source>').marker).toBe('unknown');
    expect(readList(adapter, target, '<?xml version="1.0"?><jobs/>').why).toContain('another kind');
  });

  test('refuses the feed of another employer', () => {
    expect(readList(adapter, { company: 'other' }, feed)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('reads the page people see, and never takes it for the whole board', () => {
    const reading = readList(adapter, target, table);
    expect(reading).toMatchObject({ marker: 'board', shortfall: 'the page of a board may show a part of it only' });
    expect(reading.postings).toMatchObject([
      {
        key: '4410021',
        title: 'Physical Therapist & Clinic Lead',
        company: 'Larkspur Rehab',
        department: 'Outpatient',
        places: [{ raw: 'Yakima, WA' }, { raw: 'Ellensburg, WA' }],
        posted: { value: '11/02/2026', from: 'date' },
      },
    ]);
    expect(readList(adapter, target, table.slice(0, table.indexOf('Ellensburg'))).shortfall).toContain('cut off');
  });

  test("reads a posting's page: the whole text, pay, number and kind of employment", () => {
    const posting = only(readDetail(adapter, target, detail, { key: '4410021', note: { placed: true } }));
    expect(posting).toMatchObject({
      key: '4410021',
      title: 'Physical Therapist & Clinic Lead',
      department: 'Outpatient',
      requisition: 'PT-118',
      pay: '$39.50 - $47.00 Per Hour',
      employment: ['Full Time'],
      places: [],
      body: [{ html: '<p>Lead our clinic in the valley and treat patients of all ages.</p><div><p>Washington license.</p></div>' }],
    });
  });

  test("takes the place from a posting's page where the list told none, and no pay out of zeros", () => {
    const zero = detail.replace('$39.50 - $47.00 Per Hour', '$0 - $0');
    const posting = only(readDetail(adapter, target, zero, { key: '4410021', note: { placed: false } }));
    expect(posting).toMatchObject({ places: [{ raw: 'Yakima, WA' }], pay: null });
  });

  test('says "gone" for a page that says so, and is not sure of one without a posting or of one that is cut', async () => {
    const closed = await fixture('hrmdirect', 'closed.html');
    expect(readDetail(adapter, target, closed).marker).toBe('gone');
    expect(readDetail(adapter, target, closed.replace('does not exist', '')).marker).toBe('unknown');
    expect(readDetail(adapter, target, detail.slice(0, detail.indexOf('Washington license'))).marker).toBe('unknown');
  });

  test('says "gone" for an unknown tenant', () => {
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
  });

  test.each([
    ['https://Larkspur.hrmdirect.com/employment/', 'larkspur'],
    ['https://larkspur.clearcompany.com/careers/jobs/6d9f1c20-84ab-4e07-b3c5-1f7a2d905e11/apply', 'larkspur'],
    ['https://careers-page.clearcompany.com/jobs/Larkspur', 'larkspur'],
    ['https://apply.hrmdirect.com/resumedirect/', null],
    ['https://careers-page.clearcompany.com/', null],
    ['https://www.clearcompany.com/careers/', null],
    ['https://larkspur.clearcompany.com/login', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
