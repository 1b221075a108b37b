import type { Classification, ClassifierInput } from './classification.ts';
import { readLine } from './document.ts';
import { readEligibility } from './eligibility.ts';
import { readFacets } from './facets/index.ts';
import { readPosting } from './read-posting.ts';
import { readRelevance } from './relevance.ts';
import { type CompiledRules, defaultRules, type RuleHit } from './rules.ts';
import { isProfession, type SpeaksOf, speaker } from './senses.ts';

/**
 * The door of the classifier: what kind of job a posting is, its paths, who may apply, and the facets, each with the words that decided it.
 * Pure and synchronous; linear in the text.
 */
export function classify(input: ClassifierInput, rules: CompiledRules = defaultRules()): Classification {
  const reading = readPosting(input, rules);
  const { document } = reading;
  const speaksOf = speaker([document.title, document.text]);
  const hits = reading.hits.filter(hit => hit.field.name !== 'location' && (hit.field.name !== 'title' || meansProfession(hit, speaksOf)));
  const employer = rules.match(readLine('title', input.company ?? '')).filter(hit => 'signal' in hit.rule.effect);
  const { relevance, confidence, rule, evidence, paths } = readRelevance(hits, employer);
  const { facets, evidence: facetEvidence } = readFacets(reading);
  // Only of a nonclinical job is it news that it also treats.
  if (relevance !== 'nonclinical') {
    facets.caseload = false;
    delete facetEvidence.caseload;
  }
  const verdicts = relevance === 'nonclinical' ? readEligibility(document, hits, input.truncated === true, paths[0]?.path ?? null) : null;
  return { relevance, confidence, rule, evidence, paths, verdicts, facets, facetEvidence, rulesVersion: rules.version };
}

/** Whether every abbreviation in a hit stands for a profession ("SLP Manager" may plan supplies). */
function meansProfession({ rule, field, first, last }: RuleHit, speaksOf: SpeaksOf): boolean {
  if (last - first > 1 && 'clinical' in rule.effect && speaksOf('slp')) return true;
  for (let at = first; at < last; at++) if (!isProfession(field, at, speaksOf)) return false;
  return true;
}
