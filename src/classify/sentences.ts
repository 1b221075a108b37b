import type { Field, Segment } from '../text/document.ts';
import type { Token } from '../text/lexer.ts';
import type { Hearing } from './linear.ts';
import type { RuleHit } from './rules.ts';

/** Sentences of more words say no more. */
const LONGEST = 60;

/** The hits of every segment of the text. */
export function bySegment(hits: readonly RuleHit[]): Map<Segment, RuleHit[]> {
  const found = new Map<Segment, RuleHit[]>();
  for (const hit of hits) {
    if (hit.field.name !== 'text') continue;
    const known = found.get(hit.segment);
    if (known) known.push(hit);
    else found.set(hit.segment, [hit]);
  }
  return found;
}

/** Hears a sentence: what rules find in it, its place, its words and its pairs of words. */
export function hearSentence({ tokens }: Field, { first, last, section, kind }: Segment, hits: readonly RuleHit[]): Hearing {
  const facts = new Set([`in ${section}`, `${kind} in ${section}`]);
  for (const { rule } of hits) {
    const { effect } = rule;
    if ('force' in effect) facts.add(`force ${effect.force}`);
    if ('signal' in effect) facts.add(`signal ${effect.signal}`);
    if ('cue' in effect) facts.add(`cue ${effect.cue}`);
    if ('names' in effect) facts.add('names');
    if ('item' in effect) facts.add(`item ${effect.item}`);
  }
  const words = new Map<string, number>();
  let before = '|';
  for (let at = first; at < Math.min(last, first + LONGEST); at++) {
    const word = plain(tokens[at] as Token);
    if (!words.has(word)) words.set(word, at);
    const pair = `${before} ${word}`;
    if (!words.has(pair)) words.set(pair, at);
    before = word;
  }
  return { facts, words };
}

/** A word, or "#" for a number. */
export function plain({ word }: Token): string {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 ? '#' : word;
}
