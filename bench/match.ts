import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { matchQueries } from '../src/digest/clauses.ts';
import { matchPostings } from '../src/digest/match.ts';
import { canonicalQuery } from '../src/feed/canonical.ts';
import { parseQuery } from '../src/feed/filter.ts';
import { CREDENTIALS, PATH_SLUGS } from '../src/posting/taxonomy.ts';
import { openDatabase } from '../src/store/database.ts';
import { feedPage } from '../src/store/feed/postings.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { printRows, type Row } from './_rows.ts';
import { fill } from './api-data.ts';

// How long matching new postings against all subscriptions takes, beside asking the feed's own query once per subscription (on a sample,
// whose answers must be the same). `match` is the comparison alone, `stored` with the ledger written.
// node bench/match.ts [--new 2000] [--history 50000] [--subscriptions 1000,10000,100000] [--sample 300] [--json] [--quick] [--rows]
// --quick: 1,000 and 10,000 subscriptions over 5,000 older postings.

const { values } = parseArgs({
  options: {
    new: { type: 'string', default: '2000' },
    history: { type: 'string', default: '50000' },
    subscriptions: { type: 'string', default: '1000,10000,100000' },
    sample: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const fresh = Number(values.new);
const history = values.quick ? 5_000 : Number(values.history);
const sizes = (values.quick ? '1000,10000' : values.subscriptions).split(',').map(Number);
/** Pairs of a posting and a subscription a second, beside one query per subscription. */
const LEAST_TIMES = 50;
/** Writing tens of millions of rows says how fast the disk is. */
const MOST_STORED = 1_000_000;
const ids = Array.from({ length: fresh }, (_, i) => `p${i}`);

type Line = {
  subscriptions: number;
  distinct: number;
  match_ms: number;
  pairs_per_s: number;
  matched: number;
  stored_ms: number | null;
  naive_ms: number;
  naive_pairs_per_s: number;
};

const postgres = await startPostgres();
try {
  const db = openDatabase(postgres.url, { max: 4 });
  await migrate(db);
  await fill(db, fresh + history, done => process.stderr.write(`\r${done} postings stored`));
  const lines: Line[] = [];
  for (const size of sizes) lines.push(await measure(db, size));
  await db.destroy();
  if (values.rows) printRows([rowOf(lines[0]!, lines.at(-1)!)], true);
  else if (values.json) console.log(JSON.stringify({ new: fresh, history, lines }));
  else {
    process.stderr.write('\n');
    console.table(lines);
    const [first, last] = [lines[0]!, lines.at(-1)!];
    console.log(
      `${last.subscriptions / first.subscriptions} times the subscriptions: ${(last.match_ms / first.match_ms).toFixed(1)} times the time to match`,
    );
    console.log(
      `at ${last.subscriptions} subscriptions ${(last.pairs_per_s / last.naive_pairs_per_s).toFixed(0)} times the pairs a second of one query per subscription`,
    );
  }
} finally {
  await postgres.stop();
}

function rowOf(first: Line, last: Line): Row {
  const times = last.pairs_per_s / last.naive_pairs_per_s;
  return {
    what: `${fresh} new postings matched against ${last.subscriptions} subscriptions`,
    ours: `${(last.match_ms / 1000).toFixed(1)} s`,
    beside: `one query per subscription: ${times.toFixed(0)} times; ${(last.match_ms / first.match_ms).toFixed(1)} times the time of ${first.subscriptions}`,
    goal: `at least ${LEAST_TIMES} times`,
    met: times >= LEAST_TIMES,
  };
}

async function measure(db: Kysely<Database>, size: number): Promise<Line> {
  const queries = Array.from({ length: size }, randomQuery);
  await sql`truncate subscriptions cascade`.execute(db);
  for (let from = 0; from < size; from += 10_000) {
    const part = queries.slice(from, from + 10_000);
    await sql`insert into subscriptions (id, email, address_hash, query, every, weekday, hour, zone, state, consent_version, consent_source, consent_at, next_due_at, gathered_at)
      select id, id || '@example.org', id::text, query, 'daily', 1, 7, 'UTC', 'active', 'bench', 'cli', now(), now(), now()
      from unnest(${part.map(() => randomUUID())}::uuid[], ${part}::text[]) as s (id, query)`.execute(db);
  }
  await sql`analyze subscriptions`.execute(db);
  const [match_ms, matches] = await timed(() => matchQueries(db, ids, queries));
  const matched = queries.reduce((sum, query) => sum + (matches.get(query)?.length ?? 0), 0);
  const store = () => db.transaction().execute(trx => matchPostings(trx, ids, new Date()));
  const [stored_ms] = matched <= MOST_STORED ? await timed(store) : [null];

  const sample = queries.slice(0, Number(values.sample));
  const restricted = async (query: string) => {
    // The newest so many: those that are new, as the feed orders them.
    const { rows } = await sql<{ oldest: Date }>`select first_seen as oldest from postings where id = ${ids.at(-1)}`.execute(db);
    const filter = { ...parseQuery(query), since: { instant: rows[0]!.oldest.toISOString() }, limit: fresh };
    return (await feedPage(db, filter, {})).items.map(item => item.id);
  };
  const [sample_ms, answers] = await timed(async () => {
    const all: string[][] = [];
    for (const query of sample) all.push(await restricted(query));
    return all;
  });
  for (const [i, query] of sample.entries()) {
    const found = (matches.get(query) ?? []).map(n => ids[n]).sort();
    if (found.join() !== answers[i]!.sort().join()) throw new Error(`not the same for ${query}`);
  }
  const naive_ms = (sample_ms / sample.length) * size;
  const rate = (ms: number) => Math.round((size * fresh * 1000) / ms);
  const line = {
    subscriptions: size,
    distinct: new Set(queries).size,
    match_ms,
    pairs_per_s: rate(match_ms),
    matched,
    stored_ms,
    naive_ms: Math.round(naive_ms),
    naive_pairs_per_s: rate(naive_ms),
  };
  process.stderr.write(`\n${JSON.stringify(line)}`);
  return line;
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now();
  const result = await work();
  return [Math.round(performance.now() - began), result];
}

/** Filters as people make them: mostly a credential and a path, often a place or a mode, sometimes words. */
function randomQuery(): string {
  const chance = (share: number) => Math.random() < share;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!;
  const some = (all: readonly string[], most: number) =>
    [...new Set(Array.from({ length: 1 + Math.floor(Math.random() * most) }, () => pick(all)))].join(',');
  const parts: Record<string, string | false> = {
    credential: chance(0.8) && some(CREDENTIALS, 2),
    path: chance(0.8) && some(PATH_SLUGS, 3),
    work_mode: chance(0.4) && some(['remote', 'hybrid'], 2),
    state: chance(0.4) && some(['TX', 'CA', 'NY', 'FL', 'OH', 'IL', 'PA', 'GA', 'NC', 'MI'], 3),
    pay_min: chance(0.2) && String(40_000 + 5000 * Math.floor(Math.random() * 12)),
    max_years: chance(0.1) && pick(['0', '1', '2', '3']),
    q: chance(0.1) && `word${Math.floor(20_000 ** Math.random())}`,
    company: chance(0.03) && `Employer ${Math.floor(3000 * Math.random())}`,
  };
  const said = Object.entries(parts).filter(([, value]) => value !== false) as [string, string][];
  return said.length === 0 ? randomQuery() : canonicalQuery(parseQuery(new URLSearchParams(said).toString()));
}
