import { sql } from 'kysely';
import type { Evidence, Facets } from '../../classify/classification.ts';
import type { EmploymentType, Pay, Place, WorkMode } from '../../posting/posting.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance, type Verdict } from '../../posting/taxonomy.ts';

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
  verdicts: Record<Credential, { verdict: Verdict; rule: string | null; evidence: Evidence[]; confidence: number | null }> | null;
  facets: Partial<Facets>;
  /** Sanitised HTML of the body, and the plain text that evidence points into; only when asked for. */
  html: string | null;
  text: string | null;
};

/** What a posting's row shows; the words behind its verdicts come along, so that a page is one statement. */
export const COLUMNS = sql`p.id, s.slug as source, p.url, p.apply_url, p.title, p.company, p.department, p.places, p.states, p.work_mode, p.pay,
  p.employment_types, p.posted_at, p.posted_precision, p.posted_from, p.closes_at, p.first_seen, p.updated_at, p.closed_at, p.closed_reason,
  p.relevance, p.confidence, p.paths, p.roles, p.facets, p.verdict_ot as "OT", p.verdict_ota as "OTA", p.verdict_pt as "PT", p.verdict_pta as "PTA", p.verdict_slp as "SLP",
  (select jsonb_object_agg(g.name, jsonb_build_array(g.rule, g.evidence, g.confidence)) from posting_tags g where g.posting_id = p.id and g.kind = 'verdict') as told`;

export type Row = Omit<FeedPosting, 'verdicts' | 'html' | 'text'> &
  Record<Credential, Verdict | null> & {
    html?: string | null;
    text?: string | null;
    told: Partial<Record<string, [rule: string, evidence: Evidence[], confidence: number | null]>> | null;
  };

/** A row as a posting. */
export function postingOf(row: Row): FeedPosting {
  const told = (credential: Credential) => {
    const [rule, evidence, confidence] = row.told?.[credential] ?? [null, [], null];
    return { verdict: row[credential] ?? ('unknown' as const), rule, evidence, confidence };
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
    text: row.text ?? null,
  };
}
