import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/weworkremotely.ts';
import { fixture, readList } from './_support.ts';

const target = { feed: 'remote-jobs' };
const feed = await fixture('weworkremotely', 'remote-jobs.rss.xml');

describe('weworkremotely', () => {
  test('takes the company from in front of the title, and no more of it than that', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'quillfield-health-clinical-content-writer-rehab',
      title: 'Clinical Content Writer: Rehab',
      company: 'Quillfield Health',
      department: 'All Other Remote',
      workMode: 'remote',
      employment: ['Contract'],
      places: [{ raw: 'USA Only', country: 'US' }],
      posted: { value: 'Thu, 19 Nov 2026 14:50:13 +0000', from: 'pubDate' },
      closes: { value: 'Sat, 19 Dec 2026 14:50:13 +0000', from: 'expires_at' },
    });
  });

  test('keeps a title without a company whole', () => {
    expect(readList(adapter, target, feed).postings[1]).toMatchObject({
      title: 'Community Manager',
      company: null,
      places: [{ raw: 'Anywhere in the World' }],
    });
  });

  test('takes the description as the XML parser decoded it', () => {
    expect(readList(adapter, target, feed).postings[0]?.body?.[0]?.html).toBe(
      '<p><strong>Headquarters:</strong> Salem, OR</p><div>Write for therapists &amp; patients.</div>',
    );
  });

  test('refuses a cut feed, the feed of another site, and never closes by absence', () => {
    expect(readList(adapter, target, feed.slice(0, feed.lastIndexOf('<item>'))).marker).toBe('unknown');
    expect(readList(adapter, target, feed.replaceAll('weworkremotely.com', 'other.example')).marker).toBe('unknown');
    expect(adapter.completeness).toBe('truncated');
  });

  test('says "empty" for its own channel without items only', () => {
    expect(readList(adapter, target, feed.replaceAll(/<item>[\s\S]*?<\/item>/g, '')).marker).toBe('empty');
    expect(readList(adapter, target, '<rss version="2.0"><channel><title>x</title></channel></rss>').marker).toBe('unknown');
  });

  test.each([
    ['https://weworkremotely.com/remote-jobs.rss', target],
    ['https://weworkremotely.com/categories/remote-customer-support-jobs', { feed: 'categories/remote-customer-support-jobs' }],
    ['https://weworkremotely.com/', target],
    ['https://weworkremotely.com/remote-jobs/quillfield-health-clinical-content-writer-rehab', null],
    ['https://other.example/remote-jobs.rss', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
