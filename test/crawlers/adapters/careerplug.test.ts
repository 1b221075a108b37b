import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/careerplug.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'quillback' };
const list = await fixture('careerplug', 'list.html');
const paged = await fixture('careerplug', 'list-paged.html');

describe('careerplug', () => {
  test('reads whole postings where the data beside the cards has the same titles in the same order', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '2201',
        title: 'Home Health Physical Therapist',
        company: 'Quillback Home Care - South',
        places: [{ raw: 'South Burlington, VT, US' }],
        pay: { min: 41, max: 52, currency: 'USD', interval: 'hour' },
        employment: ['PART_TIME'],
        posted: { value: '2026-11-03T12:34:07+00:00', from: 'datePosted' },
        url: 'https://quillback.careerplug.com/jobs/2201',
        body: [{ html: '<p>Visit patients at home.</p>' }],
      },
      { key: '2188', places: [{ raw: 'Remote or Montpelier' }], employment: ['Full Time'], body: [{ text: 'Assist our therapists.' }] },
    ]);
    expect(reading.postings[0]?.detail).toBeUndefined();
  });

  test('reads the cards alone, each with its page, where the data is missing or in another order', () => {
    const card = {
      key: '2201',
      title: 'Home Health Physical Therapist',
      places: [{ raw: 'South Burlington, VT', city: 'South Burlington', region: 'VT' }],
      employment: ['Part Time'],
      posted: { value: '2026-11-03', from: 'job-post-date' },
      detail: { kind: 'detail', key: '2201', url: 'https://quillback.careerplug.com/jobs/2201', redirects: 'none' },
    };
    expect(readList(adapter, target, paged).postings[0]).toMatchObject(card);
    const turned = list.replace('"title":"Home Health Physical Therapist"', '"title":"Certified OT Assistant"');
    expect(readList(adapter, target, turned).postings[0]).toMatchObject(card);
  });

  test('follows the pager to its last page', () => {
    const second = readList(adapter, target, paged).follow[0] as PageRequest;
    expect(second.url).toBe('https://quillback.careerplug.com/jobs?page=2');
    const third = adapter.read(answer(second, paged), target).follow[0] as PageRequest;
    expect(third.url).toBe('https://quillback.careerplug.com/jobs?page=3');
    expect(adapter.read(answer(third, paged), target).follow).toEqual([]);
    expect(adapter.read(answer(third, '<html><body><div id="jobs"></div></body></html>'), target).marker).toBe('unknown');
  });

  test('is not sure of a full page without a pager, nor of a page that is cut', () => {
    const card = paged.slice(paged.indexOf('<a class="job-row"'), paged.indexOf('</a>') + 4);
    const cards = Array.from({ length: 30 }, (_, index) => card.replace('/jobs/2201', `/jobs/${index + 1}`)).join('');
    expect(readList(adapter, target, `<html><body>${cards}</body></html>`).shortfall).toBe('a full page that names no next one');
    expect(readList(adapter, target, list.slice(0, list.indexOf('Remote or'))).shortfall).toContain('cut off');
  });

  test('counts a card without a title as a row it could not read', () => {
    expect(readList(adapter, target, paged.replace('Certified OT Assistant', '')).shortfall).toBe('1 of 2 rows could not be read');
  });

  test('asks the page about the employer where a board leads to an application form, and does not open the form', () => {
    const away = { status: 302, headers: { location: '/jobs/2201/apps/new' } };
    const reading = readList(adapter, target, '', away);
    expect(reading.follow).toMatchObject([{ url: 'https://quillback.careerplug.com/account', redirects: 'none' }]);
    const account = reading.follow[0] as PageRequest;
    expect(adapter.read(answer(account, list), target).postings).toHaveLength(2);
    expect(adapter.read(answer(account, '', away), target)).toMatchObject({ marker: 'unknown', follow: [] });
    expect(readDetail(adapter, target, '', {}, away).marker).toBe('unknown');
  });

  test('is not sure of a board that leads to a sign-in, nor of a page without cards', () => {
    const away = { status: 302, headers: { location: 'https://app.careerplug.com/users/sign_in' } };
    expect(readList(adapter, target, '', away).marker).toBe('unknown');
    expect(readList(adapter, target, '<html><body><div id="jobs">No jobs</div></body></html>').marker).toBe('unknown');
  });

  test("reads a posting's own page", async () => {
    expect(only(readDetail(adapter, target, await fixture('careerplug', 'detail.html'), { key: '2188' }))).toMatchObject({
      key: '2188',
      title: 'Certified OT Assistant',
      company: 'Quillback Home Care - North',
      body: [{ html: '<p>Assist our therapists in three counties.</p>' }],
    });
  });

  test.each([
    ['https://quillback.careerplug.com/', 'quillback'],
    ['https://quillback.careerplug.com/jobs/2201', 'quillback'],
    ['https://app.careerplug.com/jobs/2201/apps/new', null],
    ['https://www.careerplug.com/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
