import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type * as Zipcodes from 'zipcodes';
import { parseQuery } from '../src/feed/filter.ts';
import { US_STATES } from '../src/posting/states.ts';
import type { Database } from '../src/store/schema.ts';
import { median, printRows, type Row } from './_rows.ts';
import { filledSite } from './_site.ts';

// How long a search around a place takes that nothing was kept for, where many, few or no postings lie within the miles, beside the same without a
// place; in turns, the middle of several.
// node bench/near.ts [--postings 100000] [--rounds 9] [--database URL of a filled one] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string' },
    rounds: { type: 'string' },
    database: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const postings = Number(values.postings ?? (values.quick ? 20_000 : 100_000));
const rounds = Number(values.rounds ?? (values.quick ? 5 : 9));
const RADIUS = 25;
const GOAL_MS = postings > 100_000 ? 150 : 50;
/** `/jobs` counts facets besides, which has a goal of its own. */
const ASKED: [string, (near: string) => string, goal: boolean][] = [
  ['list', near => `/api/v1/postings?${near}`, true],
  ['feed.rss', near => `/feed.rss?${near}`, true],
  ['facets', near => `/api/v1/facets?${near}`, true],
  ['/jobs', near => `/jobs?${near}`, true],
  ['/jobs by distance', near => `/jobs?sort=near&${near}`, true],
];

const site = await filledSite(postings, values.database);
try {
  const zips = await zipsByHits(site.db);
  const rows: Row[] = [];
  for (const [name, path, goal] of ASKED) {
    const kinds = ['many', 'few', 'no'] as const;
    const times: Record<(typeof kinds)[number] | 'anywhere', number[]> = { many: [], few: [], no: [], anywhere: [] };
    for (let round = -1; round < rounds; round++) {
      for (const kind of kinds) add(times[kind], round, await site.cold(path(`near=${zips[kind].zip}&radius=${RADIUS}`)));
      add(times.anywhere, round, await site.cold(path('').replace('sort=near', '')));
    }
    const anywhere = median(times.anywhere);
    for (const kind of kinds) {
      const ours = median(times[kind]);
      const judged = goal && kind !== 'many';
      rows.push({
        what: `near, ${name}, ${kind} hits (${zips[kind].hits}), cold, ${postings.toLocaleString('en-US')} postings`,
        ours: `${ours.toFixed(0)} ms`,
        beside: `anywhere: ${anywhere.toFixed(0)} ms`,
        goal: judged ? `at most ${GOAL_MS} ms` : '',
        met: judged ? ours <= GOAL_MS : null,
      });
    }
  }
  printRows(rows, values.rows);
} finally {
  await site.close();
}

/** The first of each is not counted: it fills caches of the machine. */
function add(times: number[], round: number, took: number): void {
  if (round >= 0) times.push(took);
}

/** A ZIP code with many postings within the miles, one with a few and one with none, the first found of each in a fixed order. */
async function zipsByHits(db: Kysely<Database>): Promise<Record<'many' | 'few' | 'no', { zip: string; hits: number }>> {
  const { rows } = await sql<{ key: string; n: number }>`select k as key, count(*) as n from postings p, unnest(p.place_keys) k
    where p.relevance = 'nonclinical' and p.closed_at is null and p.duplicate_of is null group by 1`.execute(db);
  const held = new Map(rows.map(({ key, n }) => [key, n]));
  const { codes } = createRequire(import.meta.url)('zipcodes') as typeof Zipcodes;
  const all = Object.values(codes).filter(({ country, state }) => country === 'US' && US_STATES.includes(state));
  const found: Partial<Record<'many' | 'few' | 'no', { zip: string; hits: number }>> = {};
  for (let i = 0; i < all.length && Object.keys(found).length < 3; i++) {
    const { zip } = all[(i * 7919) % all.length]!;
    const { keys } = parseQuery(`near=${zip}&radius=${RADIUS}`).near!;
    const hits = keys.reduce((sum, key) => sum + (held.get(key) ?? 0), 0);
    const kind = kindOf(hits, keys.length);
    if (kind) found[kind] ??= { zip, hits };
  }
  const { many, few, no } = found;
  if (!many || !few || !no) throw new Error('the places have no ZIP code with many, few and no postings around');
  return { many, few, no };
}

/** Where there are towns enough for the search to look through. */
function kindOf(hits: number, towns: number): 'many' | 'few' | 'no' | null {
  if (hits > postings / 100) return 'many';
  if (towns < 20) return null;
  if (hits === 0) return 'no';
  return hits <= postings / 5000 ? 'few' : null;
}
