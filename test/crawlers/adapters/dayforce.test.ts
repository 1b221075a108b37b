import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/dayforce.ts';
import { parsePay } from '../../../src/posting/pay.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { tenant: 'tidewater', board: 'CANDIDATEPORTAL' };
const feed = await fixture('dayforce', 'feed.json');

describe('dayforce', () => {
  test('asks for active postings of one board, and may be led to the host of its region', () => {
    expect(adapter.start(target)[0]).toMatchObject({
      url: 'https://www.dayforcehcm.com/api/tidewater/V1/JobFeeds?includeActivePostingOnly=true&internalJobBoardCode=CANDIDATEPORTAL',
      redirects: 'site',
    });
  });

  test('keeps one posting for the rows of its languages, and the English one of them', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, shortfall: null, follow: [] });
    expect(reading.postings[0]).toMatchObject({
      key: '8021',
      title: 'Clinical Advisor, Assistive Technology',
      company: 'Tidewater Mobility',
      department: 'Clinical',
      places: [{ raw: 'Portland, ME, US', city: 'Portland', region: 'ME', country: 'US' }],
      employment: ['Full Time'],
      posted: { value: '2026-11-05T00:00:00', from: 'DatePosted' },
      url: 'https://jobs.dayforcehcm.com/en-US/tidewater/CANDIDATEPORTAL/jobs/8021',
    });
  });

  test('decodes the escaped description once', () => {
    expect(readList(adapter, target, feed).postings[0]?.body).toEqual([
      { html: '<p>Train clinics in power mobility. R&amp;D is next door.</p><ul><li>ATP preferred</li></ul>' },
    ]);
  });

  test('takes a virtual location for remote, and the parent where the company is not named', () => {
    expect(readList(adapter, target, feed).postings[1]).toMatchObject({
      workMode: 'remote',
      company: 'Tidewater Group',
      places: [{ raw: 'US' }],
    });
  });

  test('makes no pay of hiring rates, which come without currency and interval', () => {
    expect(readList(adapter, target, feed).postings[0]?.pay ?? null).toBeNull();
  });

  test('takes an empty feed as proof only where no board is named, since a wrong board code has nothing too', () => {
    expect(readList(adapter, target, '[]').marker).toBe('unknown');
    expect(readList(adapter, { tenant: 'tidewater' }, '[]').marker).toBe('empty');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test("refuses another tenant's feed", () => {
    expect(readList(adapter, { tenant: 'other' }, feed)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('names a row without its address as a shortfall', async () => {
    const body = await altered('dayforce', 'feed.json', rows => {
      rows[2].JobDetailsUrl = null;
    });
    expect(readList(adapter, target, body)).toMatchObject({ shortfall: '1 of 3 rows could not be read' });
  });

  test('understands an answer of the site: every place, the closing date, and that it is a part', async () => {
    const reading = readList(adapter, target, await fixture('dayforce', 'search.json'));
    expect(reading).toMatchObject({ marker: 'board', total: 31, shortfall: '1 of 31 postings are in the answer' });
    expect(only(reading)).toMatchObject({
      key: '8034',
      requisition: '911',
      workMode: 'remote',
      closes: { value: '2026-12-16T05:00:00+00:00', from: 'postingExpiryTimestampUTC' },
      body: [{ text: 'Take calls & sort them.\nYou’ll work from home.' }],
    });
    expect(only(reading).places.map(place => place.raw)).toEqual(['Portland, ME, USA', 'Vermont, USA']);
  });

  test('understands a detail of the site: its text in three parts, and pay out of rates without an interval', async () => {
    const body = await fixture('dayforce', 'detail.json');
    const posting = only(readDetail(adapter, target, body, { key: '8034' }));
    expect(posting).toMatchObject({
      key: '8034',
      title: 'Remote Intake Coordinator',
      requisition: '911',
      places: [{ raw: 'Portland, ME, USA', city: 'Portland', region: 'ME', country: 'US' }],
      workMode: null,
      pay: '25 - 30 USD',
      posted: { value: '2026-11-16T05:00:00+00:00', from: 'postingStartTimestampUTC' },
      closes: null,
      url: 'https://jobs.dayforcehcm.com/en-US/tidewater/CANDIDATEPORTAL/jobs/8034',
    });
    expect(posting.body?.map(part => part.html)).toEqual([
      '<p>Tidewater Mobility brings chairs to people.</p>',
      '<p>Take calls &amp; sort them.</p>',
      '<p>We welcome everybody.</p>',
    ]);
    expect(parsePay(String(posting.pay))?.pay).toEqual({ min: 25, max: 30, currency: 'USD', interval: 'hour' });
    expect(readDetail(adapter, target, body, { key: '1' }).marker).toBe('unknown');
    expect(readDetail(adapter, target, '{"title":"Not Found","status":404}', {}, { status: 404 }).marker).toBe('gone');
    const unpaid = await altered('dayforce', 'detail.json', job => {
      job.isoCurrencyRegion = null;
    });
    expect(only(readDetail(adapter, target, unpaid)).pay).toBeNull();
  });

  test.each([
    ['https://jobs.dayforcehcm.com/en-US/tidewater/CANDIDATEPORTAL/jobs/8034', target],
    ['https://jobs.dayforcehcm.com/tidewater/CANDIDATEPORTAL', target],
    ['https://www.dayforcehcm.com/api/tidewater/V1/JobFeeds?internalJobBoardCode=CANDIDATEPORTAL', target],
    ['https://can232.dayforcehcm.com/Api/tidewater/V1/JobFeeds', { tenant: 'tidewater' }],
    ['https://www.dayforce.com/', null],
    ['https://jobs.dayforcehcm.com/api/geo/tidewater/jobposting/search', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
