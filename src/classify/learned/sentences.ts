import type { Field, Segment } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import { keepWord, type Word } from '../../text/words.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Ear } from './ear.ts';

/** Sentences of more words say no more. */
const LONGEST = 60;

const grouped = new WeakMap<readonly RuleHit[], ReadonlyMap<Segment, readonly RuleHit[]>>();

/** The hits of every segment of the text, gathered once: whatever hears sentences asks for them. */
export function hitsOfSegments(hits: readonly RuleHit[]): ReadonlyMap<Segment, readonly RuleHit[]> {
  const known =
    grouped.get(hits) ??
    Map.groupBy(
      hits.filter(({ field }) => field.name === 'text'),
      ({ segment }) => segment,
    );
  grouped.set(hits, known);
  return known;
}

/** Hears a sentence: its place, what rules find in it, its words and its pairs of words. */
export function hearSentence<E extends Ear>(field: Field, segment: Segment, hits: readonly RuleHit[], ear: E): E {
  const { section, kind } = segment;
  ear.fact(`in ${section}`);
  ear.fact(`${kind} in ${section}`);
  return hearAlone(field, segment, hits, ear);
}

/** The same wherever the sentence stands. */
export function hearAlone<E extends Ear>(field: Field, segment: Segment, hits: readonly RuleHit[], ear: E): E {
  for (const { rule } of hits) if (rule.fact !== null) ear.fact(rule.fact);
  hearWords(field, segment, ear);
  return ear;
}

/** Hears the words of a segment and its pairs of words. */
export function hearWords({ tokens }: Field, { first, last }: Segment, ear: Ear): void {
  let before = EDGE;
  for (let at = first; at < Math.min(last, first + LONGEST); at++) {
    const word = plain(tokens[at] as Token);
    ear.follow(at, before, word);
    before = word;
  }
}

/** What stands beyond the first and the last word of a sentence. */
export const EDGE = keepWord('|');
const NUMBER = keepWord('#');

/** A word, or "#" for a number. */
export function plain({ word, known }: Token): Word {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 ? NUMBER : known;
}
