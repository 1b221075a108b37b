import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/rippling.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { board: 'steadygait' };
const list = await fixture('rippling', 'list.json');
const detail = await fixture('rippling', 'detail.json');

describe('rippling', () => {
  test('makes one posting of the rows that one id has, one per place, and counts rows as the system does', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toHaveLength(2);
    expect(reading.postings[0]).toMatchObject({
      key: '84d388b6-0000-434c-8862-0312eb6b97ac',
      title: 'Inside Sales, Rehab Technology',
      department: 'Sales',
      workMode: 'onsite',
      places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }, { raw: 'Dallas, TX' }],
      detail: { kind: 'detail', url: 'https://ats.rippling.com/api/v2/board/steadygait/jobs/84d388b6-0000-434c-8862-0312eb6b97ac' },
    });
    expect(reading.postings[1]?.workMode).toBe('remote');
  });

  test('says no work mode where the places of one posting differ', async () => {
    const body = await altered('rippling', 'list.json', page => {
      page.items[1].locations[0].workplaceType = 'REMOTE';
    });
    expect(readList(adapter, target, body).postings[0]?.workMode).toBeNull();
  });

  test('pages from 0 by the number of pages', async () => {
    const body = await altered('rippling', 'list.json', page => {
      page.totalPages = 3;
      page.totalItems = 2500;
    });
    expect(readList(adapter, target, body).follow.map(request => request.url)).toEqual([
      'https://ats.rippling.com/api/v2/board/steadygait/jobs?page=1&pageSize=1000',
    ]);
    const last = await altered('rippling', 'list.json', page => {
      page.totalPages = 3;
      page.page = 2;
    });
    expect(readList(adapter, target, last).follow).toEqual([]);
  });

  test("reads the older interface's array", async () => {
    const reading = readList(adapter, target, await fixture('rippling', 'list-v1.json'));
    expect(reading.postings).toMatchObject([{ department: 'Sales', places: [{ raw: 'Remote (Texas, US)' }, { raw: 'Austin, TX' }] }]);
  });

  test('reads a detail: pay, both parts of the text, employment whose code and words are swapped', () => {
    const posting = only(readDetail(adapter, target, detail));
    expect(posting).toMatchObject({
      company: 'Steady Gait Inc.',
      places: [{ raw: 'Austin, TX' }, { raw: 'Remote (United States)' }],
      pay: { min: 52_000, max: 61_000, currency: 'USD', interval: 'year' },
      employment: ['Salaried, full-time'],
      posted: { value: '2026-10-20T15:46:41.749000-07:00', from: 'createdOn' },
    });
    expect(posting.body).toHaveLength(2);
    expect(JSON.stringify(posting)).not.toContain('logo.png');
  });

  test('says "gone" for a job that is unlisted from search', async () => {
    const body = await altered('rippling', 'detail.json', job => {
      job.unlistedFromSearch = true;
    });
    expect(readDetail(adapter, target, body).marker).toBe('gone');
  });

  test("refuses another board's list and details, and another posting", () => {
    expect(readList(adapter, { board: 'other' }, list).marker).toBe('unknown');
    expect(readDetail(adapter, { board: 'other' }, detail).marker).toBe('unknown');
    expect(readDetail(adapter, target, detail, { key: '95e499c7-0000-434c-8862-0312eb6b97ad' }).marker).toBe('unknown');
  });

  test('says "empty" only for a total of 0', () => {
    expect(readList(adapter, target, '{"items":[],"page":0,"pageSize":1000,"totalItems":0,"totalPages":0}').marker).toBe('empty');
    expect(readList(adapter, target, '{"items":[],"page":0,"pageSize":1000,"totalItems":9,"totalPages":1}').marker).toBe('unknown');
    expect(readList(adapter, target, '[]').marker).toBe('unknown');
    expect(readList(adapter, target, '{"detail":"Not found."}', { status: 404 }).marker).toBe('gone');
  });

  test.each([
    ['https://ats.rippling.com/steadygait/jobs', 'steadygait'],
    ['https://ats.rippling.com/en-GB/steadygait/jobs/84d388b6-0000-434c-8862-0312eb6b97ac', 'steadygait'],
    ['https://ats.us1.rippling.com/steadygait/jobs', 'steadygait'],
    ['https://api.rippling.com/platform/api/ats/v1/board/steadygait/jobs', 'steadygait'],
    ['https://ats.rippling.com/api/v2/board/steadygait/jobs?page=0', 'steadygait'],
    ['https://www.rippling.com/recruiting', null],
  ])('recognises %s', (url, board) => {
    expect(adapter.recognise(new URL(url))).toEqual(board === null ? null : { board });
  });
});
