import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/personio.ts';
import { answer, fixture, readList } from './_support.ts';

const target = { host: 'gangwerk.jobs.personio.de' };
const english = await fixture('personio', 'en.xml');

describe('personio', () => {
  test('reads positions with every office, and a position that stands there twice once', () => {
    const reading = readList(adapter, target, english);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '1834171',
      title: 'Clinical Application Specialist',
      company: 'Gangwerk Medical SE & Co. KG',
      department: 'Clinical',
      places: [{ raw: 'Chicago' }, { raw: 'Munich' }],
      employment: ['full-time'],
      posted: { value: '2026-10-13T14:10:41+00:00', from: 'createdAt' },
      url: 'https://gangwerk.jobs.personio.de/job/1834171',
    });
  });

  test("keeps the parts of the text under their headings: the name inside a part is not the position's", () => {
    expect(readList(adapter, target, english).postings[0]?.body).toEqual([
      { heading: 'Your tasks', html: '<p>Train clinics.</p><ul><li>PT or OT</li></ul>' },
      { heading: 'Your profile', html: '<p>Two years in a clinic &amp; patience.</p>' },
    ]);
  });

  test('asks for the other language where a position has no text, and reads from it only what has one', async () => {
    const reading = readList(adapter, target, english);
    const other = reading.follow[0] as PageRequest;
    expect(other.url).toBe('https://gangwerk.jobs.personio.de/xml?language=de');
    const filled = adapter.read(answer(other, await fixture('personio', 'de.xml')), target);
    expect(filled.postings).toMatchObject([{ key: '1834172', body: [{ heading: 'Deine Aufgaben' }] }]);
    expect(filled.follow).toEqual([]);
  });

  test('asks for no other language when everything has text', () => {
    const whole = english.replace(
      '<jobDescriptions></jobDescriptions>',
      '<jobDescriptions><jobDescription><name>Job</name><value>Sell.</value></jobDescription></jobDescriptions>',
    );
    expect(readList(adapter, target, whole).follow).toEqual([]);
  });

  test('hands both date forms out as written', () => {
    expect(readList(adapter, target, english).postings[1]?.posted).toEqual({ value: '2026-10-31T12:14:07+0200', from: 'createdAt' });
  });

  test('names the kind of employment beside the schedule unless it is permanent', () => {
    expect(readList(adapter, target, english).postings[1]?.employment).toEqual(['full-time', 'trainee']);
  });

  test('says "empty" for a whole feed without positions and "gone" where the feed is switched off', async () => {
    expect(readList(adapter, target, await fixture('personio', 'empty.xml')).marker).toBe('empty');
    expect(readList(adapter, target, '<workzag-jobs><oops/></workzag-jobs>').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test('refuses a cut feed and XML of another kind', () => {
    expect(readList(adapter, target, english.slice(0, -40)).marker).toBe('unknown');
    expect(readList(adapter, target, '<rss><channel/></rss>').marker).toBe('unknown');
  });

  test.each([
    ['https://gangwerk.jobs.personio.de/', 'gangwerk.jobs.personio.de'],
    ['https://gangwerk.jobs.personio.com/job/1834171?language=en', 'gangwerk.jobs.personio.com'],
    ['https://www.personio.com/', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
