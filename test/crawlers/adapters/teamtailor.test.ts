import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/teamtailor.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { host: 'northstar.teamtailor.com' };
const feed = await fixture('teamtailor', 'jobs.rss.xml');

describe('teamtailor', () => {
  test('reads the feed: company from the channel, department, remote status, places', () => {
    const reading = readList(adapter, target, feed);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'd8938509-0000-4755-a5f7-5f89a0ac791e',
      title: 'Clinical Trainer & Educator',
      company: 'Northstar Robotics',
      department: 'Clinical',
      workMode: 'hybrid',
      places: [
        { raw: 'HQ, Boston, United States', city: 'Boston', country: 'United States' },
        { raw: 'Lab, Toronto, Canada', city: 'Toronto', country: 'Canada' },
      ],
      posted: { value: 'Fri, 06 Nov 2026 14:50:13 -0500', from: 'pubDate' },
      url: 'https://northstar.teamtailor.com/jobs/8323453-clinical-trainer',
    });
  });

  test('takes the description as the XML parser decoded it, and decodes it no further', () => {
    const html = readList(adapter, target, feed).postings[0]?.body?.[0]?.html;
    expect(html).toBe('<p>Teach clinics to use our gait robot. R&amp;D is next door.</p><ul><li>PT or PTA</li></ul>');
  });

  test('reads the JSON feed, under the keys of the RSS, where robots.txt refuses that one', async () => {
    const [first] = adapter.start(target);
    expect(first?.instead).toMatchObject({ kind: 'list', url: 'https://northstar.teamtailor.com/jobs.json' });
    const json = await fixture('teamtailor', 'jobs.json');
    const reading = readList(adapter, target, json, first?.instead ? { request: first.instead } : {});
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: 'the feed does not say how many postings there are' });
    expect(reading.postings).toMatchObject([
      {
        key: 'd8938509-0000-4755-a5f7-5f89a0ac791e',
        title: 'Clinical Trainer & Educator',
        company: 'Northstar Robotics',
        requisition: '8323453',
        places: [{ raw: 'Boston, MA, US', city: 'Boston', region: 'MA', country: 'US' }],
        pay: { min: 82_000, max: 96_000, currency: 'USD', interval: 'year' },
        posted: { value: '2026-11-06T14:50:13-05:00', from: 'datePosted' },
        url: 'https://northstar.teamtailor.com/jobs/8323453-clinical-trainer',
        body: [{ html: '<p>Teach clinics to use our gait robot. R&amp;D is next door.</p>' }],
      },
      { key: '2a4eb6a0-0000-4acf-bcce-4d8b37287035', places: [], pay: null },
    ]);
    expect(readList(adapter, { host: 'other.teamtailor.com' }, json).marker).toBe('unknown');
    const bare = await altered('teamtailor', 'jobs.json', feed => {
      feed.items = [];
    });
    expect(readList(adapter, target, bare).marker).toBe('empty');
    expect(readList(adapter, target, '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"}]}').marker).toBe('unknown');
    expect(readList(adapter, target, json.slice(0, 900)).marker).toBe('unknown');
  });

  test('keeps a fully remote job without any place', () => {
    expect(readList(adapter, target, feed).postings[1]).toMatchObject({ workMode: 'remote', places: [] });
  });

  test('reads no work mode from "none", which is also the answer of boards that never chose', () => {
    expect(readList(adapter, target, feed.replace('hybrid', 'none')).postings[0]?.workMode).toBeNull();
  });

  test('asks for the next page while pages are full and stops on a short one', () => {
    const item = /<item>[\s\S]*?<\/item>/.exec(feed)?.[0] ?? '';
    const many = Array.from({ length: 100 }, (_, i) => item.replace('d8938509', `d89385${String(i).padStart(2, '0')}`)).join('');
    const full = readList(adapter, target, feed.replace(item, many));
    const next = full.follow[0] as PageRequest;
    expect(next.url).toBe('https://northstar.teamtailor.com/jobs.rss?offset=100&per_page=100');
    const end =
      '<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel><title>Northstar Robotics</title><link>https://northstar.teamtailor.com/jobs</link></channel></rss>';
    expect(adapter.read(answer(next, end), target)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('says "empty" for a channel without items, "gone" for an unknown tenant, "unknown" for a switched-off feed', async () => {
    expect(readList(adapter, target, await fixture('teamtailor', 'empty.rss.xml')).marker).toBe('empty');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
    expect(readList(adapter, target, '<!DOCTYPE html><html><body>Jobs</body></html>').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 400 }).marker).toBe('unknown');
  });

  test('refuses a cut feed whole, since what is missing cannot be told', () => {
    expect(readList(adapter, target, feed.slice(0, feed.lastIndexOf('<item>'))).marker).toBe('unknown');
  });

  test("reads the feed from the employer's own domain and refuses another tenant's", () => {
    expect(readList(adapter, { host: 'careers.northstar.example' }, feed).marker).toBe('board');
    expect(readList(adapter, { host: 'other.teamtailor.com' }, feed).marker).toBe('unknown');
  });

  test.each([
    ['https://northstar.teamtailor.com/jobs', 'northstar.teamtailor.com'],
    ['https://northstar.na.teamtailor.com/jobs/8323453-clinical-trainer', 'northstar.na.teamtailor.com'],
    ['https://www.teamtailor.com/', null],
    ['https://api.teamtailor.com/v1/jobs', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
