import type { Field, Segment } from '../../text/document.ts';
import type { RuleHit } from './hit.ts';
import { cutSpans, type Span } from './spans.ts';
import type { FieldStatements, Statement } from './statement.ts';
import { subjectOf } from './subject.ts';

/** Cuts a field into statements and tells each one's subject. `hits` are all that was found there, in order. Linear in tokens and hits. */
export function readStatements(field: Field, hits: readonly RuleHit[]): FieldStatements {
  const statements: Statement[] = [];
  const owner: (Statement | null)[] = new Array(hits.length).fill(null);
  let at = 0;
  for (const segment of field.segments) {
    const from = at;
    while (hits[at]?.segment === segment) at++;
    for (const statement of readSegment(field, segment, hits.slice(from, at))) {
      statements.push(statement);
      for (const hit of statement.hits) owner[hit.nth] = statement;
    }
  }
  return { statements, of: hit => (hit.field === field ? (owner[hit.nth] ?? null) : null) };
}

function readSegment(field: Field, segment: Segment, found: readonly RuleHit[]): Statement[] {
  const turns = turnsIn(found);
  const spans = cutSpans(field, segment, turns);
  const hitsOf = handOut(segment, spans, found);
  const made: Statement[] = [];
  for (const { first, last, parent: number } of spans) {
    const parent = number < 0 ? null : (made[number] ?? null);
    const hits = hitsOf[made.length] ?? [];
    const { subject, subjectTold } = subjectOf(first, hits, segment.section, parent ?? made[made.length - 1] ?? null);
    made.push({ field, segment, first, last, subject, subjectTold, parent, hits });
  }
  return made;
}

/** Where words stand that turn what a sentence says; within words of force they cut nothing: "We would like, but do not require". */
function turnsIn(found: readonly RuleHit[]): ReadonlySet<number> {
  const turns = new Set(found.filter(({ rule: { effect } }) => 'cue' in effect && effect.cue === 'turn').map(({ first }) => first));
  for (const { rule, first, last } of found) if (rule.kind === 'force') for (let at = first + 1; at < last; at++) turns.delete(at);
  return turns;
}

/** Hands every hit to the innermost span that holds it whole; one that runs over the end of its clause to the clause it begins in. */
function handOut(segment: Segment, spans: readonly Span[], found: readonly RuleHit[]): (readonly RuleHit[])[] {
  if (spans.length === 1) return [found];
  if (found.length === 0) return [];
  // Spans come outer first, so the innermost one marks a word last.
  const marked: number[] = new Array(segment.last - segment.first).fill(0);
  for (const [index, { first, last }] of spans.entries()) marked.fill(index, first - segment.first, last - segment.first);
  const handed: RuleHit[][] = spans.map(() => []);
  for (const hit of found) {
    const inner = marked[hit.first - segment.first] as number;
    const { last, parent } = spans[inner] as Span;
    handed[hit.last > last && parent >= 0 ? parent : inner]?.push(hit);
  }
  return handed;
}
