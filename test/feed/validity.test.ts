import { load } from 'cheerio';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATOM_TYPE } from '../../src/feed/atom.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { tagOf } from '../../src/feed/ids.ts';
import { type FeedFormat, renderFeed } from '../../src/feed/render.ts';
import { RSS_TYPE } from '../../src/feed/rss.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { hasFeedparser, hasXmllint, readByFeedparser, xmllintComplaints } from '../support/judges.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';

const SITE = { origin: 'https://ombre.example', domain: 'ombre.example' };

/** Texts that boards really send, and what an XML document can hold of them. NUL never gets past Postgres. */
const HOSTILE: [name: string, text: string, kept: string][] = [
  ['control characters', 'a\u0001b\u0008c\u000bd\u000ce\u001ff\u007fg\ufffeh\uffff', 'abcdef\u007fgh'],
  ['emoji and other planes', 'Coach 👩🏽‍⚕️ 𝒜 🏳️‍🌈', 'Coach 👩🏽‍⚕️ 𝒜 🏳️‍🌈'],
  ['right to left and its overrides', 'مُعالِج \u202egnol\u202c עברית', 'مُعالِج gnol עברית'],
  ['the end of CDATA', 'a ]]> b <![CDATA[ c', 'a ]]> b <![CDATA[ c'],
  ['the end of a script', 'x </script><script>alert(1)</script>', 'x </script><script>alert(1)</script>'],
  ['markup and entities', `R&D &amp; "sales" <b>bold</b> it's &#x41; <!-- -->`, `R&D &amp; "sales" <b>bold</b> it's &#x41; <!-- -->`],
  ['line ends', 'one\r\ntwo\rthree\nfour\tfive', 'one two three four five'],
  ['a formula', '=HYPERLINK("http://x.example")', '=HYPERLINK("http://x.example")'],
];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const hostile = HOSTILE.map(
    ([, text], i): TestPosting => ({
      id: `hostile-${i}`,
      title: text,
      company: text,
      html: `<p>${text}</p>`,
      text,
      url: `https://jobs.example/?a=1&b=<${i}>`,
    }),
  );
  const many = Array.from({ length: 490 }, (_, i): TestPosting => {
    const [, text] = HOSTILE[i % HOSTILE.length]!;
    return {
      id: `many-${i}`,
      title: `${i} ${text}`,
      html: i === 0 ? `<p>${'long & <b>wide</b> '.repeat(16_000)}</p>` : `<p>${text}</p>`,
      first_seen: '2026-10-01T00:00:00Z',
    };
  });
  await test.db.transaction().execute(trx => insertPostings(trx, [...hostile, ...many]));
});
afterAll(() => test.drop());

const render = async (format: FeedFormat, query: string) => (await renderFeed(test.db, parseQuery(query), format, SITE)).body;

/** Every page of a feed. */
async function pages(format: 'rss' | 'atom'): Promise<string[]> {
  const all: string[] = [];
  let query = 'limit=100';
  for (;;) {
    const page = await renderFeed(test.db, parseQuery(query), format, SITE);
    all.push(page.body);
    if (!page.links.next) return all;
    query = new URL(page.links.next).search;
  }
}

/** Ids, newest first, as the table has them. */
async function storedIds(): Promise<string[]> {
  const rows = await test.db.selectFrom('postings').select('id').orderBy('first_seen', 'desc').orderBy('id', 'desc').execute();
  return rows.map(row => tagOf(SITE.domain, row.id));
}

