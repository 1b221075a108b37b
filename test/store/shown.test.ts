import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchQueries } from '../../src/digest/clauses.ts';
import { wantedQuery } from '../../src/digest/wanted.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { CREDENTIALS, type Verdict } from '../../src/posting/taxonomy.ts';
import { countPostings, feedTotal, openPostings } from '../../src/store/feed/counts.ts';
import { feedFacets } from '../../src/store/feed/facets.ts';
import { pathDetail, pathNumbers, weeklyNumbers } from '../../src/store/feed/numbers.ts';
import { feedPage, feedPosting, feedRevision, sitemapPostings } from '../../src/store/feed/postings.ts';
import { publicSources } from '../../src/store/feed/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';

const all = (verdict: Verdict) => Object.fromEntries(CREDENTIALS.map(credential => [credential, verdict]));
const pay = (min: number) => ({ min, max: null, currency: 'USD', interval: 'year' as const });
const common = { paths: ['sales'], roles: ['account-management'], work_mode: 'remote' } satisfies Partial<TestPosting>;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await insertPostings(test.db, [
    { ...common, id: 'for-all', verdicts: all('named'), pay: pay(60_000), company: 'Fair Health' },
    { ...common, id: 'for-one', verdicts: { ...all('barred'), SLP: 'open' }, pay: pay(60_000), company: 'Fair Health' },
    { ...common, id: 'not-stated', verdicts: all('unknown'), pay: pay(60_000), company: 'Fair Health' },
    { ...common, id: 'one-unknown', verdicts: { ...all('barred'), PTA: 'unknown' }, pay: pay(60_000), company: 'Fair Health' },
    { ...common, id: 'nurses', verdicts: all('barred'), pay: pay(200_000), company: 'Nurses Only' },
    { ...common, id: 'nurses-closed', verdicts: all('barred'), company: 'Nurses Only', closed_at: '2026-11-05T00:00:00Z' },
    { id: 'treating', relevance: 'clinical' },
  ]);
});
afterAll(() => test.drop());

const OTHERS = ['for-all', 'for-one', 'not-stated', 'one-unknown'];
const and = (...more: string[]) => [...OTHERS, ...more].sort();
const found = async (query: string) => (await feedPage(test.db, parseQuery(query))).items.map(item => item.id).sort();

describe('a posting that none of the five may take', () => {
  it('is in no list unless it is asked for, and others that say less are', async () => {
    expect(await found('')).toEqual(OTHERS);
    expect(await found('include=barred')).toEqual(and('nurses'));
    expect(await found('include=closed')).toEqual(OTHERS);
    expect(await found('include=closed,barred')).toEqual(and('nurses', 'nurses-closed'));
    expect(await found('include=clinical')).toEqual(and('treating'));
    expect(await found('verdict=barred')).toEqual(['for-one', 'one-unknown']);
    expect(await found('verdict=barred&include=barred')).toEqual(['for-one', 'nurses', 'one-unknown']);
    expect(await found('path=sales&include=barred&credential=OTA')).toEqual(['for-all']);
  });

  it('is in no count, facet, median, week, source or sitemap', async () => {
    expect(await feedTotal(test.db, parseQuery(''))).toMatchObject({ value: 4 });
    expect(await openPostings(test.db)).toEqual({ value: 4 });
    const { facets } = await feedFacets(test.db, parseQuery(''));
    expect(facets.company).toEqual([{ value: 'fair health', count: 4 }]);
    expect((await feedFacets(test.db, parseQuery('include=barred'))).facets.company).toContainEqual({ value: 'nurses only', count: 1 });
    expect(await pathNumbers(test.db)).toMatchObject([
      { path: 'sales', open: 4, remote: 4, pay: { n: 4, median: 60_000 }, roles: [{ role: 'account-management', open: 4 }] },
    ]);
    expect((await pathDetail(test.db, 'sales')).pay_by_credential.SLP).toMatchObject({ n: 2 });
    const weeks = await weeklyNumbers(test.db, parseQuery(''), 8);
    expect(weeks.reduce((sum, week) => sum + week.opened, 0)).toBe(4);
    expect(weeks.reduce((sum, week) => sum + week.closed, 0)).toBe(0);
    expect((await publicSources(test.db)).map(source => source.open)).toEqual([4]);
    expect((await sitemapPostings(test.db, 0, 100)).map(({ id }) => id).sort()).toEqual(OTHERS);
    expect(await countPostings(test.db)).toMatchObject({
      seen: 7,
      nonclinical: 4,
      barred: 1,
      clinical: 1,
      closed: 1,
      per_path: { sales: 4 },
    });
  });

  it('changes nothing for readers of the list when it changes itself', async () => {
    const before = await feedRevision(test.db, parseQuery(''));
    await test.db.updateTable('postings').set({ updated_at: '2026-11-20T00:00:00Z' }).where('id', '=', 'nurses').execute();
    expect(await feedRevision(test.db, parseQuery(''))).toEqual(before);
  });

  it('reaches a subscription only when its filter asks for it', async () => {
    const ids = [...OTHERS, 'nurses', 'nurses-closed'];
    const [plain, asking] = [wantedQuery('path=sales'), wantedQuery('path=sales&include=barred,closed')];
    expect([plain, asking]).toEqual(['path=sales', 'include=barred&path=sales']);
    const matches = await matchQueries(test.db, ids, [plain, asking]);
    expect(matches.get(plain)!.map(place => ids[place])).toEqual(OTHERS);
    expect(matches.get(asking)!.map(place => ids[place])).toEqual([...OTHERS, 'nurses']);
  });

  it('still has its own page', async () => {
    expect(await feedPosting(test.db, 'nurses')).toMatchObject({ id: 'nurses', verdicts: { OT: { verdict: 'barred' } } });
  });
});
