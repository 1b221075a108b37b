import { SEP, type Token } from '../../text/lexer.ts';
import type { Section } from '../../text/sections.ts';
import type { Cue, Force, Reach } from '../schema/names.ts';
import type { RuleHit } from './hit.ts';
import type { Statement } from './statement.ts';

/** How a section that asks puts what its sentences do not say: demanded, or wished for. */
export const FORCE_OF_SECTION: Partial<Record<Section, Force>> = { requirements: 'demanded', preferred: 'wished' };

/** The words that decide what a statement does with some of its words; `hit` is null where the section decides. */
export type Deciding = { readonly force: Force; readonly hit: RuleHit | null };

/** What a statement does with the words `first` up to `last`. */
export function forceAt(statement: Statement, first: number, last: number): Force {
  return forceOver(statement, first, last)?.force ?? FORCE_OF_SECTION[statement.segment.section] ?? 'told';
}

/**
 * The word of force that governs the words `first` up to `last`, or null: one that covers them; else the nearest after them whose reach to the
 * left they are in ("X, Y or Z required"); else the nearest before them that reaches to the right ("must hold X"); else that of the clause
 * around a bracket.
 */
export function forceOver(statement: Statement, first: number, last: number): Deciding | null {
  const { forces } = sortedOf(statement.hits);
  const own = forces.find(({ hit }) => hit.first < last && hit.last > first);
  if (own) return own;
  const before = forces.findLast(({ hit, reach }) => hit.last <= first && (reach !== 'left' || opens(statement, hit)));
  if (before && outweighs(before, first)) return before;
  const after = forces.find(({ hit, reach }) => hit.first >= last && reach !== 'right');
  if (
    after &&
    ((isOfPeople(after) && !namesBetween(statement, last, after.hit.first) && !isParted(statement, last, after.hit.first)) ||
      reachesBack(statement, last, after.hit.first))
  )
    return after;
  if (before && (before.force !== 'shut-out' || reachesOn(statement, before.hit.last, first))) return before;
  const { parent } = statement;
  if (!parent) return null;
  // "a license preferred (RN, OT)": the bracket spells out what the word right before it speaks of.
  return sortedOf(parent.hits).forces.find(({ hit }) => hit.last === statement.first) ?? forceOver(parent, statement.first, statement.last);
}

type Forceful = { readonly hit: RuleHit; readonly force: Force; readonly reach: Reach };

/** What is asked of a statement's hits again for everything that it names. */
type Sorted = {
  readonly forces: readonly Forceful[];
  readonly barriers: readonly RuleHit[];
  readonly complements: readonly RuleHit[];
  /** Where the first to be named ends. */
  readonly named: number;
};

const sorted = new WeakMap<readonly RuleHit[], Sorted>();

function sortedOf(hits: readonly RuleHit[]): Sorted {
  const known = sorted.get(hits) ?? sort(hits);
  sorted.set(hits, known);
  return known;
}

function sort(hits: readonly RuleHit[]): Sorted {
  const cued = (cue: Cue) => hits.filter(({ rule: { kind, effect } }) => kind === 'cue' && 'cue' in effect && effect.cue === cue);
  const named = hits.filter(({ rule: { kind } }) => kind === 'names' || kind === 'item');
  return {
    forces: outermost(hits),
    barriers: cued('barrier'),
    complements: cued('complement'),
    named: named.reduce((least, { last }) => Math.min(least, last), Number.POSITIVE_INFINITY),
  };
}

/** The words of force of a statement in the order of the text; of those that overlap the longest ("not required", not "required"). */
function outermost(hits: readonly RuleHit[]): readonly Forceful[] {
  const found: Forceful[] = [];
  for (const hit of hits) if (hit.rule.kind === 'force' && 'force' in hit.rule.effect) found.push({ hit, ...hit.rule.effect });
  // Nearly every statement holds none.
  if (found.length === 0) return found;
  const kept: Forceful[] = [];
  for (const next of found.sort((a, b) => a.hit.first - b.hit.first || b.hit.last - a.hit.last)) {
    const before = kept[kept.length - 1];
    if (!before || next.hit.first >= before.hit.last) kept.push(next);
    else if (next.hit.last - next.hit.first > before.hit.last - before.hit.first) kept[kept.length - 1] = next;
  }
  return kept.filter(({ force }) => force !== 'told');
}

/** To let in or to shut out is said of people, whatever stands beside them: "a PT with two years is considered too". */
function isOfPeople({ force }: Forceful): boolean {
  return force === 'let-in' || force === 'shut-out';
}

/**
 * What stands before outweighs what follows where it takes the whole clause back ("we have not decided whether a license is needed"), and
 * where it names an exception right before its words ("all but SLPs may apply").
 */
function outweighs({ force, hit }: Forceful, first: number): boolean {
  return force === 'unsettled' || (force === 'shut-out' && hit.last === first);
}

/** "No PTAs this time, PTs please": to shut out ends at a comma that no joiner carries on. */
function reachesOn(statement: Statement, from: number, to: number): boolean {
  const comma = statement.field.tokens.slice(from + 1, to + 1).some(({ sep }) => (sep & SEP.comma) !== 0);
  return !comma || isJoined(statement, from, statement.last);
}

/** Whether somebody else is named between ("OTR only, assistants not considered"), and not as what these bring ("those with a degree"). */
function namesBetween({ hits }: Statement, from: number, to: number): boolean {
  const barrier = sortedOf(hits).barriers.find(({ first }) => first >= from);
  const end = Math.min(to, barrier?.first ?? to);
  return hits.some(({ rule: { kind }, first, last }) => first >= from && last <= end && (kind === 'names' || kind === 'item'));
}

/** A semicolon, which within a bracket cuts no clause: "(OT or PT; inactive is fine)". */
function isParted({ field: { tokens } }: Statement, from: number, to: number): boolean {
  return tokens.slice(from, to + 1).some(({ sep }) => (sep & SEP.semicolon) !== 0);
}

/** A word that else speaks of what stands before it speaks of what follows where nothing does: "Preferred: OT or PT". */
function opens({ first, hits }: Statement, hit: RuleHit): boolean {
  return hit.first - first <= 1 && sortedOf(hits).named > hit.first;
}

/**
 * Whether a word of force at `to` speaks of words that end at `from`: nothing between them begins another thing. A comma does, unless a
 * joiner later on shows that the list went on ("RN, OT or PT a plus"); so do "with", and "and" between things that are no neighbours.
 */
function reachesBack(statement: Statement, from: number, to: number): boolean {
  const { tokens } = statement.field;
  const { barriers, complements } = sortedOf(statement.hits);
  const bars = ({ first, last }: RuleHit) =>
    first >= from && last <= to && !complements.some(whole => whole.first < first && whole.last >= last);
  if (barriers.some(bars)) return false;
  let bracketed = false;
  for (let at = to; at >= from; at--) {
    const { sep } = tokens[at] as Token;
    if ((sep & SEP.close) !== 0) bracketed = true;
    if ((sep & SEP.semicolon) !== 0) return false;
    if (!bracketed && (sep & SEP.comma) !== 0 && at !== to) return isJoined(statement, at, to);
    if ((sep & SEP.open) !== 0) bracketed = false;
  }
  return true;
}

function isJoined({ field: { tokens }, hits }: Statement, from: number, to: number): boolean {
  const joins = ({ rule: { effect }, first, last }: RuleHit) =>
    first >= from && last <= to && 'cue' in effect && (effect.cue === 'or' || effect.cue === 'and');
  return hits.some(joins) || tokens.slice(from, to).some(({ sep }) => (sep & SEP.slash) !== 0);
}
