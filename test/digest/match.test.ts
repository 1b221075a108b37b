import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clausesOfQuery, matchQueries } from '../../src/digest/clauses.ts';
import { matchNew } from '../../src/digest/match.ts';
import { mailFilter, wantedQuery } from '../../src/digest/wanted.ts';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { feedPage } from '../../src/store/feed/postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { likelyFilter, randomFilter } from '../support/filters.ts';
import { insertPostings } from '../support/postings.ts';
import { varied } from '../support/varied.ts';
import { active, emptied, iso, later, MONDAY } from './support.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

async function ledger(): Promise<string[]> {
  const rows = await t.db
    .selectFrom('digest_items as i')
    .innerJoin('subscriptions as s', 's.id', 'i.subscription_id')
    .select(['s.email', 'i.posting_id'])
    .execute();
  return rows.map(row => `${row.email} ${row.posting_id}`).sort();
}

describe('a subscription', () => {
  const ids = Array.from({ length: 90 }, (_, i) => `v${i}`);
  beforeAll(() =>
    insertPostings(
      t.db,
      Array.from({ length: 90 }, (_, i) => varied(i)),
    ),
  );

  test('matches the ids that the feed of its filter shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(likelyFilter(), randomFilter()), { minLength: 1, maxLength: 12 }), async texts => {
        const queries = texts.map(text => canonicalQuery(mailFilter(parseQuery(text))));
        const matches = await matchQueries(t.db, ids, queries);
        for (const query of queries) {
          const { items } = await feedPage(t.db, { ...parseQuery(query), limit: 100 }, {});
          expect((matches.get(query) ?? []).map(n => ids[n]).sort(), query).toEqual(items.map(item => item.id).sort());
        }
      }),
      { numRuns: 40 },
    );
  });

  test('of a filter with everything in it falls into one clause a field', () => {
    const query = canonicalQuery(
      parseQuery(
        'path=sales,writing&credential=OTA&verdict=named&near=78701&radius=25&pay_min=30&pay_interval=hour&include=clinical&company=a, b&company=c&q=x',
      ),
    );
    expect(clausesOfQuery(query)).toEqual([
      ['company=a%2C%20b&include=clinical', 'company=c&include=clinical'],
      ['credential=OTA&verdict=named&include=clinical'],
      ['near=78701&radius=25&include=clinical'],
      ['path=writing&include=clinical', 'path=sales&include=clinical'],
      ['pay_min=30&pay_interval=hour&include=clinical'],
      ['q=x&include=clinical'],
    ]);
  });

  test('is nothing for postings that are not there', async () => {
    const matches = await matchQueries(t.db, ['none', 'v1', 'none either', 'v2'], ['']);
    expect(matches.get('')).toEqual([1, 3]);
  });
});

test.each(['', 'include=clinical', 'posted_since=7d', 'since=7d', 'limit=10', 'include=clinical,closed&since=2d'])(
  'a subscription to everything (%s) is refused with the reason',
  query => {
    expect(() => wantedQuery(query)).toThrow(/narrows it/);
  },
);

test('paging, since and closed postings are no part of a subscription', () => {
  expect(wantedQuery('limit=10&path=sales&since=7d&include=closed&credential=OTA')).toBe('credential=OTA&path=sales');
});

describe('matching', () => {
  const now = later(MONDAY, 0);
  const fresh = (id: string, more = {}) => ({ id, paths: ['sales' as const], first_seen: iso(-1), ...more });
  beforeEach(async () => {
    await emptied(t.db);
  });

  test('finds new, changed and reopened postings once, and no old or closed ones', async () => {
    await active(t.db, 'a@example.org', 'path=sales', { gathered_at: now });
    await active(t.db, 'b@example.org', 'work_mode=remote', { gathered_at: now });
    await active(t.db, 'paused@example.org', 'path=sales', { gathered_at: now, paused_at: now });
    await insertPostings(t.db, [
      fresh('new'),
      fresh('remote', { work_mode: 'remote' }),
      fresh('old', { first_seen: '2026-10-01T00:00:00Z' }),
      fresh('closed', { closed_at: iso(-0.5) }),
      fresh('clinical', { relevance: 'clinical' }),
    ]);
    expect(await matchNew(t.db, now)).toMatchObject({ pairs: 3 });
    expect(await ledger()).toEqual(['a@example.org new', 'a@example.org remote', 'b@example.org remote']);
    expect(await matchNew(t.db, now)).toEqual({ postings: 0, pairs: 0, gathered: 0, unread: 0 });

    await sql`update postings set work_mode = 'remote', updated_at = ${now} where id = 'new'`.execute(t.db);
    await sql`update postings set closed_at = null, reopened_at = ${now}, updated_at = ${now} where id in ('closed', 'old')`.execute(t.db);
    await sql`update postings set last_seen = ${now} where id = 'remote'`.execute(t.db);
    expect(await matchNew(t.db, now)).toMatchObject({ postings: 3 });
    expect(await ledger()).toEqual([
      'a@example.org closed',
      'a@example.org new',
      'a@example.org old',
      'a@example.org remote',
      'b@example.org new',
      'b@example.org remote',
    ]);
  });

  test('gives a new subscription all of the last 14 days, and later what is new', async () => {
    await insertPostings(
      t.db,
      Array.from({ length: 30 }, (_, i) => fresh(`p${i}`, { first_seen: new Date(MONDAY.getTime() - (i * 86_400_000) / 2).toISOString() })),
    );
    await active(t.db, 'a@example.org', 'path=sales');
    await sql`truncate digest_pending`.execute(t.db);
    expect(await matchNew(t.db, now)).toMatchObject({ gathered: 1 });
    expect(await ledger()).toHaveLength(29);
    await insertPostings(t.db, [fresh('newest')]);
    await matchNew(t.db, now);
    expect(await ledger()).toHaveLength(30);
  });

  test('leaves to another process what that has taken, and loses nothing when it fails', async () => {
    await active(t.db, 'a@example.org', 'path=sales', { gathered_at: now });
    await insertPostings(t.db, [fresh('one')]);
    const gone = t.db.transaction().execute(async trx => {
      await sql`delete from digest_pending`.execute(trx);
      await sql`lock table digest_items in exclusive mode nowait`.execute(trx);
      expect(await matchNew(t.db, now)).toMatchObject({ postings: 0 });
      throw new Error('cut off');
    });
    await expect(gone).rejects.toThrow('cut off');
    expect(await matchNew(t.db, now)).toMatchObject({ postings: 1, pairs: 1 });
  });
});
