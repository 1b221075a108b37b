import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ATOM_TYPE } from '../../src/feed/atom.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { renderFeed } from '../../src/feed/render.ts';
import { RSS_TYPE } from '../../src/feed/rss.ts';
import { feedPage, feedRevision } from '../../src/store/feed/postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { hasFeedparser, readByFeedparser } from '../support/judges.ts';
import { insertPostings } from '../support/postings.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.transaction().execute(async trx => {
    for (const [source, n] of [
      ['burst', 119],
      ['flood', 620],
      ['old', 130],
    ] as const) {
      await insertPostings(
        trx,
        Array.from({ length: n }, (_, i) => ({
          id: `${source}-${String(i).padStart(4, '0')}`,
          source,
          first_seen: '2026-01-01T00:00:00Z',
        })),
      );
    }
    await sql`update postings set first_seen = now() - interval '47 hours' where id like 'burst-%' or id like 'flood-%'`.execute(trx);
  });
});
afterAll(() => test.drop());

const page = (query: string) => feedPage(test.db, parseQuery(query), { recent: true });

it('a burst of 119 in one visit is whole in one page of a feed', async () => {
  const { items, next } = await page('source=burst');
  expect([items.length, next]).toEqual([119, null]);
});

it.skipIf(!hasFeedparser).each([
  ['rss', RSS_TYPE],
  ['atom', ATOM_TYPE],
] as const)('a feed reader that looks once at the %s gets all 119 of them, each once', async (format, type) => {
  const site = { origin: 'https://ombre.example', domain: 'ombre.example' };
  const read = readByFeedparser((await renderFeed(test.db, parseQuery('source=burst'), format, site)).body, type);
  expect([read.bozo, new Set(read.entries.map(({ id }) => id)).size, read.entries.length]).toEqual([0, 119, 119]);
});

it('a page of a feed has 100 postings where fewer are new, and never more than 500', async () => {
  expect((await page('source=old')).items).toHaveLength(100);
  expect((await page('source=old,burst')).items).toHaveLength(119);
  expect((await page('source=flood')).items).toHaveLength(500);
  expect((await page('source=burst&limit=50')).items).toHaveLength(50);
  expect((await feedPage(test.db, parseQuery('source=burst'), {})).items).toHaveLength(50);
});

it.each(['source=burst,flood,old', 'source=old', 'source=burst,old', 'source=flood&limit=100'])(
  'pages of %s lose none and repeat none',
  async query => {
    const ids: string[] = [];
    let filter = parseQuery(query);
    for (let pages = 0; pages < 20; pages++) {
      const { items, next } = await feedPage(test.db, filter, { recent: true });
      ids.push(...items.map(item => item.id));
      if (!next) break;
      filter = { ...filter, cursor: next };
    }
    const { rows } = await sql<{ id: string }>`select p.id from postings p join sources s on s.id = p.source_id
    where s.slug = any(${parseQuery(query).source}::text[]) order by p.first_seen desc, p.id desc`.execute(test.db);
    expect(ids).toEqual(rows.map(({ id }) => id));
  },
);

it('the revision is that of the page, and another one when the window has moved on', async () => {
  const filter = parseQuery('source=burst');
  const before = await page('source=burst');
  expect((await feedRevision(test.db, filter, { recent: true })).revision).toBe(before.revision);
  await sql`update postings set first_seen = first_seen - interval '1 day' where id like 'burst-%'`.execute(test.db);
  const after = await page('source=burst');
  expect(after.items).toHaveLength(100);
  expect(after.revision).not.toBe(before.revision);
  expect((await feedRevision(test.db, filter, { recent: true })).revision).toBe(after.revision);
});
