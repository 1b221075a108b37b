import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/smartrecruiters.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'willowbend' };
const list = await fixture('smartrecruiters', 'list.json');

describe('smartrecruiters', () => {
  test('reads a page of stubs, each with the request for its detail', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '743999000000001',
      title: 'Rehab Liaison',
      company: 'Willow Bend Rehabilitation',
      department: 'Health Care Provider',
      requisition: 'REF30D',
      places: [{ raw: 'St. Louis, MO, United States', city: 'St. Louis', region: 'MO', country: 'US' }],
      employment: ['Full-time'],
      posted: { value: '2026-11-08T02:11:28.000Z', from: 'releasedDate' },
      detail: {
        kind: 'detail',
        key: '743999000000001',
        url: 'https://api.smartrecruiters.com/v1/companies/willowbend/postings/743999000000001',
      },
    });
    expect(reading.postings[0]?.body).toBeUndefined();
  });

  test("gives the address people open, not the interface's `ref`", () => {
    expect(readList(adapter, target, list).postings[0]?.url).toBe('https://jobs.smartrecruiters.com/WillowBend/743999000000001');
  });

  test('reads remote from its own field and does not take "Remote" for a region nor the country for a city', () => {
    const remote = readList(adapter, target, list).postings[1];
    expect(remote?.workMode).toBe('remote');
    expect(remote?.places).toEqual([{ raw: 'United States, Remote, United States', city: null, region: null, country: 'US' }]);
  });

  test('pages by offset until the total is reached', async () => {
    const body = await altered('smartrecruiters', 'list.json', page => {
      page.totalFound = 230;
    });
    const second = readList(adapter, target, body).follow[0] as PageRequest;
    expect(second.url).toBe('https://api.smartrecruiters.com/v1/companies/willowbend/postings?limit=100&offset=100');
    const third = adapter.read(answer(second, body), target).follow[0] as PageRequest;
    expect(third.url).toContain('offset=200');
    expect(adapter.read(answer(third, body), target).follow).toEqual([]);
    expect(adapter.read(answer(third, '{"offset":200,"limit":100,"totalFound":230,"content":[]}'), target)).toMatchObject({
      marker: 'board',
      rows: 0,
      follow: [],
    });
  });

  test('does not take "200 and nothing found" for an empty board: an unknown company is answered so', () => {
    const reading = readList(adapter, target, '{"offset":0,"limit":100,"totalFound":0,"content":[]}');
    expect(reading).toMatchObject({ marker: 'unknown', total: 0 });
  });

  test('does not take an empty page for an empty board when the total says more', () => {
    expect(readList(adapter, target, '{"offset":0,"limit":100,"totalFound":7,"content":[]}').marker).toBe('unknown');
  });

  test('marks a listing without a total as not provably whole', async () => {
    const body = await altered('smartrecruiters', 'list.json', page => {
      delete page.totalFound;
    });
    expect(readList(adapter, target, body).shortfall).toContain('does not say how many');
  });

  test('refuses the answer of another company; letter case is no difference', async () => {
    expect(readList(adapter, { company: 'someoneelse' }, list).marker).toBe('unknown');
    expect(readDetail(adapter, { company: 'someoneelse' }, await fixture('smartrecruiters', 'detail.json')).marker).toBe('unknown');
  });

  test('joins the sections of a detail under their headings and skips empty ones', async () => {
    const posting = only(readDetail(adapter, target, await fixture('smartrecruiters', 'detail.json'), { key: '743999000000001' }));
    expect(posting.body).toEqual([
      { heading: 'Company Description', html: '<p>Willow Bend runs two rehabilitation hospitals.</p>' },
      { heading: 'Job Description', html: '<p>You visit referring hospitals and&#xa0;assess who fits.</p>' },
      { heading: 'Qualifications', html: '<ul><li>Licensed therapist (OT/PT/ST)</li></ul>' },
    ]);
    expect(posting).toMatchObject({
      department: 'Admissions',
      workMode: 'hybrid',
      pay: { min: 72_000, max: 84_000, currency: 'USD', interval: 'year' },
      url: 'https://jobs.smartrecruiters.com/WillowBend/743999000000001-rehab-liaison-',
      applyUrl: 'https://jobs.smartrecruiters.com/WillowBend/743999000000001-rehab-liaison-?oga=true',
    });
  });

  test('says "gone" for a posting that answers 200 but is not active, and for a 404', async () => {
    const closed = await altered('smartrecruiters', 'detail.json', posting => {
      posting.active = false;
    });
    expect(readDetail(adapter, target, closed).marker).toBe('gone');
    expect(readDetail(adapter, target, '{"message":"Not found"}', {}, { status: 404 }).marker).toBe('gone');
  });

  test('refuses a detail that is another posting', async () => {
    const body = await fixture('smartrecruiters', 'detail.json');
    expect(readDetail(adapter, target, body, { key: '743999000000002' }).marker).toBe('unknown');
  });

  describe('where robots.txt closes the interface', () => {
    const first = adapter.start(target)[0]?.instead as PageRequest;
    const at = (request: PageRequest | undefined, body: string) => adapter.read(answer(request as PageRequest, body), target);

    test('reads the groups of the careers pages, a heading as the place where it is one', async () => {
      expect(first.url).toBe('https://careers.smartrecruiters.com/willowbend');
      const reading = at(first, await fixture('smartrecruiters', 'careers.html'));
      expect(reading).toMatchObject({ marker: 'board', rows: 2, total: null, shortfall: null });
      expect(reading.postings).toMatchObject([
        {
          key: '743999000000001',
          title: 'Rehab Liaison',
          places: [{ raw: 'St. Louis, MO, United States' }],
          url: 'https://jobs.smartrecruiters.com/WillowBend/743999000000001-rehab-liaison-',
          detail: {
            kind: 'detail',
            key: '743999000000001',
            url: 'https://jobs.smartrecruiters.com/WillowBend/743999000000001-rehab-liaison-',
          },
        },
        { key: '743999000000002', title: 'Appeals Writer (Remote)' },
      ]);
      expect(reading.follow.map(({ url }) => url)).toEqual(['https://careers.smartrecruiters.com/willowbend/api/groups?page=1']);
      const second = at(reading.follow[0], await fixture('smartrecruiters', 'groups-1.html'));
      expect(second.postings).toMatchObject([{ key: '743999000000003', department: 'Education', places: [] }]);
    });

    test('reads the flat list where a group shows less than it says, page by page to one that shows nothing', async () => {
      const reading = at(first, await fixture('smartrecruiters', 'careers.html'));
      const last = at(reading.follow[0], await fixture('smartrecruiters', 'groups-1.html'));
      expect(last).toMatchObject({
        total: 5,
        split: true,
        follow: [{ url: 'https://careers.smartrecruiters.com/willowbend/api/more?page=0' }],
      });
      const flat = at(last.follow[0], await fixture('smartrecruiters', 'more-0.html'));
      expect(flat).toMatchObject({ rows: 3, follow: [{ url: 'https://careers.smartrecruiters.com/willowbend/api/more?page=1' }] });
      expect(at(flat.follow[0], '<p></p>')).toMatchObject({ marker: 'board', rows: 0, follow: [] });
      expect(at(last.follow[0], '<p></p>').marker).toBe('unknown');
    });

    test('asks for nothing more where every group shows all it says', async () => {
      const one = (await fixture('smartrecruiters', 'careers.html')).replace('data-groups-pages="2"', 'data-groups-pages="1"');
      expect(at(first, one)).toMatchObject({ total: 2, split: false, follow: [], shortfall: null });
      const silent = one.replace('data-qty="2"', '').replace('2 jobs', '');
      expect(at(first, silent).shortfall).toContain('does not say how many');
    });

    test('never takes a careers page without postings for an empty board, and refuses that of another company', async () => {
      const page = await fixture('smartrecruiters', 'careers.html');
      expect(at(first, page.replaceAll(/<li class="opening-job[\s\S]*?<\/li>/g, '')).marker).toBe('unknown');
      expect(at(first, page.replaceAll('/WillowBend/7', '/OtherCo/7')).why).toContain('another board');
      expect(
        adapter.read(answer(first, '', { status: 302, headers: { location: 'https://jobs.smartrecruiters.com/' } }), target).marker,
      ).toBe('unknown');
      expect(at(first, page.slice(0, page.indexOf('743999000000002'))).shortfall).toContain('cut off');
    });

    test("reads the posting's own page by its microdata, and takes one that has expired for gone", async () => {
      const detail = at(first, await fixture('smartrecruiters', 'careers.html')).postings[0]?.detail;
      const posting = only(at(detail, await fixture('smartrecruiters', 'posting.html')));
      expect(posting).toMatchObject({
        key: '743999000000001',
        title: 'Rehab Liaison',
        company: 'Willow Bend Rehabilitation',
        places: [{ raw: 'St. Louis, MO, United States', city: 'St. Louis', region: 'MO', country: 'United States' }],
        employment: ['Full-time'],
        posted: { value: '2026-11-08T02:11:28.000Z', from: 'datePosted' },
      });
      expect(posting.body?.[0]?.html).toContain('Licensed therapist (OT/PT/ST)');
      expect(at(detail, '<html><body><h1>Sorry, this job has expired</h1></body></html>').marker).toBe('gone');
    });
  });

  test.each([
    ['https://careers.smartrecruiters.com/willowbend', 'willowbend'],
    ['https://jobs.smartrecruiters.com/willowbend/743999000000001-rehab-liaison', 'willowbend'],
    ['https://jobs.smartrecruiters.com/oneclick-ui/company/willowbend/publication/0761de07', 'willowbend'],
    ['https://api.smartrecruiters.com/v1/companies/willowbend/postings', 'willowbend'],
    ['https://www.smartrecruiters.com/recruiting/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