/** The title as a feed shows it: the hostile text twice, the second time as the employer, on one line. */
const titleOf = (text: string) => shown(`${text} (${text})`.replace(/[\p{Cc}\ufffe\uffff]/gu, c => (c < '\ufffe' ? ' ' : '')));
const shown = (text: string) =>
  text
    .replace(/[\u007f\u202a-\u202e]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const wordsOf = (html: string) => shown(load(html).text());

describe.each([
  ['rss', RSS_TYPE, 'rss20'],
  ['atom', ATOM_TYPE, 'atom10'],
] as const)('%s of 498 hostile postings', (format, type, version) => {
  it.skipIf(!hasXmllint)('is well-formed to xmllint, on every page', async () => {
    const all = await pages(format);
    expect(all).toHaveLength(5);
    for (const page of all) expect(xmllintComplaints(page)).toBe('');
  });

  it.skipIf(!hasFeedparser)('is read by feedparser without complaint, each posting once and in order', async () => {
    const all = (await pages(format)).map(page => readByFeedparser(page, type));
    for (const read of all) expect([read.bozo, read.problem, read.version]).toEqual([0, '', version]);
    expect(all.flatMap(read => read.entries.map(entry => entry.id))).toEqual(await storedIds());
    expect(all[0]!.feed.links.find(link => link.rel === 'self')?.href).toBe(`https://ombre.example/feed.${format}?limit=100`);
    const dates = all.flatMap(read => read.entries.map(entry => [entry.published, entry.link.startsWith('https://ombre.example/jobs/')]));
    expect(new Set(dates.map(([date]) => date))).toEqual(new Set(['2026-11-01T00:00:00', '2026-10-01T00:00:00']));
    expect(dates.every(([, ours]) => ours)).toBe(true);
  });

  it.skipIf(!hasFeedparser).each(HOSTILE)('says %s as it was meant', async (_name, text, kept) => {
    const read = readByFeedparser(await render(format, 'limit=100&since=2026-11-01'), type);
    const id = `hostile-${HOSTILE.findIndex(row => row[1] === text)}`;
    const entry = read.entries.find(({ id: tag }) => tag.endsWith(`/${id}`))!;
    // A reader may take a title of RSS for HTML, as feedparser does when it looks like it; then an ampersand is spelled out.
    expect(shown(entry.title).replaceAll('&amp;', '&')).toBe(titleOf(text).replaceAll('&amp;', '&'));
    expect(wordsOf(entry.content.split(/<hr ?\/?>/)[1] ?? '')).toBe(wordsOf(`<p>${kept}</p>`));
  });
});

describe('the readers of feedsmith', () => {
  it('find the same ids, titles and paging in RSS, Atom and JSON Feed', async () => {
    const rss = parseRssFeed(await render('rss', 'limit=100'));
    const atom = parseAtomFeed(await render('atom', 'limit=100'));
    const json = parseJsonFeed(await render('json', 'limit=100'));
    const ids = (await storedIds()).slice(0, 100);
    expect(rss.items?.map(item => item.guid?.value)).toEqual(ids);
    expect(rss.items?.every(item => item.guid?.isPermaLink === false)).toBe(true);
    expect(atom.entries?.map(entry => entry.id)).toEqual(ids);
    expect(json.items?.map(item => item.id)).toEqual(ids);
    expect(json.next_url).toBe(atom.links?.find(link => link.rel === 'next')?.href?.replace('.atom', '.json'));
    expect(rss.atom?.links?.find(link => link.rel === 'first')?.href).toBe('https://ombre.example/feed.rss?limit=100');
  });
});

describe('Atom', () => {
  it('has nothing plainer than the whole posting, which readers that prefer plain text would show instead', async () => {
    const { entries: [entry] = [] } = parseAtomFeed(await render('atom', 'limit=1'));
    const types = (await render('atom', 'limit=1')).match(/<(?:summary|content) type="[^"]*"/g);
    expect(types).toEqual(['<summary type="html"', '<content type="html"']);
    expect(entry?.content?.value).toContain(entry?.summary?.value);
  });
});

describe('JSON Feed', () => {
  it('is version 1.1 with the posting as the API shows it', async () => {
    const feed = JSON.parse(await render('json', 'limit=1'));
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://ombre.example/feed.json?limit=1',
      language: 'en-US',
    });
    const [item] = feed.items;
    expect(item).toMatchObject({ id: tagOf(SITE.domain, item._ombre.id), url: item._ombre.links.html, external_url: item._ombre.url });
    expect(feed.next_url).not.toBe(feed.feed_url);
  });
});

describe('CSV', () => {
  it('quotes every cell and runs nothing in a spreadsheet', async () => {
    const text = await render('csv', 'limit=100&since=2026-11-01');
    const rows = text.split('\r\n');
    expect(rows[0]).toMatch(/^"id","title","company"/);
    expect(text).toContain(`"'=HYPERLINK(""http://x.example"")"`);
    expect(text.match(/"hostile-\d"/g)).toHaveLength(HOSTILE.length);
    // A line that begins outside quotes begins with an id.
    expect(
      text
        .replace(/"(?:[^"]|"")*"/g, '""')
        .split('\r\n')
        .filter(Boolean)
        .every(line => /^(""(,|$))+$/.test(line)),
    ).toBe(true);
  });
});

describe('dates', () => {
  it('of a feed are those of its postings and not of the clock, so that its bytes stay', async () => {
    expect(await render('rss', 'since=2026-11-01')).toContain('<lastBuildDate>Sun, 01 Nov 2026 00:00:00 GMT</lastBuildDate>');
    const nothing = await render('atom', 'source=none');
    expect(nothing).toContain('<updated>2026-01-01T00:00:00.000Z</updated>');
    expect(nothing).toBe(await render('atom', 'source=none'));
    if (hasXmllint) expect(xmllintComplaints(nothing)).toBe('');
  });
});
