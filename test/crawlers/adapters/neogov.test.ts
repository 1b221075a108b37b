import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/neogov.ts';
import { readDate } from '../../../src/posting/dates.ts';
import { FETCHED_AT, fixture, readList } from './_support.ts';

const target = { agency: 'harlancounty' };
const feed = await fixture('neogov', 'jobs.rss.xml');

describe('neogov', () => {
  test('asks for the agency on either site', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=harlancounty');
    expect(adapter.start({ agency: 'harlanschools', site: 'schooljobs' })[0]?.url).toMatch(/^https:\/\/www\.schooljobs\.com\//);
  });

  test('reads a posting: agency, department, place, pay, employment', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '610001',
      title: 'Adaptive Services Coordinator',
      company: 'Harlan County',
      department: 'Parks',
      requisition: '2026-118',
      places: [{ raw: 'Harlan, Kentucky' }],
      pay: { min: 58000, max: 71500.5, currency: 'USD', interval: 'year' },
      employment: ['Full Time'],
      posted: { value: 'Mon, 09 Nov 2026 23:10:38 GMT', from: 'pubDate' },
    });
  });

  test('reads the odd form of the closing date, in UTC as its field says', () => {
    const closes = readList(adapter, target, feed).postings[0]?.closes;
    expect(closes).toEqual({ value: 'Sun, 20 Dec 2026 05:59:00 GMT', from: 'advertiseToDateTimeUTC' });
    expect(readDate(closes, FETCHED_AT, 'closes')?.value).toBe('2026-12-20T05:59:00.000Z');
  });

  test('hands a closing date for ever out as written, which is then no date', () => {
    const closes = readList(adapter, target, feed).postings[1]?.closes;
    expect(closes).toEqual({ value: 'Thu, 31 Dec 2099 23:59:00', from: 'advertiseToDateTime' });
    expect(readDate(closes, FETCHED_AT, 'closes')).toBeNull();
  });

  test('makes no pay of "Not Displayed" and adds the state to a town', () => {
    expect(readList(adapter, target, feed).postings[1]).toMatchObject({ pay: null, places: [{ raw: 'Evarts, Kentucky' }] });
  });

  test('keeps the parts of the body in order, with their headings, html or text', () => {
    const body = readList(adapter, target, feed).postings[0]?.body;
    expect(body?.map(part => part.heading)).toEqual([undefined, 'Examples of duties', 'Qualifications', 'Supplemental information']);
    expect(body?.[0]?.html).toContain('<p>Plan adaptive programs');
    expect(body?.[3]).toEqual({ heading: 'Supplemental information', text: 'A background check is required.' });
  });

  test('finds the key in the address where the field is missing', () => {
    const without = feed.replaceAll(/<joblisting:jobId>\d+<\/joblisting:jobId>/g, '');
    expect(readList(adapter, target, without).postings.map(posting => posting.key)).toEqual(['610001', '610007']);
    const old = feed.replaceAll(
      /https:\/\/www\.governmentjobs\.com\/careers\/harlancounty\/jobs\/(\d+)[^<]*/g,
      (_, id) => `http://agency.governmentjobs.com/harlancounty/default.cfm?action=viewjob&amp;jobid=${id}`,
    );
    expect(readList(adapter, target, old.replaceAll(/<joblisting:jobId>\d+<\/joblisting:jobId>/g, '')).postings[0]?.key).toBe('610001');
  });

  test('says "empty" only for a channel that names the agency', async () => {
    const empty = await fixture('neogov', 'empty.rss.xml');
    expect(readList(adapter, target, empty).marker).toBe('empty');
    expect(readList(adapter, target, empty.replace('/careers/harlancounty', '/')).marker).toBe('unknown');
    expect(readList(adapter, { agency: 'other' }, empty).marker).toBe('unknown');
  });

  test("refuses another agency's feed, a cut one and one with a document type", () => {
    expect(readList(adapter, { agency: 'other' }, feed)).toMatchObject({ marker: 'unknown', postings: [] });
    expect(readList(adapter, target, feed.slice(0, feed.lastIndexOf('</item>'))).marker).toBe('unknown');
    expect(readList(adapter, target, feed.replace('<rss', '<!DOCTYPE rss [<!ENTITY a "b">]><rss')).why).toContain('document type');
  });

  test.each([
    ['https://www.governmentjobs.com/careers/harlancounty', target],
    ['https://www.governmentjobs.com/careers/harlancounty/jobs/610001/adaptive-services-coordinator', target],
    ['https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=harlancounty', target],
    ['https://www.schooljobs.com/careers/harlanschools', { agency: 'harlanschools', site: 'schooljobs' }],
    ['https://agency.governmentjobs.com/harlancounty/default.cfm', target],
    ['https://www.governmentjobs.com/jobs?keyword=therapist', null],
    ['https://www.governmentjobs.com/careers/home', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
