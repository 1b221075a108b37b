import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/feed.ts';
import { fixture, only, readList } from './_support.ts';

const target = { feed: 'https://jobs.elmgrove.example/feed/?post_type=job_listing' };
const rss = await fixture('feed', 'jobs.rss.xml');
const atom = await fixture('feed', 'jobs.atom');
const rdf = await fixture('feed', 'jobs.rdf');

describe('feed', () => {
  test('reads RSS with the elements job sites add', () => {
    const reading = readList(adapter, target, rss);
    expect(reading).toMatchObject({ marker: 'board', rows: 3, total: null, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'jobs.elmgrove.example?p=711&post_type=job_listing',
      title: 'Telehealth Program Lead',
      company: 'Elm Grove East',
      places: [{ raw: 'Salem, OR' }, { raw: 'Bend, OR' }],
      employment: ['Full Time'],
      pay: '$80,000 - $95,000 a year',
      posted: { value: 'Mon, 16 Nov 2026 15:00:00 +0000', from: 'pubDate' },
      closes: { value: '2026-12-31', from: 'expires' },
    });
  });

  test('prefers the whole content to the excerpt', () => {
    expect(readList(adapter, target, rss).postings[0]?.body).toEqual([
      { html: '<p>Lead our telehealth program &amp; its therapists.</p>' },
    ]);
  });

  test('takes neither the author nor the headline of the channel for an employer', () => {
    expect(readList(adapter, target, rss).postings[1]?.company).toBeNull();
    expect(readList(adapter, target, atom).postings[0]?.company).toBeNull();
  });

  test('reads Atom: the alternate link, relative to the feed, and markup that stands there as elements', () => {
    const reading = readList(adapter, target, atom);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a',
      url: 'https://jobs.elmgrove.example/openings/accessibility-consultant',
      posted: { value: '2026-11-17T12:00:00Z', from: 'published' },
    });
    expect(reading.postings[0]?.body?.[0]?.html).toContain('<p>Advise <em>builders</em> on homes.</p>');
    expect(reading.postings[1]).toMatchObject({ body: [{ html: '<p>Evaluate equipment.</p>' }], posted: { from: 'updated' } });
  });

  test('reads RSS 1.0', () => {
    expect(only(readList(adapter, target, rdf))).toMatchObject({ title: 'Grant Writer', posted: { value: '2026-11-12', from: 'date' } });
  });

  test('refuses a document type, and with it every entity bomb', () => {
    const bomb = rss.replace('<rss', '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss');
    expect(readList(adapter, target, bomb)).toMatchObject({ marker: 'unknown', postings: [] });
    expect(readList(adapter, target, bomb).why).toContain('document type');
  });

  test('refuses a cut feed whole', () => {
    expect(readList(adapter, target, rss.slice(0, rss.lastIndexOf('<item>'))).marker).toBe('unknown');
  });

  test('takes entries that lead to another site for another board, unless the row names that site', () => {
    const elsewhere = { feed: 'https://feeds.example.org/jobs.rss' };
    expect(readList(adapter, elsewhere, rss)).toMatchObject({ marker: 'unknown', postings: [] });
    expect(readList(adapter, { ...elsewhere, site: 'elmgrove.example' }, rss).marker).toBe('board');
  });

  test('names an entry that lacks the id the others have, since its key would be another one', () => {
    const guid = /<guid[^>]*>[^<]*p=708<\/guid>/;
    expect(rss).toMatch(guid);
    expect(readList(adapter, target, rss.replace(guid, '')).shortfall).toBe('1 entries lack the id the others have');
  });

  test('does not take an id that says it is no address for one', () => {
    const linkless = rss.replace('<link>https://jobs.elmgrove.example/job/intake-specialist/</link>', '');
    expect(readList(adapter, target, linkless)).toMatchObject({ rows: 3, shortfall: '1 of 3 rows could not be read' });
  });

  test('says "empty" only for a channel of the site itself, and never closes by absence', () => {
    const none = rss.replaceAll(/<item>[\s\S]*?<\/item>/g, '');
    expect(readList(adapter, target, none).marker).toBe('empty');
    expect(readList(adapter, target, none.replace('<link>https://jobs.elmgrove.example</link>', '')).marker).toBe('unknown');
    expect(adapter.completeness).toBe('truncated');
  });

  test.each(['constructor', '__proto__', 'toString'])('takes a document named %s for no feed', name => {
    expect(readList(adapter, target, `<${name}><item/></${name}>`).marker).toBe('unknown');
  });

  test('takes a page of HTML for no feed', () => {
    expect(readList(adapter, target, '<html><body><h1>Jobs</h1></body></html>').marker).toBe('unknown');
  });

  test.each([
    ['https://jobs.elmgrove.example/jobs.rss', true],
    ['https://jobs.elmgrove.example/?feed=job_feed', true],
    ['https://jobs.elmgrove.example/jobs/feed/', true],
    ['https://jobs.elmgrove.example/jobs', false],
    ['http://www.w3.org/2005/Atom', false],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found ? { feed: url } : null);
  });
});
