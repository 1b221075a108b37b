import { describe, expect, test } from 'vitest';
import type { Fetcher } from '../../../src/crawlers/engine/fetching.ts';
import { systemOf } from '../../../src/crawlers/systems.ts';
import { readListing } from '../../../src/crawlers/visit/listing.ts';

const workday = await systemOf('workday');
const CAP = 2000;

type Job = Record<string, string>;
type Asked = { appliedFacets: Record<string, string[]>; limit: number; offset: number };

/** A Workday board of these jobs, each with its value of every facet, that shows 2,000 rows of a query and counts no more. */
function board(jobs: readonly Job[], facets: readonly string[], { total = (rows: number) => Math.min(rows, CAP) } = {}) {
  let requests = 0;
  const answer = ({ appliedFacets, limit, offset }: Asked) => {
    const rows = [...jobs.entries()].filter(([, job]) =>
      Object.entries(appliedFacets).every(([facet, ids]) => ids.includes(job[facet] ?? '')),
    );
    const counts = (facet: string) => Map.groupBy(rows, ([, job]) => job[facet] ?? '');
    return {
      total: offset === 0 ? total(rows.length) : 0,
      // Past the cap the first page comes again.
      jobPostings: rows.slice(offset % CAP, Math.min((offset % CAP) + limit, CAP)).map(([id]) => ({
        title: `Job ${id}`,
        externalPath: `/job/Denver-CO/Job-${id}_R${id}`,
        locationsText: 'Denver, CO',
        bulletFields: [`R${id}`],
      })),
      facets: facets.map(facet => ({
        facetParameter: facet,
        values: [...counts(facet)].filter(([id]) => id !== '').map(([id, found]) => ({ id, descriptor: id, count: found.length })),
      })),
    };
  };
  const fetcher: Fetcher = {
    fetch: async request => {
      requests += 1;
      const body = JSON.stringify(answer(JSON.parse(request.body ?? '{}') as Asked));
      return { kind: 'page', page: { request, url: request.url, status: 200, headers: {}, body, fetchedAt: '2026-11-28T00:00:00Z' } };
    },
    close: async () => undefined,
  };
  const target = { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' };
  const read = () => readListing({ adapter: workday, target, slug: 'acme', fetcher, signal: new AbortController().signal });
  return { read, asked: () => requests };
}

const jobs = (count: number, job: (index: number) => Job): Job[] => Array.from({ length: count }, (_, index) => job(index));

describe('a board above the cap of its system', () => {
  test.each([
    ['2,050 postings, the first group of which begins as the whole board does', jobs(2050, i => ({ family: i < 1990 ? 'a' : 'b' }))],
    ['2,600 postings in two groups', jobs(2600, i => ({ family: i < 1500 ? 'a' : 'b' }))],
    ['2,600 postings in groups that lie among each other', jobs(2600, i => ({ family: i % 5 < 2 ? 'b' : 'a' }))],
  ])('is whole when every group was read: %s', async (_, all) => {
    const { read, asked } = board(all, ['family']);
    const listing = await read();
    expect(listing).toMatchObject({ end: 'complete', reason: '', total: all.length });
    expect(listing.postings.size).toBe(all.length);
    expect(asked()).toBeLessThan(all.length / 20 + 5);
  });

  test('is taken apart once more where a value has more than the cap', async () => {
    const all = jobs(3000, i => ({ family: i < 2600 ? 'a' : 'b', type: i % 2 === 0 ? 'full' : 'part' }));
    const listing = await board(all, ['family', 'type']).read();
    expect([listing.end, listing.postings.size]).toEqual(['complete', 3000]);
  });

  test('is taken apart by three facets at most, one in the other', async () => {
    const all = jobs(9000, i => ({
      family: i < 8000 ? 'a' : 'b',
      type: i < 7000 ? 'full' : 'part',
      place: ['x', 'y', 'z', 'w'][i % 4] ?? '',
    }));
    const listing = await board(all, ['family', 'type', 'place']).read();
    expect([listing.end, listing.postings.size]).toEqual(['complete', 9000]);
    const deeper = await board(all, ['family', 'type']).read();
    expect(deeper).toMatchObject({ end: 'partial', reason: 'the board caps its listing at 2000' });
  });

  test('is not proven whole when its groups hold less than the cap', async () => {
    const listing = await board(
      jobs(2300, (i): Job => (i < 1800 ? { family: i < 900 ? 'a' : 'b' } : {})),
      ['family'],
    ).read();
    expect(listing).toMatchObject({ end: 'partial', reason: 'the system counts 2000, 1800 were listed' });
  });

  test('is not proven whole when a group shows less than it counts', async () => {
    const total = (rows: number) => (rows === 1500 ? 1520 : Math.min(rows, CAP));
    const listing = await board(
      jobs(2600, i => ({ family: i < 1500 ? 'a' : 'b' })),
      ['family'],
      { total },
    ).read();
    expect(listing).toMatchObject({ end: 'partial', reason: 'the system counts 1520, 1500 were listed' });
  });
});
