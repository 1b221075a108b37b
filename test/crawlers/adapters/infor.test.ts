import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/infor.ts';
import { readPlaces } from '../../../src/posting/places.ts';
import { altered, answer, FETCHED_AT, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'css-fernvale-prd.inforcloudsuite.com', board: 'EXTERNAL', org: '100' };
const jobs = 'https://css-fernvale-prd.inforcloudsuite.com/hcm/Jobs';
const list = await fixture('infor', 'list.json');
const detail = await fixture('infor', 'detail.json');

/** The list, with other words about its pages. */
const paged = (hasNext: unknown, nextPageUrl?: unknown) =>
  altered('infor', 'list.json', page => {
    page.dataViewSet.pagingInfo = { hasNext };
    page.dataViewSet.pagingUrls = { nextPageUrl };
  });

describe('infor', () => {
  test('asks for a page of 500 of one board of one organization', () => {
    expect(adapter.start(target)[0]?.url).toBe(
      `${jobs}/list/JobPosting.SearchForJobsResults?pageop=load&pagesize=500&pagepanel=JobsHomePage.Jobs.Jobs&csk.JobBoard=EXTERNAL&csk.HROrganization=100`,
    );
  });

  test('reads stubs out of wrapped values, with their records in the addresses', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 5, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '40870',
      title: 'Utilization Review Nurse',
      department: 'Care Management',
      requisition: '40870',
      employment: ['PT NO BEN'],
      posted: { value: '20261103', from: 'PostingDateRange_prd_Begin' },
      closes: null,
      url: `${jobs}/navigation/JobPosting%5BJobPostingSet%5D%28100%2C40870%2C2%29.JobPostingDisplayNav?csk.JobBoard=EXTERNAL&csk.HROrganization=100`,
      detail: {
        key: '40870',
        url: `${jobs}/form/JobPosting%5BJobPostingSet%5D%28100%2C40870%2C2%29.JobPostingDisplay?pageop=load&pagesize=1&dependentForm=true&csk.JobBoard=EXTERNAL&csk.HROrganization=100`,
      },
    });
    expect(reading.postings[1]?.closes).toEqual({ value: '20261231', from: 'PostingDateRange_prd_End' });
  });

  test('makes one posting of a requisition that is posted twice, with the places of both', () => {
    const [first] = readList(adapter, target, list).postings;
    expect(first?.places).toEqual([{ raw: 'US:NE:Norfolk' }, { raw: 'US:NE:Wayne' }]);
  });

  test('finds town and state in colons, in a street without commas, and behind the name of a hospital', () => {
    const places = readList(adapter, target, list).postings.map(posting => readPlaces(posting.places)[0] ?? null);
    expect(places).toEqual([
      { raw: 'US:NE:Norfolk', city: 'Norfolk', region: 'NE', country: 'US' },
      { raw: '400 N MARKET STREET RD JOHNSON CITY TN', city: 'Johnson City', region: 'TN', country: 'US' },
      { raw: 'WI:Wausau:54401:333 PINE BLVD', city: 'Wausau', region: 'WI', country: 'US' },
      { raw: '28 Crescent St. Middletown, CT', city: 'Middletown', region: 'CT', country: 'US' },
      null,
    ]);
  });

  test.each([
    ['LRH Medical Center:Lakeland:FL', 'Lakeland FL'],
    ['Butner:NC:27509', 'Butner NC'],
    ['US:Florida:Largo:HomeCare Largo', 'Largo FL'],
    ['100 15TH ST NW NORTON VA', 'Norton VA'],
    ['1990 HOLTON AVE BIG STONE GAP VA', 'Big Stone Gap VA'],
    ['12 SOME STREET NOWHERETON VA', ' VA'],
    ['Tampa:St Josephs', 'Tampa FL'],
    ['All Locations', ' '],
  ])('reads the place %s', async (words, expected) => {
    const body = await altered('infor', 'list.json', page => {
      page.dataViewSet.data = [page.dataViewSet.data[3]];
      const { fields } = page.dataViewSet.data[0];
      fields.LocationOfJobDescriptionForSort.value = words;
      delete fields.LocationOfJob;
    });
    const [place] = readPlaces(only(readList(adapter, target, body)).places);
    expect(`${place?.city ?? ''} ${place?.region ?? ''}`).toBe(expected);
  });

  test('follows the next page as it is named, on the own host only, and only while there is one', async () => {
    const next = 'https://CSS-FERNVALE-PRD.INFORCLOUDSUITE.COM:443/hcm/Jobs/list/JobPosting.SearchForJobsResults?pageop=next&fk=A%28&lk=B';
    const reading = readList(adapter, target, await paged(true, next));
    expect(reading).toMatchObject({ shortfall: null, follow: [{ kind: 'list', note: { page: 2 } }] });
    expect(reading.follow[0]?.url).toBe(`${jobs}/list/JobPosting.SearchForJobsResults?pageop=next&fk=A%28&lk=B`);
    const last = adapter.read(
      answer(reading.follow[0] as PageRequest, '{"dataViewSet":{"data":[],"pagingInfo":{"hasNext":false}}}'),
      target,
    );
    expect(last).toMatchObject({ marker: 'unknown', follow: [], why: 'page 2 of the list shows no postings' });
    for (const elsewhere of ['https://elsewhere.example/hcm/Jobs/list/x', `${jobs}/form/x`, 'javascript:1', null, undefined]) {
      const lost = readList(adapter, target, await paged(true, elsewhere));
      expect(lost, String(elsewhere)).toMatchObject({ marker: 'board', follow: [] });
      expect(lost.shortfall).toContain('another page');
    }
    expect(readList(adapter, target, await paged(undefined)).shortfall).toContain('does not say whether');
  });

  test('does not take nothing listed for an empty board, since an unknown one may answer so', () => {
    expect(readList(adapter, target, '{"dataViewSet":{"data":[],"pagingInfo":{"hasNext":false}},"status":"COMPLETED"}').marker).toBe(
      'unknown',
    );
  });

  test("takes no row of another organization, and nothing of an answer that is another organization's", async () => {
    const body = await altered('infor', 'list.json', page => {
      page.dataViewSet.data[3].resourceId = 'JobPosting[JobPostingSet](200,40335,1)';
      page.dataViewSet.data[4].resourceId = 'Something(100,1)';
    });
    const reading = readList(adapter, target, body);
    expect(reading.shortfall).toBe('2 of 6 rows could not be read');
    expect(reading.postings.map(({ key }) => key)).toEqual(['40870', '40699', '40337']);
    expect(readList(adapter, { ...target, org: '200' }, list).why).toContain('another board');
    expect(readDetail(adapter, { ...target, org: '200' }, detail).why).toContain('another board');
  });

  test('reads a detail: text, pay, and employment and category in words', () => {
    expect(only(readDetail(adapter, target, detail, { key: '40870' }))).toMatchObject({
      key: '40870',
      title: 'Utilization Review Nurse',
      department: 'Care Management',
      places: [{ raw: 'US:NE:Norfolk' }],
      pay: '31.05 - 44.80 USD per hour',
      employment: ['Part Time No Benefits'],
      posted: { value: '20261103', from: 'PostingDateRange_prd_Begin' },
      closes: null,
      body: [{ html: expect.stringContaining('Reviews admissions') }],
    });
    expect(readDetail(adapter, target, detail, { key: '9' }).marker).toBe('unknown');
  });

  test('leaves the places to the list where it has some, since it has those of every posting of the requisition', () => {
    const [first] = readList(adapter, target, list).postings;
    expect(only(readDetail(adapter, target, detail, first?.detail)).places).toEqual([]);
  });

  test.each(['0 - 0', '0 - 0  per hour', '0.00 - 0.00 USD'])('says no pay for %s', async nothing => {
    const body = await altered('infor', 'detail.json', form => {
      form.fields._op_FormattedSalaryRangeAmountWithCurrencyCodeAndPayRate_spc_translation_cp_.value = nothing;
    });
    expect(only(readDetail(adapter, target, body)).pay).toBeNull();
  });

  test('says "gone" for a record that does not exist and for one whose last day is over everywhere', async () => {
    expect(readDetail(adapter, target, await fixture('infor', 'gone.json')).marker).toBe('gone');
    const until = (day: string) =>
      altered('infor', 'detail.json', form => {
        form.fields.PostingDateRange_prd_End.value = day;
      });
    expect(FETCHED_AT).toContain('2026-11-22T03');
    expect(readDetail(adapter, target, await until('20261120')).marker).toBe('gone');
    // Still the 21st in Honolulu.
    expect(readDetail(adapter, target, await until('20261121')).marker).toBe('board');
    expect(readDetail(adapter, target, '{"status":"FAILED","fields":{}}').marker).toBe('unknown');
  });

  test.each([
    ['https://css-fernvale-prd.inforcloudsuite.com/hcm/Jobs/page/JobsHomePage', null],
    ['https://css-fernvale-prd.inforcloudsuite.com/hcm/Jobs/page/JobsHomePage?csk.JobBoard=EXTERNAL', null],
    ['https://css-fernvale-prd.inforcloudsuite.com/hcm/Employee/home?csk.JobBoard=EXTERNAL&csk.HROrganization=100', null],
    ['https://www.infor.com/hcm/Jobs?csk.JobBoard=EXTERNAL&csk.HROrganization=100', null],
    [
      `${jobs}/form/JobPosting%5BJobPostingSet%5D%28100,377,2%29.JobPostingDisplay?pagesize=1&csk.JobBoard=EXTERNAL&csk.HROrganization=100`,
      target,
    ],
    [adapter.start(target)[0]?.url ?? '', target],
  ])('recognises %s', (url, expected) => {
    expect(adapter.recognise(new URL(url))).toEqual(expected);
  });
});
