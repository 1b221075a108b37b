import type { Insertable, Kysely } from 'kysely';
import type { Classification, Evidence, Facets } from '../../classify/classification.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { Database, PostingsTable, Tag } from '../schema.ts';

/** The columns of a posting that the classifier decides. */
export function tagColumns(classification: Classification | null): Partial<Insertable<PostingsTable>> {
  if (!classification)
    return { relevance: null, confidence: null, primary_path: null, paths: [], roles: [], facets: '{}', rules_version: null };
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
    facets: JSON.stringify(facets),
    work_mode: facets.work_mode,
    pay: facets.pay ? JSON.stringify(facets.pay) : null,
    employment_types: facets.employment_type,
    rules_version: classification.rulesVersion,
  };
}

/** Replaces the tags of a posting, each with its rule and the words that decided. */
export async function putTags(trx: Kysely<Database>, postingId: string, classification: Classification | null): Promise<void> {
  await trx.deleteFrom('posting_tags').where('posting_id', '=', postingId).execute();
  const rows = classification ? tagsOf(classification) : [];
  if (rows.length === 0) return;
  await trx
    .insertInto('posting_tags')
    .values(rows.map(row => ({ ...row, posting_id: postingId, evidence: JSON.stringify(row.evidence) })))
    .execute();
}

function tagsOf(classification: Classification): Tag[] {
  const tags: Tag[] = [
    { kind: 'relevance', name: 'relevance', value: classification.relevance, rule: classification.rule, evidence: classification.evidence },
  ];
  for (const tag of classification.paths) {
    tags.push({ kind: 'path', name: tag.path, value: tag.role ?? '', rule: tag.rule, evidence: tag.evidence });
  }
  if (classification.verdicts) {
    for (const credential of CREDENTIALS) {
      const { verdict, rule, evidence } = classification.verdicts[credential];
      tags.push({ kind: 'verdict', name: credential, value: verdict, rule, evidence });
    }
  }
  for (const [name, evidence] of Object.entries(classification.facetEvidence) as [keyof Facets, Evidence[]][]) {
    tags.push({
      kind: 'facet',
      name,
      value: JSON.stringify(classification.facets[name]),
      rule: classification.facetRules[name] ?? `facet.${name}`,
      evidence,
    });
  }
  return tags;
}
