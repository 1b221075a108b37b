import type { Relevance } from '../../posting/taxonomy.ts';
import type { Reason } from '../classification.ts';
import type { Signal } from '../rule.ts';
import type { RuleEvidence } from './evidence.ts';
import { KIND_FEATURES, WEIGHED, type Weights } from './model.ts';
import { type Testimonies, wordsFor } from './witness.ts';

/** The questions evidence answers, by the first part of its features' names. */
const PARTS = ['seat', 'function', 'treating', 'domain', 'text', 'witness'] as const;
type Part = (typeof PARTS)[number];

const TREATING: readonly Signal[] = ['treats', 'treats-most', 'treats-some', 'treating-share', 'no-treating'];
const DOMAIN: readonly Signal[] = ['link', 'rehab', 'clinicians', 'vendor', 'industry', 'no-link'];
/** Less than this moves no decision, and more rules than these nobody reads. */
const LEAST_SHOWN = 0.05;
const RULES_SHOWN = 6;

/** What each part of the evidence adds to the log-odds of an answer against the next best kind of job, the heaviest first. */
export function reasonsOf(
  relevance: Relevance,
  features: Float64Array,
  known: { readonly evidence: RuleEvidence; readonly testimonies: Testimonies },
  { kinds }: Weights,
): Reason[] {
  const sums = { nonclinical: new Map<string, number>(), clinical: new Map<string, number>(), other: new Map<string, number>() };
  for (const [at, name] of KIND_FEATURES.entries()) {
    const part = name.slice(0, name.indexOf('.'));
    for (const kind of WEIGHED) sums[kind].set(part, (sums[kind].get(part) ?? 0) + (features[at] as number) * (kinds[kind][at] as number));
  }
  const total = (of: Map<string, number>) => [...of.values()].reduce((sum, value) => sum + value, 0);
  const rivals = (Object.keys(sums) as Relevance[]).filter(kind => kind !== relevance);
  const rival = rivals.reduce((best, kind) => (total(sums[kind]) > total(sums[best]) ? kind : best));
  return PARTS.map(part => ({
    part,
    weight: (sums[relevance].get(part) ?? 0) - (sums[rival].get(part) ?? 0),
    told: toldBy(part, relevance, known.evidence, known.testimonies),
  }))
    .filter(({ weight }) => Math.abs(weight) >= LEAST_SHOWN)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** The rules, or the words of the witness, a part comes from. */
function toldBy(part: Part, relevance: Relevance, evidence: RuleEvidence, testimonies: Testimonies): string[] {
  const { seat, functions, elsewhere, signalHits, employerRules } = evidence;
  const ids = (of: readonly Signal[]) => of.flatMap(signal => (signalHits.get(signal) ?? []).map(({ rule }) => rule.id));
  const told: Record<Part, () => string[]> = {
    seat: () => [...[...seat.paths.values()].map(({ rule }) => rule?.id ?? ''), seat.clinical.rule?.id ?? '', seat.other.rule?.id ?? ''],
    function: () => (relevance === 'other' ? [elsewhere] : [...functions.values()]).flatMap(({ rules }) => rules.map(({ id }) => id)),
    treating: () => ids(TREATING),
    domain: () => [...employerRules.map(({ id }) => id), ...ids(DOMAIN)],
    text: () => ['how much text there is'],
    witness: () =>
      [...wordsFor(testimonies.kind, relevance), ...wordsFor(testimonies.seat, relevance)].map(({ entry }) => `"${entry.term}"`),
  };
  return [...new Set(told[part]())].filter(Boolean).slice(0, RULES_SHOWN);
}
