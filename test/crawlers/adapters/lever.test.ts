import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/lever.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { site: 'brightstep' };
const list = await fixture('lever', 'list.json');

describe('lever', () => {
  test('reads a short page as the whole board', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '1c0b8a52-6a4e-4a52-9d54-2f3b6a0f1e11',
      title: 'Industrial Ergonomics Specialist',
      department: 'Clinical',
      workMode: 'hybrid',
      employment: ['Full-Time'],
      pay: { min: 68_000, max: 82_000, currency: 'USD', interval: 'year' },
      url: 'https://jobs.lever.co/brightstep/1c0b8a52-6a4e-4a52-9d54-2f3b6a0f1e11',
      applyUrl: 'https://jobs.lever.co/brightstep/1c0b8a52-6a4e-4a52-9d54-2f3b6a0f1e11/apply',
    });
  });

  test('joins description, every list with its heading, and the closing part; bare list items get their list', () => {
    const [first] = readList(adapter, target, list).postings;
    expect(first?.body).toEqual([
      { html: '<div>Brightstep keeps people well at work.</div><div>You assess work stations.</div>' },
      { heading: 'What you bring', html: '<ul><li>OT, PT or assistant licence</li><li>CEAS is a plus</li></ul>' },
      { heading: 'What we offer', html: '<div>Paid days off</div>' },
      { html: '<div>Brightstep is an equal opportunity employer.</div>' },
      { html: '<p>Plus a yearly bonus.</p>' },
    ]);
  });

  test('takes opening and body apart where the joined description is missing, and falls back to plain text', async () => {
    const reading = readList(adapter, target, list);
    expect(reading.postings[1]?.body).toEqual([{ text: 'Find therapists for our teams.' }]);
    const body = await altered('lever', 'list.json', postings => {
      delete postings[1].description;
      delete postings[1].descriptionPlain;
    });
    expect(readList(adapter, target, body).postings[1]?.body).toEqual([
      { html: '<div>We recruit.</div>' },
      { html: '<div>Find therapists for our teams.</div>' },
    ]);
  });

  test('keeps every location and gives the country only where there is one place', async () => {
    const [first] = readList(adapter, target, list).postings;
    expect(first?.places).toEqual([{ raw: 'Chicago, IL' }, { raw: 'Remote, US' }]);
    const body = await altered('lever', 'list.json', postings => {
      postings[0].categories.location = 'Head office';
      postings[0].categories.allLocations = ['Head office'];
    });
    expect(readList(adapter, target, body).postings[0]?.places).toEqual([{ raw: 'Head office', country: 'US' }]);
  });

  test("takes the board's country where the place ends with two letters that are another country's", async () => {
    const body = await altered('lever', 'list.json', postings => {
      postings[0].country = 'IN';
      postings[0].categories.location = 'Bombay, MH';
      postings[0].categories.allLocations = ['Bombay, MH'];
    });
    expect(readList(adapter, target, body).postings[0]?.places).toEqual([{ raw: 'Bombay, MH', country: 'IN' }]);
  });

  test('says of the date that it is the creation, in epoch milliseconds', () => {
    expect(readList(adapter, target, list).postings[0]?.posted).toEqual({ value: 1685577600000, from: 'createdAt' });
  });

  test('takes "unspecified" as no work mode and both spellings of on-site', async () => {
    expect(readList(adapter, target, list).postings[1]?.workMode).toBeNull();
    for (const spelling of ['on-site', 'onsite']) {
      const body = await altered('lever', 'list.json', postings => {
        postings[1].workplaceType = spelling;
      });
      expect(readList(adapter, target, body).postings[1]?.workMode).toBe('onsite');
    }
  });

  test('reads hourly pay, and never makes up an interval it does not know', async () => {
    expect(readList(adapter, target, list).postings[1]?.pay).toEqual({ min: 28, max: 34.5, currency: 'USD', interval: 'hour' });
    const body = await altered('lever', 'list.json', postings => {
      postings[1].salaryRange.interval = 'one-time';
    });
    expect(readList(adapter, target, body).postings[1]?.pay).toBeNull();
  });

  test('asks for the next page while pages are full and takes an empty later page as the end', async () => {
    const body = await altered('lever', 'list.json', postings =>
      Array.from({ length: 100 }, (_, i) => ({ ...postings[0], id: `id-${i}` })),
    );
    const reading = readList(adapter, target, body);
    expect(reading.follow).toHaveLength(1);
    const next = reading.follow[0];
    expect(next?.url).toBe('https://api.lever.co/v0/postings/brightstep?mode=json&limit=100&skip=100');
    expect(adapter.read(answer(next as never, '[]'), target)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('reads an empty array on the first page as an empty board: unknown sites answer 404', async () => {
    expect(readList(adapter, target, '[]').marker).toBe('empty');
    expect(readList(adapter, target, await fixture('lever', 'not-found.json'), { status: 404 }).marker).toBe('gone');
    expect(readList(adapter, target, await fixture('lever', 'not-found.json')).marker).toBe('unknown');
  });

  test("reads one posting and refuses another site's", async () => {
    const one = await altered('lever', 'list.json', postings => postings[0]);
    expect(only(readDetail(adapter, target, one)).title).toBe('Industrial Ergonomics Specialist');
    expect(readDetail(adapter, { site: 'elsewhere' }, one).marker).toBe('unknown');
    expect(readList(adapter, { site: 'elsewhere' }, list).marker).toBe('unknown');
  });

  test('keeps to the European hosts for a European board', () => {
    const eu = adapter.recognise(new URL('https://jobs.eu.lever.co/brightstep'));
    expect(eu).toEqual({ site: 'brightstep', eu: true });
    expect(adapter.start({ site: 'brightstep', eu: true })[0]?.url).toMatch(
      /^https:\/\/api\.eu\.lever\.co\/v0\/postings\/brightstep\?mode=json/,
    );
  });

  test.each([
    ['https://jobs.lever.co/brightstep', 'brightstep'],
    ['https://jobs.lever.co/brightstep/1c0b8a52-6a4e-4a52-9d54-2f3b6a0f1e11/apply', 'brightstep'],
    ['https://api.lever.co/v0/postings/brightstep?mode=json', 'brightstep'],
    ['https://www.lever.co/customers', null],
    ['https://jobs.lever.co/', null],
  ])('recognises %s', (url, site) => {
    expect(adapter.recognise(new URL(url))).toEqual(site === null ? null : { site });
  });
});
