import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/oracle.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'maumee.fa.us2.oraclecloud.com', site: 'CX_1' };
const list = await fixture('oracle', 'list.json');
const detail = await fixture('oracle', 'detail.json');

/** A page of `count` requisitions. */
function pageOf(count: number, total: number | undefined, from = 0): string {
  const requisitionList = Array.from({ length: count }, (_, i) => ({ Id: String(from + i), Title: `Job ${from + i}` }));
  return JSON.stringify({ items: [{ TotalJobsCount: total, requisitionList }], count: 1, hasMore: false });
}

describe('oracle', () => {
  test('writes the finder with a semicolon after its name, commas between its pairs, and the list expanded', () => {
    const url = adapter.start(target)[0]?.url ?? '';
    expect(url).toContain('https://maumee.fa.us2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true');
    expect(url).toContain('&finder=findReqs;siteNumber=CX_1,facetsList=LOCATIONS%3BWORK_LOCATIONS%3B');
    expect(url).toContain(',limit=200,sortBy=POSTING_DATES_DESC,offset=0');
    expect(url).toContain('&expand=requisitionList.workLocation,requisitionList.secondaryLocations&');
    expect(URL.canParse(url)).toBe(true);
  });

  test('reads stubs with every place, the work mode code and the dates', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '40117',
      title: 'Clinical Liaison - Inpatient Rehabilitation',
      department: 'Business Development',
      places: [{ raw: 'Toledo, OH, United States' }, { raw: 'Ann Arbor, MI, United States' }, { raw: 'Fort Wayne', country: 'US' }],
      workMode: 'hybrid',
      employment: ['Full time'],
      posted: { value: '2026-11-18', from: 'PostedDate' },
      closes: { value: '2026-12-18', from: 'PostingEndDate' },
      url: 'https://maumee.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/40117',
    });
    expect(reading.postings[1]).toMatchObject({ workMode: 'remote', places: [{ raw: 'United States' }], closes: null });
    expect(reading.postings[0]?.detail?.url).toBe(
      'https://maumee.fa.us2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%2240117%22,siteNumber=CX_1',
    );
  });

  test('takes the work location where no primary one is given', () => {
    expect(readList(adapter, target, list).postings[2]?.places).toEqual([
      { raw: 'Dayton, OH, US', city: 'Dayton', region: 'OH', country: 'US' },
    ]);
  });

  test('pages by the total and the rows received, whatever "hasMore" says', () => {
    const first = readList(adapter, target, pageOf(200, 255));
    expect(first.follow[0]?.url).toContain('offset=200');
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(55, 255, 200)), target);
    expect(second).toMatchObject({ marker: 'board', follow: [], shortfall: null });
    expect(readList(adapter, target, pageOf(150, 255)).follow[0]?.url).toContain('offset=150');
  });

  test('stops at the cap of 10,000, where the total reads 0, and says what is missing', () => {
    const [request] = adapter.start(target);
    const at = (offset: number) => ({ ...(request as PageRequest), note: { offset } });
    const last = adapter.read(answer(at(9_800), pageOf(200, 10_788, 9_800)), target);
    expect(last.follow).toEqual([]);
    expect(last.shortfall).toContain('at most 10000');
    expect(adapter.read(answer(at(10_000), pageOf(0, 0)), target)).toMatchObject({ marker: 'board', total: null, follow: [] });
  });

  test('says "empty" for a total of 0 only, and not for a list that was not expanded', () => {
    expect(readList(adapter, target, pageOf(0, 0)).marker).toBe('empty');
    expect(readList(adapter, target, pageOf(0, 426)).marker).toBe('unknown');
    expect(readList(adapter, target, pageOf(0, undefined)).marker).toBe('unknown');
    expect(readList(adapter, target, '{"items":[],"count":0,"hasMore":false}').marker).toBe('unknown');
  });

  test('names a missing total, also where it says 0 beside postings', () => {
    expect(readList(adapter, target, pageOf(2, undefined)).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, pageOf(2, 0))).toMatchObject({ marker: 'board', total: null });
    expect(readList(adapter, target, pageOf(2, 0)).shortfall).toContain('does not say how many');
  });

  test('joins the body out of its fields in order when the description is empty, without the internal ones', () => {
    const posting = only(readDetail(adapter, target, detail, { key: '40117' }));
    expect(posting.body).toEqual([
      { heading: 'Responsibilities', html: '<ul><li>Assess referred patients at the bedside.</li></ul>' },
      { heading: 'Qualifications', html: '<ul><li>OT, PT or SLP licence in Ohio</li></ul>' },
      { heading: 'About the company', html: '<p>Maumee Valley Rehabilitation runs eleven hospitals.</p>' },
      { heading: 'About the organization', text: 'We are a team of liaisons across two states.' },
    ]);
    expect(posting).toMatchObject({
      posted: { value: '2026-11-18T14:05:11+00:00', from: 'ExternalPostedStartDate' },
      closes: { value: '2026-12-18T23:59:00+00:00', from: 'ExternalPostedEndDate' },
    });
  });

  test('falls back to the short description when nothing else is said', async () => {
    const bare = await altered('oracle', 'detail.json', json => {
      for (const name of Object.keys(json.items[0])) if (name.endsWith('Str')) json.items[0][name] = '';
      json.items[0].ShortDescriptionStr = 'Assess referred patients.';
    });
    expect(only(readDetail(adapter, target, bare)).body).toEqual([{ text: 'Assess referred patients.' }]);
  });

  test('says "gone" for an empty collection of details that names itself', () => {
    const links = [{ rel: 'self', name: 'recruitingCEJobRequisitionDetails', kind: 'collection' }];
    const answered = { items: [], count: 0, hasMore: false, limit: 499, offset: 0, links };
    expect(readDetail(adapter, target, JSON.stringify(answered)).marker).toBe('gone');
  });

  test('does not take any other answer without items for a closed posting, nor one of another posting for this one', () => {
    expect(readDetail(adapter, target, '{"items":[],"count":0}').marker).toBe('unknown');
    expect(readDetail(adapter, target, detail, { key: '9' }).marker).toBe('unknown');
    expect(readDetail(adapter, target, '', {}, { status: 404 }).marker).toBe('gone');
  });

  test("takes the shared pods' 403 and 302 for passing trouble", () => {
    expect(readList(adapter, target, '', { status: 403 }).marker).toBe('challenge');
    expect(readList(adapter, target, '', { status: 302, headers: { location: 'https://login.oracle.com/' } }).marker).toBe('unknown');
  });

  test.each([
    ['https://hckd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1', 'hckd.fa.us2.oraclecloud.com CX_1'],
    ['https://ibwsjb.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1004/job/12', 'ibwsjb.fa.ocs.oraclecloud.com CX_1004'],
    ['https://jobs.acme.example/hcmUI/CandidateExperience/en/sites/jobsearch/requisitions?keyword=ot', 'jobs.acme.example jobsearch'],
    [adapter.start(target)[0]?.url ?? '', 'maumee.fa.us2.oraclecloud.com CX_1'],
    ['https://www.oracle.com/careers/', null],
    ['https://maumee.fa.us2.oraclecloud.com/fscmUI/', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.site}`).toBe(expected);
  });
});
