import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/isolved.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'cedarforkhospital.isolvedhire.com' };
const board = await fixture('isolved', 'board.html');
const list = await fixture('isolved', 'list.json');
const detail = await fixture('isolved', 'detail.html');

describe('isolved', () => {
  test('asks the list with the number that the page of the board names, and reads it', () => {
    const first = readList(adapter, target, board);
    expect(first).toMatchObject({ marker: 'board', postings: [], total: null });
    const [request] = first.follow;
    expect(request).toMatchObject({
      kind: 'list',
      url: 'https://cedarforkhospital.isolvedhire.com/core/jobs/731?getParams=%7B%22isInternal%22%3A0%7D',
      note: { board: '731', company: 'Cedar Fork Community Hospital' },
    });
    const reading = adapter.read(answer(request!, list), target);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toEqual({
      key: '2140771',
      title: 'Utilization Review Nurse & Appeals Coordinator',
      company: 'Cedar Fork Community Hospital',
      department: 'Case Management',
      places: [{ raw: 'Cedar Fork, OR', city: 'Cedar Fork', region: 'OR', country: 'USA' }],
      workMode: 'hybrid',
      pay: { min: 41.5, max: 58, currency: 'USD', interval: 'hour' },
      employment: ['Full Time'],
      posted: { value: 'Oct 28, 2026', from: 'startDateRef' },
      closes: { value: 'Nov 30, 2026', from: 'endDateRef' },
      url: 'https://cedarforkhospital.isolvedhire.com/jobs/2140771',
      applyUrl: 'https://cedarforkhospital.isolvedhire.com/jobs/2140771',
      detail: { kind: 'detail', url: 'https://cedarforkhospital.isolvedhire.com/jobs/2140771', key: '2140771' },
    });
  });

  test('has no closing date for what is open until filled, and reads figures with thousands', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      department: 'Management',
      pay: { min: 104_000, max: 130_000, currency: 'USD', interval: 'year' },
      closes: null,
    });
  });

  test('takes the words about pay where there are no figures, and the whole address where there is no town', () => {
    expect(readList(adapter, target, list).postings[2]).toMatchObject({
      pay: '$29 to $36 an hour',
      places: [{ raw: 'United States', country: 'USA' }],
      workMode: 'remote',
    });
  });

  test('does not believe the work mode that the board hides: it says Onsite throughout', async () => {
    const body = await altered('isolved', 'list.json', page => {
      page.data.showWorkplaceType = false;
    });
    expect(readList(adapter, target, body).postings.map(posting => posting.workMode)).toEqual([null, null, null]);
  });

  test('takes a page without a number for no board: an unknown tenant gets a notice with status 200', async () => {
    expect(readList(adapter, target, await fixture('isolved', 'notice.html'))).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('does not choose between two numbers', () => {
    const reading = readList(adapter, target, board.replace('domainId : 731', 'domainId : 732'));
    expect(reading).toMatchObject({ marker: 'unknown', why: 'the page names several boards: 731, 732', follow: [] });
  });

  test('takes the board at its address on the host of the vendor, but neither the board of another nor the front page', () => {
    const at = (url: string) => readList(adapter, { host: 'elmridgeclinics.applicantpro.com' }, board, { url });
    expect(at('https://www.applicantpro.com/openings/elmridgeclinics/jobs').follow[0]?.url).toContain(
      '//elmridgeclinics.applicantpro.com/',
    );
    expect(at('https://www.applicantpro.com/openings/other/jobs')).toMatchObject({ marker: 'unknown', follow: [] });
    expect(at('https://www.applicantpro.com/')).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('does not take the page of the board for its list', () => {
    const [request] = readList(adapter, target, board).follow;
    expect(adapter.read(answer(request!, board), target)).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('never takes a row of another employer', async () => {
    const body = await altered('isolved', 'list.json', page => {
      page.data.jobs[1].jobUrl = 'https://elmridgeclinics.isolvedhire.com/jobs/2140802';
      page.data.jobs[2].jobUrl = '';
      page.data.jobs[2].subdomain = 'elmridgeclinics';
    });
    expect(readList(adapter, target, body)).toMatchObject({ marker: 'board', rows: 3, postings: [{ key: '2140771' }] });
  });

  test('says "empty" only for a count of 0, and names a count that its rows do not reach', async () => {
    const none = (data: object) => readList(adapter, target, JSON.stringify({ success: true, data })).marker;
    expect(none({ jobs: [], jobCount: 0 })).toBe('empty');
    expect(none({ jobs: [] })).toBe('unknown');
    expect(none({ jobs: [], jobCount: 4 })).toBe('unknown');
    expect(readList(adapter, target, '{"success":false,"data":{"jobs":[],"jobCount":0}}').marker).toBe('unknown');
    const body = await altered('isolved', 'list.json', page => {
      delete page.data.jobCount;
    });
    expect(readList(adapter, target, body).shortfall).toContain('does not say how many');
    const more = await altered('isolved', 'list.json', page => {
      page.data.jobCount = 2;
    });
    expect(readList(adapter, target, more).shortfall).toBe('the board counts 2, 3 are listed');
  });

  test('reads a posting page and leaves out its end, which is made up', () => {
    expect(only(readDetail(adapter, target, detail, { key: '2140771' }))).toMatchObject({
      key: '2140771',
      title: 'Utilization Review Nurse & Appeals Coordinator',
      company: 'Cedar Fork Community Hospital',
      places: [{ raw: 'Cedar Fork, OR, US' }],
      pay: { min: 41.5, max: 58, currency: 'USD', interval: 'hour' },
      posted: { value: '2026-10-28 00:00:00', from: 'datePosted' },
      closes: null,
      body: [
        { html: '<p>Review inpatient stays against <strong>published criteria</strong>.</p>\n<ul>\n<li>RN, PT or OT license</li>\n</ul>' },
      ],
    });
  });

  test('refuses the page of another posting', () => {
    const url = 'https://cedarforkhospital.isolvedhire.com/jobs/2140802';
    expect(readDetail(adapter, target, detail, { key: '2140802', url })).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test.each([
    ['https://www.applicantpro.com/', null],
    ['https://feeds.applicantpro.com/', null],
    ['https://isolvedhire.com/jobs/', null],
    ['https://acme.isolvedhire.com.example.org/jobs/', null],
    ['https://acme.applicantpool.com/', 'acme.applicantpool.com'],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
