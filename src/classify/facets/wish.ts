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

/** Words that lead to where a thing was done: what follows is one list ("in home health, hospice or SNF preferred"). */
const PLACES: ReadonlySet<string> = new Set(['in', 'at']);

/**
 * What a word of force right behind some words of a statement does with them, brackets included, or null: "two years in sales preferred",
 * "SNF: 1 year (Required)". Words up to `next` are theirs; a wish behind a comma belongs to what stands there ("two years, clinic preferred"),
 * unless the comma is one of a list they govern; what is plainly demanded before ("at least two years") is no list that is liked.
 */
export function forceBehind(words: ForceWords, statement: Statement, last: number, next: number, demanded: boolean): Force | null {
  const { field, segment, last: end } = statement.parent ?? statement;
  const after = (words.get(segment) ?? []).find(word => word.first >= last && word.reach !== 'right' && !isAside(field, last, word.first));
  if (!after || after.first >= Math.min(next, end)) return null;
  const comma = lastComma(field.tokens, last, after.first);
  if (comma < 0 || comma === after.first) return after.force;
  const places = field.tokens.slice(last, comma).some(({ word }) => PLACES.has(word));
  const isList = !demanded && places && goesOn(field.tokens, comma, after.first);
  return isList ? after.force : null;
}

/** Whether a word stands inside a bracket that tells something of its own first ("(internships don't count)"), so that it speaks of that. */
function isAside({ tokens }: Field, from: number, at: number): boolean {
  for (let back = at; back > from; back--) {
    const { sep } = tokens[back] as Token;
    if ((sep & SEP.open) !== 0) return back < at;
    if ((sep & SEP.close) !== 0) return false;
  }
  return ((tokens[from] as Token).sep & SEP.open) !== 0 && from < at;
}

/** Whether the last part before a word of force ends a list ("hospice or SNF preferred") and is no clause of its own ("and sales is a plus"). */
function goesOn(tokens: readonly Token[], comma: number, to: number): boolean {
  const part = tokens.slice(comma, to + 1).map(({ word }) => word);
  if (part[0] === 'and' && (part.includes('is') || part.includes('are'))) return false;
  return part.includes('or') || part.includes('and');
}

function lastComma(tokens: readonly Token[], from: number, to: number): number {
  for (let at = to; at >= from; at--) if (((tokens[at] as Token).sep & (SEP.comma | SEP.semicolon)) !== 0) return at;
  return -1;
}

/** The word of force that leads into some words of a statement: the last before them that speaks of what follows, or null. */
export function forceBefore(words: ForceWords, statement: Statement, first: number): Force | null {
  const { field, segment, first: start } = statement;
  const before = (words.get(segment) ?? []).filter(word => word.last <= first && word.first >= start);
  return before.findLast(word => (word.reach !== 'left' || word.first === start) && !isShut(field.tokens, word, first))?.force ?? null;
}

/** Whether a bracket around a word ends before other words, so that it speaks of what the bracket adds to: "a diploma (a degree is a plus), one year". */
function isShut(tokens: readonly Token[], { first, last, reach }: ForceWord, to: number): boolean {
  // "A degree plus (ideally) one year".
  if (reach === 'right' && ((tokens[first] as Token).sep & SEP.open) !== 0 && ((tokens[last]?.sep ?? 0) & SEP.close) !== 0) return false;
  for (let at = last; at <= to; at++) {
    const sep = tokens[at]?.sep ?? 0;
    if ((sep & SEP.close) !== 0) return !tokens.slice(first + 1, at + 1).some(token => (token.sep & SEP.open) !== 0);
    if ((sep & SEP.open) !== 0) return false;
  }
  return false;
}

/** Whether a statement lets in those who follow ("we also consider nurses with five years"). */
export function letsIn(words: ForceWords, { segment, first: start }: Statement, first: number): boolean {
  return (words.get(segment) ?? []).some(
    word => word.force === 'let-in' && word.reach !== 'left' && word.first >= start && word.last <= first,
  );
}
