import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/jobicy.ts';
import { altered, fixture, readList } from './_support.ts';

const target = { geo: 'usa' };
const list = await fixture('jobicy', 'jobs.json');

describe('jobicy', () => {
  test('asks for fifty, the most it gives', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://jobicy.com/api/v2/remote-jobs?count=50&geo=usa');
    expect(adapter.start({ geo: 'all', industry: 'medical' })[0]?.url).toBe(
      'https://jobicy.com/api/v2/remote-jobs?count=50&industry=medical',
    );
  });

  test('reads a job: entities of names decoded, each area of its list, types', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, follow: [] });
    expect(reading.postings[0]).toMatchObject({
      key: '170087',
      title: 'Care Navigator & Educator',
      company: 'Hearth & Hand',
      department: 'Healthcare & Medical',
      workMode: 'remote',
      places: [{ raw: 'LATAM' }, { raw: 'Canada', country: 'CA' }, { raw: 'USA', country: 'US' }],
      employment: ['Full-Time'],
    });
    expect(reading.postings[1]?.places).toEqual([{ raw: 'USA' }]);
  });

  test('reads pay under its new names and its old ones', () => {
    const [now, before] = readList(adapter, target, list).postings;
    expect(now?.pay).toEqual({ min: 52000, max: 61000, currency: 'USD', interval: 'year' });
    expect(before?.pay).toEqual({ min: 70000, max: 80000, currency: 'USD', interval: 'year' });
  });

  test('falls back on the excerpt where a job has no description', async () => {
    const body = await altered('jobicy', 'jobs.json', json => {
      delete json.jobs[1].jobDescription;
    });
    expect(readList(adapter, target, body).postings[1]?.body).toEqual([{ text: 'Read claims.' }]);
  });

  test('says "empty" for a count of 0 only, and never closes by absence', () => {
    expect(readList(adapter, target, '{"apiVersion":"2.2.16","jobCount":0,"jobs":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobCount":4,"jobs":[]}').marker).toBe('unknown');
    expect(adapter.completeness).toBe('truncated');
  });

  test.each([
    ['https://jobicy.com/remote-jobs', { geo: 'all' }],
    ['https://jobicy.com/api/v2/remote-jobs?geo=usa&industry=medical', { geo: 'usa', industry: 'medical' }],
    ['https://jobicy.com/jobs/170087-care-navigator', null],
    ['https://other.example/', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
