import type { Force } from '../../schema/names.ts';
import type { CueHit, Row } from '../mentions/row.ts';
import type { Unit } from '../mentions/unit.ts';

/** What a posting does with what it names: it only talks of it, or it asks an applicant for it with some force. */
export const ROLES = ['talk', 'demanded', 'wished', 'let-in', 'shut-out', 'denied', 'unsettled'] as const satisfies readonly (
  | Force
  | 'talk'
)[];
export type Role = (typeof ROLES)[number];

/** What stands around a row. */
export type Surroundings = {
  readonly unit: Unit;
  readonly cues: readonly CueHit[];
  /** The heading, or the sentence that opens the list, above, and what that does with the items below it. */
  readonly above: Unit | null;
  readonly force: Force | null;
  /** What a sentence of a few words behind does with this one: "A therapy degree? Unnecessary." */
  readonly afterword: Force | null;
  /** The row before in the same unit. */
  readonly before: { readonly role: Role; readonly last: number } | null;
};

/** What a row is taken for, and what else it may be, each with how likely that is. */
export type ToldRole = { readonly role: Role; readonly others: readonly { readonly role: Role; readonly chance: number }[] };

/** Tells the role of a row from all that is seen of it in its sentence and around. */
export type RoleReader = (row: Row, around: Surroundings) => ToldRole;
