import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/jibe.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { host: 'prairiemobility.jibeapply.com' };
const list = await fixture('jibe', 'list.json');

function pageOf(count: number, totals: object, from = 0): string {
  const jobs = Array.from({ length: count }, (_, i) => ({ data: { slug: String(from + i), title: `Job ${from + i}` } }));
  return JSON.stringify({ jobs, ...totals });
}

describe('jibe', () => {
  test('asks for pages counted from 1, the newest first', () => {
    expect(adapter.start(target)[0]?.url).toBe(
      'https://prairiemobility.jibeapply.com/api/jobs?page=1&limit=100&sortBy=posted_date&descending=true&internal=false',
    );
  });

  test('reads whole postings: every place, the date with its offset, the category without its space', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '20411',
      title: 'Assistive Technology Professional',
      company: 'Prairie Mobility, Inc.',
      department: 'Clinical',
      requisition: '2026-20411',
      places: [
        { raw: 'Tulsa, Oklahoma, United States', city: 'Tulsa', region: 'Oklahoma', country: 'United States' },
        { raw: 'Wichita, Kansas, United States', city: 'Wichita', region: 'Kansas' },
      ],
      posted: { value: '2026-11-14T19:39:00+0000', from: 'posted_date' },
      url: 'https://jobs.prairiemobility.example/jobs/20411?lang=en-us',
      applyUrl: 'https://careers-prairiemobility.icims.com/jobs/20411/login',
    });
  });

  test.each([
    [['$18.40 - $28.00 Hourly'], '$18.40 - $28.00 Hourly'],
    ['$92,000 Yearly', '$92,000 Yearly'],
    [['No'], null],
    [['$5,000 sign-on bonus'], null],
  ])('takes a tag for the pay where it is one: %j', async (tag, pay) => {
    const tagged = await altered('jibe', 'list.json', board => {
      board.jobs[0].data.tags8 = tag;
    });
    expect(readList(adapter, target, tagged).postings[0]?.pay).toBe(pay);
  });

  test('joins the body out of three fields, decoding what was escaped once more', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.body).toEqual([
      { html: '<p>You fit power wheelchairs.</p>' },
      { heading: 'Responsibilities', html: '<ul><li>Visit clients at home.</li></ul>' },
      { heading: 'Qualifications', text: 'ATP certification' },
    ]);
    expect(second?.body).toEqual([{ html: '<p>You lead six clinics.</p>' }]);
  });

  test('takes the text of all places where the fields name no city, and makes an address where none is given', () => {
    const second = readList(adapter, target, list).postings[1];
    expect(second?.places).toEqual([{ raw: 'Remote, Kansas' }, { raw: 'Remote, Oklahoma' }]);
    expect(second?.url).toBe('https://prairiemobility.jibeapply.com/jobs/20398');
  });

  test('goes by "totalCount" and never by "count", which is the total on some tenants', () => {
    expect(readList(adapter, target, pageOf(100, { totalCount: 265, count: 100 })).follow[0]?.url).toContain('page=2');
    expect(readList(adapter, target, pageOf(2, { totalCount: 2, count: 500 })).follow).toEqual([]);
    expect(readList(adapter, target, pageOf(2, { count: 2 })).shortfall).toContain('does not say how many');
  });

  test('walks by the rows received where a tenant gives ten a page whatever is asked', () => {
    let request = adapter.start(target)[0] as PageRequest;
    for (const page of [1, 2, 3]) {
      const reading = adapter.read(answer(request, pageOf(page === 3 ? 5 : 10, { totalCount: 25 }, page * 10)), target);
      expect(reading.marker).toBe('board');
      if (page === 3) return expect(reading.follow).toEqual([]);
      request = reading.follow[0] as PageRequest;
      expect(request.url).toContain(`page=${page + 1}&`);
    }
  });

  test('stops at an empty page before the total, which the listing then lacks', () => {
    const next = readList(adapter, target, pageOf(100, { totalCount: 265 })).follow[0] as PageRequest;
    expect(adapter.read(answer(next, pageOf(0, { totalCount: 265 })), target)).toMatchObject({ marker: 'board', follow: [], total: 265 });
  });

  test('says "empty" only for a total of 0', () => {
    expect(readList(adapter, target, '{"jobs":[],"totalCount":0,"count":0}').marker).toBe('empty');
    expect(readList(adapter, target, '{"jobs":[],"count":0}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobs":[],"totalCount":7}').marker).toBe('unknown');
  });

  test('counts a row without a title as one it could not read', async () => {
    const broken = await altered('jibe', 'list.json', json => {
      delete json.jobs[1].data.title;
    });
    expect(readList(adapter, target, broken).shortfall).toBe('1 of 2 rows could not be read');
  });

  test('takes the HTML that classic portals answer with for no board', () => {
    expect(readList(adapter, target, '<!doctype html><html><body>Careers</body></html>').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test.each([
    ['https://medicalsolutions.jibeapply.com/jobs', 'medicalsolutions.jibeapply.com'],
    ['https://careers.enlyte.com/api/jobs', 'careers.enlyte.com'],
    ['https://careers.acme.example/jobs/19975?lang=en-us', 'careers.acme.example'],
    ['https://careers.acme.example/main/jobs/19975?lang=en-us', 'careers.acme.example'],
    ['https://careers.acme.example/jobs/19975', null],
    ['https://careers-acme.icims.com/jobs/19975/login', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))?.host ?? null).toBe(host);
  });
});
