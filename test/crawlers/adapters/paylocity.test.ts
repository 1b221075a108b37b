import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/paylocity.ts';
import { fixture, only, readDetail, readList } from './_support.ts';

const target = { board: '2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64' };
const board = await fixture('paylocity', 'board.html');

describe('paylocity', () => {
  test('reads the board out of the script, past braces and quotes inside its strings', () => {
    const reading = readList(adapter, target, board);
    expect(reading).toMatchObject({ marker: 'board', follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '3310041',
      title: 'Appeals Reviewer, OT/PT',
      company: 'Millrace Benefit Review',
      department: 'Clinical Review',
      places: [{ raw: 'Dayton, OH, USA', city: 'Dayton', region: 'OH', country: 'USA' }],
      workMode: null,
      posted: { value: '2026-11-09T09:12:30-05:00', from: 'PublishedDate' },
      applyUrl: 'https://recruiting.paylocity.com/Recruiting/Jobs/Apply/3310041',
      detail: { kind: 'detail', url: 'https://recruiting.paylocity.com/Recruiting/Jobs/Details/3310041' },
    });
  });

  test('counts what only employees may see, but makes no posting of it', () => {
    const reading = readList(adapter, target, board);
    expect(reading.rows).toBe(4);
    expect(reading.postings.map(posting => posting.key)).not.toContain('3310077');
  });

  test('takes remote from its own field and hybrid from the name of the location, never from IndeedRemoteType', () => {
    const [onsite, remote, hybrid] = readList(adapter, target, board).postings;
    expect([onsite?.workMode, remote?.workMode, hybrid?.workMode]).toEqual([null, 'remote', 'hybrid']);
    expect(remote?.places).toEqual([]);
    expect(hybrid?.places[0]?.raw).toBe('Akron, OH, USA');
  });

  test('says "empty" only for a page that names its employer', async () => {
    const empty = await fixture('paylocity', 'empty.html');
    expect(readList(adapter, target, empty).marker).toBe('empty');
    expect(readList(adapter, target, empty.replace('"Millrace Benefit Review"', 'null')).marker).toBe('unknown');
    expect(readList(adapter, target, '<html><body>No jobs</body></html>').marker).toBe('unknown');
  });

  test('is not sure of a page that is cut inside the script', () => {
    const reading = readList(adapter, target, board.slice(0, board.indexOf('3310060')));
    expect(reading).toMatchObject({ marker: 'unknown', postings: [] });
    expect(reading.why).toContain('cut off');
  });

  test('reads a posting page without structured data: its headings, place and "Fully Remote"', async () => {
    const posting = only(readDetail(adapter, target, await fixture('paylocity', 'detail.html'), { key: '3310052' }));
    expect(posting).toMatchObject({
      key: '3310052',
      title: 'Utilization Management Therapist',
      places: [{ raw: 'Ohio' }],
      workMode: 'remote',
    });
    expect(posting.body?.map(part => part.heading)).toEqual(['Description', 'Requirements']);
  });

  test('prefers structured data where the page has it, with its pay', async () => {
    expect(only(readDetail(adapter, target, await fixture('paylocity', 'detail-jsonld.html')))).toMatchObject({
      title: 'Appeals Reviewer, OT/PT',
      pay: { min: 34.5, max: 41, currency: 'USD', interval: 'hour' },
    });
  });

  test('says "gone" for a removed posting', () => {
    expect(readDetail(adapter, target, '', {}, { status: 404 }).marker).toBe('gone');
    expect(readDetail(adapter, target, '', {}, { status: 410 }).marker).toBe('gone');
  });

  test.each([
    ['https://recruiting.paylocity.com/Recruiting/Jobs/All/2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64/Millrace-Benefit-Review', target.board],
    ['https://recruiting.paylocity.com/recruiting/jobs/all/2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64', target.board],
    ['https://recruiting.paylocity.com/recruiting/v2/api/feed/jobs/2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64', target.board],
    ['https://recruiting.paylocity.com/Recruiting/Jobs/Details/3310041', null],
    ['https://recruiting.paylocity.com/Recruiting/PublicLeads/New/2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64', null],
    ['https://www.paylocity.com/', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found === null ? null : { board: found });
  });
});
