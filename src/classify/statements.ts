import type { Field, Segment } from './document.ts';
import { SEP, type Token } from './lexer.ts';
import type { Force, Subject } from './rule.ts';
import type { RuleHit } from './rules.ts';
import type { Section } from './sections.ts';

/**
 * One thing a posting says: a clause, or a bracket or an aside within one, with of whom it speaks and what it does with what it names.
 * Its words are `field.tokens[first]` up to, not including, `[last]`.
 */
export type Statement = {
  readonly field: Field;
  readonly segment: Segment;
  readonly first: number;
  readonly last: number;
  readonly subject: Subject;
  /** The clause a bracket or an aside stands in. */
  readonly parent: Statement | null;
  /** Every rule found within, in the order of the text; those of a bracket belong to the bracket alone. */
  readonly hits: readonly RuleHit[];
};

/** The statements of one field, and where every hit belongs. */
export type Reading = {
  readonly statements: readonly Statement[];
  readonly of: (hit: RuleHit) => Statement | null;
};

type Span = { first: number; last: number; parent: number };

/** Cuts a field into statements and tells each one's subject. Linear in tokens and hits. */
export function readStatements(field: Field, hits: readonly RuleHit[]): Reading {
  const bySegment = new Map<Segment, RuleHit[]>();
  for (const hit of hits) if (hit.field === field) bySegment.set(hit.segment, [...(bySegment.get(hit.segment) ?? []), hit]);
  const statements: Statement[] = [];
  const owner = new Map<RuleHit, Statement>();
  for (const segment of field.segments) {
    const found = bySegment.get(segment) ?? [];
    const cuts = found.filter(({ rule }) => 'cue' in rule.effect && rule.effect.cue === 'turn');
    const made: Statement[] = [];
    for (const span of cutSpans(field, segment, new Set(cuts.map(({ first }) => first)))) {
      const parent = span.parent < 0 ? null : (made[span.parent] ?? null);
      const own = found.filter(({ first, last }) => first >= span.first && last <= span.last);
      const before = parent ?? made[made.length - 1] ?? null;
      const statement = {
        field,
        segment,
        first: span.first,
        last: span.last,
        subject: subjectOf(own, segment.section, before),
        parent,
        hits: own,
      };
      made.push(statement);
      // Spans come outer first, so the innermost one that holds a hit owns it.
      for (const hit of own) owner.set(hit, statement);
    }
    statements.push(...made);
  }
  return { statements, of: hit => owner.get(hit) ?? null };
}

/** The spans of a segment: clauses between semicolons, dashes and words that turn ("but"), each followed by the brackets within it. */
function cutSpans({ tokens }: Field, segment: Segment, turns: ReadonlySet<number>): Span[] {
  const spans: Span[] = [];
  let from = segment.first;
  const push = (first: number, last: number) => {
    if (last <= first) return;
    const parent = spans.push({ first, last, parent: -1 }) - 1;
    spans.push(...bracketsIn(tokens, first, last, parent));
  };
  for (let at = segment.first + 1; at < segment.last; at++) {
    const ends = ((tokens[at] as Token).sep & (SEP.semicolon | SEP.dash)) !== 0 || turns.has(at);
    if (!ends) continue;
    push(from, at);
    from = at;
  }
  push(from, segment.last);
  return spans;
}

function bracketsIn(tokens: readonly Token[], first: number, last: number, parent: number): Span[] {
  const spans: Span[] = [];
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
  return spans;
}

/** Whom a part of a posting speaks of when its sentences do not say so themselves. */
const SUBJECT_OF_SECTION: Record<Section, Subject> = {
  summary: 'job',
  duties: 'job',
  requirements: 'applicant',
  preferred: 'applicant',
  benefits: 'perk',
  about: 'employer',
  eeo: 'law',
  pay: 'job',
  other: 'job',
};

/** The first words that name a subject tell it; else the clause before in the same sentence, else the section. */
function subjectOf(hits: readonly RuleHit[], section: Section, before: Statement | null): Subject {
  let first: RuleHit | undefined;
  for (const hit of hits) if ('subject' in hit.rule.effect && (!first || hit.first < first.first)) first = hit;
  if (first && 'subject' in first.rule.effect) return first.rule.effect.subject;
  return before?.subject ?? SUBJECT_OF_SECTION[section];
}

/** How a section that asks puts what its sentences do not say: demanded, or wished for. */
const FORCE_OF_SECTION: Partial<Record<Section, Force>> = { requirements: 'demanded', preferred: 'wished' };

/**
 * What a statement does with the words `first` up to `last`: the nearest word of force after them, else before them, else what its
 * clause does, else what its section does.
 */
export function forceAt(statement: Statement, first: number, last: number): Force {
  const forces = statement.hits.flatMap(hit => ('force' in hit.rule.effect ? [{ force: hit.rule.effect.force, hit }] : []));
  const after = forces.filter(({ hit }) => hit.first >= last).sort((a, b) => a.hit.first - b.hit.first)[0];
  const before = forces.filter(({ hit }) => hit.last <= first).sort((a, b) => b.hit.last - a.hit.last)[0];
  const own = forces.find(({ hit }) => hit.first < last && hit.last > first);
  const found = own ?? after ?? before;
  if (found) return found.force;
  if (statement.parent) return forceAt(statement.parent, first, last);
  return FORCE_OF_SECTION[statement.segment.section] ?? 'told';
}
