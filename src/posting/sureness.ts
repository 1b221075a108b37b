import { MAY_APPLY, type Verdict } from './taxonomy.ts';

/**
 * How sure an answer has to be so that it is told without a word of doubt: below these shares of right answers (docs/accuracy.md has the tables)
 * two careful readers could well decide differently. To be turned away wrongly costs a look at a posting that is shown all the same; to be
 * taken wrongly costs an application.
 */
const SURE = { relevance: 0.9, taken: 0.9, turnedAway: 0.8 };

/** Whether people should be told to look for themselves if a posting is a job outside patient care. */
export function isUnsure({ confidence }: { confidence: number | null }): boolean {
  return confidence !== null && confidence < SURE.relevance;
}

/** A verdict with how likely it is right about whether the holder may apply; null where that is not told or was not kept. */
export type SaidVerdict = { readonly verdict: Verdict; readonly confidence: number | null };

/** Whether people should be told to read for themselves if the holder may apply. */
export function isVerdictUnsure({ verdict, confidence }: SaidVerdict): boolean {
  return confidence !== null && confidence < (MAY_APPLY.includes(verdict) ? SURE.taken : SURE.turnedAway);
}
