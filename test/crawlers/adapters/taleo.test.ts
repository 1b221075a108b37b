import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/taleo.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'blueridge.taleo.net', section: 'ex', portal: '101430233' };
const list = await fixture('taleo', 'list.json');
const bodyOf = (request: PageRequest | undefined) => JSON.parse(request?.body ?? 'null');

describe('taleo enterprise', () => {
  test("reads the portal off the section's page when the target does not give it", async () => {
    const section = { host: target.host, section: 'ex' };
    expect(adapter.start(section)[0]?.url).toBe('https://blueridge.taleo.net/careersection/ex/jobsearch.ftl?lang=en');
    const html = await fixture('taleo', 'jobsearch.html');
    const found = readList(adapter, section, html);
    expect(found).toMatchObject({ marker: 'board', rows: 0 });
    expect(found.follow[0]?.url).toBe('https://blueridge.taleo.net/careersection/rest/jobboard/searchjobs?lang=en&portal=101430233');
    expect(adapter.read(answer(found.follow[0] as PageRequest, list), section).postings).toHaveLength(2);
    expect(readList(adapter, section, html.replaceAll('101430233', '')).marker).toBe('unknown');
  });

  test('searches with a time zone, without which the answer is 500, and with an object as field data', () => {
    const [request] = adapter.start(target);
    expect(request).toMatchObject({ method: 'POST', redirects: 'none', headers: { tz: 'GMT-05:00', 'content-type': 'application/json' } });
    expect(bodyOf(request)).toMatchObject({ fieldData: { fields: {}, valid: true }, pageNo: 1 });
  });

  test('reads the columns the row points at: title, places written as JSON, the one date', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '880417',
        title: 'Rehabilitation Liaison & Educator',
        requisition: '2600AB1',
        places: [
          { raw: 'Winston-Salem-North Carolina-United States', city: 'Winston-Salem', region: 'North Carolina', country: 'United States' },
          { raw: 'US-VA-Roanoke' },
        ],
        posted: { value: 'Nov 17, 2026', from: 'column' },
        url: 'https://blueridge.taleo.net/careersection/ex/jobdetail.ftl?lang=en&job=880417',
        detail: { kind: 'detail', key: '880417' },
      },
      { key: '880300', places: [{ raw: 'Ohio-United States', city: null, region: 'Ohio', country: 'United States' }] },
    ]);
  });

  test('takes the first column for the title and the one written as JSON for the places where the row points at none', async () => {
    const bare = await altered('taleo', 'list.json', json => {
      for (const row of json.requisitionList) {
        delete row.linkedColumn;
        delete row.locationsColumns;
        row.column.shift();
      }
    });
    expect(readList(adapter, target, bare).postings[1]).toMatchObject({
      title: 'Manager, Utilization Review',
      places: [{ region: 'Ohio' }],
    });
  });

  test('shows no date where two stand side by side: which one is the end is the choice of the tenant', async () => {
    const two = await altered('taleo', 'list.json', json => {
      for (const row of json.requisitionList) row.column.push('Dec 31, 2026');
    });
    expect(readList(adapter, target, two).postings[0]?.posted).toBeNull();
  });

  test('pages by 25 until the total', async () => {
    const paged = (currentPageNo: number) =>
      altered('taleo', 'list.json', json => {
        json.pagingData = { currentPageNo, pageSize: 25, totalCount: 60 };
      });
    const first = readList(adapter, target, await paged(1));
    expect(bodyOf(first.follow[0]).pageNo).toBe(2);
    const second = adapter.read(answer(first.follow[0] as PageRequest, await paged(2)), target);
    expect(bodyOf(second.follow[0]).pageNo).toBe(3);
    expect(adapter.read(answer(second.follow[0] as PageRequest, await paged(3)), target).follow).toEqual([]);
    const repeated = adapter.read(answer(first.follow[0] as PageRequest, await paged(1)), target);
    expect(repeated).toMatchObject({ postings: [], follow: [], shortfall: 'page 2 was asked for and page 1 was answered' });
  });

  test('says "empty" for a list that is empty by its total, "unknown" for null, which a wrong portal answers', () => {
    const page = (requisitionList: unknown, totalCount: unknown, over = {}) =>
      JSON.stringify({ requisitionList, pagingData: { currentPageNo: 1, pageSize: 25, totalCount }, ...over });
    expect(readList(adapter, target, page([], 0)).marker).toBe('empty');
    expect(readList(adapter, target, page(null, 0)).marker).toBe('unknown');
    expect(readList(adapter, target, page([], 31)).marker).toBe('unknown');
    expect(readList(adapter, target, page([], 0, { careerSectionUnAvailable: true })).marker).toBe('unknown');
  });

  test("reads a posting page's script by its labels, decoding rich texts once", async () => {
    const posting = only(readDetail(adapter, target, await fixture('taleo', 'detail.html'), { key: '880417' }));
    expect(posting).toMatchObject({
      key: '880417',
      title: 'Rehabilitation Liaison & Educator',
      department: 'Business Development',
      requisition: '2600AB1',
      places: [{ raw: 'Winston-Salem-North Carolina-United States', city: 'Winston-Salem' }],
      employment: ['Full-time'],
      posted: { value: 'Nov 17, 2026, 5:18:01 PM', from: 'postingdate' },
      closes: null,
      body: [
        { html: '<p>You meet patients & families at the bedside.</p>' },
        { heading: 'Qualifications', html: "<ul><li>OT's or PT's licence</li></ul>" },
      ],
    });
  });

  test('reads a page without labels by the usual slots, and bears a stray percent sign', async () => {
    const body = await fixture('taleo', 'detail-no-labels.html');
    const over = { key: '880417', note: { title: 'Rehabilitation Liaison' } };
    const posting = only(readDetail(adapter, target, body, over));
    expect(posting).toMatchObject({
      title: 'Rehabilitation Liaison',
      places: [{ raw: 'US-VA-Roanoke' }],
      closes: { value: '12/31/2026, 10:59:00 PM', from: 'unpostingdate' },
    });
    expect(posting.body?.[1]?.html).toBe("<ul><li>OT's or PT's licence</li></ul>100% hands-on");
    const moved = readDetail(adapter, target, body, { key: '880417', note: { title: 'Another title' } });
    expect(moved.marker).toBe('unknown');
  });

  test('takes a cut script, or one that holds more than texts, for no posting', async () => {
    const body = await fixture('taleo', 'detail.html');
    expect(readDetail(adapter, target, body.slice(0, body.indexOf('Ongoing'))).marker).toBe('unknown');
    expect(readDetail(adapter, target, body.replace("'Ongoing'", 'alert(1)')).marker).toBe('unknown');
    expect(readDetail(adapter, target, '<html><body>The job is no longer available.</body></html>').marker).toBe('gone');
  });
});

