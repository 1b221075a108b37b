import type { Kysely } from 'kysely';
import type { Evidence, Facets } from '../../classify/classification.ts';
import type { StoredPosting } from '../../pipeline/reclassify.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance, type Verdict } from '../../posting/taxonomy.ts';
import type { Database, Stated } from '../schema.ts';
import { readPostings, stored } from './retag.ts';

/** A stored posting with the answer about it and the words behind that. */
export type Reviewed = StoredPosting & {
  html: string;
  stated: Stated;
  relevance: Relevance;
  confidence: number;
  paths: Path[];
  roles: string[];
  facets: Facets;
  evidence: Evidence[];
  verdicts: Record<Credential, { verdict: Verdict; evidence: Evidence[] }> | null;
};

/** The open postings whose answer is the least sure, the least sure first. A repeat of another posting is left out. */
export async function leastSure(db: Kysely<Database>, most: number): Promise<Reviewed[]> {
  const rows = await readPostings(db)
    .select(['html', 'confidence', 'paths'])
    .where('closed_at', 'is', null)
    .where('duplicate_of', 'is', null)
    .orderBy('confidence')
    .orderBy('id')
    .limit(most)
    .execute();
  const told = await evidenceOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(row => {
    const words = (tag: string): Evidence[] => told.get(`${row.id} ${tag}`) ?? [];
    const columns = { OT: row.verdict_ot, OTA: row.verdict_ota, PT: row.verdict_pt, PTA: row.verdict_pta, SLP: row.verdict_slp };
    const verdictOf = (credential: Credential) => ({
      verdict: (columns[credential] ?? 'unknown') as Verdict,
      evidence: words(`verdict ${credential}`),
    });
    return {
      ...stored(row),
      html: row.html,
      stated: row.stated,
      relevance: row.relevance as Relevance,
      confidence: row.confidence ?? 0,
      paths: row.paths as Path[],
      roles: row.roles,
      facets: row.facets as Facets,
      evidence: words('relevance relevance'),
      verdicts:
        row.relevance === 'nonclinical' ? (Object.fromEntries(CREDENTIALS.map(of => [of, verdictOf(of)])) as Reviewed['verdicts']) : null,
    };
  });
}

/** The words behind the relevance and the verdicts of some postings, by `id kind name`. */
async function evidenceOf(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Evidence[]>> {
  if (ids.length === 0) return new Map();
  const tags = await db
    .selectFrom('posting_tags')
    .select(['posting_id', 'kind', 'name', 'evidence'])
    .where('posting_id', 'in', ids)
    .where('kind', 'in', ['relevance', 'verdict'])
    .execute();
  return new Map(tags.map(({ posting_id, kind, name, evidence }) => [`${posting_id} ${kind} ${name}`, evidence]));
}
