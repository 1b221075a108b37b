import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { CREDENTIALS, PATH_SLUGS, PATHS, VERDICTS } from '../src/posting/taxonomy.ts';
import type { Database } from '../src/store/schema.ts';

const TITLES = new URL('../../shared/titles/titles-60k.jsonl.gz', import.meta.url);
const BATCH = 5000;

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

/** Fills an empty, migrated database with so many shown postings: 60-word bodies of a vocabulary in which word n is about 1/n as frequent as the first. */
export async function fill(db: Kysely<Database>, count: number, progress: (done: number) => void): Promise<void> {
  const next = random(1);
  const names = titles();
  const word = () => `word${Math.floor(20_000 ** next())}`;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
  await sql`insert into sources (slug, name, system, target) select 'board-' || n, 'Board ' || n, 'greenhouse', '{}' from generate_series(1, 200) n`.execute(
    db,
  );
  for (let done = 0; done < count; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - done) }, (_, i) => {
      const path = pick(PATH_SLUGS);
      const state = pick(['TX', 'CA', 'NY', 'FL', 'OH', 'IL', 'PA', 'GA', 'NC', 'MI']);
      return {
        id: `p${done + i}`,
        source: 1 + Math.floor(next() * 200),
        title: pick(names),
        company: `Employer ${Math.floor(3000 * next() ** 2)}`,
        text: Array.from({ length: 60 }, word).join(' '),
        path,
        role: pick(PATHS[path].roles),
        mode: pick(['remote', 'remote', 'hybrid', 'onsite', 'onsite', null]),
        verdicts: CREDENTIALS.map(() => pick(VERDICTS)),
        pay: next() < 0.4 ? { min: 25 + Math.floor(next() * 20), max: 50, currency: 'USD', interval: 'hour' } : null,
        places: [{ raw: `Austin, ${state}`, city: 'Austin', region: state, country: 'US' }],
        seen: new Date(Date.UTC(2026, 10, 20) - (done + i) * 20_000).toISOString(),
      };
    });
    const json = JSON.stringify(rows);
    await sql`with r as (select * from jsonb_to_recordset(${json}::jsonb) as r (id text, source int, title text, company text, text text, path text, role text,
        mode text, verdicts text[], pay jsonb, places jsonb, seen timestamptz)),
      a as (insert into postings (id, source_id, key, url, title, company, places, states, work_mode, pay, employment_types, first_seen, last_seen, updated_at,
          content_hash, list_hash, has_body, relevance, confidence, primary_path, paths, roles, verdict_ot, verdict_ota, verdict_pt, verdict_pta, verdict_slp, facets, rules_version)
        select id, source, id, 'https://jobs.example/' || id, title, company, places, array[places->0->>'region'], mode, pay, array['full_time'], seen, seen, seen,
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
  await sql`vacuum analyze`.execute(db);
}
