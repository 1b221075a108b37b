import type { Field, Segment } from '../text/document.ts';
import type { RuleHit } from './rules.ts';
import { cutSpans, type Span } from './statements/spans.ts';
import type { Reading, Statement } from './statements/statement.ts';
import { subjectOf } from './statements/subject.ts';

export { type Deciding, forceAt, forceOver } from './statements/force.ts';
export type { Reading, Statement } from './statements/statement.ts';

/** Cuts a field into statements and tells each one's subject. Linear in tokens and hits. */
export function readStatements(field: Field, hits: readonly RuleHit[]): Reading {
  const bySegment = new Map<Segment, RuleHit[]>();
  for (const hit of hits) {
    if (hit.field !== field) continue;
    const list = bySegment.get(hit.segment);
    if (list) list.push(hit);
    else bySegment.set(hit.segment, [hit]);
  }
  const statements: Statement[] = [];
  const owner = new Map<RuleHit, Statement>();
  for (const segment of field.segments) {
    for (const statement of readSegment(field, segment, bySegment.get(segment) ?? [])) {
      statements.push(statement);
      for (const hit of statement.hits) owner.set(hit, statement);
    }
  }
  return { statements, of: hit => owner.get(hit) ?? null };
}

function readSegment(field: Field, segment: Segment, found: readonly RuleHit[]): Statement[] {
  const forces = found.filter(({ rule }) => rule.kind === 'force');
  // "We would like, but do not require", "welcome, but not essential": a word that turns within words of force cuts nothing, nor does one
  // that begins what is said of the words before it.
  const within = new Set(
    forces.flatMap(({ first, last, rule: { effect } }) => {
      const from = 'reach' in effect && effect.reach === 'left' ? first : first + 1;
      return Array.from({ length: Math.max(0, last - from) }, (_, at) => from + at);
    }),
  );
  const turns = found.flatMap(({ rule, first }) =>
    rule.kind === 'cue' && 'cue' in rule.effect && rule.effect.cue === 'turn' && !within.has(first) ? [first] : [],
  );
  // A bracket that is nothing but a word of force speaks of what stands before it: "a license (preferred)".
  const bare = ({ first, last, parent }: Span) => parent >= 0 && forces.some(hit => hit.first <= first && hit.last >= last);
  const spans = cutSpans(field, segment, new Set(turns)).map(span => (bare(span) ? { ...span, last: span.first } : span));
  const hitsOf = handOut(segment, spans, found);
  const made: Statement[] = [];
  for (const [index, { first, last, parent: number }] of spans.entries()) {
    const parent = number < 0 ? null : (made[number] ?? null);
    const hits = hitsOf[index] ?? [];
    const before = parent ?? made[made.length - 1] ?? null;
    made.push({ field, segment, first, last, ...subjectOf(first, hits, segment.section, before), parent, hits });
  }
  return made.filter(({ first, last }) => last > first);
}

/** Hands every hit to the innermost span that holds it whole; one that runs over the end of its clause to the clause it begins in. */
function handOut(segment: Segment, spans: readonly Span[], found: readonly RuleHit[]): RuleHit[][] {
  // Spans come outer first, so the innermost one marks a word last.
  const marked = new Int32Array(segment.last - segment.first);
  for (const [index, { first, last }] of spans.entries()) marked.fill(index, first - segment.first, last - segment.first);
  const handed: RuleHit[][] = spans.map(() => []);
  for (const hit of found) {
    const inner = marked[hit.first - segment.first] as number;
    const { last, parent } = spans[inner] as Span;
    handed[hit.last > last && parent >= 0 ? parent : inner]?.push(hit);
  }
  return handed;
}
