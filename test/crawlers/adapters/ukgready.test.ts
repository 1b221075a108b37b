import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/ukgready.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'secure6.saashr.com', company: '6000001' };
const api = 'https://secure6.saashr.com/ta/rest/ui/recruitment/companies/%7C6000001/job-requisitions';
const list = await fixture('ukgready', 'list.json');
const detail = await fixture('ukgready', 'detail.json');

/** A page of `count` requisitions. */
function pageOf(count: number, total: number | undefined, from = 1): string {
  const job_requisitions = Array.from({ length: count }, (_, i) => ({ id: from + i, job_title: `Job ${from + i}` }));
  return JSON.stringify({ job_requisitions, _paging: { offset: 1, size: 200, total } });
}

describe('ukgready', () => {
  test('asks by the number of the page, and for one portal of a company where the target names it', () => {
    expect(adapter.start(target)[0]?.url).toBe(`${api}?offset=1&size=200&sort=desc&lang=en-US`);
    const part = { ...target, ein: '118959061', portal: '6062087' };
    expect(adapter.start(part)[0]?.url).toBe(`${api}?offset=1&size=200&sort=desc&lang=en-US&ein_id=118959061&career_portal_id=6062087`);
    expect(adapter.home(part)).toBe(
      'https://secure6.saashr.com/ta/6000001.careers?CareersSearch=&ein_id=118959061&career_portal_id=6062087',
    );
  });

  test('reads stubs without the text, which is cut, and without a date', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toEqual({
      key: '621281135',
      title: 'Utilization Review Nurse  (Days or Nights)',
      places: [{ raw: 'Vernal, UT, USA', city: 'Vernal', region: 'UT', country: 'USA' }],
      workMode: null,
      pay: { min: 36, max: null, currency: 'USD', interval: 'hour' },
      employment: ['PRN Non-Exempt'],
      url: 'https://secure6.saashr.com/ta/6000001.careers?ShowJob=621281135',
      detail: { kind: 'detail', url: `${api}/621281135?lang=en-US`, key: '621281135', headers: { accept: 'application/json' } },
    });
    expect(reading.postings[1]).toMatchObject({ workMode: 'remote', pay: { min: 52_000, max: 61_000, interval: 'year' } });
  });

  test('leaves pay out where the currency is not known', () => {
    expect(readList(adapter, target, list).postings[2]).toMatchObject({ pay: null, employment: [] });
  });

  test('pages to the total, by page numbers and not by rows', () => {
    const first = readList(adapter, target, pageOf(200, 259));
    expect(first.follow.map(({ url }) => url)).toEqual([`${api}?offset=2&size=200&sort=desc&lang=en-US`]);
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(59, 259, 201)), target);
    expect(second).toMatchObject({ marker: 'board', rows: 59, follow: [], shortfall: null });
    expect(adapter.read(answer(first.follow[0] as PageRequest, pageOf(0, 259)), target)).toMatchObject({ marker: 'board', follow: [] });
  });

  test('does not take nothing found for an empty board, and names a missing total', () => {
    expect(readList(adapter, target, pageOf(0, 0)).marker).toBe('unknown');
    expect(readList(adapter, target, pageOf(0, undefined)).marker).toBe('unknown');
    expect(readList(adapter, target, pageOf(2, undefined)).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, '{"errors":[{"message":"Company not found"}]}').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 410 }).marker).toBe('gone');
  });

  test('names a row without number or title', async () => {
    const broken = await altered('ukgready', 'list.json', page => {
      page.job_requisitions[0].id = null;
      page.job_requisitions[1].job_title = '';
    });
    expect(readList(adapter, target, broken).shortfall).toBe('2 of 3 rows could not be read');
  });

  test('joins the three texts of a detail in their order, without images that stand in them as data', () => {
    const posting = only(readDetail(adapter, target, detail, { key: '621281135' }));
    expect(posting.body?.map(({ html }) => html?.replace(/<[^>]+>/g, ' ').trim())).toEqual([
      'Reviews stays with payers.',
      'Orchard Valley Hospital looks for a nurse who reviews admissions against criteria.',
      expect.stringContaining('RN license in Utah'),
    ]);
    expect(JSON.stringify(posting)).not.toContain('base64');
    expect(readDetail(adapter, target, detail, { key: '9' }).marker).toBe('unknown');
  });

  test.each([
    ['https://secure3.saashr.com/ta/6000001.careers?ShowJob=1', 'secure3.saashr.com 6000001'],
    ['https://secure.workforceready.eu/ta/CLUB.careers?CareersSearch', 'secure.workforceready.eu CLUB'],
    ['https://secure6.saashr.com/ta/6000001.login', null],
    ['https://secure6.saashr.com/', null],
    ['https://www.mykronos.com/ta/6000001.careers', null],
    ['https://saashr.example/ta/6000001.careers', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.company}`).toBe(expected);
  });
});
