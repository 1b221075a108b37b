import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/clearcompany.ts';
import { altered, fixture, readList } from './_support.ts';

const target = { site: '3f0c7a52-6b1d-4e98-8a47-d25e90b7c613' };
const list = await fixture('clearcompany', 'list.json');

describe('clearcompany', () => {
  test('reads whole postings with every place, under the address people open', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '6d9f1c20-84ab-4e07-b3c5-1f7a2d905e11',
      title: 'Occupational Therapist',
      company: 'Juniper Ridge Pediatrics',
      department: 'Related Services',
      places: [
        { raw: 'Bend, OR, US', city: 'Bend', region: 'OR', country: 'US' },
        { raw: 'Redmond, OR, US', city: 'Redmond', region: 'OR', country: 'US' },
      ],
      workMode: null,
      posted: { value: '2026-11-02T00:00:00', from: 'postedDate' },
      url: 'https://juniperridge.clearcompany.com/careers/jobs/6d9f1c20-84ab-4e07-b3c5-1f7a2d905e11',
      applyUrl: 'https://juniperridge.clearcompany.com/careers/jobs/6d9f1c20-84ab-4e07-b3c5-1f7a2d905e11/apply',
    });
  });

  test("takes remote from its own field, the place from the row's words, and the opening day where no posting day is told", () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      workMode: 'remote',
      places: [{ raw: 'Remote (US)', city: null, region: null, country: 'US' }],
      posted: { value: '2026-11-09T00:00:00', from: 'openDate' },
    });
  });

  test('refuses rows of another employer, and an answer that mixes employers', async () => {
    expect(readList(adapter, { ...target, company: 'juniperridge' }, list).postings).toHaveLength(2);
    expect(readList(adapter, { ...target, company: 'other' }, list)).toMatchObject({ marker: 'unknown', postings: [] });
    const mixed = list.replace('https://juniperridge.', 'https://stranger.');
    expect(readList(adapter, target, mixed)).toMatchObject({ marker: 'unknown', why: 'rows of several employers: stranger, juniperridge' });
    const own = readList(adapter, { ...target, company: 'juniperridge' }, mixed);
    expect(own.postings.map(posting => posting.title)).toEqual(['Utilization Review Nurse (Remote)']);
    expect(own.shortfall).toBe('1 of 2 rows could not be read');
  });

  test('says what the total lacks', async () => {
    const longer = await altered('clearcompany', 'list.json', page => {
      page.totalCount = 130;
    });
    expect(readList(adapter, target, longer)).toMatchObject({ total: 130, rows: 2 });
    const untold = await altered('clearcompany', 'list.json', page => {
      delete page.totalCount;
    });
    expect(readList(adapter, target, untold).shortfall).toContain('does not say how many');
  });

  test('never takes a list without rows for an empty board', () => {
    const none = '{"results":[],"currentPageIndex":0,"totalCount":0,"currentPageCount":0}';
    expect(readList(adapter, target, none)).toMatchObject({ marker: 'unknown', total: 0 });
  });

  test('says "gone" for a site that is not found', () => {
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
    expect(readList(adapter, target, '{}', { status: 400 }).marker).toBe('unknown');
  });

  test.each([
    ['https://careers-api.clearcompany.com/v1/3f0c7a52-6b1d-4e98-8a47-d25e90b7c613', target],
    ['https://careers-content.clearcompany.com/js/v1/career-site.js?siteId=3F0C7A52-6B1D-4E98-8A47-D25E90B7C613', target],
    ['https://juniperridge.clearcompany.com/careers/jobs', null],
    ['https://careers-content.clearcompany.com/js/v1/career-site.js', null],
    ['https://careers-api.clearcompany.com/v1/settings/3f0c7a52-6b1d-4e98-8a47-d25e90b7c613', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
