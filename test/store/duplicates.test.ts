import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Comparable, readWords, shownInstead } from '../../src/pipeline/duplicates.ts';
import type { Database } from '../../src/store/schema.ts';
import { linkDuplicates } from '../../src/store/visit/duplicates.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const LONG = `${'Reviews charts from home and writes to payers every day of the week. '.repeat(5)} One.`;
const TEXTS = [LONG, LONG.replace('payers', 'insurers'), 'Reviews charts.', 'Sells beds to clinics in two counties and drives. '.repeat(8)];
const SOURCES = ['own', 'other', 'third'];
const kindOf = (system: string): Comparable['kind'] => (system === 'lever' ? 'aggregator' : 'ats');
const since = new Date('2026-11-10T00:00:00Z');

const posting = fc.record({
  source: fc.constantFrom(...SOURCES),
  title: fc.constantFrom('Reviewer', 'REVIEWER', 'Reviewer - R0010442', 'Seller'),
  text: fc.constantFrom(...TEXTS),
  url: fc.constantFrom('https://acme.example/1', 'https://acme.example/2', 'https://acme.example/3?utm_source=x'),
  apply_url: fc.constantFrom(null, null, 'https://acme.example/1', 'https://acme.example/2'),
  requisition: fc.constantFrom(null, null, 'R-10442', 'R-10443'),
  posted_at: fc.constantFrom(null, '2026-10-01T00:00:00Z', '2026-10-20T00:00:00Z'),
  first_seen: fc.constantFrom('2026-10-02T00:00:00Z', '2026-10-21T00:00:00Z'),
  updated_at: fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-11T00:00:00Z', '2026-11-11T00:00:00Z'),
  closed_at: fc.constantFrom(null, null, null, '2026-11-05T00:00:00Z'),
  repeats: fc.option(fc.nat({ max: 11 }), { freq: 3 }),
  closing: fc.boolean(),
});

test('deciding many postings at once leaves the same duplicates as deciding them one after another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(posting, { minLength: 2, maxLength: 12 }), async board => {
      const rows = board.map(({ repeats: _repeats, closing: _closing, requisition: _requisition, ...row }, n) => ({ ...row, id: `p${n}` }));
      const closing = board.flatMap((one, n) => (one.closing ? [`p${n}`] : []));
      const outcomes: unknown[] = [];
      for (const way of [oneByOne, linkDuplicates]) {
        const sourceId = await fill(database.db, rows, board);
        await way(database.db, { sourceId, since, closing }, kindOf);
        outcomes.push(await database.db.selectFrom('postings').select(['id', 'duplicate_of']).orderBy('id').execute());
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
    }),
    { numRuns: 30 },
  );
}, 300_000);

test('a board of one title with hundreds of openings is linked with a bounded number of queries', async () => {
  const rows = Array.from({ length: 300 }, (_, n) => ({
    id: `p${String(n).padStart(3, '0')}`,
    source: 'own',
    title: 'Reviewer',
    text: LONG,
    posted_at: n % 2 === 0 ? '2026-10-01T00:00:00Z' : '2026-10-20T00:00:00Z',
    updated_at: '2026-11-11T00:00:00Z',
  }));
  const sourceId = await fill(database.db, rows, []);
  let queries = 0;
  const counting = database.db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await linkDuplicates(counting, { sourceId, since, closing: [] }, kindOf);
  expect(queries).toBeLessThan(20);
  const shown = await database.db.selectFrom('postings').select('posted_at').where('duplicate_of', 'is', null).execute();
  expect(shown.length).toBeLessThan(300);
});

/** What linking means: each changed posting with all that could be one with it, one after another, each seeing what the one before it wrote. */
async function oneByOne(
  db: Kysely<Database>,
  { sourceId, closing }: { sourceId: number; since: Date; closing: readonly string[] },
): Promise<void> {
  const changed = await sql<{ id: string }>`select id from postings where source_id = ${sourceId}
    and (updated_at >= ${since} or key = any(${closing}::text[])) order by lower(title), id`.execute(db);
  for (const { id } of changed.rows) {
    const { rows } = await sql<Comparable & { system: string; text: string; own: boolean; key: string }>`
      select o.id, s.slug as source, s.system, o.company, o.title, o.places, o.requisition, o.url, o.apply_url as "applyUrl", t.text, o.posted_at::text as "postedAt",
        o.first_seen::text as "firstSeen", o.closed_at is not null as closed, o.duplicate_of as "duplicateOf", o.source_id = ${sourceId} as own, o.key
      from postings p
      join postings o on lower(o.title) = lower(p.title) or o.url in (p.url, p.apply_url) or o.apply_url in (p.url, p.apply_url)
        or o.duplicate_of = p.id or o.requisition = p.requisition
      join sources s on s.id = o.source_id join posting_texts t on t.posting_id = o.id where p.id = ${id}`.execute(db);
    const group = rows.map(row => ({
      ...row,
      kind: kindOf(row.system),
      words: readWords(row.text),
      closed: row.closed || (row.own && closing.includes(row.key)),
    }));
    // With nobody left to compare with, nothing new is known: what it was found to repeat stays.
    if (group.length < 2) continue;
    for (const [member, shown] of shownInstead(group)) {
      await db.updateTable('postings').set({ duplicate_of: shown }).where('id', '=', member).execute();
    }
  }
}

/** Returns the id of the source that was visited. */
async function fill(
  db: Kysely<Database>,
  rows: readonly TestPosting[],
  board: readonly { repeats: number | null; requisition: string | null }[],
): Promise<number> {
  await sql`truncate postings, sources cascade`.execute(db);
  await insertPostings(db, rows);
  await sql`update sources set system = 'lever' where slug = 'third'`.execute(db);
  for (const [n, { repeats, requisition }] of board.entries()) {
    const shown = repeats !== null && repeats < board.length && repeats !== n ? `p${repeats}` : null;
    await db.updateTable('postings').set({ duplicate_of: shown, requisition }).where('id', '=', `p${n}`).execute();
  }
  const source = await db.selectFrom('sources').select('id').where('slug', '=', 'own').executeTakeFirst();
  return source?.id ?? 0;
}
