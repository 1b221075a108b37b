import type { Field, Segment } from '../../text/document.ts';
import type { Rule } from '../schema/rule.ts';
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
  const forces = found.filter(({ rule }) => rule.kind === 'force');
  const turns = turnsIn(found, wordsWithin(forces));
  // A bracket that is nothing but a word of force speaks of what stands before it: "a license (preferred)".
  const bare = ({ first, last, parent }: Span) => parent >= 0 && forces.some(hit => hit.first <= first && hit.last >= last);
  const cut = cutSpans(field, segment, turns);
  const spans = forces.length === 0 ? cut : cut.map(span => (bare(span) ? { ...span, last: span.first } : span));
  const hitsOf = handOut(segment, spans, found);
  const made: Statement[] = [];
  for (const { first, last, parent: number } of spans) {
    const parent = number < 0 ? null : (made[number] ?? null);
    const hits = hitsOf[made.length] ?? [];
    const before = parent ?? made[made.length - 1] ?? null;
    const { subject, subjectTold } = subjectOf(first, hits, segment.section, before);
    made.push({ field, segment, first, last, subject, subjectTold, parent, hits });
  }
  return made.filter(({ first, last }) => last > first);
}

const NONE: ReadonlySet<number> = new Set();

/** Where words stand that turn what a sentence says, but for those within words of force. */
function turnsIn(found: readonly RuleHit[], within: ReadonlySet<number>): ReadonlySet<number> {
  const isTurn = ({ kind, effect }: Rule) => kind === 'cue' && 'cue' in effect && effect.cue === 'turn';
  const turns = found.filter(({ rule, first }) => isTurn(rule) && !within.has(first));
  return turns.length === 0 ? NONE : new Set(turns.map(({ first }) => first));
}

/**
 * "We would like, but do not require", "welcome, but not essential": a word that turns within words of force cuts nothing, nor does one that
 * begins what is said of the words before it.
 */
function wordsWithin(forces: readonly RuleHit[]): ReadonlySet<number> {
  if (forces.length === 0) return NONE;
  const within = new Set<number>();
  for (const { first, last, rule } of forces) {
    const from = 'reach' in rule.effect && rule.effect.reach === 'left' ? first : first + 1;
    for (let at = from; at < last; at++) within.add(at);
  }
  return within;
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
