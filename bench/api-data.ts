import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import type * as Zipcodes from 'zipcodes';
import { US_STATES } from '../src/posting/states.ts';
import { PATH_SLUGS, PATHS, type Verdict } from '../src/posting/taxonomy.ts';
import type { Database } from '../src/store/schema.ts';

const TITLES = new URL('../../shared/titles/titles-60k.jsonl.gz', import.meta.url);
const BATCH = 5000;
/** More postings than this are copies of these, a little older each: their texts would fill the disk and are asked for by no more than a page. */
const WRITTEN = 100_000;
/** Towns that have employers: about one in seven of those the post office knows. */
const TOWNS = 4000;

/** Real titles where they are at hand, else some of our own. */
function titles(): string[] {
  if (!existsSync(TITLES)) return PATH_SLUGS.flatMap(path => PATHS[path].roles.map(role => role.replaceAll('-', ' ')));
  const lines = gunzipSync(readFileSync(TITLES)).toString().trim().split('\n');
  return lines.map(line => (JSON.parse(line) as { title: string }).title);
}

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Who may apply (OT, OTA, PT, PTA, SLP), in the shares in which the labeled texts of test/fixtures say the commonest. */
const VERDICTS: [share: number, verdicts: Verdict[]][] = [
  [145, ['open', 'open', 'open', 'open', 'open']],
  [89, ['barred', 'barred', 'barred', 'barred', 'barred']],
  [66, ['implied', 'implied', 'implied', 'implied', 'implied']],
  [58, ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']],
  [53, ['named', 'barred', 'named', 'barred', 'named']],
  [43, ['named', 'named', 'named', 'named', 'named']],
  [32, ['preferred', 'preferred', 'preferred', 'preferred', 'preferred']],
  [31, ['named', 'named', 'barred', 'barred', 'barred']],
  [31, ['named', 'named', 'named', 'named', 'barred']],
  [29, ['named', 'barred', 'named', 'barred', 'barred']],
  [29, ['barred', 'barred', 'named', 'barred', 'barred']],
  [25, ['implied', 'barred', 'implied', 'barred', 'implied']],
];
const DRAWN = VERDICTS.flatMap(([share, verdicts]) => Array.from({ length: share }, () => verdicts));

type Place = { raw: string; city: string; region: string; country: 'US' };

/** Places as employers have them: drawn by ZIP code, of which a town has the more the more people it has, and of those a few thousand, so that most towns have none. */
function placesBy(next: () => number): (remote: boolean) => Place[] {
  const { codes } = createRequire(import.meta.url)('zipcodes') as typeof Zipcodes;
  const zips = Object.values(codes).filter(({ country, state }) => country === 'US' && US_STATES.includes(state));
  const towns = Array.from({ length: TOWNS }, () => zips[Math.floor(next() * zips.length)]!);
  const place = (): Place => {
    const { city, state } = towns[Math.floor(TOWNS * next() ** 1.5)]!;
    return { raw: `${city}, ${state}`, city, region: state, country: 'US' };
  };
  return remote => {
    if (next() < (remote ? 0.7 : 0.02)) return [];
    return Array.from({ length: next() < 0.08 ? 2 + Math.floor(next() * 4) : 1 }, place);
  };
}

/** Fills an empty, migrated database with so many open postings of the paths, a seventh of which take none of the five: 60-word bodies of a vocabulary in which word n is about 1/n as frequent as the first. */
export async function fill(db: Kysely<Database>, count: number, progress: (done: number) => void): Promise<void> {
  await write(db, Math.min(count, WRITTEN), progress);
  if (count > WRITTEN) await copy(db, count, progress);
  await sql`vacuum analyze`.execute(db);
}

/** Copies what was written, without texts and verdicts' words, until there are so many. The indexes are made anew afterward, which is far quicker. */
async function copy(db: Kysely<Database>, count: number, progress: (done: number) => void): Promise<void> {
  const { rows: indexes } = await sql<{ name: string; made: string }>`select i.relname as name, pg_get_indexdef(i.oid) as made
    from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = 'postings'::regclass and not x.indisunique`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db);
  const { rows: columns } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = 'postings' and is_generated = 'NEVER' order by ordinal_position`.execute(db);
  const own: Record<string, string> = {
    id: "p.id || '-' || n",
    key: "p.key || '-' || n",
    ...Object.fromEntries(['first_seen', 'last_seen', 'updated_at'].map(name => [name, `p.${name} - n * interval '23 days'`])),
  };
  const names = columns.map(({ name }) => name);
  const values = names.map(name => own[name] ?? `p.${name}`);
  for (let n = 1; n * WRITTEN < count; n++) {
    await sql`insert into postings (${sql.raw(names.join(', '))}) select ${sql.raw(values.join(', '))} from postings p, (values (${sql.lit(n)})) c (n)
      where p.id not like '%-%' limit ${count - n * WRITTEN}`.execute(db);
    progress(Math.min(count, (n + 1) * WRITTEN));
  }
  for (const { made } of indexes) await sql.raw(made).execute(db);
}

async function write(db: Kysely<Database>, count: number, progress: (done: number) => void): Promise<void> {
  const next = random(1);
  const placesOf = placesBy(next);
  const names = titles();
  const word = () => `word${Math.floor(20_000 ** next())}`;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
  await sql`insert into sources (slug, name, system, target) select 'board-' || n, 'Board ' || n, 'greenhouse', '{}' from generate_series(1, 200) n`.execute(
    db,
  );
  for (let done = 0; done < count; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - done) }, (_, i) => {
      const path = pick(PATH_SLUGS);
      const mode = pick(['remote', 'remote', 'hybrid', 'onsite', 'onsite', null]);
      return {
        id: `p${done + i}`,
        source: 1 + Math.floor(next() * 200),
        title: pick(names),
        company: `Employer ${Math.floor(3000 * next() ** 2)}`,
        text: Array.from({ length: 60 }, word).join(' '),
        path,
        role: pick(PATHS[path].roles),
        mode,
        verdicts: pick(DRAWN),
        pay: next() < 0.4 ? { min: 25 + Math.floor(next() * 20), max: 50, currency: 'USD', interval: 'hour' } : null,
        places: placesOf(mode === 'remote'),
        seen: new Date(Date.UTC(2026, 10, 20) - (done + i) * 20_000).toISOString(),
      };
    });
    const json = JSON.stringify(rows);
    await sql`with r as (select * from jsonb_to_recordset(${json}::jsonb) as r (id text, source int, title text, company text, text text, path text, role text,
        mode text, verdicts text[], pay jsonb, places jsonb, seen timestamptz)),
      a as (insert into postings (id, source_id, key, url, title, company, places, states, work_mode, pay, employment_types, first_seen, last_seen, updated_at,
          content_hash, list_hash, has_body, relevance, confidence, primary_path, paths, roles, verdict_ot, verdict_ota, verdict_pt, verdict_pta, verdict_slp, facets, rules_version)
        select id, source, id, 'https://jobs.example/' || id, title, company, places, array(select distinct place->>'region' from jsonb_array_elements(places) place), mode, pay, array['full_time'], seen, seen, seen,
          id, id, true, 'nonclinical', 1, path, array[path], array[role], verdicts[1], verdicts[2], verdicts[3], verdicts[4], verdicts[5], '{"min_years": 2}', 'bench' from r),
      t as (insert into posting_tags (posting_id, kind, name, value, rule, evidence)
        select id, 'verdict', c.name, verdicts[c.n], 'bench.' || c.name, '[{"field":"text","start":0,"end":5,"text":"words that decided"}]'
        from r, (values ('OT', 1), ('OTA', 2), ('PT', 3), ('PTA', 4), ('SLP', 5)) c (name, n))
      insert into posting_texts (posting_id, html, text, search)
        select id, '<p>' || text || '</p>', text, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', company), 'B') || setweight(to_tsvector('english', text), 'C') from r`.execute(
      db,
    );
    progress(done + rows.length);
  }
}
