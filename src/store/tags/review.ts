import { type Kysely, sql } from 'kysely';
import type { Evidence, Facets } from '../../classify/classification.ts';
import type { StoredPosting } from '../../pipeline/reclassify.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance, ROLE_PATH, type Verdict } from '../../posting/taxonomy.ts';
import type { Answer, Database, Stated } from '../schema.ts';
import { readPostings, stored } from './retag.ts';

/** A stored posting with the answer about it and the words behind that. */
export type Reviewed = StoredPosting & {
  html: string;
  stated: Stated;
  contentHash: string;
  rulesVersion: string | null;
  relevance: Relevance;
  confidence: number;
  paths: Path[];
  roles: string[];
  facets: Facets;
  /** The rule that decided the relevance, and its words. */
  rule: string;
  evidence: Evidence[];
  verdicts: Record<Credential, { verdict: Verdict; rule: string; evidence: Evidence[]; confidence: number | null }> | null;
};

/** What an operator may call right or wrong of it. */
export function answerOf({ relevance, paths, roles, verdicts }: Reviewed): Answer {
  const role = relevance === 'nonclinical' ? roles.find(one => ROLE_PATH.get(one) === paths[0]) : undefined;
  return { relevance, paths, role: role ?? null, verdicts: verdicts && plainVerdicts(verdicts) };
}

export function plainVerdicts(verdicts: NonNullable<Reviewed['verdicts']>): Record<Credential, Verdict> {
  return Object.fromEntries(CREDENTIALS.map(credential => [credential, verdicts[credential].verdict])) as Record<Credential, Verdict>;
}

/**
 * The open postings whose answer is the least sure, the least sure first: of what kind of job it is, or of who may apply. A repeat of another
 * posting is left out, and one that an operator has labelled, until its text changes.
 */
export async function leastSure(db: Kysely<Database>, most: number): Promise<Reviewed[]> {
  const rows = await reviewRows(db)
    .leftJoin(doubtedVerdicts(db), join => join.onRef('doubted.posting_id', '=', 'postings.id'))
    .where('closed_at', 'is', null)
    .where('duplicate_of', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('labels')
            .select('labels.posting_id')
            .whereRef('labels.posting_id', '=', 'postings.id')
            .whereRef('labels.content_hash', '=', 'postings.content_hash'),
        ),
      ),
    )
    .orderBy(sql`least(postings.confidence, doubted.confidence)`)
    .orderBy('id')
    .limit(most)
    .execute();
  return reviewed(db, rows);
}

/** Postings with a verdict that is far from sure, and how sure the least of them is; an index holds these alone. */
function doubtedVerdicts(db: Kysely<Database>) {
  return db
    .selectFrom('posting_tags')
    .select(({ fn }) => ['posting_id', fn.min('confidence').as('confidence')])
    .where('confidence', '<', 0.9)
    .groupBy('posting_id')
    .as('doubted');
}

/** One posting of any state with the answer about it; undefined where none that was read has this id. */
export async function reviewedPosting(db: Kysely<Database>, id: string): Promise<Reviewed | undefined> {
  const [found] = await reviewed(db, await reviewRows(db).where('id', '=', id).execute());
  return found;
}

function reviewRows(db: Kysely<Database>) {
  return readPostings(db).select(['html', 'postings.confidence', 'content_hash', 'rules_version']);
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewRows>['execute']>>[number];

async function reviewed(db: Kysely<Database>, rows: readonly ReviewRow[]): Promise<Reviewed[]> {
  const told = await evidenceOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(row => {
    const words = (tag: string) => told.get(`${row.id} ${tag}`);
    const columns = { OT: row.verdict_ot, OTA: row.verdict_ota, PT: row.verdict_pt, PTA: row.verdict_pta, SLP: row.verdict_slp };
    const verdictOf = (credential: Credential) => {
      const { rule = '', evidence = [], confidence = null } = words(`verdict ${credential}`) ?? {};
      return { verdict: (columns[credential] ?? 'unknown') as Verdict, rule, evidence, confidence };
    };
    const { rule = '', evidence = [] } = words('relevance relevance') ?? {};
    return {
      ...stored(row),
      html: row.html,
      stated: row.stated,
      contentHash: row.content_hash,
      rulesVersion: row.rules_version,
      relevance: row.relevance as Relevance,
      confidence: row.confidence ?? 0,
      paths: row.paths as Path[],
      roles: row.roles,
      facets: row.facets as Facets,
      rule,
      evidence,
      verdicts:
        row.relevance === 'nonclinical' ? (Object.fromEntries(CREDENTIALS.map(of => [of, verdictOf(of)])) as Reviewed['verdicts']) : null,
    };
  });
}

type Words = { rule: string; evidence: Evidence[]; confidence: number | null };

/** The rule and the words behind the relevance and the verdicts of some postings, by `id kind name`. */
async function evidenceOf(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Words>> {
  if (ids.length === 0) return new Map();
  const tags = await db
    .selectFrom('posting_tags')
    .select(['posting_id', 'kind', 'name', 'rule', 'evidence', 'confidence'])
    .where('posting_id', 'in', ids)
    .where('kind', 'in', ['relevance', 'verdict'])
    .execute();
  return new Map(tags.map(({ posting_id, kind, name, ...words }) => [`${posting_id} ${kind} ${name}`, words]));
}
