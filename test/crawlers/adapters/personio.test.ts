import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/personio.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

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

  describe('where robots.txt closes the feed', () => {
    const request = adapter.start(target)[0]?.instead as PageRequest;

    test('asks for the careers page, and reads the postings it links to, each once', async () => {
      expect(request.url).toBe('https://gangwerk.jobs.personio.de/?language=en');
      const reading = adapter.read(answer(request, await fixture('personio', 'careers.html')), target);
      expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [] });
      expect(reading.postings).toMatchObject([
        {
          key: '1834171',
          title: 'Clinical Application Specialist',
          department: 'Clinical',
          places: [{ raw: 'Chicago' }],
          employment: ['Full-time', 'Permanent employee'],
          detail: { kind: 'detail', key: '1834171', url: 'https://gangwerk.jobs.personio.de/job/1834171' },
        },
        // Two words of three: nothing says whether a place is among them.
        { key: '1834172', title: 'Rehab Sales Trainee', places: [], employment: [] },
      ]);
    });

    test('never takes what it shows for the whole board, nor a page without postings for an empty one', async () => {
      const page = await fixture('personio', 'careers.html');
      expect(adapter.read(answer(request, page), target).shortfall).toContain('does not say how many');
      const none = page.replaceAll(/<section[\s\S]*?<\/section>/g, '');
      expect(adapter.read(answer(request, none), target).marker).toBe('unknown');
      expect(adapter.read(answer(request, page.slice(0, 900)), target).shortfall).toContain('cut off');
    });

    test("reads the posting's own page by its sections", async () => {
      expect(only(readDetail(adapter, target, await fixture('personio', 'job.html'), { key: '1834171' }))).toMatchObject({
        key: '1834171',
        title: 'Clinical Application Specialist',
        places: [{ raw: 'Chicago' }],
        body: [
          { heading: 'Your tasks', html: '<p>Train clinics.</p><ul><li>PT or OT</li></ul>' },
          { heading: 'Your profile', html: '<p>Two years in a clinic.</p>' },
        ],
      });
    });
  });

  test.each([
    ['https://gangwerk.jobs.personio.de/', 'gangwerk.jobs.personio.de'],
    ['https://gangwerk.jobs.personio.com/job/1834171?language=en', 'gangwerk.jobs.personio.com'],
    ['https://www.personio.com/', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
