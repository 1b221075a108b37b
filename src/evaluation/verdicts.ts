import { isUnsure, isVerdictUnsure } from '../posting/sureness.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, type Verdict } from '../posting/taxonomy.ts';
import { type Bucket, bucketsOf } from './calibration.ts';
import type { Pair } from './label.ts';
import { type Rates, ratesOf, shareOf } from './rates.ts';

/** One posting seen by the holder of one credential. */
type Cell = { pair: Pair; credential: Credential; expected: Verdict; got: Verdict; confidence: number | null; rule: string };

export type VerdictFigures = { exact: number; may_apply: number; per: Record<string, { exact: number; may_apply: number }> };

/** Whether a holder of the credential may apply; `unknown` is a third answer of its own. */
export function mayApply(verdict: Verdict): 'yes' | 'no' | 'unknown' {
  if (verdict === 'unknown') return 'unknown';
  return MAY_APPLY.includes(verdict) ? 'yes' : 'no';
}

/** Every posting that both the reader and the classifier call non-clinical, by credential. */
export function verdictCells(pairs: readonly Pair[]): Cell[] {
  const both = pairs.filter(({ label, guess }) => !label.partial && label.relevance === 'nonclinical' && guess.relevance === 'nonclinical');
  return both.flatMap(pair => CREDENTIALS.map(credential => cellOf(pair, credential)));
}

function cellOf(pair: Pair, credential: Credential): Cell {
  const got = pair.guess.verdicts?.[credential];
  return {
    pair,
    credential,
    expected: pair.label.verdicts?.[credential] ?? 'unknown',
    got: got?.verdict ?? 'unknown',
    confidence: got?.confidence ?? null,
    rule: got?.rule ?? '',
  };
}

export function verdictFigures(pairs: readonly Pair[]): VerdictFigures {
  const cells = verdictCells(pairs);
  const rates = (chosen: Cell[]) => ({
    exact: shareOf(chosen, ({ expected, got }) => expected === got),
    may_apply: shareOf(chosen, ({ expected, got }) => mayApply(expected) === mayApply(got)),
  });
  const per = Object.fromEntries(CREDENTIALS.map(credential => [credential, rates(cells.filter(cell => cell.credential === credential))]));
  return { ...rates(cells), per };
}

/**
 * The product's promise, "this job takes me": over every posting and credential, whether it is non-clinical and open to the holder.
 * A label of the relevance alone counts where that settles it: what is not non-clinical takes nobody.
 */
export function takesMeRates(pairs: readonly Pair[]): Rates {
  return ratesOf(promised(pairs), isTaken, saysTaken);
}

/** Of those told without a word of doubt that they may apply: the share that may, and how large a part of all who are told so they are. */
export type SureRates = { precision: number; share: number; n: number };

/** The same promise where neither the posting's relevance nor the verdict is marked as unsure. */
export function sureTakesMe(pairs: readonly Pair[]): SureRates {
  const told = promised(pairs).filter(saysTaken);
  const sure = told.filter(cell => !isUnsure(cell.pair.guess) && !isVerdictUnsure({ verdict: cell.got, confidence: cell.confidence }));
  return { precision: shareOf(sure, isTaken), share: told.length === 0 ? 1 : sure.length / told.length, n: sure.length };
}

/** How often verdicts of some confidence are right about whether the holder may apply. */
export function verdictCalibration(pairs: readonly Pair[]): Bucket[] {
  return bucketsOf(
    verdictCells(pairs).flatMap(({ expected, got, confidence }) =>
      confidence === null ? [] : [{ said: confidence, right: (mayApply(got) === 'yes') === (mayApply(expected) === 'yes') }],
    ),
  );
}

function promised(pairs: readonly Pair[]): Cell[] {
  return pairs
    .filter(({ label }) => !label.partial || label.relevance !== 'nonclinical')
    .flatMap(pair => CREDENTIALS.map(credential => cellOf(pair, credential)));
}

const isTaken = ({ pair, expected }: Cell): boolean => pair.label.relevance === 'nonclinical' && mayApply(expected) === 'yes';
const saysTaken = ({ pair, got }: Cell): boolean => pair.guess.relevance === 'nonclinical' && mayApply(got) === 'yes';
