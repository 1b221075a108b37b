import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/workable.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { account: 'cedar' };
const widget = await fixture('workable', 'widget.json');

describe('workable', () => {
  test('makes one posting of the rows that one shortcode has, one per place', () => {
    const reading = readList(adapter, target, widget);
    expect(reading).toMatchObject({ marker: 'board', rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toHaveLength(2);
    expect(reading.postings[0]).toMatchObject({
      key: 'A1B2C3D4E5',
      title: 'Prior Authorization Reviewer',
      company: 'Cedar Utilization',
      department: 'Utilization',
      requisition: 'REQ-9',
      places: [
        { raw: 'Tampa, Florida, United States', city: 'Tampa', region: 'Florida', country: 'US' },
        { raw: 'Orlando, Florida, United States' },
      ],
      workMode: null,
      employment: ['Full-time'],
      posted: { value: '2026-11-05', from: 'published_on' },
      url: 'https://apply.workable.com/j/A1B2C3D4E5',
      applyUrl: 'https://apply.workable.com/j/A1B2C3D4E5/apply',
    });
  });

  test('reads a hidden place where there is no other, telecommuting as remote, and escaped HTML', () => {
    const trainer = readList(adapter, target, widget).postings[1];
    expect(trainer).toMatchObject({
      workMode: 'remote',
      places: [{ raw: 'Miami, Florida, United States' }],
      body: [{ html: '<p>Train customers.</p>' }],
    });
  });

  test('leaves hidden places out where others are shown', async () => {
    const body = await altered('workable', 'widget.json', page => {
      page.jobs[2].locations.push({ country: 'United States', countryCode: 'US', city: 'Naples', region: 'Florida', hidden: false });
    });
    expect(readList(adapter, target, body).postings[1]?.places.map(place => place.raw)).toEqual(['Naples, Florida, United States']);
  });

  test('reads the paged interface: stubs, the total, and the next page by its token', async () => {
    const reading = readList(adapter, target, await fixture('workable', 'board.json'));
    expect(reading).toMatchObject({ marker: 'board', total: 12, rows: 1 });
    expect(reading.postings[0]).toMatchObject({ workMode: 'hybrid', employment: ['full_time'], department: 'Utilization' });
    expect(reading.postings[0]?.detail?.url).toBe('https://apply.workable.com/api/v2/accounts/cedar/jobs/A1B2C3D4E5');
    const next = reading.follow[0] as PageRequest;
    expect(next).toMatchObject({ method: 'POST', url: 'https://apply.workable.com/api/v3/accounts/cedar/jobs' });
    expect(JSON.parse(next.body ?? '')).toMatchObject({ token: 'WzE2MzAwMDAwMDBd', query: '' });
    const last = await altered('workable', 'board.json', page => {
      delete page.nextPage;
    });
    expect(adapter.read(answer(next, last), target).follow).toEqual([]);
  });

  test('joins the parts of a detail, and a sign-on bonus in a title is no pay', async () => {
    const posting = only(readDetail(adapter, target, await fixture('workable', 'detail.json'), { key: 'A1B2C3D4E5' }));
    expect(posting).toMatchObject({ workMode: 'onsite', employment: ['part_time'], places: [{ raw: 'Tampa, Florida, United States' }] });
    expect(posting.body).toEqual([
      { html: '<p>Review therapy requests.</p>' },
      { heading: 'Requirements', html: '<ul><li>OT or PT licence</li></ul>' },
    ]);
    expect(posting.pay).toBeUndefined();
  });

  test('says "empty" only when the answer names the account', () => {
    expect(readList(adapter, target, '{"name":"Cedar Utilization","description":null,"jobs":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '[]').marker).toBe('unknown');
  });

  test('does not take a 404 of the widget for the end of the account', async () => {
    expect(readList(adapter, target, 'Not found', { status: 404 }).marker).toBe('unknown');
    expect(readDetail(adapter, target, 'Not found', {}, { status: 404 }).marker).toBe('gone');
  });

  test('refuses a detail that is another posting', async () => {
    expect(readDetail(adapter, target, await fixture('workable', 'detail.json'), { key: 'ZZZZZZZZZZ' }).marker).toBe('unknown');
  });

  test.each([
    ['https://apply.workable.com/cedar/', 'cedar'],
    ['https://apply.workable.com/cedar/j/A1B2C3D4E5/', 'cedar'],
    ['https://apply.workable.com/api/v1/widget/accounts/cedar?details=true', 'cedar'],
    ['https://www.workable.com/api/accounts/cedar?details=true', 'cedar'],
    ['https://apply.workable.com/j/A1B2C3D4E5', null],
    ['https://www.workable.com/pricing', null],
  ])('recognises %s', (url, account) => {
    expect(adapter.recognise(new URL(url))).toEqual(account === null ? null : { account });
  });
});
