import type { Classification, ClassifierInput } from './classification.ts';
import { readLine } from './document.ts';
import { readFacets } from './facets/index.ts';
import { readPosting } from './read-posting.ts';
import { readRelevance } from './relevance.ts';
import { readEligibility } from './requirements/index.ts';
import { type CompiledRules, defaultRules, type RuleHit } from './rules.ts';
import type { Senses } from './senses.ts';

/**
 * The door of the classifier: what kind of job a posting is, its paths, who may apply, and the facets, each with the words that decided it.
 * Pure and synchronous; linear in the text.
 */
export function classify(input: ClassifierInput, rules: CompiledRules = defaultRules()): Classification {
  const posting = readPosting(input, rules);
  const { document, senses } = posting;
  const hits = posting.hits.filter(hit => hit.field.name !== 'location' && (hit.field.name !== 'title' || isMeant(hit, senses)));
  const employer = rules.match(readLine('title', input.company ?? '')).filter(hit => 'signal' in hit.rule.effect);
  const { relevance, confidence, rule, evidence, paths } = readRelevance(hits, employer);
  const { facets, evidence: facetEvidence } = readFacets(document, input);
  // Only of a nonclinical job is it news that it also treats.
  if (relevance !== 'nonclinical') {
    facets.caseload = false;
    delete facetEvidence.caseload;
  }
  const verdicts = relevance === 'nonclinical' ? readEligibility(posting) : null;
  return { relevance, confidence, rule, evidence, paths, verdicts, facets, facetEvidence, rulesVersion: rules.version };
}

/** Whether every abbreviation in a hit stands for a profession ("SLP Manager" may plan supplies). */
function isMeant({ field, first, last }: RuleHit, senses: Senses): boolean {
  for (let at = first; at < last; at++) if (!senses.isMeant(field, at)) return false;
  return true;
}
