import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Evidence, Facets } from '../../classify/classification.ts';
import type { EmploymentType, Pay, Place, WorkMode } from '../../posting/posting.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance, type Verdict } from '../../posting/taxonomy.ts';
import type { Database, Tag } from '../schema.ts';
import { feedTotal } from './counts.ts';
import { feedTags } from './evidence.ts';
import type { Cursor, FeedFilter } from './feed-filter.ts';
import { type Mark, type Order, ordered } from './orders.ts';
import { allOf, HAS_PAGE, SHOWN } from './shown.ts';
import { clausesOf } from './where.ts';

/** One posting as every surface gets it. */
export type FeedPosting = {
  id: string;
  source: string;
  url: string;
  apply_url: string | null;
  title: string;
  company: string | null;
  department: string | null;
  places: Place[];
  states: string[];
  work_mode: WorkMode | null;
  pay: Pay | null;
  employment_types: EmploymentType[];
  posted_at: Date | null;
  posted_precision: 'time' | 'day' | 'month' | null;
  posted_from: string | null;
  closes_at: Date | null;
  first_seen: Date;
  updated_at: Date;
  closed_at: Date | null;
  closed_reason: string | null;
  relevance: Relevance | null;
  /** How likely the relevance is right, 0 to 1; null when it was classified before that was kept. */
  confidence: number | null;
  paths: Path[];
  roles: string[];
  /** Null unless non-clinical. */
  verdicts: Record<Credential, { verdict: Verdict; rule: string | null; evidence: Evidence[] }> | null;
  facets: Partial<Facets>;
  /** Sanitised HTML of the body; only when asked for. */
  html: string | null;
};

export type FeedPage = {
  items: FeedPosting[];
  /** Where the next page begins; null on the last. */
  next: Cursor | null;
  /** Exact up to 1,000; `capped` when there are more. Null when it was not asked for. */
  total: { value: number; capped: boolean } | null;
  /** Equal to `feedRevision` of the same filter and the same stored postings. */
  revision: string;
};

/** The cursor's instant, to the microsecond, whatever the session's time zone. */
const EXACT_FIRST_SEEN = sql<string>`to_char(p.first_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** What a posting's row shows; the words behind its verdicts come along, so that a page is one statement. */
const COLUMNS = sql`p.id, s.slug as source, p.url, p.apply_url, p.title, p.company, p.department, p.places, p.states, p.work_mode, p.pay,
  p.employment_types, p.posted_at, p.posted_precision, p.posted_from, p.closes_at, p.first_seen, p.updated_at, p.closed_at, p.closed_reason,
  p.relevance, p.confidence, p.paths, p.roles, p.facets, p.verdict_ot as "OT", p.verdict_ota as "OTA", p.verdict_pt as "PT", p.verdict_pta as "PTA", p.verdict_slp as "SLP",
  (select jsonb_object_agg(g.name, jsonb_build_array(g.rule, g.evidence)) from posting_tags g where g.posting_id = p.id and g.kind = 'verdict') as told`;

type Row = Omit<FeedPosting, 'verdicts' | 'html'> &
  Record<Credential, Verdict | null> & { html?: string | null; told: Partial<Record<string, [rule: string, evidence: Evidence[]]>> | null };
type PageRow = Row & { exact_first_seen: string; exact_updated_at: string };

/** One page of the postings a filter asks for, newest first. `bodies` adds their HTML, `total` counts them. */
export async function feedPage(
  db: Kysely<Database>,
  filter: FeedFilter,
  want: { bodies?: boolean; total?: boolean } = { total: true },
): Promise<FeedPage> {
  const body = want.bodies ? sql`, (select t.html from posting_texts t where t.posting_id = p.id) as html` : sql``;
  const [{ rows }, total] = await Promise.all([
    sql<PageRow>`select ${COLUMNS}, ${EXACT_FIRST_SEEN} as exact_first_seen, p.updated_at::text as exact_updated_at ${body}
      from (select p.* from postings p where ${pageOf(filter)}) p join sources s on s.id = p.source_id
      order by p.first_seen desc, p.id desc`.execute(db),
    want.total ? feedTotal(db, filter) : null,
  ]);
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(postingOf),
    next: rows.length > filter.limit && last ? { firstSeen: last.exact_first_seen, id: last.id } : null,
    total,
    revision: revisionOf(rows, total),
  };
}

export type SortedPage = {
  items: FeedPosting[];
  /** What each posting is sorted by, by its id; null where it has no such value. */
  keys: Map<string, string | null>;
  next: Mark | null;
  total: { value: number; capped: boolean };
};

/** One page of the postings a filter asks for in an order for people; `filter.cursor`, which is of the feed's order, says nothing here. */
export async function sortedPage(db: Kysely<Database>, filter: FeedFilter, order: Order, after: Mark | null): Promise<SortedPage> {
  const { key, by, tests } = ordered(order, after);
  const where = allOf([...clausesOf(filter).map(clause => clause.test), ...tests]);
  const [{ rows }, total] = await Promise.all([
    sql<Row & { sort_key: string | null }>`select ${COLUMNS}, p.sort_key
      from (select p.*, ${key} as sort_key from postings p where ${where} order by ${by} limit ${filter.limit + 1}) p
      join sources s on s.id = p.source_id order by ${by}`.execute(db),
    feedTotal(db, filter),
  ]);
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(postingOf),
    keys: new Map(shown.map(({ id, sort_key }) => [id, sort_key])),
    next: rows.length > filter.limit && last ? { key: last.sort_key, id: last.id } : null,
    total,
  };
}

/** What changes when a page's bytes may change, without reading more than ids and times. */
export async function feedRevision(
  db: Kysely<Database>,
  filter: FeedFilter,
  want: { total?: boolean } = {},
): Promise<{ revision: string }> {
  const [page, total] = await Promise.all([
    sql<{ id: string; exact_updated_at: string }>`
      select p.id, p.updated_at::text as exact_updated_at from postings p where ${pageOf(filter)}`.execute(db),
    want.total ? feedTotal(db, filter) : null,
  ]);
  return { revision: revisionOf(page.rows, total) };
}

export type PostingDetail = FeedPosting & {
  duplicate_of: string | null;
  last_seen: Date;
  text: string;
  tags: Tag[];
  rules_version: string | null;
};

/** One posting by its id with its text and tags, open or closed; null when there is none that was ever worth showing. */
export async function feedPosting(db: Kysely<Database>, id: string): Promise<PostingDetail | null> {
  const { rows } = await sql<Row & Pick<PostingDetail, 'duplicate_of' | 'last_seen' | 'rules_version'> & { text: string | null }>`
    select ${COLUMNS}, p.duplicate_of, p.last_seen, p.rules_version, t.text, t.html from postings p join sources s on s.id = p.source_id
    left join posting_texts t on t.posting_id = p.id where p.id = ${id} and ${HAS_PAGE}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const tags = (await feedTags(db, [id])).get(id) ?? [];
  const { duplicate_of, last_seen, rules_version } = row;
  return { ...postingOf(row), duplicate_of, last_seen, rules_version, text: row.text ?? '', tags };
}

