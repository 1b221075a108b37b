import { PATH_SLUGS, type Relevance } from '../../posting/taxonomy.ts';
import { type Document, evidenceOf } from '../../text/document.ts';
import { bestOf } from '../../text/linear.ts';
import type { Reason } from '../classification.ts';
import type { Weigher } from '../learned/ear.ts';
import { sumsByFeature } from '../learned/trees.ts';
import type { Signal } from '../schema/names.ts';
import { KIND_FEATURES, type Known } from './features.ts';
import { FIELD_SAID, type LinesSaid, WORK_SAID } from './lines.ts';
import type { Together, Weights } from './model.ts';
import { KIND_SAID, TITLE_SAID } from './words.ts';

/** The questions evidence answers, by the first part of its features' names. */
const PARTS = ['seat', 'function', 'treating', 'domain', 'asks', 'lines', 'field', 'text', 'witness'] as const;
type Part = (typeof PARTS)[number];
/** Feature → its part, in the order of KIND_FEATURES. */
const PART_OF = KIND_FEATURES.map(name => PARTS.findIndex(part => name.startsWith(`${part}.`)));

const TREATING: readonly Signal[] = ['treats', 'treats-most', 'treats-some', 'no-treating'];
const DOMAIN: readonly Signal[] = ['link', 'rehab', 'clinicians', 'vendor', 'industry'];
/** Less than this moves no decision, and more rules than these nobody reads. */
const LEAST_SHOWN = 0.05;
const RULES_SHOWN = 6;
const WORDS_SHOWN = 3;

/** What lines say of each kind of job, and the fields of it. */
const SAID_BY: Readonly<Record<Relevance, (typeof WORK_SAID)[number]>> = { nonclinical: 'works', clinical: 'treats', other: 'trade' };
const ELSEWHERE: readonly (typeof FIELD_SAID)[number][] = ['science', 'industry'];
/** Longer lines are cut. */
const LONGEST_QUOTE = 60;
const quoteOf = (line = ''): string[] =>
  line === '' ? [] : [`"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE).trimEnd()}…` : line}"`];

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
    .map(({ part, weight }) => ({ part, weight, told: [...new Set(toldBy(part, relevance, known))].slice(0, RULES_SHOWN) }));
}

type Weighing = Pick<Weights, 'kinds'> & { readonly together: Together };

function sumsByPart(features: Float64Array, { kinds, together }: Weighing, kind: keyof Together): Float64Array {
  const sums = new Float64Array(PARTS.length);
  const beyond = sumsByFeature(together[kind], features);
  for (let at = 0; at < features.length; at++) {
    const part = PART_OF[at] as number;
    const own = (features[at] as number) * (kinds[kind][at] as number);
    sums[part] = (sums[part] as number) + own + (beyond[at] as number);
  }
  return sums;
}

/** The rules, or the words, a part comes from. */
function toldBy(part: Part, relevance: Relevance, { document, evidence, words, lines }: Known): string[] {
  const { seat, functions, elsewhere, signals, asked } = evidence;
  const ids = (of: readonly Signal[]) => of.flatMap(signal => (signals.get(signal)?.rules ?? []).map(({ id }) => id));
  const told: Record<Part, () => string[]> = {
    seat: () => [...seat.paths.values(), seat.clinical, seat.other].flatMap(({ rule }) => (rule ? [rule.id] : [])),
    function: () => (relevance === 'other' ? [elsewhere] : [...functions.values()]).flatMap(({ rules }) => rules.map(({ id }) => id)),
    treating: () => ids(TREATING),
    domain: () => ids(DOMAIN),
    asks: () => [asked.named, asked.liked, asked.generic].flat().map(({ rule }) => rule.id),
    lines: () => quoteOf(lines.work.surest[WORK_SAID.indexOf(SAID_BY[relevance])]?.text),
    field: () => quoteOf(surestOfField(lines, relevance === 'other' ? ELSEWHERE : ['care'])),
    text: () => ['how much text there is'],
    witness: () => [...loudestOfTitle(relevance, words.title, document), ...loudestOfText(relevance, words.kind, document)],
  };
  return told[part]();
}

function loudestOfText(relevance: Relevance, heard: Weigher, { text }: Document): string[] {
  return heard.loudest(KIND_SAID.indexOf(relevance), WORDS_SHOWN).flatMap(at => quoteOf(evidenceOf(text, at, at + 1).text));
}

/** Of a title every path speaks for nonclinical work. Title and department are heard as one: a word that may be of either is not shown. */
function loudestOfTitle(relevance: Relevance, heard: Weigher, { title, department }: Document): string[] {
  const said = relevance === 'nonclinical' ? bestOf(heard.scores().subarray(0, PATH_SLUGS.length)) : TITLE_SAID.indexOf(relevance);
  const own = heard.loudest(said, WORDS_SHOWN).filter(at => at < title.tokens.length && at >= department.tokens.length);
  return own.flatMap(at => quoteOf(evidenceOf(title, at, at + 1).text));
}
