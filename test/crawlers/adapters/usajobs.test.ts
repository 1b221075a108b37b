import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/usajobs.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { series: '0631' };
const search = await fixture('usajobs', 'search.json');

describe('usajobs', () => {
  test('asks for postings open to the public, with the name of the key in place of the key', () => {
    const [first] = adapter.start({ keyword: 'occupational therapist', series: '0631' });
    expect(first?.url).toBe(
      'https://data.usajobs.gov/api/search?Keyword=occupational+therapist&JobCategoryCode=0631&HiringPath=public&Fields=full&ResultsPerPage=500&Page=1',
    );
    expect(first?.headers?.['authorization-key']).toBe(['$', '{USAJOBS_KEY}'].join(''));
    expect(adapter.keyNeeded).toBe(true);
  });

  test('reads a posting: agency, places, dates, remote, the codes of schedule and offering', () => {
    const reading = readList(adapter, target, search);
    expect(reading).toMatchObject({ marker: 'board', total: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '790011200',
      title: 'Occupational Therapist (Program Manager)',
      company: 'Coastal Health Administration',
      department: 'Rehabilitation Service',
      requisition: 'CBXX-12-0401',
      workMode: 'remote',
      employment: ['Full-time', 'Temporary'],
      posted: { value: '2026-11-10T00:00:00.0000', from: 'PublicationStartDate' },
      closes: { value: '2026-12-04T23:59:59.9970', from: 'ApplicationCloseDate' },
    });
  });

  test('takes the town out of its place, and keeps the capital as its district', () => {
    expect(readList(adapter, target, search).postings[0]?.places).toEqual([
      { raw: 'New York, New York', city: 'New York', region: 'New York', country: 'United States' },
      { raw: 'District of Columbia, District of Columbia', city: null, region: 'District of Columbia', country: 'United States' },
    ]);
    expect(readList(adapter, target, search).postings[1]?.places).toEqual([{ raw: 'Negotiable Location' }]);
  });

  test('reads the interval of pay from its code in newer answers and from its words in older ones', () => {
    const [newer, older] = readList(adapter, target, search).postings;
    expect(newer?.pay).toEqual({ min: 88520, max: 115079, currency: 'USD', interval: 'year' });
    expect(older?.pay).toEqual({ min: 31.1, max: 40.44, currency: 'USD', interval: 'hour' });
  });

  test.each(['WC', 'BW', 'PW'])('makes no pay of the code %s', async code => {
    const body = await altered('usajobs', 'search.json', json => {
      json.SearchResult.SearchResultItems[0].MatchedObjectDescriptor.PositionRemuneration = [
        { MinimumRange: '900', MaximumRange: '1000', RateIntervalCode: code },
      ];
    });
    expect(readList(adapter, target, body).postings[0]?.pay).toBeNull();
  });

  test('makes nothing of codes that are names of the language', async () => {
    const body = await altered('usajobs', 'search.json', json => {
      const job = json.SearchResult.SearchResultItems[0].MatchedObjectDescriptor;
      job.PositionSchedule = [{ Code: 'constructor' }, { Code: '__proto__' }];
      job.PositionRemuneration[0].RateIntervalCode = 'constructor';
      delete job.PositionRemuneration[0].Description;
    });
    expect(readList(adapter, target, body).postings[0]).toMatchObject({ employment: ['Temporary'], pay: null });
  });

  test('drops the port of addresses', () => {
    expect(readList(adapter, target, search).postings[0]).toMatchObject({
      url: 'https://www.usajobs.gov/job/790011200',
      applyUrl: 'https://www.usajobs.gov/job/790011200?PostingChannelID=',
    });
  });

  test('reads duties that are a list or a text, and says to whom a posting is open', () => {
    const [first, second] = readList(adapter, target, search).postings;
    expect(first?.body?.find(part => part.heading === 'Duties')).toEqual({
      heading: 'Duties',
      text: 'Plans assessments.\nWrites policy & guidance.',
    });
    expect(first?.body?.find(part => part.heading === 'Education')?.html).toBe('<p>Degree in occupational therapy.</p>');
    expect(first?.body?.map(part => part.heading)).not.toContain('Requirements');
    expect(second?.body?.at(-1)).toEqual({ heading: 'Open to', text: 'fed-internal-search' });
  });

  test('pages on by the number of pages, which is a text', async () => {
    const body = await altered('usajobs', 'search.json', json => {
      json.SearchResult.SearchResultCountAll = 700;
      json.SearchResult.UserArea.NumberOfPages = '2';
    });
    const first = readList(adapter, target, body);
    expect(first.follow[0]?.url).toContain('Page=2');
    expect(adapter.read(answer(first.follow[0] as PageRequest, body), target).follow).toEqual([]);
  });

  test('names the ten thousand rows a search shows at most', async () => {
    const body = await altered('usajobs', 'search.json', json => {
      json.SearchResult.SearchResultCountAll = 10_000;
    });
    expect(readList(adapter, target, body).shortfall).toContain('10000');
  });

  test('says "empty" for a count of 0 and "challenge" for a bad key', () => {
    expect(
      readList(adapter, target, '{"SearchResult":{"SearchResultCount":0,"SearchResultCountAll":0,"SearchResultItems":[]}}').marker,
    ).toBe('empty');
    expect(readList(adapter, target, '{"SearchResult":{"SearchResultItems":[]}}').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 401 }).marker).toBe('challenge');
  });

  test.each([
    ['https://www.usajobs.gov/search/results/?k=occupational%20therapist', { keyword: 'occupational therapist' }],
    ['https://www.usajobs.gov/Search/Results?j=0631&a=VATA', { series: '0631', organization: 'VATA' }],
    ['https://data.usajobs.gov/api/search?JobCategoryCode=0633', { series: '0633' }],
    ['https://www.usajobs.gov/job/790011200', null],
    ['https://www.usajobs.gov/search/results/', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
