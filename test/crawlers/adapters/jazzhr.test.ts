import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/jazzhr.ts';
import { fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'sagebrush' };
const list = await fixture('jazzhr', 'list.html');

describe('jazzhr', () => {
  test('reads the table of the listing, one stub per posting however many links it has', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      { key: 'Ab3dE5gH1j', title: 'Director of Rehab', places: [{ raw: 'Reno, NV' }], detail: { kind: 'detail', key: 'Ab3dE5gH1j' } },
      { key: 'Kl7mN9pQ2r', title: 'Outreach Coordinator', places: [{ raw: 'Sparks, NV' }] },
    ]);
    expect(reading.postings[0]?.detail?.url).toBe('https://sagebrush.applytojob.com/apply/jobs/details/Ab3dE5gH1j?&');
  });

  test('reads the other form of the listing, with titles in the addresses', async () => {
    const [posting] = readList(adapter, target, await fixture('jazzhr', 'list-titles.html')).postings;
    expect(posting).toMatchObject({
      key: 'Ab3dE5gH1j',
      title: 'Director of Rehab',
      department: 'Management',
      places: [{ raw: 'Reno, NV' }],
    });
  });

  test('says "empty" only for a whole listing that says there are no openings', async () => {
    const empty = await fixture('jazzhr', 'list-empty.html');
    expect(readList(adapter, target, empty).marker).toBe('empty');
    expect(readList(adapter, target, empty.replace('There are no open positions at this time.', '')).marker).toBe('unknown');
    expect(readList(adapter, target, empty.slice(0, empty.indexOf('</p>'))).marker).toBe('unknown');
  });

  test("does not take a page without the listing's mark for a board", () => {
    expect(readList(adapter, target, '<html><body><h1>Welcome</h1></body></html>').marker).toBe('unknown');
  });

  test('marks a cut listing', () => {
    expect(readList(adapter, target, list.slice(0, list.indexOf('Kl7mN9pQ2r'))).shortfall).toContain('cut off');
  });

  test('counts a link without words as a row it could not read', () => {
    expect(readList(adapter, target, list.replace('Director of Rehab', ' ')).shortfall).toBe('1 of 2 rows could not be read');
  });

  test('reads a posting page whose JSON-LD stands beside other scripts, with the description escaped once more', async () => {
    const posting = only(readDetail(adapter, target, await fixture('jazzhr', 'detail.html'), { key: 'Ab3dE5gH1j' }));
    expect(posting).toMatchObject({
      key: 'Ab3dE5gH1j',
      title: 'Director of Rehab',
      company: 'Sagebrush Therapy',
      places: [{ raw: 'Reno, NV, US', city: 'Reno', region: 'NV', country: 'US' }],
      pay: { min: 92_000, max: 104_000, currency: 'USD', interval: 'year' },
      posted: { value: '2026-11-01', from: 'datePosted' },
      body: [{ html: '<p>Lead the therapy team.</p>' }],
    });
  });

  test('reads a page of the old theme, which has no structured data', async () => {
    const posting = only(readDetail(adapter, target, await fixture('jazzhr', 'detail-old-theme.html'), { key: 'Ab3dE5gH1j' }));
    expect(posting).toMatchObject({
      key: 'Ab3dE5gH1j',
      department: 'Management',
      places: [{ raw: 'Reno, NV' }],
      employment: ['Full Time'],
    });
  });

  test('says "gone" when the tenant is sent to the vendor\'s front page, and "unknown" for the 202 of its wall', () => {
    const away = { status: 302, headers: { location: 'https://www.jazzhr.com/' } };
    expect(readList(adapter, target, '', away).marker).toBe('gone');
    expect(readDetail(adapter, target, '', {}, { status: 410 }).marker).toBe('gone');
    expect(readList(adapter, target, '', { status: 202 }).marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } }).marker).toBe('challenge');
  });

  test('ignores links to other tenants', () => {
    expect(readList(adapter, { company: 'other' }, list).postings).toHaveLength(2);
    const absolute = list.replaceAll('href="/apply', 'href="https://sagebrush.applytojob.com/apply');
    expect(readList(adapter, { company: 'other' }, absolute).marker).toBe('unknown');
  });

  test.each([
    ['https://sagebrush.applytojob.com/apply', 'sagebrush'],
    ['https://sagebrush.applytojob.com/apply/Ab3dE5gH1j/Director-Of-Rehab', 'sagebrush'],
    ['https://www.applytojob.com/', null],
    ['https://www.jazzhr.com/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
