import type { Field, Segment } from '../../text/document.ts';
import type { Subject } from '../schema/names.ts';
import type { RuleHit } from './hit.ts';

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
  /** The sentence itself names its subject; else it goes on with that of the clause before, or with what its section is about. */
  readonly subjectTold: boolean;
  /** The clause a bracket or an aside stands in. */
  readonly parent: Statement | null;
  /** Every rule found within, in the order of the text; those of a bracket belong to the bracket alone. */
  readonly hits: readonly RuleHit[];
};

/** The statements of one field, and where every hit belongs. */
export type FieldStatements = {
  readonly statements: readonly Statement[];
  readonly of: (hit: RuleHit) => Statement | null;
};
