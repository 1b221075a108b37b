import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/brassring.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'sjobs.brassring.com', partner: 24410, site: 5102 };
const gateway = await fixture('brassring', 'gateway.html');
const list = await fixture('brassring', 'list.json');
const detail = await fixture('brassring', 'detail.html');
const posting =
  'https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?partnerid=24410&siteid=5102&PageType=JobDetails&jobid=1480021';

const cookies =
  'tg_session=^s3ss10n; path=/; secure, tg_rft=abc123; Expires=Mon, 30 Nov 2026 10:00:00 GMT, other=1, tg_session_24410_5102=zz9; HttpOnly';
const search = readList(adapter, target, gateway, { headers: { 'set-cookie': cookies } }).follow[0] as PageRequest;
const readSearch = (body: string, request = search) => adapter.read(answer(request, body), target);

describe('brassring', () => {
  test("asks the search with the visitor's session of the gateway's page", () => {
    expect(search).toMatchObject({
      method: 'POST',
      url: 'https://sjobs.brassring.com/TgNewUI/Search/Ajax/ProcessSortAndShowMoreJobs',
      headers: { rft: 'q8Hc-visitor-token-01', cookie: 'tg_session=^s3ss10n; tg_rft=abc123; tg_session_24410_5102=zz9' },
      redirects: 'none',
    });
    expect(JSON.parse(search.body ?? '')).toMatchObject({
      partnerId: '24410',
      siteId: '5102',
      pageNumber: 1,
      encryptedSessionValue: '^s3ss10n/Value==',
      locationCustomSolrFields: 'FORMTEXT8,FORMTEXT9,Location',
    });
  });

  test("reads rows by the fields that the gateway's page names; the day of the last change is no date of publication", () => {
    const reading = readSearch(list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '1480021',
        title: 'Occupational Therapist & Hand Specialist',
        company: 'Saint Brendan Health & Rehab',
        department: 'Rehabilitation Services',
        requisition: '4821BR',
        places: [{ raw: 'Duluth, Minnesota' }],
        posted: null,
        url: posting,
        detail: { kind: 'detail', url: posting, key: '1480021' },
      },
      { key: '1480093', title: 'Utilization Management Reviewer', places: [{ raw: 'Superior, Wisconsin' }] },
    ]);
  });

  test('takes the title from the field the gateway shows as one, and a place from no field that nothing calls one', async () => {
    const titled = gateway
      .replace('&quot;JobTitle&quot;: &quot;jobtitle&quot;', '&quot;JobTitle&quot;: &quot;FORMTEXT6&quot;')
      .replace('FORMTEXT8,FORMTEXT9,Location', '');
    const [asked] = readList(adapter, target, titled).follow as [PageRequest];
    const renamed = list.replace('"hotjob"', '"formtext6"').replace('"No"', '"School OT, Grades 1-5"');
    expect(readSearch(renamed, asked).postings[0]).toMatchObject({ title: 'School OT, Grades 1-5', places: [] });
    const placed = renamed.replace('"gqid"', '"location"').replace('"310"', '"Duluth, MN "');
    expect(readSearch(placed, asked).postings[0]?.places).toEqual([{ raw: 'Duluth, MN' }]);
  });

  test('pages by the rows that came, until the count', () => {
    const [next] = readSearch(list.replace('"JobsCount": 2', '"JobsCount": 3')).follow as [PageRequest];
    expect(next).toMatchObject({ headers: search.headers, note: { page: 2, seen: 2 } });
    expect(JSON.parse(next.body ?? '')).toMatchObject({ pageNumber: 2, encryptedSessionValue: '^s3ss10n/Value==' });
    const last = list.replace('"JobsCount": 2', '"JobsCount": 3').replaceAll('1480021', '1480700').replaceAll('1480093', '1480701');
    expect(readSearch(last, next)).toMatchObject({ marker: 'board', follow: [] });
    expect(readSearch('{"Jobs":{"Job":[]},"JobsCount":3}', next)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('takes no row of another gateway, and nothing when no row is of this one', () => {
    const mixed = readSearch(
      list.replace('siteid=5102&PageType=JobDetails&jobid=1480021', 'siteid=5103&PageType=JobDetails&jobid=1480021'),
    );
    expect(mixed).toMatchObject({ marker: 'board', shortfall: 'rows of other boards: 1 of 2' });
    expect(mixed.postings.map(({ key }) => key)).toEqual(['1480093']);
    expect(readSearch(list.replaceAll('siteid=5102', 'siteid=5103'))).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('another board'),
    });
  });

  test('names a row that it cannot read, and reads one that stands without its list', async () => {
    const broken = await altered('brassring', 'list.json', page => {
      page.Jobs.Job[0].Link = page.Jobs.Job[1].Link;
    });
    expect(readSearch(broken).shortfall).toBe('1 of 2 rows could not be read');
    const single = await altered('brassring', 'list.json', page => {
      page.Jobs.Job = page.Jobs.Job[0];
      page.JobsCount = 1;
    });
    expect(readSearch(single)).toMatchObject({ marker: 'board', rows: 1, shortfall: null });
  });

  test('never calls a gateway empty: neither a search that did not take the session, nor a count of 0', () => {
    expect(readSearch('{"Jobs":null,"JobsCount":0}')).toMatchObject({ marker: 'unknown', why: expect.stringContaining('session') });
    for (const count of [0, 7])
      expect(readSearch(`{"Jobs":{"Job":[]},"JobsCount":${count}}`)).toMatchObject({ marker: 'unknown', total: count });
    expect(readSearch('<html><body>Error</body></html>').why).toContain('HTML or XML where JSON was due');
  });

  test('is not sure of a page without a session', () => {
    expect(readList(adapter, target, gateway.replace('CookieValue', 'Other')).why).toBe('the page carries no session for a search');
    expect(readList(adapter, target, gateway.slice(0, gateway.indexOf('<form>')))).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('cut off'),
    });
  });

  test('reads a posting by its labelled fields: text in sections, pay and employment', () => {
    expect(only(readDetail(adapter, target, detail, { key: '1480021', url: posting }))).toMatchObject({
      key: '1480021',
      title: 'Occupational Therapist & Hand Specialist',
      department: 'Rehabilitation Services',
      requisition: '4821BR',
      places: [{ raw: 'Duluth, Minnesota', city: 'Duluth', region: 'Minnesota' }],
      pay: '$41.20 - $52.75 per hour',
      employment: ['Part Time'],
      url: posting,
      body: [
        { heading: 'Your role', html: 'Treat hand injuries.<br>Fit splints.' },
        { heading: 'Your expertise', html: '<ul><li>State license</li></ul>' },
      ],
    });
    expect(only(readDetail(adapter, target, detail, { key: '1480021', url: posting, note: { placed: true } })).places).toEqual([]);
  });

  test('does not take the page of another posting for the one that was asked for, nor one without text', () => {
    expect(readDetail(adapter, target, detail, { key: '1480093' })).toMatchObject({ marker: 'unknown', postings: [] });
    const bare = detail
      .replace('Treat hand injuries.&lt;br&gt;Fit splints.', '')
      .replace('&lt;ul&gt;&lt;li&gt;State license&lt;/li&gt;&lt;/ul&gt;', '');
    expect(readDetail(adapter, target, bare, { key: '1480021' }).marker).toBe('unknown');
    expect(readDetail(adapter, target, detail, { key: '1480021' }, { status: 404 }).marker).toBe('gone');
  });
});
