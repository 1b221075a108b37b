import type { Relevance } from '../../posting/taxonomy.ts';
import type { Reason } from '../classification.ts';
import { sumsByFeature } from '../learned/trees.ts';
import type { Signal } from '../schema/names.ts';
import type { RuleEvidence } from './evidence.ts';
import { wholeness } from './features.ts';
import { FIELD_SAID, type LinesSaid, WORK_SAID } from './lines.ts';
import { KIND_FEATURES, type Together, type Weights } from './model.ts';
import { type Testimonies, wordsFor } from './witness.ts';

/** The questions evidence answers, by the first part of its features' names. */
const PARTS = ['seat', 'function', 'treating', 'domain', 'asks', 'lines', 'field', 'text', 'witness'] as const;
type Part = (typeof PARTS)[number];
/** Feature → its part, in the order of KIND_FEATURES. */
const PART_OF = KIND_FEATURES.map(name => PARTS.findIndex(part => name.startsWith(`${part}.`)));

const TREATING: readonly Signal[] = ['treats', 'treats-most', 'treats-some', 'treating-share', 'no-treating'];
const DOMAIN: readonly Signal[] = ['link', 'rehab', 'clinicians', 'vendor', 'industry', 'no-link'];
/** Less than this moves no decision, and more rules than these nobody reads. */
const LEAST_SHOWN = 0.05;
const RULES_SHOWN = 6;

/** What is known of a posting before anything is weighed. */
export type Known = { readonly evidence: RuleEvidence; readonly testimonies: Testimonies; readonly lines: LinesSaid };

/** What lines say of each kind of job. */
const SAID_BY: Readonly<Record<Relevance, (typeof WORK_SAID)[number]>> = { nonclinical: 'works', clinical: 'treats', other: 'trade' };
/** Longer lines are cut. */
const LONGEST_QUOTE = 60;
const quoteOf = (line = ''): string[] =>
  line === '' ? [] : [`"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE).trimEnd()}…` : line}"`];

/** Fields of other work. */
const ELSEWHERE: readonly (typeof FIELD_SAID)[number][] = ['science', 'industry'];

/** The line that says most surely that the employer or the job is in one of some fields, or the employer's name where that says it more surely. */
function surestOfField({ field, name }: LinesSaid, fields: readonly (typeof FIELD_SAID)[number][]): string | undefined {
  const places = fields.map(said => FIELD_SAID.indexOf(said));
  const most = (of: Float64Array) => Math.max(...places.map(at => of[at] as number));
  if (name.text !== '' && most(name.chances) > most(field.most)) return name.text;
  return field.surest[places.find(at => field.most[at] === most(field.most)) as number]?.text;
}

/** What each part of the evidence adds to the log-odds of an answer against the next best kind of job, the heaviest first. */
export function reasonsOf(relevance: Relevance, features: Float64Array, known: Known, model: Weighing): Reason[] {
  const none = new Float64Array(PARTS.length);
  const sums = { nonclinical: sumsByPart(features, model, 'nonclinical'), clinical: sumsByPart(features, model, 'clinical'), other: none };
  const total = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0);
  const rivals = (Object.keys(sums) as Relevance[]).filter(kind => kind !== relevance);
  const rival = rivals.reduce((best, kind) => (total(sums[kind]) > total(sums[best]) ? kind : best));
  return PARTS.map((part, at) => ({ part, weight: (sums[relevance][at] as number) - (sums[rival][at] as number) }))
    .filter(({ weight }) => Math.abs(weight) >= LEAST_SHOWN)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map(({ part, weight }) => ({ part, weight, told: toldBy(part, relevance, known) }));
}

type Weighing = Pick<Weights, 'kinds'> & { readonly together: Together };

function sumsByPart(features: Float64Array, { kinds, together }: Weighing, kind: keyof Together): Float64Array {
  const sums = new Float64Array(PARTS.length);
  const whole = wholeness(features);
  const beyond = sumsByFeature(together[kind], features);
  for (let at = 0; at < features.length; at++) {
    const part = PART_OF[at] as number;
    const own = (features[at] as number) * (kinds[kind][at] as number);
    sums[part] = (sums[part] as number) + own + whole * (beyond[at] as number);
  }
  return sums;
}

/** The rules, or the words of the witness, a part comes from. */
function toldBy(part: Part, relevance: Relevance, { evidence, testimonies, lines }: Known): string[] {
  const { seat, functions, elsewhere, signalHits, employerRules } = evidence;
  const ids = (of: readonly Signal[]) => of.flatMap(signal => (signalHits.get(signal) ?? []).map(({ rule }) => rule.id));
  const told: Record<Part, () => string[]> = {
    seat: () => [...[...seat.paths.values()].map(({ rule }) => rule?.id ?? ''), seat.clinical.rule?.id ?? '', seat.other.rule?.id ?? ''],
    function: () => (relevance === 'other' ? [elsewhere] : [...functions.values()]).flatMap(({ rules }) => rules.map(({ id }) => id)),
    treating: () => ids(TREATING),
    domain: () => [...employerRules.map(({ id }) => id), ...ids(DOMAIN)],
    asks: () => [evidence.asked.named, evidence.asked.liked, evidence.asked.generic].flat().map(({ rule }) => rule.id),
    lines: () => quoteOf(lines.work.surest[WORK_SAID.indexOf(SAID_BY[relevance])]?.text),
    field: () => quoteOf(surestOfField(lines, relevance === 'other' ? ELSEWHERE : ['care'])),
    text: () => ['how much text there is'],
    witness: () =>
      [...wordsFor(testimonies.kind, relevance), ...wordsFor(testimonies.seat, relevance)].map(({ entry }) => `"${entry.term}"`),
  };
  return [...new Set(told[part]())].filter(Boolean).slice(0, RULES_SHOWN);
}
