import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/workday.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'lakefront.wd5.myworkdayjobs.com', tenant: 'lakefront', site: 'External' };
const list = await fixture('workday', 'list.json');
const detail = await fixture('workday', 'detail.json');
const bodyOf = (request: PageRequest | undefined) => JSON.parse(request?.body ?? 'null');

/** A page of `count` distinct rows. */
function pageOf(count: number, over: object = {}, from = 0): string {
  const row = (i: number) => ({
    title: `Job ${i}`,
    externalPath: `/job/Akron-OH/Job-${i}_R${i}`,
    locationsText: 'Akron, OH',
    bulletFields: [`R${i}`],
  });
  return JSON.stringify({ jobPostings: Array.from({ length: count }, (_, i) => row(from + i)), facets: [], ...over });
}

describe('workday', () => {
  test('asks with a POST of twenty rows, since more is answered with 400, and follows no redirect of it', () => {
    const [first] = adapter.start(target);
    expect(first).toMatchObject({
      method: 'POST',
      redirects: 'none',
      url: 'https://lakefront.wd5.myworkdayjobs.com/wday/cxs/lakefront/External/jobs',
    });
    expect(bodyOf(first)).toEqual({ appliedFacets: {}, limit: 20, offset: 0, searchText: '' });
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      origin: 'https://lakefront.wd5.myworkdayjobs.com',
      'accept-language': 'en-US',
    });
  });

  test('reads stubs with their detail requests and the site in the public address', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 4, shortfall: null, follow: [] });
    expect(reading.postings[0]).toMatchObject({
      key: 'R0012345',
      title: 'Utilization Management Therapist',
      requisition: 'R0012345',
      url: 'https://lakefront.wd5.myworkdayjobs.com/External/job/Ohio---Columbus-Metro---Remote/Utilization-Management-Therapist_R0012345',
      detail: {
        kind: 'detail',
        key: 'R0012345',
        url: 'https://lakefront.wd5.myworkdayjobs.com/wday/cxs/lakefront/External/job/Ohio---Columbus-Metro---Remote/Utilization-Management-Therapist_R0012345',
      },
    });
  });

  test("counts a row without title and path, as Workday's own board has, but makes no posting of it", () => {
    const reading = readList(adapter, target, list);
    expect(reading.rows).toBe(4);
    expect(reading.postings).toHaveLength(3);
    expect(readList(adapter, target, '{"total":1,"jobPostings":[{"bulletFields":["R1"]}]}').marker).toBe('unknown');
  });

  test('hands relative dates out raw and leaves a missing one out', () => {
    const [first, second, third] = readList(adapter, target, list).postings;
    expect(first?.posted).toEqual({ value: 'Posted Yesterday', from: 'postedOn' });
    expect(second?.posted).toEqual({ value: 'Posted 30+ Days Ago', from: 'postedOn' });
    expect(third?.posted).toBeNull();
  });

  test('sets the country of a path apart, where the words say no place otherwise', () => {
    const placed = (place: string) => {
      const row = { title: 'Job', externalPath: `/job/${place}/Job_R1`, locationsText: '2 Locations', bulletFields: ['R1'] };
      return only(readList(adapter, target, JSON.stringify({ total: 1, jobPostings: [row] }))).places;
    };
    expect(placed('Israel-Tel-Aviv')).toEqual([{ raw: 'Israel, Tel Aviv' }]);
    expect(placed('United-Kingdom-Reading')).toEqual([{ raw: 'United Kingdom, Reading' }]);
    expect(placed('US-CA-Santa-Clara')).toEqual([{ raw: 'US CA Santa Clara' }]);
    expect(placed('Lebanon-NH')).toEqual([{ raw: 'Lebanon NH' }]);
    expect(placed('Mexico-City')).toEqual([{ raw: 'Mexico City' }]);
    expect(placed('Main-Campus')).toEqual([{ raw: 'Main Campus' }]);
  });

  test('reads the place out of the path where the row says "3 Locations"', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.places).toEqual([{ raw: 'Ohio - Columbus Metro - Remote' }]);
    expect(second?.places).toEqual([{ raw: 'Dayton, OH' }]);
  });

  test('keeps the posting suffix of a requisition in the key and finds the requisition among the bullets', () => {
    const second = readList(adapter, target, list).postings[1];
    expect(second).toMatchObject({ key: 'R0012346-1', requisition: 'R0012346' });
  });

  test('remembers the total of the first page, which later pages answer with 0', () => {
    const first = readList(adapter, target, pageOf(20, { total: 45 }));
    expect(first.total).toBe(45);
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(20, { total: 0 }, 20)), target);
    expect(second).toMatchObject({ marker: 'board', total: null, shortfall: null });
    expect(bodyOf(second.follow[0]).offset).toBe(40);
    const third = adapter.read(answer(second.follow[0] as PageRequest, pageOf(5, { total: 0 }, 40)), target);
    expect(third.follow).toEqual([]);
    expect(adapter.read(answer(second.follow[0] as PageRequest, '{"total":0,"jobPostings":[]}'), target)).toMatchObject({
      marker: 'board',
      follow: [],
    });
  });

  test('splits a board above the cap of 2000 by a facet whose values fit under it', () => {
    const values = Array.from({ length: 5 }, (_, i) => ({ descriptor: `Group ${i}`, id: `g${i}`, count: 900 }));
    const facets = [
      {
        facetParameter: 'timeType',
        values: [
          { id: 'full', count: 5000 },
          { id: 'part', count: 100 },
        ],
      },
      { facetParameter: 'groups', values: [{ facetParameter: 'jobFamilyGroup', values }] },
    ];
    const capped = readList(adapter, target, pageOf(20, { total: 2000, facets }));
    expect(capped).toMatchObject({ total: 2000, split: true, shortfall: null });
    expect(capped.follow.map(request => bodyOf(request).appliedFacets)).toEqual([
      { jobFamilyGroup: ['g0', 'g1'] },
      { jobFamilyGroup: ['g2', 'g3'] },
      { jobFamilyGroup: ['g4'] },
    ]);
    const part = adapter.read(answer(capped.follow[0] as PageRequest, pageOf(20, { total: 1800 }, 100)), target);
    expect(part).toMatchObject({ total: 1800, split: false });
    expect(bodyOf(part.follow[0])).toMatchObject({ offset: 20, appliedFacets: { jobFamilyGroup: ['g0', 'g1'] } });
  });

  test('pages on under the cap when no facet can split the board, and names the cap as a shortfall', () => {
    const capped = readList(adapter, target, pageOf(20, { total: 2000 }));
    expect(capped.shortfall).toContain('2000');
    expect(bodyOf(capped.follow[0]).offset).toBe(20);
  });

  test('does not page on blindly without a total, and says that the listing is not proven whole', () => {
    const reading = readList(adapter, target, pageOf(20));
    expect(reading.shortfall).toContain('does not say how many');
    expect(reading.follow).toHaveLength(1);
    expect(readList(adapter, target, pageOf(7)).follow).toEqual([]);
  });

  test('says "empty" only for a total of 0 on the first page', () => {
    expect(readList(adapter, target, '{"total":0,"jobPostings":[],"facets":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"total":31,"jobPostings":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobPostings":[]}').marker).toBe('unknown');
  });

  test('reads a detail: every place, the start date, closing date and the entity without its number', () => {
    const posting = only(readDetail(adapter, target, detail));
    expect(posting).toMatchObject({
      key: 'R0012345',
      company: 'Lakefront Health LLC',
      places: [{ raw: 'USA - Ohio - Columbus' }, { raw: 'USA - Ohio - Dayton' }, { raw: 'USA - Kentucky - Covington' }],
      workMode: 'remote',
      employment: ['Full time'],
      posted: { value: '2026-11-20', from: 'startDate' },
      closes: { value: '2027-01-09', from: 'endDate' },
    });
    expect(posting.body?.[0]?.html).toContain('Pay: $34.00');
  });

  test.each(['US04 Lakefront Holdings Inc.', 'USA Lakefront Company', 'US Lakefront Company'])(
    'names no employer where the entity is told by a code of its country: %s',
    async name => {
      const coded = await altered('workday', 'detail.json', answer => {
        answer.hiringOrganization.name = name;
      });
      expect(only(readDetail(adapter, target, coded)).company).toBeNull();
    },
  );

  test('says "gone" for a 404, for a 403 with code S22 and for a 200 that takes no applications', async () => {
    expect(readDetail(adapter, target, '{}', {}, { status: 404 }).marker).toBe('gone');
    expect(readDetail(adapter, target, await fixture('workday', 'withdrawn.json'), {}, { status: 403 }).marker).toBe('gone');
    for (const field of ['posted', 'canApply']) {
      const closed = await altered('workday', 'detail.json', json => {
        json.jobPostingInfo[field] = false;
      });
      expect(readDetail(adapter, target, closed).marker).toBe('gone');
    }
  });

  test('says "challenge" for any other 403, and for a 403 with that code on the list', async () => {
    expect(readDetail(adapter, target, '{"message":"no"}', {}, { status: 403 }).marker).toBe('challenge');
    expect(readList(adapter, target, await fixture('workday', 'withdrawn.json'), { status: 403 }).marker).toBe('challenge');
  });

  test('takes a 200 without the posting, or with HTML, as a sick edge: never as gone', () => {
    expect(readDetail(adapter, target, '{"userAuthenticated":false}').marker).toBe('unknown');
    expect(readDetail(adapter, target, '<html><body>Workday is currently unavailable.</body></html>').marker).toBe('unknown');
    expect(
      readList(adapter, target, '', { status: 303, headers: { location: 'https://community.workday.com/maintenance-page' } }).marker,
    ).toBe('unknown');
  });

  test('asks about a posting the list did not show where the interface tells it, by its public address', () => {
    const [stub] = readList(adapter, target, list).postings;
    const { key = '', url = '' } = stub ?? {};
    expect(adapter.detailOf?.({ key, url }, target)).toEqual(stub?.detail);
    expect(adapter.detailOf?.({ key, url: 'https://careers.lakefront.example/jobs/1' }, target)).toBeNull();
  });

  test('reads the site, and a tenant that is not the host, out of the settings of a page', () => {
    const url = new URL('https://lakefront.wd5.myworkdayjobs.com/');
    const page = (tenant: string, site: string) =>
      `<html><script>\n window.workday = window.workday || {\n tenant: "${tenant}",\n siteId: "${site}",\n locale: "en-US" };</script></html>`;
    expect(adapter.named?.(page('lakefront1', 'External'), url)).toEqual({ ...target, tenant: 'lakefront1' });
    expect(adapter.named?.(page('lakefront', 'en-us'), url)).toBeNull();
    expect(adapter.named?.(page('lakefront', 'External'), new URL('https://www.acme.example/'))).toBeNull();
    expect(adapter.named?.('<html>tenant: "a", siteId: "b"</html>', url)).toBeNull();
  });

  test.each([
    ['https://lakefront.wd5.myworkdayjobs.com/en-us', 'https://lakefront.wd5.myworkdayjobs.com/'],
    ['https://lakefront.wd5.myworkdayjobs.com/fr-FR/', 'https://lakefront.wd5.myworkdayjobs.com/'],
    ['https://lakefront.wd5.myworkdayjobs.com/', 'https://lakefront.wd5.myworkdayjobs.com/'],
    ['https://lakefront.wd5.myworkdayjobs.com/External', null],
    ['https://wd5.myworkdaysite.com/', null],
    ['https://www.acme.example/en-us', null],
  ])('has the front page asked which site %s is of', (url, page) => {
    expect(adapter.frontPage?.(new URL(url))).toBe(page);
  });

  test('refuses a detail of another tenant', () => {
    expect(readDetail(adapter, { ...target, host: 'other.wd1.myworkdayjobs.com' }, detail).marker).toBe('unknown');
  });

  test.each([
    ['https://lakefront.wd5.myworkdayjobs.com/External', 'lakefront.wd5.myworkdayjobs.com lakefront External'],
    [
      'https://lakefront.wd5.myworkdayjobs.com/en-US/External/job/Akron-OH/Director_R1',
      'lakefront.wd5.myworkdayjobs.com lakefront External',
    ],
    ['https://lakefront.wd103.myworkdayjobs.com/fr-CA/External/jobs?q=ot', 'lakefront.wd103.myworkdayjobs.com lakefront External'],
    ['https://lakefront.wd5.myworkdayjobs.com/wday/cxs/lakefront/External/jobs', 'lakefront.wd5.myworkdayjobs.com lakefront External'],
    ['https://wd5.myworkdaysite.com/en-US/recruiting/lakefront/External', 'wd5.myworkdaysite.com lakefront External'],
    ['https://lakefront.wd5.myworkdayjobs.com/', null],
    ['https://lakefront.wd5.myworkdayjobs.com/en-US', null],
    ['https://lakefront.wd5.myworkdayjobs.com/en-us', null],
    ['https://lakefront.wd5.myworkdayjobs.com/fr-fr', null],
    ['https://www.workday.com/en-us/company/careers.html', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.tenant} ${found.site}`).toBe(expected);
  });
});
