import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Classification, Evidence, Facets } from '../../classify/classification.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import { columnList, rowsFor } from '../rows.ts';
import type { Database, PostingsTable, Tag } from '../schema.ts';

/** The columns of a posting that the classifier decides, as Kysely writes them. */
export function tagColumns(classification: Classification | null): Partial<Insertable<PostingsTable>> {
  const { facets, pay, ...columns } = tagValues(classification);
  return { ...columns, facets: JSON.stringify(facets), ...(pay !== undefined && { pay: pay && JSON.stringify(pay) }) };
}

type Decided =
  | 'relevance'
  | 'confidence'
  | 'primary_path'
  | 'paths'
  | 'roles'
  | `verdict_${Lowercase<Credential>}`
  | 'facets'
  | 'rules_version';
type TagValues = Pick<Selectable<PostingsTable>, Decided | 'work_mode' | 'pay' | 'employment_types'>;

/** The same as plain values. What was not classified names neither verdicts nor what its board stated. */
export function tagValues(classification: Classification | null): Partial<TagValues> {
  if (!classification)
    return { relevance: null, confidence: null, primary_path: null, paths: [], roles: [], facets: {}, rules_version: null };
  const { verdicts, facets, paths } = classification;
  return {
    relevance: classification.relevance,
    confidence: classification.confidence,
    primary_path: paths[0]?.path ?? null,
    paths: paths.map(tag => tag.path),
    roles: paths.flatMap(tag => (tag.role ? [tag.role] : [])),
    verdict_ot: verdicts?.OT.verdict ?? null,
    verdict_ota: verdicts?.OTA.verdict ?? null,
    verdict_pt: verdicts?.PT.verdict ?? null,
    verdict_pta: verdicts?.PTA.verdict ?? null,
    verdict_slp: verdicts?.SLP.verdict ?? null,
    facets,
    work_mode: facets.work_mode,
    pay: facets.pay,
    employment_types: facets.employment_type,
    rules_version: classification.rulesVersion,
  };
}

/** A posting and what the classifier said of it; null when nothing but its title was read. */
type Tagged = { id: string; classification: Classification | null };

/** Replaces the tags of a posting, each with its rule and the words that decided. */
export async function putTags(trx: Kysely<Database>, id: string, classification: Classification | null): Promise<void> {
  await dropTags(trx, [id]);
  await addTags(trx, [{ id, classification }]);
}

/** Removes the tags of these postings. */
export async function dropTags(trx: Kysely<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from posting_tags where posting_id = any(${ids}::text[])`.execute(trx);
}

/** Stores the tags of postings that have none. */
export async function addTags(trx: Kysely<Database>, tagged: readonly Tagged[]): Promise<void> {
  const rows = tagged.flatMap(({ id, classification }) =>
    classification ? tagsOf(classification).map(tag => ({ posting_id: id, ...tag })) : [],
  );
  if (rows.length === 0) return;
  const columns = columnList(['posting_id', 'kind', 'name', 'value', 'rule', 'evidence', 'confidence']);
  await sql`insert into posting_tags (${columns}) select ${columns} from ${rowsFor('posting_tags', rows)}`.execute(trx);
}

function tagsOf(classification: Classification): Tag[] {
  const { relevance, rule: by, evidence: because } = classification;
  const tags: Tag[] = [{ kind: 'relevance', name: 'relevance', value: relevance, rule: by, evidence: because, confidence: null }];
  for (const tag of classification.paths) {
    tags.push({ kind: 'path', name: tag.path, value: tag.role ?? '', rule: tag.rule, evidence: tag.evidence, confidence: null });
  }
  if (classification.verdicts) {
    for (const credential of CREDENTIALS) {
      const { verdict, rule, evidence, confidence } = classification.verdicts[credential];
      tags.push({ kind: 'verdict', name: credential, value: verdict, rule, evidence, confidence });
    }
  }
  for (const [name, evidence] of Object.entries(classification.facetEvidence) as [keyof Facets, Evidence[]][]) {
    tags.push({
      kind: 'facet',
      name,
      value: JSON.stringify(classification.facets[name]),
      rule: classification.facetRules[name] ?? `facet.${name}`,
      evidence,
      confidence: null,
    });
  }
  return tags;
}
