import type { Field } from '../../text/document.ts';
import { SEP } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../reading/posting.ts';
import type { FacetName } from '../schema/names.ts';
import type { Finding } from './finding.ts';

/** What a rule gives words that only look as if they spoke of the facet ("remote patient monitoring"). */
const NOTHING = 'nothing';

type Span = Pick<RuleHit, 'field' | 'first' | 'last'>;

/** Values of one layer contend for the same words; those of several stand beside each other. */
export type LayerOf = (value: FacetValue) => string;

/**
 * What rules read for a facet, in the order of the text, the longest phrase first heard: a phrase within a longer one of its layer belongs
 * to it ("remote position" in "not a remote position"), and words that say nothing take every phrase with them that is no longer.
 */
export function heard(reading: PostingReading, facet: FacetName, layerOf: LayerOf = () => ''): FacetValue[] {
  const values = valuesOf(reading, facet);
  if (values.length === 0) return [];
  const nothing = longestOver(values.filter(({ value, hit }) => value === NOTHING && isUnbroken(hit)));
  const said = values.filter(({ value, hit }) => value !== NOTHING && !touches(nothing, hit));
  const layers = new Map<string, Longest>();
  for (const [layer, own] of Map.groupBy(said, layerOf)) layers.set(layer, longestOver(own));
  return said
    .filter(value => !isWithin(layers.get(layerOf(value)), value.hit))
    .sort((a, b) => (a.hit.field === b.hit.field ? a.hit.first - b.hit.first : 0));
}

/** For every word of a field, the longest of the spans that cover it. */
type Longest = ReadonlyMap<Field, ReadonlyMap<number, Span>>;

function longestOver(values: readonly FacetValue[]): Longest {
  const fields = new Map<Field, Map<number, Span>>();
  for (const { hit } of values) {
    const words = fields.get(hit.field) ?? new Map<number, Span>();
    fields.set(hit.field, words);
    for (let at = hit.first; at < hit.last; at++) if (wordsOf(hit) > wordsOf(words.get(at))) words.set(at, hit);
  }
  return fields;
}

const wordsOf = (span: Span | undefined): number => (span ? span.last - span.first : 0);

/** Words that say nothing reach a phrase they are as long as, or whose end belongs to them ("never remote" in "never remote areas"). */
function touches(over: Longest, hit: Span): boolean {
  const words = over.get(hit.field);
  if (!words) return false;
  for (let at = hit.first; at < hit.last; at++) {
    const span = words.get(at);
    if (span && (wordsOf(span) >= wordsOf(hit) || (span.first > hit.first && span.last > hit.last))) return true;
  }
  return false;
}

function isWithin(over: Longest | undefined, hit: Span): boolean {
  const long = over?.get(hit.field)?.get(hit.first);
  return long !== undefined && wordsOf(long) > wordsOf(hit) && long.first <= hit.first && long.last >= hit.last;
}

/** What a rule's words make a facet. */
export function findingOf<T>(value: T, read: FacetValue): Finding<T> {
  return { value, evidence: [evidenceOfHit(read.hit)], rule: read.rule.id };
}

/** Marks that set words off from those beside them; blanks, hyphens and quotation marks do not. */
const SETS_OFF = ~(SEP.space | SEP.hyphen | SEP.quote | SEP.dot | SEP.dollar | SEP.percent | SEP.plus);

const BREAKS = SEP.comma | SEP.semicolon | SEP.dash | SEP.open | SEP.close;

/** Whether words stand between marks as an entry of their own: "Full-time, remote.", "| on site |", "(hybrid)". */
export function isSetOff(hit: RuleHit): boolean {
  const { segment, first } = hit;
  return isMarked(hit.field.tokens[first]?.sep, first === segment.first) && closes(hit);
}

/** Whether words end the entry they stand in. */
function closes({ field: { tokens }, segment, last }: RuleHit): boolean {
  return isMarked(tokens[last]?.sep, last === segment.last);
}

/** Whether no mark stands among the words: those of "full-time, benefits eligible" belong to no phrase. */
function isUnbroken({ field: { tokens }, first, last }: RuleHit): boolean {
  return tokens.slice(first + 1, last).every(({ sep }) => (sep & BREAKS) === 0);
}

function isMarked(sep: number | undefined, edge: boolean): boolean {
  return edge || ((sep ?? 0) & SETS_OFF) !== 0;
}

/** A label is one by the colon or dash before its answer. */
export function hasMark({ field: { tokens }, first, last }: RuleHit): boolean {
  return tokens.slice(first + 1, last).some(({ sep }) => (sep & (SEP.colon | SEP.dash)) !== 0);
}

/** Words followed by a colon ask; what they ask for stands behind it ("Home office: Toledo"). That of "2:30" asks nothing. */
export function isLabel({ field, last, segment }: RuleHit): boolean {
  const isTime = [last - 1, last].every(at => numberOf(field.tokens[at]?.word ?? '') !== null);
  return last < segment.last && !isTime && ((field.tokens[last]?.sep ?? 0) & SEP.colon) !== 0;
}

/** Whether a percent sign follows a word. */
export function isPercent({ raw, tokens }: Field, at: number): boolean {
  const end = tokens[at]?.end;
  return end !== undefined && (raw[end] === '%' || raw.startsWith(' %', end));
}

/** The values of one sentence, in the order of the text. */
export type Sentence = readonly FacetValue[];

/** A sentence longer than this is cut: nobody writes one, and what a hostile text costs stays bounded. */
const LONGEST_SENTENCE = 240;

/** Values by the sentence they stand in. */
export function bySentence(values: readonly FacetValue[]): Sentence[] {
  const sentences: FacetValue[][] = [];
  for (const value of values) {
    const sentence = sentences.at(-1);
    const opening = sentence?.[0]?.hit;
    if (opening?.segment === value.hit.segment && value.hit.first - opening.first < LONGEST_SENTENCE) sentence?.push(value);
    else sentences.push([value]);
  }
  return sentences;
}
