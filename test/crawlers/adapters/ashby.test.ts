import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/ashby.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { board: 'Motion Loop' };
const list = await fixture('ashby', 'list.json');

describe('ashby', () => {
  test('reads the whole board and leaves out what is not listed, but counts it', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 3, follow: [], shortfall: null });
    expect(reading.postings.map(posting => posting.title)).toEqual(['Clinical Product Specialist', 'Care Navigator']);
    expect(reading.postings[0]).toMatchObject({
      key: '6b1f5b0e-0f53-4e8f-8a56-0c6d2f9f1a01',
      department: 'Clinical',
      employment: ['FullTime'],
      posted: { value: '2026-10-08T19:48:19.767+00:00', from: 'publishedAt' },
      applyUrl: 'https://jobs.ashbyhq.com/Motion%20Loop/6b1f5b0e-0f53-4e8f-8a56-0c6d2f9f1a01/application',
    });
    expect(reading.postings[0]?.body?.[0]?.html).toContain('<li>PT or OT background preferred</li>');
  });

  test('takes base salary out of the compensation inside the job, not equity', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.pay).toEqual({ min: 95_000, max: 120_000, currency: 'USD', interval: 'year' });
    expect(second?.pay).toBeNull();
  });

  test('falls back to the tiers, then to the words, where the summary has no salary', async () => {
    const tiers = await altered('ashby', 'list.json', board => {
      board.jobs[0].compensation.summaryComponents = [];
    });
    expect(readList(adapter, target, tiers).postings[0]?.pay).toMatchObject({ min: 95_000, interval: 'year' });
    const words = await altered('ashby', 'list.json', board => {
      board.jobs[0].compensation.summaryComponents = [];
      board.jobs[0].compensation.compensationTiers = [];
    });
    expect(readList(adapter, target, words).postings[0]?.pay).toBe('$95K - $120K');
  });

  test('believes workplaceType over isRemote where they disagree', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.workMode).toBe('hybrid');
    expect(second?.workMode).toBe('remote');
  });

  test('reads nested and flat addresses, trims regions and leaves empty parts out', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.places).toEqual([
      { raw: 'Boston, MA', city: 'Boston', region: 'Massachusetts', country: 'United States' },
      { raw: 'Denver, CO', city: 'Denver', region: 'Colorado', country: 'United States' },
      { raw: 'Remote (US)', city: null, region: null, country: 'United States' },
    ]);
    expect(second?.places).toEqual([{ raw: 'Remote U.S.', city: null, region: null, country: 'USA' }]);
  });

  test('says "empty" for an empty board and for one whose every job is unlisted, "unknown" without the envelope', async () => {
    expect(readList(adapter, target, '{"jobs":[],"apiVersion":"1"}').marker).toBe('empty');
    const hidden = await altered('ashby', 'list.json', board => ({ ...board, jobs: [board.jobs[2]] }));
    expect(readList(adapter, target, hidden)).toMatchObject({ marker: 'empty', rows: 1 });
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobs":null,"apiVersion":"1"}').marker).toBe('unknown');
  });

  test('says "gone" for an unknown board and for a job that is not listed any more', async () => {
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
    const hidden = await altered('ashby', 'list.json', board => board.jobs[2]);
    expect(readDetail(adapter, target, hidden).marker).toBe('gone');
  });

  test('refuses a board whose addresses name another one; letter case is no difference', async () => {
    expect(readList(adapter, { board: 'Other' }, list).marker).toBe('unknown');
    expect(readList(adapter, { board: 'motion loop' }, list).marker).toBe('board');
    const one = await altered('ashby', 'list.json', board => board.jobs[0]);
    expect(only(readDetail(adapter, target, one)).key).toBe('6b1f5b0e-0f53-4e8f-8a56-0c6d2f9f1a01');
  });

  test('keeps blanks, dots and letter case of a board name', () => {
    expect(adapter.recognise(new URL('https://jobs.ashbyhq.com/Motion%20Loop/6b1f5b0e?utm=x'))).toEqual({ board: 'Motion Loop' });
    expect(adapter.recognise(new URL('https://jobs.ashbyhq.com/ether.fi'))).toEqual({ board: 'ether.fi' });
    expect(adapter.start(target)[0]?.url).toBe('https://api.ashbyhq.com/posting-api/job-board/Motion%20Loop?includeCompensation=true');
  });

  test.each([
    ['https://api.ashbyhq.com/posting-api/job-board/Motion%20Loop?includeCompensation=true', 'Motion Loop'],
    ['https://jobs.ashbyhq.com/', null],
    ['https://www.ashbyhq.com/careers', null],
    ['https://jobs.ashbyhq.com/api/non-user-graphql', null],
  ])('recognises %s', (url, board) => {
    expect(adapter.recognise(new URL(url))).toEqual(board === null ? null : { board });
  });
});
