import { evidenceOf, type Field, type Segment } from '../../text/document.ts';
import type { Evidence } from '../../text/evidence.ts';
import type { Rule } from '../schema/rule.ts';

/** A rule found in a field, at the tokens `first` up to, not including, `last`; `nth` is its place among all that were found there. */
export type RuleHit = {
  readonly nth: number;
  readonly rule: Rule;
  readonly field: Field;
  readonly segment: Segment;
  readonly first: number;
  readonly last: number;
};

/** The words of a rule found, as evidence. */
export function evidenceOfHit({ field, first, last }: RuleHit): Evidence {
  return evidenceOf(field, first, last);
}

/** Finds the rules whose phrases stand in a field. */
export type RuleMatch = (field: Field) => RuleHit[];