/** Postings by their ids, in the order given; what is not there or not worth showing is left out. */
export async function postingsById(db: Kysely<Database>, ids: readonly string[]): Promise<FeedPosting[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select ${COLUMNS} from postings p join sources s on s.id = p.source_id
    where p.id = any(${ids}::text[]) and ${HAS_PAGE} order by array_position(${ids}::text[], p.id)`.execute(db);
  return rows.map(postingOf);
}

/** The page's condition, order and limit; one row more than the limit tells whether there is a next page. */
function pageOf(filter: FeedFilter): RawBuilder<unknown> {
  const tests = clausesOf(filter).map(clause => clause.test);
  const { cursor } = filter;
  if (cursor) tests.push(sql`(p.first_seen, p.id) < (${cursor.firstSeen}::timestamptz, ${cursor.id})`);
  return sql`${allOf(tests)} order by p.first_seen desc, p.id desc limit ${filter.limit + 1}`;
}

function revisionOf(rows: readonly { id: string; exact_updated_at: string }[], total: FeedPage['total']): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${row.id} ${row.exact_updated_at}\n`);
  return hash.update(JSON.stringify(total)).digest('base64url').slice(0, 22);
}

function postingOf(row: Row): FeedPosting {
  const told = (credential: Credential) => {
    const [rule, evidence] = row.told?.[credential] ?? [null, []];
    return { verdict: row[credential] ?? ('unknown' as const), rule, evidence };
  };
  const any = CREDENTIALS.some(credential => row[credential] !== null);
  return {
    id: row.id,
    source: row.source,
    url: row.url,
    apply_url: row.apply_url,
    title: row.title,
    company: row.company,
    department: row.department,
    places: row.places,
    states: row.states,
    work_mode: row.work_mode,
    pay: row.pay,
    employment_types: row.employment_types,
    posted_at: row.posted_at,
    posted_precision: row.posted_precision,
    posted_from: row.posted_from,
    closes_at: row.closes_at,
    first_seen: row.first_seen,
    updated_at: row.updated_at,
    closed_at: row.closed_at,
    closed_reason: row.closed_reason,
    relevance: row.relevance,
    confidence: row.confidence,
    paths: row.paths,
    roles: row.roles,
    facets: row.facets,
    verdicts: any ? { OT: told('OT'), OTA: told('OTA'), PT: told('PT'), PTA: told('PTA'), SLP: told('SLP') } : null,
    html: row.html ?? null,
  };
}

type SitemapPosting = { id: string; updated_at: Date };

/** A slice of the postings that are shown, the oldest first so that slices keep their members while new ones come. */
export async function sitemapPostings(db: Kysely<Database>, offset: number, limit: number): Promise<SitemapPosting[]> {
  const { rows } = await sql<SitemapPosting>`select p.id, p.updated_at from postings p where ${SHOWN}
    order by p.first_seen, p.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
