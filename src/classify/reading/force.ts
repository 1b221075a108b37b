import { SEP, type Token } from '../../text/lexer.ts';
import type { Section } from '../../text/sections.ts';
import type { Cue, Force, Reach } from '../schema/names.ts';
import type { RuleHit } from './hit.ts';
import type { Statement } from './statement.ts';

/** How a section that asks puts what its sentences do not say: demanded, or wished for. */
const FORCE_OF_SECTION: Partial<Record<Section, Force>> = { requirements: 'demanded', preferred: 'wished' };

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
  const forces = forcesOf(statement);
  const own = forces.find(({ hit }) => hit.first < last && hit.last > first);
  if (own) return own;
  const before = forces.findLast(({ hit, reach }) => hit.last <= first && reach !== 'left');
  if (before && outweighs(before, first)) return before;
  const after = forces.find(({ hit, reach }) => hit.first >= last && reach !== 'right');
  if (after && (isOfPeople(after) ? !namesBetween(statement, last, after.hit.first) : reachesBack(statement, last, after.hit.first)))
    return after;
  if (before || !statement.parent) return before ?? null;
  return forceOver(statement.parent, statement.first, statement.last);
}

type Forceful = { readonly hit: RuleHit; readonly force: Force; readonly reach: Reach };

const known = new WeakMap<readonly RuleHit[], readonly Forceful[]>();

/** The words of force of a statement, sorted once: they are asked for again for everything that it names. */
function forcesOf({ hits }: Statement): readonly Forceful[] {
  const forces = known.get(hits) ?? outermost(hits);
  known.set(hits, forces);
  return forces;
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

/** Whether somebody else is named between ("OTR only, assistants not considered"), and not as what these bring ("those with a degree"). */
function namesBetween({ hits }: Statement, from: number, to: number): boolean {
  const barrier = hits.find(({ rule: { effect }, first }) => first >= from && 'cue' in effect && effect.cue === 'barrier');
  const end = Math.min(to, barrier?.first ?? to);
  return hits.some(({ rule: { kind }, first, last }) => first >= from && last <= end && (kind === 'names' || kind === 'item'));
}

/**
 * Whether a word of force at `to` speaks of words that end at `from`: nothing between them begins another thing. A comma does, unless a
 * joiner later on shows that the list went on ("RN, OT or PT a plus"); so do "with", and "and" between things that are no neighbours.
 */
function reachesBack(statement: Statement, from: number, to: number): boolean {
  const { tokens } = statement.field;
  if (hasCue(statement, ['barrier'], from, to)) return false;
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

function isJoined(statement: Statement, from: number, to: number): boolean {
  const { tokens } = statement.field;
  return hasCue(statement, ['or', 'and'], from, to) || tokens.slice(from, to).some(({ sep }) => (sep & SEP.slash) !== 0);
}

function hasCue({ hits }: Statement, cues: readonly Cue[], from: number, to: number): boolean {
  return hits.some(({ rule: { effect }, first, last }) => first >= from && last <= to && 'cue' in effect && cues.includes(effect.cue));
}
