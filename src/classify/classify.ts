import type { Classification, ClassifierInput } from './classification.ts';
import { type CompiledRules, defaultRules } from './compile/compile.ts';
import { readFacets } from './facets/index.ts';
import type { RuleHit } from './reading/hit.ts';
import { type PostingReading, readPosting } from './reading/posting.ts';
import { readRelevance } from './relevance/read-relevance.ts';
import { readEmployer } from './relevance/title.ts';
import { readAsked } from './requirements/asked.ts';
import { readEligibility } from './requirements/index.ts';

/**
 * The door of the classifier: what kind of job a posting is, its paths, who may apply, and the facets, each with the words that decided it.
 * Pure and synchronous; linear in the text.
 */
export function classify(input: ClassifierInput, rules: CompiledRules = defaultRules()): Classification {
  const posting = readPosting(input, rules);
  const hits = [...hitsOfSense(posting), ...readEmployer(input, rules)];
  const { asked, findings } = readAsked(posting, rules.eligibility.roles);
  const decided = readRelevance(posting, hits, rules.model, asked);
  const { relevance } = decided;
  const { facets, evidence: facetEvidence, rules: facetRules } = readFacets(posting, rules.facets);
  // Only of a nonclinical job is it news that it also treats.
  if (relevance !== 'nonclinical') {
    facets.caseload = false;
    delete facetEvidence.caseload;
    delete facetRules.caseload;
  }
  const verdicts = relevance === 'nonclinical' ? readEligibility(posting, rules.eligibility, findings) : null;
  return { ...decided, verdicts, facets, facetEvidence, facetRules, rulesVersion: rules.version };
}

/** The rules found in title, department and text whose abbreviations mean what the rules take them for ("SLP Manager" may plan supplies). */
export function hitsOfSense({ hits, senses }: PostingReading): RuleHit[] {
  const isMeant = ({ field, first, last }: RuleHit) => {
    for (let at = first; at < last; at++) if (!senses.isMeant(field, at)) return false;
    return true;
  };
  const isJudged = ({ rule, field }: RuleHit) => field.name === 'title' || rule.kind === 'signal';
  return hits.filter(hit => hit.field.name !== 'location' && (!isJudged(hit) || isMeant(hit)));
}
