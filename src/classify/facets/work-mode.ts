import { WORK_MODES, type WorkMode } from '../../posting/posting.ts';
import type { Segment } from '../../text/document.ts';
import type { Linear } from '../../text/linear.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { EDGE, plain } from '../learned/sentences.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { hearLines } from './choice/around.ts';
import { choose, type Option } from './choice/choose.ts';
import type { Finding } from './finding.ts';
import { isLabel, isSetOff } from './heard.ts';
import { marksOf, weightOf } from './marks.ts';

/** What a sentence with words of the mode says of where the work is done, learned from labelled postings and sentences. */
export const modesFile = linearFile('modes.yaml', WORK_MODES);

/** The values of rules by which a mode is shown, the plainest first. */
const SHOWN: Readonly<Record<WorkMode, readonly unknown[]>> = {
  remote: ['remote', 'base', 'choice', 'home'],
  hybrid: ['hybrid', 'part', 'rest', 'place', 'home'],
  onsite: ['onsite', 'not-remote', 'place', 'whole', 'schedule'],
};

/**
 * Where the work is done. What the board states in its own field wins; else every sentence with words of the mode speaks for one or for none.
 * A home base with travel is remote, a choice of home too.
 */
export function readWorkMode(posting: PostingReading, learned: Linear): Finding<WorkMode> | null {
  const stated = posting.input.stated?.workMode;
  if (stated) return { value: stated, evidence: [] };
  const chosen = choose(hearModes(posting, weigherOf(learned)));
  if (!chosen) return null;
  const hit = shownFor(chosen.value, chosen.own);
  return { value: chosen.value, evidence: [evidenceOfHit(hit)], rule: hit.rule.id };
}

/** A sentence with more words of the mode is none. */
const MOST_IN_SENTENCE = 60;

/** A mode with what rules find in the sentence that may tell it. */
type Mode<E> = Option<WorkMode, E> & { readonly own: readonly FacetValue[] };

/** Words that only turn what a sentence says of the mode: by themselves they say nothing of it. */
const TURNS: ReadonlySet<unknown> = new Set(['once', 'after', 'no', 'every', 'if-near', 'seldom', 'nothing']);

/** Every sentence in which rules hear words of the mode, once for each mode. */
export function hearModes<E extends Ear>(posting: PostingReading, begin: Begin<E>): Mode<E>[] {
  const values = marksOf(posting, 'work_mode');
  const told = [...Map.groupBy(values, ({ hit }) => hit.segment)];
  const sentences = new Map(told.filter(([, own]) => own.some(({ value }) => !TURNS.has(value))));
  const hearElsewhere = elsewhereOf(values, sentences);
  return [...sentences].flatMap(([segment, all]) => {
    const own = all.slice(0, MOST_IN_SENTENCE).sort((a, b) => a.hit.first - b.hit.first);
    const ear = begin();
    hearValues(ear, own);
    hearWords(ear, own);
    hearLines(ear, posting.document, segment);
    hearElsewhere(ear, segment);
    return WORK_MODES.map((value, of) => ({ value, heard: ear, of, own }));
  });
}

/** A place further from a time of the week is not its own. */
const FURTHEST = 10;

/** The words a mode is shown by: the plainest that says it, a time of the week with its place; else all that the sentence holds of the mode. */
function shownFor(mode: WorkMode, own: readonly FacetValue[]): RuleHit {
  const telling = own.filter(({ value }) => !TURNS.has(value));
  const rank = ({ value }: FacetValue) => SHOWN[mode].indexOf(value);
  const lengthOf = ({ hit }: FacetValue) => hit.last - hit.first;
  const [best] = telling.filter(value => rank(value) >= 0).sort((a, b) => rank(a) - rank(b) || lengthOf(b) - lengthOf(a));
  if (!best) return together(telling.length > 0 ? telling : own);
  const isPart = PARTS.has(best.value);
  const beside = isPart
    ? telling.filter(other => PLACES.has(other.value) && other !== best && gapBetween(best.hit, other.hit) <= FURTHEST)
    : [];
  const [nearest] = beside.sort((a, b) => gapBetween(best.hit, a.hit) - gapBetween(best.hit, b.hit));
  return nearest ? together([best, nearest]) : best.hit;
}

