import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/peopleadmin.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'lowlandstate.peopleadmin.com' };
const feed = await fixture('peopleadmin', 'all_jobs.atom');
const empty = await fixture('peopleadmin', 'empty.atom');
const search = 'https://lowlandstate.peopleadmin.com/postings/search.atom';

describe('peopleadmin', () => {
  test('reads the feed: department from the author, the body decoded once, the published date', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '40311',
      title: 'Clinical Assistant Professor & Fieldwork Coordinator, OTD',
      department: 'Occupational Therapy - 4410',
      places: [],
      posted: { value: '2026-11-09T09:00:10-05:00', from: 'published' },
      url: 'https://lowlandstate.peopleadmin.com/postings/40311',
      body: [{ html: '<div>Coordinate fieldwork. Research &amp; teaching.</div>' }],
    });
    expect(reading.postings[0]?.detail).toBeUndefined();
  });

  test('asks for the posting page where the feed has a summary only', () => {
    expect(readList(adapter, target, feed).postings[1]).toMatchObject({
      body: [{ text: 'Runs the simulation laboratory.' }],
      detail: { kind: 'detail', url: 'https://lowlandstate.peopleadmin.com/postings/40320', key: '40320' },
    });
  });

  test('puts every posting on the campus its row names, since the feed names no place', () => {
    const places = readList(adapter, { ...target, place: 'Beaufort, SC' }, feed).postings.map(posting => posting.places);
    expect(places).toEqual([[{ raw: 'Beaufort, SC' }], [{ raw: 'Beaufort, SC' }]]);
  });

  test('asks the feed of the search when that of all jobs is not there or empty', () => {
    for (const reading of [readList(adapter, target, '', { status: 404 }), readList(adapter, target, empty)]) {
      expect(reading).toMatchObject({ marker: 'board', postings: [] });
      expect(reading.follow[0]?.url).toBe(search);
    }
  });

  test('says "empty" when the feed of the search is empty too, and "gone" when neither is there', () => {
    const next = readList(adapter, target, empty).follow[0] as PageRequest;
    expect(adapter.read(answer(next, empty), target).marker).toBe('empty');
    expect(adapter.read(answer(next, feed), target)).toMatchObject({ marker: 'board', rows: 2 });
    expect(adapter.read(answer(next, '', { status: 404 }), target).marker).toBe('gone');
  });

  test('reads what posting pages label: place, pay, closing date, employment', async () => {
    const posting = only(readDetail(adapter, target, await fixture('peopleadmin', 'posting.html'), { key: '40320' }));
    expect(posting).toMatchObject({
      key: '40320',
      title: 'Simulation Lab Manager',
      requisition: '20260411',
      places: [{ raw: 'Beaufort, SC' }],
      pay: '$61,000 - $70,000 per year',
      employment: ['Full Time'],
      closes: { value: '12/15/2026', from: 'close_date' },
    });
    expect(posting.body?.find(part => part.heading === 'Position Summary')?.html).toContain('OT or PT degree');
  });

  test('takes a feed of something else, and a page without labels, for unknown', () => {
    const other = '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://news.example/</id><title>News</title></feed>';
    expect(readList(adapter, target, other).marker).toBe('unknown');
    expect(readDetail(adapter, target, '<html><body><h2>Simulation Lab Manager</h2></body></html>').marker).toBe('unknown');
  });

  test("refuses another university's feed, but reads one's own domain under either name", () => {
    expect(readList(adapter, { host: 'other.peopleadmin.com' }, feed)).toMatchObject({ marker: 'unknown', postings: [] });
    expect(readList(adapter, { host: 'jobs.lowlandstate.example' }, feed).marker).toBe('board');
  });

  test.each([
    ['https://lowlandstate.peopleadmin.com/postings/40311', 'lowlandstate.peopleadmin.com'],
    ['https://www.peopleadmin.com/', null],
    ['https://jobs.lowlandstate.example/postings/40311', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
