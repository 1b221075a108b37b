import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/jobscore.ts';
import { altered, fixture, readDetail, readList } from './_support.ts';

const target = { company: 'harborpine' };
const list = await fixture('jobscore', 'list.json');

describe('jobscore', () => {
  test('reads the whole board out of one feed, with titles decoded once', () => {
    expect(adapter.start(target).map(({ url }) => url)).toEqual(['https://careers.jobscore.com/jobs/harborpine/feed.json']);
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'bQ2lIpZW9pVBUlBdjtK6_f',
      title: 'Care Navigator & Intake Lead',
      company: 'Harbor Pine Care',
      department: 'Member Services',
      places: [{ raw: 'Hybrid in Duluth, MN' }],
      posted: { value: '2026-11-18T16:22:10.459Z', from: 'opened_date' },
      url: 'https://careers.jobscore.com/careers/harborpine/jobs/care-navigator-intake-lead-bQ2lIpZW9pVBUlBdjtK6_f?ref=rss&sid=68',
      applyUrl: 'https://careers.jobscore.com/apply_flow/applications/go?job_id=bQ2lIpZW9pVBUlBdjtK6_f',
      body: [{ html: '<h2>The Role</h2><p>Guides members &amp; their families through benefits.</p>' }],
    });
  });

  test('makes place and address out of their parts where the words are missing', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      places: [{ raw: 'Superior, WI, US', city: 'Superior', region: 'WI', country: 'US' }],
      url: 'https://careers.jobscore.com/careers/harborpine/jobs/utilization-reviewer-c7HYm4FtJffA5YyDegI_Kx',
      applyUrl: null,
    });
  });

  test('counts a closed job and does not show it', () => {
    const reading = readList(adapter, target, list);
    expect(reading.rows).toBe(3);
    expect(reading.postings.map(({ title }) => title)).toEqual(['Care Navigator & Intake Lead', 'Utilization Reviewer']);
  });

  test('says "empty" only for a feed that names the company and holds no job', () => {
    const none = (over: object) => JSON.stringify({ company_name: 'Harbor Pine Care', company_code: 'harborpine', jobs: [], ...over });
    expect(readList(adapter, target, none({})).marker).toBe('empty');
    expect(readList(adapter, target, none({ company_name: '' })).marker).toBe('unknown');
    expect(readList(adapter, target, none({ company_code: null })).marker).toBe('unknown');
    expect(readList(adapter, target, none({ company_code: 'other' })).marker).toBe('unknown');
    expect(readList(adapter, target, '{}').marker).toBe('unknown');
    expect(readList(adapter, target, '[]').marker).toBe('unknown');
    expect(readList(adapter, target, 'Not found', { status: 404 }).marker).toBe('gone');
  });

  test("takes no feed and no job of another company, and does not mind an employer's own address", async () => {
    expect(readList(adapter, { company: 'other' }, list).why).toContain('another board');
    expect(readList(adapter, { company: 'HarborPine' }, list).marker).toBe('board');
    const borrowed = await altered('jobscore', 'list.json', feed => {
      feed.company_code = 'other';
    });
    expect(readList(adapter, target, borrowed).marker).toBe('unknown');
    const mixed = await altered('jobscore', 'list.json', feed => {
      feed.jobs[0].company_code = 'other';
      delete feed.jobs[1].company_code;
      feed.jobs[1].detail_url = 'https://jobs.harborpine.example/utilization-reviewer';
    });
    const reading = readList(adapter, target, mixed);
    expect(reading.shortfall).toBe('1 of 3 rows could not be read');
    expect(reading.postings.map(({ url }) => url)).toEqual(['https://jobs.harborpine.example/utilization-reviewer']);
  });

  test('names a job without id or title, and has no details', async () => {
    const broken = await altered('jobscore', 'list.json', feed => {
      delete feed.jobs[0].id;
      feed.jobs[1].title = ' ';
    });
    expect(readList(adapter, target, broken)).toMatchObject({ shortfall: '2 of 3 rows could not be read' });
    expect(readDetail(adapter, target, list).marker).toBe('unknown');
  });

  test.each([
    ['https://careers.jobscore.com/jobs/harborpine/list', 'harborpine'],
    ['http://www.jobscore.com/jobs/harborpine', 'harborpine'],
    ['https://hire.jobscore.com/jobs/harborpine/feed.atom', 'harborpine'],
    ['https://www.jobscore.com/careers/', null],
    ['https://www.jobscore.com/careers/harborpine', null],
    ['https://careers.jobscore.com/apply_flow/applications/go?job_id=c7', null],
    ['https://jobscore.example/careers/harborpine', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