/** Values that tell how much of the week, and where. */
const PARTS: ReadonlySet<unknown> = new Set(['part', 'rest']);
const PLACES: ReadonlySet<unknown> = new Set(['home', 'place', 'away', 'remote', 'onsite']);

const gapBetween = (a: RuleHit, b: RuleHit): number => Math.max(0, a.first - b.last, b.first - a.last);

function together(values: readonly FacetValue[]): RuleHit {
  const [{ hit }] = values as readonly [FacetValue];
  const [from, to] = [Math.min(...values.map(({ hit: { first } }) => first)), Math.max(...values.map(({ hit: { last } }) => last))];
  return { ...hit, first: from, last: to };
}

/** Hears what rules find in a sentence, each thing with its place, of whom it is said, and what is found behind it. */
function hearValues(ear: Ear, own: readonly FacetValue[]): void {
  const [{ hit }] = own as [FacetValue];
  ear.fact(`in ${hit.field.name}`);
  ear.fact(`in ${hit.segment.section}`);
  ear.fact(`${hit.segment.kind} in ${hit.segment.section}`);
  const before = new Set<unknown>();
  for (const value of own) {
    hearValue(ear, value);
    for (const other of before) ear.fact(`${other} then ${value.value}`);
    before.add(value.value);
  }
}

function hearValue(ear: Ear, value: FacetValue): void {
  const { hit, subject, force } = value;
  const name = `${value.value}`;
  ear.fact(name);
  ear.fact(`${name} ${weightOf(value)}`);
  ear.fact(`${name} of ${subject}`);
  ear.fact(`${name} said as ${force}`);
  ear.fact(`${name} in ${hit.field.name === 'text' ? hit.segment.section : hit.field.name}`);
  if (isLabel(hit)) ear.fact(`${name} asked for`);
  if (isSetOff(hit)) ear.fact(`${name} by itself`);
}

/** Further from what rules find, words of a long sentence say nothing of the mode. */
const REACH = 15;

/** Hears the words around what rules find, by themselves and in pairs. */
function hearWords(ear: Ear, own: readonly FacetValue[]): void {
  const { segment, field, first } = (own[0] as FacetValue).hit;
  const from = Math.max(segment.first, first - REACH);
  const to = Math.min(segment.last, (own.at(-1) as FacetValue).hit.last + REACH, from + 4 * REACH);
  let before = EDGE;
  for (let at = from; at < to; at++) {
    const word = plain(field.tokens[at] as (typeof field.tokens)[number]);
    ear.follow(at, before, word);
    before = word;
  }
  for (const { value, hit } of own) {
    const wordAt = (at: number) =>
      at < segment.first || at >= segment.last ? EDGE : plain(field.tokens[at] as (typeof field.tokens)[number]);
    ear.word(hit.first, `before ${value}`, wordAt(hit.first - 1));
    ear.word(hit.first, `behind ${value}`, wordAt(hit.last));
  }
}

/** Hears what the other sentences say, and how many there are. */
function elsewhereOf(
  values: readonly FacetValue[],
  sentences: ReadonlyMap<Segment, readonly FacetValue[]>,
): (ear: Ear, segment: Segment) => void {
  const named = ({ value, hit }: FacetValue) => `${value} ${hit.field.name === 'text' ? '' : `in ${hit.field.name} `}elsewhere`;
  const places = new Map<string, Set<Segment>>();
  for (const value of values) {
    const known = places.get(named(value)) ?? new Set();
    places.set(named(value), known.add(value.hit.segment));
  }
  return (ear, segment) => {
    ear.fact(`one of ${Math.min(4, sentences.size)}`);
    for (const [name, where] of places) if (where.size > 1 || !where.has(segment)) ear.fact(name);
  };
}
