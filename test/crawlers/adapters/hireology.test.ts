import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/hireology.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { company: 'orchardhomecare' };
const list = await fixture('hireology', 'list.json');

describe('hireology', () => {
  test('reads whole postings with every place', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toEqual({
      key: '3105520',
      title: 'Client Care Coordinator & Scheduler',
      company: 'Orchard Home Care',
      department: 'Operations',
      places: [
        { raw: 'Ashwater, OH', city: 'Ashwater', region: 'OH' },
        { raw: 'Fallbrook, OH', city: 'Fallbrook', region: 'OH' },
      ],
      workMode: null,
      pay: { min: 21, max: 24, currency: 'USD', interval: 'hour' },
      employment: ['Full Time - hourly'],
      posted: { value: '2026-11-10T15:01:42.316Z', from: 'created_at' },
      url: 'https://careers.hireology.com/orchardhomecare/3105520/description',
      applyUrl: 'https://careers.hireology.com/orchardhomecare/3105520/description',
      body: [{ html: '<div><h2>Coordinator</h2><p>Match <strong>caregivers</strong> with clients &amp; keep the schedule.</p></div>' }],
    });
  });

  test('reads a single amount where the pay is no range, and remote from its own field', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      workMode: 'remote',
      pay: { min: 78_000, max: 78_000, currency: 'USD', interval: 'year' },
    });
  });

  test('pages by the rows that came, whatever size the answer names, until the count is reached', async () => {
    const body = await altered('hireology', 'list.json', page => {
      page.count = 5;
    });
    const [second] = readList(adapter, target, body).follow;
    expect(second?.url).toBe('https://api.hireology.com/v2/public/careers/orchardhomecare?page=2&page_size=100');
    const [third] = adapter.read(answer(second!, body), target).follow;
    expect(third?.url).toContain('page=3&');
    expect(adapter.read(answer(third!, body), target).follow).toEqual([]);
    expect(adapter.read(answer(third!, '{"data":[],"count":5,"page":3,"page_size":100}'), target)).toMatchObject({ rows: 0, follow: [] });
  });

  test('leaves out what is not open', async () => {
    const body = await altered('hireology', 'list.json', page => {
      page.data[0].status = 'Closed';
    });
    expect(readList(adapter, target, body)).toMatchObject({ marker: 'board', rows: 2, shortfall: null, postings: [{ key: '3105611' }] });
  });

  test("never takes the posting of a member of the group, nor another board's answer", async () => {
    const body = await altered('hireology', 'list.json', page => {
      page.data[1].career_site_url = 'https://careers.hireology.com/willowdental/3105611/description';
    });
    expect(readList(adapter, target, body)).toMatchObject({ marker: 'board', rows: 2, postings: [{ key: '3105520' }] });
    expect(readList(adapter, { company: 'willowdental' }, list).why).toContain('another board');
  });

  test('says "empty" only for a count of 0, "gone" for a 404', () => {
    expect(readList(adapter, target, '{"data":[],"count":0,"page":1,"page_size":100}').marker).toBe('empty');
    expect(readList(adapter, target, '{"data":[],"page":1,"page_size":100}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"data":[],"count":3,"page":1,"page_size":100}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"errors":["not found"]}', { status: 404 }).marker).toBe('gone');
  });

  test.each([
    ['https://www.hireology.com/', null],
    ['https://careers.hireology.com/', null],
    ['https://api.hireology.com/v1/jobs', null],
    ['https://careers.hireology.com/acme', 'acme'],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
