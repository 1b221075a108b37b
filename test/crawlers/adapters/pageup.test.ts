import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/pageup.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'careers.pageuppeople.com', path: '1065/cw/en-us' };
const list = await fixture('pageup', 'listing.html');
const detail = await fixture('pageup', 'detail.html');

/** The link to the next page as the listing writes it. */
const more = (page: number, left: string) =>
  `<a href="/1065/cw/en-us/listing/?page=${page}&amp;page-items=500" class="more-link button" data-page="${page}">More Jobs <span class="count">${left}</span></a>`;
const withMore = (link: string) => list.replace('<div id="recent-jobs">', `${link}<div id="recent-jobs">`);

describe('pageup', () => {
  test('says of itself that it was written from descriptions', () => {
    expect(adapter.evidence).toBe('described');
  });

  test('reads each posting once, with places, work type and closing date, though themes link it twice and repeat the newest', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://careers.pageuppeople.com/1065/cw/en-us/listing/?page=1&page-items=500');
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '501826',
        title: 'Clinical Educator, Rehab & Wellness',
        places: [{ raw: 'Reno, Nevada' }],
        closes: { value: '2026-12-15T07:55:00Z', from: 'close-date' },
        detail: { url: 'https://careers.pageuppeople.com/1065/cw/en-us/job/501826/clinical-educator-rehab', key: '501826' },
      },
      {
        key: '501790',
        title: 'Case Manager',
        places: [{ raw: 'Reno, Nevada' }, { raw: 'Sparks, Nevada' }],
        employment: ['Full Time'],
        closes: null,
      },
    ]);
  });

  test('follows the link to the next page, whose number counts what is left, until nothing is', () => {
    const first = readList(adapter, target, withMore(more(2, '1,113')));
    expect(first).toMatchObject({ total: 1115, shortfall: null });
    const [next] = first.follow;
    expect(next?.url).toBe('https://careers.pageuppeople.com/1065/cw/en-us/listing/?page=2&page-items=500');
    const second = adapter.read(answer(next as PageRequest, withMore(more(3, '0'))), target);
    expect(second).toMatchObject({ marker: 'board', total: 4, follow: [] });
  });

  test('reads on where the link does not count, names that, and ends at a page without rows', () => {
    const first = readList(adapter, target, withMore(more(2, '')));
    expect(first).toMatchObject({ total: null, shortfall: expect.stringContaining('how many') });
    const none = withMore(more(3, '')).replace(/<tr>[\s\S]*?<\/tr>/g, '');
    expect(adapter.read(answer(first.follow[0] as PageRequest, none), target)).toMatchObject({ marker: 'board', postings: [], follow: [] });
  });

  test('takes the count of results where the page shows one', () => {
    expect(
      readList(adapter, target, list.replace('<h2>Search results</h2>', '<p>Results: <span class="result-count">7</span></p>')).total,
    ).toBe(7);
  });

  test('never says "empty", and needs no settings in the page to read its rows', () => {
    const none = list.replace(/<tr>[\s\S]*?<\/tr>/g, '');
    expect(readList(adapter, target, none).marker).toBe('unknown');
    expect(readList(adapter, target, none.replace('</h2>', '</h2><span class="result-count">0</span>')).marker).toBe('unknown');
    expect(readList(adapter, target, list.replace('PU.Jobs.source', 'PU.Other'))).toMatchObject({ marker: 'board', rows: 2 });
  });

  test("reads an employer's own host, and refuses the list of another route or instance", () => {
    const own = { host: 'jobs.westfork.example', path: 'en-us' };
    const moved = list.replaceAll('/1065/cw/en-us/', '/en-us/');
    expect(readList(adapter, own, moved).postings[0]?.url).toBe('https://jobs.westfork.example/en-us/job/501826/clinical-educator-rehab');
    for (const path of ['1066/cw/en-us', '1065/caw/en-us']) {
      expect(readList(adapter, { ...target, path }, list)).toMatchObject({
        marker: 'unknown',
        postings: [],
        why: expect.stringContaining('another board'),
      });
    }
  });

  test('reads the facts and the text of a posting page', () => {
    const posting = only(readDetail(adapter, target, detail, { key: '501826' }));
    expect(posting).toMatchObject({
      key: '501826',
      title: 'Clinical Educator, Rehab & Wellness',
      company: 'Westfork University',
      department: 'Health Sciences',
      requisition: '501826',
      places: [{ raw: 'Reno, Nevada' }],
      pay: '$68,000 - $79,000 per year',
      employment: ['Temporary Part-Time'],
      posted: { value: '2026-11-10T17:00:00Z', from: 'open-date' },
      closes: { value: '2026-12-15T07:55:00Z', from: 'close-date' },
      applyUrl: 'https://secure.dc4.pageuppeople.com/apply/1065/gateway/default.aspx?c=apply&lJobID=501826',
    });
    expect(posting.body?.[0]?.html).toMatch(/^<p>You teach therapists/);
    expect(posting.body).toHaveLength(1);
  });

  test('takes no posting that is open until the position is filled for a closed one', () => {
    const open = detail.replace('You teach therapists.', 'Applications are read until the position is filled.');
    expect(readDetail(adapter, target, open, { key: '501826' }).marker).toBe('board');
  });

  test('says "gone" where the answer leads to a listing with jobnotfound, and "unknown" for a posting page without a text', () => {
    const address = 'https://careers.pageuppeople.com/1065/cw/en-us/listing/?jobnotfound=true';
    expect(readDetail(adapter, target, list, {}, { url: address }).marker).toBe('gone');
    expect(readDetail(adapter, target, '', {}, { status: 302, headers: { location: address } }).marker).toBe('gone');
    const sorry =
      "<html><body>Sorry, we can't provide additional information about this job right now.<div id='job-content'></div></body></html>";
    expect(readDetail(adapter, target, sorry, { key: '501826' }).marker).toBe('unknown');
  });

  test.each([
    ['https://careers.pageuppeople.com/1065/CW/en-us/job/501826/x?lApplicationSubSourceID=', 'careers.pageuppeople.com 1065/cw/en-us'],
    ['https://careersmanager.pageuppeople.com/541/ci/en/listing/', 'careersmanager.pageuppeople.com 541/ci/en'],
    ['https://jobs.acme.example/cw/en-us/listing/', 'jobs.acme.example cw/en-us'],
    ['https://jobs.acme.example/en-us/listing/?page=2&page-items=20', 'jobs.acme.example en-us'],
    ['https://careers.pageuppeople.com/1065', null],
    ['https://jobs.acme.example/us/en/job/12345', null],
    ['https://jobs.acme.example/en-us/jobs', null],
    ['https://www.pageuppeople.com/', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.path}`).toBe(expected);
  });
});
