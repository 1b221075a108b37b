import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/breezy.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'oakline' };
const list = await fixture('breezy', 'list.json');

describe('breezy', () => {
  test('reads the array with pay in words', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '98323abf2296',
      title: 'Ergonomics Coach',
      company: 'Oakline Prevention',
      department: 'Prevention',
      pay: '$28 – $34 / hour',
      employment: ['Full-Time'],
      posted: { value: '2026-10-15T14:37:22.684Z', from: 'published_date' },
      detail: { kind: 'detail', key: '98323abf2296', url: 'https://oakline.breezy.hr/p/98323abf2296-ergonomics-coach' },
    });
  });

  test('reads every place, and the single one where the list of places is empty', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.places).toEqual([
      { raw: 'Louisville, KY', city: 'Louisville', region: 'KY', country: 'US' },
      { raw: 'Cincinnati, OH', city: 'Cincinnati', region: 'OH', country: 'US' },
    ]);
    expect(second?.places).toEqual([{ raw: 'United States', city: null, region: null, country: 'US' }]);
  });

  test('reads remote from the place, and "Other" as no employment type', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.workMode).toBeNull();
    expect(second).toMatchObject({ workMode: 'remote', employment: [], pay: null });
  });

  test("reads the posting page's JobPosting among several scripts, its description escaped once", async () => {
    const posting = only(readDetail(adapter, target, await fixture('breezy', 'detail.html'), { key: '98323abf2296' }));
    expect(posting).toMatchObject({ key: '98323abf2296', title: 'Ergonomics Coach', body: [{ html: '<p>Coach crews.</p>' }] });
  });

  test("reads an empty array as an empty board: a tenant that left is sent to the vendor's front page", () => {
    expect(readList(adapter, target, '[]').marker).toBe('empty');
    expect(readList(adapter, target, '', { status: 302, headers: { location: 'https://breezy.hr/' } }).marker).toBe('gone');
    expect(readList(adapter, target, '', { status: 403 }).marker).toBe('challenge');
    expect(readList(adapter, target, '{"error":"nope"}').marker).toBe('unknown');
  });

  test('refuses the positions of another company', () => {
    expect(readList(adapter, { company: 'other' }, list).marker).toBe('unknown');
  });

  test('names rows without an address as a shortfall', async () => {
    const body = await altered('breezy', 'list.json', positions => {
      delete positions[0].url;
    });
    expect(readList(adapter, target, body).shortfall).toBe('1 of 2 rows could not be read');
  });

  test.each([
    ['https://oakline.breezy.hr/', 'oakline'],
    ['https://oakline.breezy.hr/p/98323abf2296-ergonomics-coach', 'oakline'],
    ['https://app.breezy.hr/signin', null],
    ['https://breezy.hr/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
