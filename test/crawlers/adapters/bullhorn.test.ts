import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/bullhorn.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { swimlane: '91', corpToken: '1ABC23' };
const list = await fixture('bullhorn', 'list.json');

describe('bullhorn', () => {
  test('asks for open orders in pages, with the parts of the address by name', () => {
    const url = new URL((adapter.start(target)[0] as PageRequest).url);
    expect(`${url.origin}${url.pathname}`).toBe('https://public-rest91.bullhornstaffing.com/rest-services/1ABC23/search/JobOrder');
    expect(url.searchParams.get('query')).toBe('(isOpen:1) AND (isDeleted:0)');
    expect(url.searchParams.get('fields')).toContain('address(city,state,zip,countryName)');
    expect(url.search).not.toContain('+');
  });

  test('reads whole postings out of the list', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 4, rows: 4, follow: [], shortfall: null });
    expect(reading.postings).toHaveLength(3);
    expect(reading.postings[0]).toMatchObject({
      key: '20418',
      title: 'Travel Physical Therapist',
      department: 'Therapy',
      places: [{ raw: 'Amarillo, TX, United States', city: 'Amarillo', region: 'TX', country: 'United States' }],
      pay: '$48.5 per hour',
      employment: ['Travel Contract'],
      posted: { value: 1_794_960_000_000, from: 'dateLastPublished' },
      body: [{ html: '<p>Thirteen weeks at an outpatient clinic.</p><ul><li>Texas license</li></ul>' }],
    });
  });

  test('takes the day it was added where it was never published, and no pay out of a zero', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      posted: { value: 1_795_046_400_000, from: 'dateAdded' },
      pay: null,
      body: [{ text: 'School year contract & summer option.' }],
    });
  });

  test('guesses no currency for pay outside the United States', () => {
    expect(readList(adapter, target, list).postings[2]).toMatchObject({ title: 'Radiographer', pay: null });
  });

  test('leaves out orders that are open inside the firm only, and counts them', () => {
    expect(readList(adapter, target, list).postings.map(posting => posting.key)).not.toContain('20451');
  });

  test("links to the firm's portal where its form is known, else to the interface's own record", () => {
    expect(readList(adapter, target, list).postings[0]?.url).toContain('/rest-services/1ABC23/query/JobBoardPost?where=(id=20418)&fields=');
    const portal = { ...target, posting: 'https://jobs.cottonwood.example/#/jobs/{id}' };
    expect(readList(adapter, portal, list).postings[0]?.url).toBe('https://jobs.cottonwood.example/#/jobs/20418');
    expect(adapter.home(portal)).toBe('https://jobs.cottonwood.example/#/jobs/');
  });

  test('pages by the rows it received until the total is reached', async () => {
    const body = await altered('bullhorn', 'list.json', page => {
      page.total = 7;
    });
    const second = readList(adapter, target, body).follow[0] as PageRequest;
    expect(new URL(second.url).searchParams.get('start')).toBe('4');
    expect(adapter.read(answer(second, body), target).follow).toEqual([]);
  });

  test('is not sure of a list that tells no total', async () => {
    const body = await altered('bullhorn', 'list.json', page => {
      delete page.total;
    });
    expect(readList(adapter, target, body).shortfall).toContain('does not say how many');
  });

  test('never takes nothing found, or nothing public, for an empty board', async () => {
    expect(readList(adapter, target, '{"total":0,"start":0,"count":0,"data":[]}')).toMatchObject({ marker: 'unknown', total: 0 });
    const internal = await altered('bullhorn', 'list.json', page => {
      page.data = page.data.slice(3);
      page.total = 1;
    });
    expect(readList(adapter, target, internal).marker).toBe('unknown');
  });

  test.each([
    ['https://public-rest91.bullhornstaffing.com/rest-services/1ABC23/search/JobOrder?query=(isOpen:1)', target],
    ['https://www.bullhorn.com/', null],
    ['https://public-rest91.bullhornstaffing.com/', null],
    ['https://public-rest91.bullhornstaffing.com.acme.example/rest-services/1ABC23/', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
