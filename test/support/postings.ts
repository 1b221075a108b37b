import { type Kysely, sql } from 'kysely';
import type { Evidence, Facets } from '../../src/classify/classification.ts';
import type { Pay, Place } from '../../src/posting/posting.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance, type Verdict } from '../../src/posting/taxonomy.ts';
import type { Database } from '../../src/store/schema.ts';

/** A posting for a test; what is left out gets a plain value. Times are ISO texts, to the microsecond where that matters. */
export type TestPosting = {
  id: string;
  source?: string;
  title?: string;
  company?: string | null;
  html?: string;
  text?: string;
  url?: string;
  apply_url?: string | null;
  places?: Place[];
  work_mode?: 'remote' | 'hybrid' | 'onsite' | null;
  pay?: Pay | null;
  employment_types?: string[];
  posted_at?: string | null;
  first_seen?: string;
  updated_at?: string;
  closed_at?: string | null;
  duplicate_of?: string | null;
  relevance?: Relevance;
  confidence?: number;
  paths?: Path[];
  roles?: string[];
  verdicts?: Partial<Record<Credential, Verdict>>;
  evidence?: Partial<Record<Credential, Evidence[]>>;
  /** How sure its verdicts are. */
  confidences?: Partial<Record<Credential, number>>;
  facets?: Partial<Facets>;
};

/** Stores postings as the pipeline would leave them, and their sources as needed. */
export async function insertPostings(db: Kysely<Database>, postings: readonly TestPosting[]): Promise<void> {
  const sources = new Map<string, number>();
  for (const slug of new Set(postings.map(posting => posting.source ?? 'example-board'))) sources.set(slug, await sourceId(db, slug));
  for (const posting of postings) await insertOne(db, posting, sources.get(posting.source ?? 'example-board')!);
}

async function sourceId(db: Kysely<Database>, slug: string): Promise<number> {
  const row = await db
    .insertInto('sources')
    .values({ slug, name: slug, system: 'greenhouse', target: '{}' })
    .onConflict(conflict => conflict.column('slug').doUpdateSet({ name: slug }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertOne(db: Kysely<Database>, posting: TestPosting, source_id: number): Promise<void> {
  const { id } = posting;
  const title = posting.title ?? `Posting ${id}`;
  const company = posting.company === undefined ? 'Example Health' : posting.company;
  const text = posting.text ?? `Body of ${id}.`;
  const seen = posting.first_seen ?? '2026-11-01T00:00:00Z';
  const relevance = posting.relevance ?? 'nonclinical';
  const places = posting.places ?? [];
  const verdict = (credential: Credential) => (relevance === 'nonclinical' ? (posting.verdicts?.[credential] ?? 'unknown') : null);
  await db
    .insertInto('postings')
    .values({
      id,
      source_id,
      key: id,
      url: posting.url ?? `https://jobs.example/${encodeURIComponent(id)}`,
      apply_url: posting.apply_url ?? null,
      title,
      company,
      places: JSON.stringify(places),
      states: places.flatMap(place => (place.region ? [place.region] : [])),
      work_mode: posting.work_mode ?? null,
      pay: posting.pay ? JSON.stringify(posting.pay) : null,
      employment_types: posting.employment_types ?? [],
      posted_at: posting.posted_at ?? null,
      posted_precision: posting.posted_at ? 'day' : null,
      posted_from: posting.posted_at ? 'greenhouse.first_published' : null,
      first_seen: seen,
      last_seen: seen,
      updated_at: posting.updated_at ?? seen,
      closed_at: posting.closed_at ?? null,
      closed_reason: posting.closed_at ? 'not_listed' : null,
      duplicate_of: posting.duplicate_of ?? null,
      content_hash: id,
      list_hash: id,
      has_body: true,
      relevance,
      confidence: posting.confidence ?? 1,
      primary_path: posting.paths?.[0] ?? null,
      paths: posting.paths ?? [],
      roles: posting.roles ?? [],
      verdict_ot: verdict('OT'),
      verdict_ota: verdict('OTA'),
      verdict_pt: verdict('PT'),
      verdict_pta: verdict('PTA'),
      verdict_slp: verdict('SLP'),
      facets: JSON.stringify(posting.facets ?? {}),
      rules_version: 'test',
    })
    .execute();
  await db
    .insertInto('posting_texts')
    .values({
      posting_id: id,
      html: posting.html ?? `<p>${text}</p>`,
      text,
      truncated: false,
      search: sql<string>`setweight(to_tsvector('english', ${title}), 'A') || setweight(to_tsvector('english', ${company ?? ''}), 'B') || setweight(to_tsvector('english', ${text.slice(0, 150_000)}), 'C')`,
    })
    .execute();
  if (relevance !== 'nonclinical') return;
  await db
    .insertInto('posting_tags')
    .values(
      CREDENTIALS.map(credential => ({
        posting_id: id,
        kind: 'verdict' as const,
        name: credential,
        value: verdict(credential) ?? 'unknown',
        rule: `test.${credential}`,
        evidence: JSON.stringify(posting.evidence?.[credential] ?? []),
        confidence: posting.confidences?.[credential] ?? null,
      })),
    )
    .execute();
}
