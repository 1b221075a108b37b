import type { Field, Segment } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import type { Hearing } from '../../text/linear.ts';
import { keepWord, type Word } from '../../text/words.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Rule } from '../schema/rule.ts';
import { type Speller, spell } from './spelling.ts';

/** Sentences of more words say no more. */
const LONGEST = 60;

const grouped = new WeakMap<readonly RuleHit[], ReadonlyMap<Segment, readonly RuleHit[]>>();

/** The hits of every segment of the text, gathered once: whatever hears sentences asks for them. */
export function hitsOfSegments(hits: readonly RuleHit[]): ReadonlyMap<Segment, readonly RuleHit[]> {
  const known = grouped.get(hits) ?? groupBySegment(hits);
  grouped.set(hits, known);
  return known;
}

function groupBySegment(hits: readonly RuleHit[]): Map<Segment, RuleHit[]> {
  return Map.groupBy(
    hits.filter(({ field }) => field.name === 'text'),
    ({ segment }) => segment,
  );
}

/** Hears a sentence: what rules find in it, its place, and of its words and its pairs of words those the speller knows. */
export function hearSentence(field: Field, segment: Segment, hits: readonly RuleHit[], speller: Speller = spell): Hearing {
  const { section, kind } = segment;
  const { facts, words } = hearAlone(field, segment, hits, speller);
  return { facts: new Set([`in ${section}`, `${kind} in ${section}`, ...facts]), words };
}

/** The same wherever the sentence stands. */
export function hearAlone(field: Field, segment: Segment, hits: readonly RuleHit[], speller: Speller = spell): Hearing {
  return { facts: factsOf(hits), words: hearWords(field, segment, speller) };
}

function factsOf(hits: readonly RuleHit[]): Set<string> {
  const facts = new Set<string>();
  for (const { rule } of hits) {
    const fact = factOf(rule);
    if (fact !== null) facts.add(fact);
  }
  return facts;
}

const told = new WeakMap<Rule, string | null>();

/** What a rule found says, written out once: it is found in a sentence after the other. */
function factOf(rule: Rule): string | null {
  const known = told.get(rule);
  if (known !== undefined) return known;
  const fact = writeFact(rule);
  told.set(rule, fact);
  return fact;
}

function writeFact({ effect }: Rule): string | null {
  if ('force' in effect) return `force ${effect.force}`;
  if ('signal' in effect) return `signal ${effect.signal}`;
  if ('cue' in effect) return `cue ${effect.cue}`;
  if ('names' in effect) return 'names';
  return 'item' in effect ? `item ${effect.item}` : null;
}

/** Of the words of a segment and its pairs of words those the speller knows, each with the token it is heard at first. */
export function hearWords({ tokens }: Field, { first, last }: Segment, speller: Speller): Map<string, number> {
  const words = new Map<string, number>();
  let before = EDGE;
  for (let at = first; at < Math.min(last, first + LONGEST); at++) {
    const word = plain(tokens[at] as Token);
    for (const term of [speller('', word), speller('', before, word)]) if (term !== undefined && !words.has(term)) words.set(term, at);
    before = word;
  }
  return words;
}

/** What stands beyond the first and the last word of a sentence. */
export const EDGE = keepWord('|');
const NUMBER = keepWord('#');

/** A word, or "#" for a number. */
export function plain({ word, known }: Token): Word {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 ? NUMBER : known;
}
