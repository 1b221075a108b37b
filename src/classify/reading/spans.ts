import type { Field, Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';

/** A clause, or with `parent` the number of the clause it stands in, a bracket. */
export type Span = { readonly first: number; readonly last: number; readonly parent: number };

/** A clause longer than this is cut: what a sentence of hostile length says is bounded work, and nobody writes one. */
const LONGEST_CLAUSE = 200;

/**
 * The spans of a segment: clauses between semicolons, dashes and words that turn ("but"), each followed by the brackets within it. What
 * stands in a bracket cuts no clause: "a license (PT, OT - any state) is a plus" is one.
 */
export function cutSpans({ tokens }: Field, segment: Segment, turns: ReadonlySet<number>): Span[] {
  const spans: Span[] = [];
  let from = segment.first;
  let open = false;
  const push = (first: number, last: number) => {
    if (last <= first) return;
    const parent = spans.push({ first, last, parent: -1 }) - 1;
    addBrackets(spans, tokens, first, last, parent);
  };
  for (let at = segment.first + 1; at < segment.last; at++) {
    const { sep } = tokens[at] as Token;
    if ((sep & SEP.close) !== 0) open = false;
    const ends = !open && ((sep & (SEP.semicolon | SEP.dash)) !== 0 || turns.has(at));
    if ((sep & SEP.open) !== 0) open = true;
    if (!ends && at - from < LONGEST_CLAUSE) continue;
    push(from, at);
    from = at;
  }
  push(from, segment.last);
  return spans;
}

/** Adds the brackets of a clause behind it. */
function addBrackets(spans: Span[], tokens: readonly Token[], first: number, last: number, parent: number): void {
  let open = -1;
  for (let at = first; at < last; at++) {
    const { sep } = tokens[at] as Token;
    if (open >= 0 && (sep & SEP.close) !== 0) {
      spans.push({ first: open, last: at, parent });
      open = -1;
    }
    if ((sep & SEP.open) !== 0 && at > first) open = at;
  }
  if (open >= 0) spans.push({ first: open, last, parent });
}
