import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { load } from 'cheerio';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { idOfTag } from '../../src/feed/ids.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { likelyFilter } from '../support/filters.ts';
import { insertPostings } from '../support/postings.ts';
import { varied } from '../support/varied.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
  await api.db.transaction().execute(trx =>
    insertPostings(
      trx,
      Array.from({ length: 150 }, (_, i) => varied(i)),
    ),
  );
});
afterAll(() => api.close());

const xmlIds = (xml: string, selector: string) => {
  const $ = load(xml, { xml: true });
  return $(selector)
    .toArray()
    .map(element => idOfTag($(element).text()));
};
const readers: Record<string, (body: string) => string[]> = {
  '/api/v1/postings': body => JSON.parse(body).items.map((item: { id: string }) => item.id),
  '/feed.rss': body => xmlIds(body, 'item > guid'),
  '/feed.atom': body => xmlIds(body, 'entry > id'),
  '/feed.json': body => JSON.parse(body).items.map((item: { id: string }) => idOfTag(item.id)),
  '/feed.csv': body => [...body.matchAll(/^"(v\d+)",/gm)].map(([, id]) => id!),
};

describe('one filter', () => {
  it('gives the same ids in the same order on the API and in every feed, for 200 filters', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(likelyFilter(), async query => {
        // Pages of feeds are longer where nobody says how many.
        const limited = query.includes('limit=') ? query : `${query}&limit=50`;
        const lists = await Promise.all(
          Object.entries(readers).map(async ([path, read]) => {
            const answer = await fetch(`${api.origin}${path}?${path.startsWith('/feed') ? canonicalQuery(parseQuery(limited)) : limited}`);
            expect(answer.status).toBe(200);
            return read(await answer.text());
          }),
        );
        for (const list of lists) expect(list, query).toEqual(lists[0]);
        if (lists[0]!.length > 0) found++;
      }),
      { numRuns: 200 },
    );
    // Filters that find nothing would prove nothing.
    expect(found).toBeGreaterThan(60);
  });

  it.each(['rss', 'atom', 'json', 'csv'])('is written by the command line as %s byte for byte', async format => {
    const query = 'credential=OTA&limit=20';
    const env = { ...process.env, DATABASE_URL: api.url, PUBLIC_URL: 'https://ombre.example', FEED_DOMAIN: 'jobs.example' };
    const run = spawnSync(process.execPath, [MAIN, 'feed', '--filter', query, '--format', format], { env, encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toBe(await (await fetch(`${api.origin}/feed.${format}?${query}`)).text());
    expect(readers[`/feed.${format}`]!(run.stdout)).toHaveLength(20);
  });

  it('is refused by the command line as by the API, with exit code 2', () => {
    const run = spawnSync(process.execPath, [MAIN, 'feed', '--filter', 'credential=RN'], { encoding: 'utf8' });
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('credential is "RN"; allowed: OT, OTA, PT, PTA, SLP');
  });
});
