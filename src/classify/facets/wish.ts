import type { Field, Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Statement } from '../reading/statement.ts';
import type { Force, Reach } from '../schema/names.ts';

/** The words of force of every sentence, in the order of the text, the longest of those that overlap. */
export type ForceWords = ReadonlyMap<Segment, readonly ForceWord[]>;
export type ForceWord = { readonly first: number; readonly last: number; readonly force: Force; readonly reach: Reach };

const gathered = new WeakMap<PostingReading, ForceWords>();

/** The words of force of a posting by sentence, gathered once: several facets ask for them. */
export function forceWordsOf(posting: PostingReading): ForceWords {
  const words = gathered.get(posting) ?? gather(posting);
  gathered.set(posting, words);
  return words;
}

function gather({ forces }: PostingReading): ForceWords {
  const words = new Map<Segment, ForceWord[]>();
  for (const { rule, segment, first, last } of forces) {
    if (!('force' in rule.effect)) continue;
    const known = words.get(segment) ?? [];
    if (known.length === 0) words.set(segment, known);
    known.push({ first, last, force: rule.effect.force, reach: rule.effect.reach });
  }
  for (const [segment, found] of words) words.set(segment, outermost(found));
  return words;
}

function outermost(words: readonly ForceWord[]): ForceWord[] {
  const kept: ForceWord[] = [];
  for (const next of [...words].sort((a, b) => a.first - b.first || b.last - a.last)) {
    const before = kept[kept.length - 1];
    if (!before || next.first >= before.last) kept.push(next);
    else if (next.last - next.first > before.last - before.first) kept[kept.length - 1] = next;
  }
  return kept;
}

/**
 * What a word of force right behind some words of a statement does with them, brackets included, or null: "two years in sales preferred",
 * "SNF: 1 year (Required)". Words up to `next` are theirs; one behind a comma belongs to what stands there ("two years, clinic preferred").
 */
export function forceBehind(words: ForceWords, statement: Statement, last: number, next: number): Force | null {
  const { field, segment, last: end } = statement.parent ?? statement;
  const after = (words.get(segment) ?? []).find(word => word.first >= last && word.reach !== 'right' && !isAside(field, last, word.first));
  if (!after || after.first >= Math.min(next, end)) return null;
  const isParted = field.tokens.slice(last, after.first).some(({ sep }) => (sep & (SEP.comma | SEP.semicolon)) !== 0);
  return isParted ? null : after.force;
}

/** Whether a word stands inside a bracket that tells something of its own first ("(internships don't count)"), so that it speaks of that. */
function isAside({ tokens }: Field, from: number, at: number): boolean {
  for (let back = at; back > from; back--) {
    const { sep } = tokens[back] as Token;
    if ((sep & SEP.open) !== 0) return back < at;
    if ((sep & SEP.close) !== 0) return false;
  }
  return false;
}

/** The word of force that leads into some words of a statement: the last before them that speaks of what follows, or null. */
export function forceBefore(words: ForceWords, { segment, first: start }: Statement, first: number): Force | null {
  const before = (words.get(segment) ?? []).filter(word => word.last <= first && word.first >= start);
  return before.findLast(word => word.reach !== 'left' || word.first === start)?.force ?? null;
}

/** Whether a statement lets in those who follow ("we also consider nurses with five years"). */
export function letsIn(words: ForceWords, { segment, first: start }: Statement, first: number): boolean {
  return (words.get(segment) ?? []).some(
    word => word.force === 'let-in' && word.reach !== 'left' && word.first >= start && word.last <= first,
  );
}
