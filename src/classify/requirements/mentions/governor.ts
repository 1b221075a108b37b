import type { Cue } from '../../schema/names.ts';
import type { CueHit, Row } from './row.ts';

/** Words that, before a row, say whose it is: `others` somebody else's, all the rest the applicant's. */
const GOVERNORS: ReadonlySet<Cue> = new Set([
  'license',
  'licensed',
  'study',
  'work',
  'be',
  'is',
  'role',
  'seek',
  'hold',
  'have',
  'others',
  'hire',
]);
/** Words that bring a field, however far on it is told in which one. */
export const OF_FIELDS: ReadonlySet<Cue> = new Set(['license', 'licensed', 'study', 'work']);
/** Words that ask for a person in so many words. */
const ASKS: ReadonlySet<Cue> = new Set(['be', 'seek', 'role', 'hold']);

/** The nearest word that governs a row from before, in its own clause; within a bracket also what governs the bracket. */
export function governorOf({ first, statement }: Row, cues: readonly CueHit[]): Cue | null {
  const clause = statement.parent ?? statement;
  let best: CueHit | null = null;
  for (const cue of governingOf(cues)) {
    if (cue.last > first || cue.first < clause.first) continue;
    // "includes licensed PTs": the adjective of the row itself governs only where nothing before it does.
    if (cue.cue === 'licensed' && isAdjective(cue, first, cues)) best ??= cue;
    else if (!best || cue.last > best.last || (cue.last === best.last && cue.first < best.first)) best = cue;
  }
  return best?.cue ?? null;
}

/** Whether "licensed" belongs to the row at `first`: right before it, or with one more adjective between ("licensed study therapists"). */
function isAdjective({ last }: CueHit, first: number, cues: readonly CueHit[]): boolean {
  return last === first || (first - last === 1 && !cues.some(cue => cue.first === last));
}

/** Cues that say how clauses hang together and nothing of whose a row is. */
const HOLDS_NOTHING: ReadonlySet<Cue> = new Set(['barrier', 'complement', 'must']);

const governing = new WeakMap<readonly CueHit[], readonly CueHit[]>();

/** The cues of a unit that may govern a row: asked once for every row, and each would look through all others. */
function governingOf(cues: readonly CueHit[]): readonly CueHit[] {
  const known = governing.get(cues) ?? cues.filter(cue => GOVERNORS.has(cue.cue) && !isHeld(cue, cues));
  governing.set(cues, known);
  return known;
}

const isWithin = (inner: CueHit, { first, last }: CueHit): boolean =>
  first <= inner.first && inner.last <= last && last - first > inner.last - inner.first;

/** Whether a longer phrase holds a cue, which then says nothing by itself: the "for" of "looking for". */
function isHeld(inner: CueHit, cues: readonly CueHit[]): boolean {
  if (cues.some(outer => !HOLDS_NOTHING.has(outer.cue) && isWithin(inner, outer))) return true;
  // "if you are a nurse": the verb goes on with the phrase it begins in.
  const goesOn = (outer: CueHit) => outer.cue !== 'is' && ASKS.has(outer.cue) && outer.first < inner.first && inner.first < outer.last;
  return inner.cue === 'is' && cues.some(goesOn);
}
