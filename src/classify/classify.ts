import type { Classification, ClassifierInput } from './classification.ts';
import { type Field, readLine } from './document.ts';
import { readEligibility } from './eligibility.ts';
import { readFacets } from './facets/index.ts';
import { type PostingReading, readPosting } from './read-posting.ts';
import { readRelevance } from './relevance/read-relevance.ts';
import { type CompiledRules, defaultRules, type RuleHit } from './rules.ts';
import { isProfession, type SpeaksOf, speaker } from './senses.ts';

/**
 * The door of the classifier: what kind of job a posting is, its paths, who may apply, and the facets, each with the words that decided it.
 * Pure and synchronous; linear in the text.
 */
export function classify(input: ClassifierInput, rules: CompiledRules = defaultRules()): Classification {
  const reading = readPosting(input, rules);
  const { document } = reading;
  const hits = hitsOfSense(reading);
  const { relevance, confidence, rule, evidence, paths, reasons } = readRelevance(reading, hits, readEmployer(input, rules), rules.model);
  const { facets, evidence: facetEvidence } = readFacets(document, input);
  // Only of a nonclinical job is it news that it also treats.
  if (relevance !== 'nonclinical') {
    facets.caseload = false;
    delete facetEvidence.caseload;
  }
  const verdicts = relevance === 'nonclinical' ? readEligibility(document, hits, input.truncated === true, paths[0]?.path ?? null) : null;
  return { relevance, confidence, reasons, rule, evidence, paths, verdicts, facets, facetEvidence, rulesVersion: rules.version };
}

/** The rules found in title, department and text whose abbreviations mean what the rules take them for. */
export function hitsOfSense({ document, hits }: PostingReading): RuleHit[] {
  const speaksOf = speaker([document.title, document.text]);
  const judged = ({ rule, field }: RuleHit) => field.name === 'title' || 'signal' in rule.effect;
  return hits.filter(hit => hit.field.name !== 'location' && (!judged(hit) || meansProfession(hit, speaksOf)));
}

/** The employer's name and what rules say of it. */
export function readEmployer({ company }: ClassifierInput, rules: CompiledRules): { field: Field; hits: RuleHit[] } {
  const field = readLine('title', company ?? '');
  return { field, hits: rules.match(field).filter(hit => 'signal' in hit.rule.effect) };
}

/** Whether every abbreviation in a hit stands for a profession ("SLP Manager" may plan supplies). */
/** Whether every abbreviation in a hit stands for a profession ("SLP Manager" may plan supplies). */
function meansProfession({ rule, field, first, last }: RuleHit, speaksOf: SpeaksOf): boolean {
  if (last - first > 1 && 'clinical' in rule.effect && speaksOf('slp')) return true;
  for (let at = first; at < last; at++) if (!isProfession(field, at, speaksOf)) return false;
  return true;
}
