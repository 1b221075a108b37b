import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/adzuna.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { country: 'us', what: 'occupational therapist' } as const;
const search = await fixture('adzuna', 'search.json');

describe('adzuna', () => {
  test('asks with the names of the key in place of the key, which an address leaves as they are', () => {
    const [first] = adapter.start({ ...target, where: 'Ohio', days: 30 });
    const names = ['ADZUNA_APP_ID', 'ADZUNA_APP_KEY'].map(name => ['$', '{', name, '}'].join(''));
    expect(new URL(first?.url ?? '').href).toBe(
      `https://api.adzuna.com/v1/api/jobs/us/search/1?results_per_page=50&what=occupational+therapist&where=Ohio&max_days_old=30&sort_by=date&app_id=${names[0]}&app_key=${names[1]}`,
    );
    expect(adapter).toMatchObject({ keyNeeded: true, completeness: 'sampled' });
  });

  test('reads an advertisement: employer, place with its country, contract, pay per year', () => {
    const reading = readList(adapter, target, search);
    expect(reading).toMatchObject({ marker: 'board', total: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '5512004401',
      title: 'Occupational Therapist - Case Manager',
      company: 'Fallwood Case Management',
      places: [{ raw: 'Boise, Ada County', country: 'US' }],
      pay: { min: 70000, max: 82000, currency: 'USD', interval: 'year' },
      employment: ['full_time', 'permanent'],
    });
    expect(reading.postings[2]).toMatchObject({ company: null, places: [{ raw: 'Toledo, Ohio, US' }] });
  });

  test('never shows a predicted salary as pay, nor one that does not say which it is', async () => {
    expect(readList(adapter, target, search).postings.map(posting => posting.pay !== null)).toEqual([true, false, false]);
    const body = await altered('adzuna', 'search.json', json => {
      delete json.results[0].salary_is_predicted;
    });
    expect(readList(adapter, target, body).postings[0]?.pay).toBeNull();
  });

  test("takes the currency from the site the advertisement is on, and drops that search's own tokens from its address", () => {
    const british = readList(adapter, target, search.replaceAll('www.adzuna.com/land', 'www.adzuna.co.uk/jobs/land')).postings[0];
    expect(british?.pay).toMatchObject({ currency: 'GBP' });
    expect(british?.url).toBe('https://www.adzuna.co.uk/jobs/details/5512004401?utm_medium=api&utm_source=0a1b2c3d');
  });

  test('reads ten pages of a search and names what it leaves', async () => {
    const body = await altered('adzuna', 'search.json', json => {
      json.count = 2416;
    });
    let reading = readList(adapter, target, body);
    for (let page = 2; page <= 10; page++) {
      expect(reading).toMatchObject({ shortfall: null });
      expect(reading.follow[0]?.url).toContain(`/us/search/${page}?`);
      reading = adapter.read(answer(reading.follow[0] as PageRequest, body), target);
    }
    expect(reading).toMatchObject({ follow: [], shortfall: 'only 10 pages are read' });
  });

  test('says "empty" only for a count of 0', () => {
    expect(readList(adapter, target, '{"count":0,"results":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"results":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"exception":"AUTH_FAIL"}', { status: 401 }).marker).toBe('challenge');
  });

  test.each([
    ['https://www.adzuna.com/search?q=occupational%20therapist&w=Ohio', { ...target, where: 'Ohio' }],
    ['https://api.adzuna.com/v1/api/jobs/gb/search/1?what=physiotherapist', { country: 'gb', what: 'physiotherapist' }],
    ['https://www.adzuna.com/details/5512004401', null],
    ['https://www.adzuna.fr/search?q=x', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
