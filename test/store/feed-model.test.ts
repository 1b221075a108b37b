import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Filter, parseQuery } from '../../src/feed/filter.ts';
import { CREDENTIALS } from '../../src/posting/taxonomy.ts';
import { feedPage } from '../../src/store/feed/postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { likelyFilter } from '../support/filters.ts';
import { insertPostings } from '../support/postings.ts';
import { varied } from '../support/varied.ts';

const POSTINGS = Array.from({ length: 150 }, (_, i) => varied(i));
type Varied = (typeof POSTINGS)[number];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.transaction().execute(trx => insertPostings(trx, POSTINGS));
});
afterAll(() => test.drop());

const any = (asked: readonly string[], has: readonly (string | null)[]) => asked.length === 0 || asked.some(value => has.includes(value));

/** What a filter means, said once more in plain words; text search is Postgres' own. */
function wanted(posting: Varied, filter: Filter): boolean {
  const { relevance, closed_at, pay, places, work_mode, employment_types, facets, verdicts } = posting;
  const told = (filter.credential.length ? filter.credential : CREDENTIALS).map(name =>
    relevance === 'nonclinical' ? verdicts[name]! : null,
  );
  const yearly = pay && (pay.max ?? pay.min ?? 0) * (pay.interval === 'hour' ? 2080 : 1);
  const since = filter.since && 'instant' in filter.since ? filter.since.instant : '';
  return (
    (relevance === 'nonclinical' || filter.include.includes('clinical')) &&
    (closed_at === null || filter.include.includes('closed')) &&
    (relevance !== 'nonclinical' || filter.include.includes('barred') || CREDENTIALS.some(name => verdicts[name] !== 'barred')) &&
    any(filter.path, posting.paths) &&
    any(filter.verdict, told) &&
    any(filter.work_mode, [work_mode]) &&
    any(
      filter.state,
      places.map(place => place.region),
    ) &&
    (filter.pay_min === null || (yearly ?? 0) >= filter.pay_min) &&
    (!filter.beside || any(['part_time', 'per_diem', 'contract', 'freelance', 'temporary'], employment_types)) &&
    (filter.max_years === null || (facets.min_years ?? 0) <= filter.max_years) &&
    posting.first_seen >= since
  );
}

const newestFirst = (a: Varied, b: Varied) =>
  a.first_seen === b.first_seen ? (a.id < b.id ? 1 : -1) : a.first_seen < b.first_seen ? 1 : -1;

it('finds what the filter means, newest first, for 300 filters', async () => {
  await fc.assert(
    fc.asyncProperty(likelyFilter(), async query => {
      const filter = { ...parseQuery(query), q: null };
      const expected = POSTINGS.filter(posting => wanted(posting, filter)).sort(newestFirst);
      const page = await feedPage(test.db, filter);
      expect(page.total, query).toEqual({ value: expected.length, capped: false });
      expect(page.items.map(item => item.id)).toEqual(expected.slice(0, filter.limit ?? 50).map(posting => posting.id));
      expect(page.next === null).toBe(expected.length <= (filter.limit ?? 50));
    }),
    { numRuns: 300 },
  );
});
