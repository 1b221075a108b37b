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
  let open: number | null = null;
  let brackets: { first: number; last: number }[] = [];
  const close = (at: number) => {
    if (open !== null) brackets.push({ first: open, last: at });
    open = null;
  };
  const end = (at: number) => {
    if (at <= from) return;
    close(at);
    const parent = spans.push({ first: from, last: at, parent: -1 }) - 1;
    for (const bracket of brackets) spans.push({ ...bracket, parent });
    brackets = [];
    from = at;
  };
  for (let at = segment.first + 1; at < segment.last; at++) {
    const { sep } = tokens[at] as Token;
    if ((sep & SEP.close) !== 0) close(at);
    const cuts = open === null && ((sep & (SEP.semicolon | SEP.dash)) !== 0 || turns.has(at));
    if (cuts || at - from >= LONGEST_CLAUSE) end(at);
    if ((sep & SEP.open) !== 0 && at > from) open = at;
  }
  end(segment.last);
  return spans;
}
