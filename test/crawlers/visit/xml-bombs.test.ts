import { afterEach, describe, expect, test } from 'vitest';
import type { Adapter } from '../../../src/crawlers/adapter.ts';
import { systemOf } from '../../../src/crawlers/systems.ts';
import { type Listing, readListing } from '../../../src/crawlers/visit/listing.ts';
import { closeAll, engine, site } from '../engine/support.ts';

afterEach(closeAll);

const MANY = 200_000;
const numbered = (entry: (n: number) => string) => Array.from({ length: MANY }, (_, n) => entry(n)).join('');
const entities = numbered(n => (n < 9 ? `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">` : ''));

const BOMBS: [what: string, xml: string][] = [
  ['entities within entities', `<!DOCTYPE a [<!ENTITY e0 "ha">${entities}]><rss><channel><title>&e9;</title></channel></rss>`],
  ['an entity that is a file', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>'],
  ['a document type somewhere else', '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd"><rss/>'],
  ['entities nobody declared', `<rss><channel><title>${'&ha;'.repeat(MANY)}</title></channel></rss>`],
  ['elements within each other', `<rss>${'<a>'.repeat(MANY)}${'</a>'.repeat(MANY)}</rss>`],
  ['elements that never close', `<urlset>${'<url>'.repeat(MANY)}`],
  ['attributes', `<rss ${numbered(n => `a${n}="${n}" `)}/>`],
  ['one attribute again and again', `<rss ${'a="1" '.repeat(MANY)}/>`],
  ['namespaces', `<urlset ${numbered(n => `xmlns:n${n}="u" `)}/>`],
  ['a name of megabytes', `<${'a'.repeat(5_000_000)}/>`],
];

const READERS: [system: string, target: (url: string) => unknown][] = [
  ['jsonld', url => ({ sitemap: url })],
  ['feed', url => ({ feed: url })],
];

/** What a visit reads of a board whose list is that text. */
async function listed(system: string, target: (url: string) => unknown, xml: string, most?: number): Promise<Listing> {
  const there = await site((_request, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end(xml));
  const adapter = (await systemOf(system)) as Adapter;
  const board = { adapter, target: adapter.target.parse(target(`${there.url}/list.xml`)), slug: 'a-source', fetcher: engine([there]) };
  return readListing({ ...board, signal: new AbortController().signal }, most === undefined ? {} : { mostRequests: most });
}

describe.each(READERS)('a board of %s', (system, target) => {
  test.each(BOMBS)('whose list is made of %s fails with a reason, and proves nothing', async (_what, xml) => {
    const { end, reason, requests, postings } = await listed(system, target, `<?xml version="1.0"?>${xml}`);
    expect({ end, requests, postings: postings.size }).toEqual({ end: 'failed', requests: 1, postings: 0 });
    expect(reason).not.toBe('');
    // It is stored, and shown to people.
    expect(reason.length).toBeLessThanOrEqual(300);
  });
});

test('an index of more sitemaps than a call takes arguments is read as far as a visit may go, and proves nothing', async () => {
  const index = `<sitemapindex>${numbered(n => `<sitemap><loc>http://127.0.0.1/s${n}.xml</loc></sitemap>`)}</sitemapindex>`;
  const { end, reason, requests } = await listed('jsonld', url => ({ sitemap: url }), index, 1);
  expect({ end, reason, requests }).toEqual({ end: 'partial', reason: 'the sitemap is full at 50000 addresses', requests: 1 });
});
