import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/themuse.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { category: 'Healthcare' };
const list = await fixture('themuse', 'jobs.json');

describe('themuse', () => {
  test('reads a job: remote when that is its only place, its company and address', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 22, shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '19102864',
      title: 'Rehab Care Advisor',
      company: 'Harbor Plan',
      department: 'Healthcare',
      places: [],
      workMode: 'remote',
      url: 'https://www.themuse.com/jobs/harborplan/rehab-care-advisor-3aa6cd',
    });
  });

  test('does not call a job remote that may be done in a town too', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({ places: [{ raw: 'Memphis, TN' }], workMode: null });
  });

  test('reads neither pay nor employment out of levels, which are unreliable', () => {
    expect(readList(adapter, target, list).postings[0]?.employment ?? []).toEqual([]);
  });

  test('asks for every further page at once, so that a repeated first page costs nothing', async () => {
    const body = await altered('themuse', 'jobs.json', json => {
      json.page_count = 4;
    });
    const first = readList(adapter, target, body);
    expect(first.follow.map(request => new URL(request.url).searchParams.get('page'))).toEqual(['1', '2', '3']);
    expect(adapter.read(answer(first.follow[0] as PageRequest, body), target).follow).toEqual([]);
    expect(adapter.read(answer(first.follow[2] as PageRequest, '{"page":3,"page_count":4,"results":[]}'), target)).toMatchObject({
      marker: 'board',
      rows: 0,
    });
  });

  test('reads 25 pages of a search and names what it leaves', async () => {
    const body = await altered('themuse', 'jobs.json', json => {
      json.page_count = 99;
    });
    const reading = readList(adapter, target, body);
    expect(reading.follow).toHaveLength(24);
    expect(reading.shortfall).toContain('25 of 99');
  });

  test('takes 403 for the limit of requests, never for an empty search', () => {
    expect(readList(adapter, target, '{"code":403,"error":"Rate limit exceeded"}', { status: 403 }).marker).toBe('challenge');
    expect(readList(adapter, target, '{"page":0,"page_count":0,"results":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"results":[]}').marker).toBe('unknown');
  });

  test('reads a single job', async () => {
    expect(only(readDetail(adapter, target, await fixture('themuse', 'job.json'))).title).toBe('Rehab Care Advisor');
    expect(readDetail(adapter, target, '{"results":[]}').marker).toBe('unknown');
  });

  test.each([
    ['https://www.themuse.com/search?category=Healthcare', target],
    ['https://www.themuse.com/api/public/jobs?page=2&category=Healthcare&location=Ohio', { ...target, location: 'Ohio' }],
    ['https://www.themuse.com/jobs/harborplan/rehab-care-advisor-3aa6cd', null],
    ['https://www.themuse.com/search', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
