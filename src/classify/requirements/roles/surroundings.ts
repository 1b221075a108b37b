import type { Cue, Force } from '../../schema/names.ts';
import type { CueHit } from '../mentions/row.ts';
import type { Unit } from '../mentions/unit.ts';
import type { Role } from './role.ts';

/** What stands around a row. */
export type Surroundings = {
  readonly unit: Unit;
  readonly cues: readonly CueHit[];
  /** The heading, or the sentence that opens the list, above. */
  readonly above: Unit | null;
  /** What that says of the items below it, and what it does with them. */
  readonly heading: Cue | null;
  readonly force: Force | null;
  /** The row before in the same unit. */
  readonly before: { readonly role: Role; readonly last: number } | null;
};