describe('taleo business', () => {
  const business = { host: 'phh.tbe.taleo.net', partition: 'phh04', org: 'OAKRIDGE', cws: '41' };

  test('reads one stub per posting out of two links each', async () => {
    const reading = readList(adapter, business, await fixture('taleo', 'business-list.html'));
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '4400',
      title: 'Ergonomics Specialist',
      url: 'https://phh.tbe.taleo.net/phh04/ats/careers/v2/viewRequisition?org=OAKRIDGE&cws=41&rid=4400',
    });
  });

  test('pages by ten: by the total, or by the link to the next page in the theme that tells none', async () => {
    const body = (await fixture('taleo', 'business-list.html')).replace('number">2<', 'number">14<');
    expect(readList(adapter, business, body).follow[0]?.url).toBe(
      'https://phh.tbe.taleo.net/phh04/ats/careers/v2/searchResults?org=OAKRIDGE&cws=41&rowFrom=10',
    );
    const cursor = await fixture('taleo', 'business-list-cursor.html');
    const first = readList(adapter, business, cursor);
    expect(first).toMatchObject({ total: null, shortfall: null });
    const second = first.follow[0] as PageRequest;
    expect(second.url).toContain('rowFrom=10');
    expect(adapter.read(answer(second, cursor), business)).toMatchObject({ follow: [], shortfall: expect.stringContaining('next page') });
    expect(adapter.read(answer(second, cursor.replace(/<a class="jscroll.*<\/a>/, '')), business)).toMatchObject({
      follow: [],
      shortfall: null,
    });
  });

  test('says "empty" only for a total of 0, refuses another organization, and names a cut page', async () => {
    const body = await fixture('taleo', 'business-list.html');
    expect(readList(adapter, business, await fixture('taleo', 'business-list-none.html')).marker).toBe('empty');
    expect(readList(adapter, business, '<html class="oracletaleocwsv2-body"><body></body></html>').marker).toBe('unknown');
    expect(readList(adapter, { ...business, org: 'OTHER' }, body).why).toContain('another board');
    expect(readList(adapter, business, body.slice(0, body.indexOf('Clinic Director'))).shortfall).toContain('cut off');
  });

  test('reads the posting page, whose date has a time of nought', async () => {
    const posting = only(readDetail(adapter, business, await fixture('taleo', 'business-detail.html'), { key: '4400' }));
    expect(posting).toMatchObject({
      key: '4400',
      posted: { value: '2026-11-12 00:00:00.0', from: 'datePosted' },
      company: 'Oakridge Works',
    });
  });

  test('takes a tenant that moved to another cluster for unknown, with the address', () => {
    const away = { status: 302, headers: { location: 'https://chk.tbe.taleo.net/chk01/ats/careers/v2/searchResults?org=OAKRIDGE&cws=41' } };
    expect(readList(adapter, business, '', away)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('chk.tbe.taleo.net') });
  });
});

test.each([
  ['https://uhg.taleo.net/careersection/10000/jobdetail.ftl?job=2290117&lang=en', { host: 'uhg.taleo.net', section: '10000' }],
  ['https://blueridge.taleo.net/careersection/ex/jobsearch.ftl?lang=en&portal=101430233', target],
  [
    'https://phh.tbe.taleo.net/phh04/ats/careers/v2/viewRequisition?org=OAKRIDGE&cws=41&rid=4400',
    { host: 'phh.tbe.taleo.net', partition: 'phh04', org: 'OAKRIDGE', cws: '41' },
  ],
  ['https://blueridge.taleo.net/careersection/rest/jobboard/searchjobs?portal=1', null],
  ['https://www.taleo.net/careersection/ex/jobsearch.ftl', null],
  ['https://phh.tbe.taleo.net/phh04/ats/careers/v2/searchResults', null],
])('recognises %s', (url, expected) => {
  expect(adapter.recognise(new URL(url))).toEqual(expected);
});
