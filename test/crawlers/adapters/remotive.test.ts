import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/remotive.ts';
import { altered, fixture, readList } from './_support.ts';

const target = { category: 'all' };
const list = await fixture('remotive', 'jobs.json');

describe('remotive', () => {
  test('asks once, for a category or for all', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://remotive.com/api/remote-jobs');
    expect(adapter.start({ category: 'all-others', search: 'therapy' })[0]?.url).toBe(
      'https://remotive.com/api/remote-jobs?category=all-others&search=therapy',
    );
  });

  test('reads a job: remote, each country where one may live, words about pay', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '3010044',
      title: 'Clinical Reviewer, Occupational Therapy',
      company: 'Palisade Review',
      workMode: 'remote',
      places: [
        { raw: 'USA', country: 'US' },
        { raw: 'Canada', country: 'CA' },
      ],
      pay: '$45 - $55 /hour',
      employment: ['part_time'],
      posted: { value: '2026-11-14T14:36:09', from: 'publication_date' },
    });
  });

  test('takes an empty salary for none and keeps "Worldwide" as it is', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({ pay: null, places: [{ raw: 'Worldwide' }] });
  });

  test('never closes by absence, since nothing says that the answer is whole', () => {
    expect(adapter.completeness).toBe('truncated');
  });

  test('says "empty" for a count of 0 only, and takes a list without its count for another one', async () => {
    expect(readList(adapter, target, '{"job-count":0,"jobs":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
    const foreign = await altered('remotive', 'jobs.json', json => {
      for (const job of json.jobs) job.url = job.url.replace('remotive.com', 'other.example');
    });
    expect(readList(adapter, target, foreign).marker).toBe('unknown');
  });

  test.each([
    ['https://remotive.com/remote-jobs', { category: 'all' }],
    ['https://remotive.com/remote-jobs/all-others', { category: 'all-others' }],
    ['https://remotive.com/api/remote-jobs?category=qa', { category: 'qa' }],
    ['https://remotive.com/remote-jobs/all-others/clinical-reviewer-3010044', null],
    ['https://other.example/remote-jobs', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
