import type { Pay } from '../posting/posting.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, PATH_SLUGS, type Path, type Relevance, type Verdict } from '../posting/taxonomy.ts';
import type { Classification } from './classification.ts';

/** What a careful reader says about a posting; the fields an evaluation compares. */
export type Label = {
  id: string;
  relevance: Relevance;
  paths: Path[];
  role: string | null;
  verdicts: Record<Credential, Verdict> | null;
  work_mode: string | null;
  min_years: number | null;
  pay: Pay | null;
};

/** What is compared with a label: a classification or a baseline's guess. */
export type Guess = Pick<Classification, 'relevance' | 'paths' | 'verdicts' | 'rule'> & {
  facets: Pick<Classification['facets'], 'work_mode' | 'min_years' | 'pay'>;
};

/** One disagreement: what the reader said, what the classifier said, and the rule that decided. */
export type Wrong = { id: string; title: string; what: string; expected: unknown; got: unknown; rule: string };

type Rates = { precision: number; recall: number; f1: number };
export type Evaluation = {
  n: number;
  relevance: Rates & { accuracy: number };
  path: { accuracy: number; macro_f1: number; per: Record<string, Rates & { n: number }> };
  role: { accuracy: number };
  verdicts: { exact: number; may_apply: number; per: Record<string, { exact: number; may_apply: number }> };
  work_mode: number;
  min_years: number;
  pay: number;
  wrong: Wrong[];
};

export type Pair = { title: string; label: Label; guess: Guess };

/** Compares classifications with labels. Shares are from 0 to 1; where nothing could be compared they are 1. */
export function evaluate(pairs: readonly Pair[]): Evaluation {
  const wrong: Wrong[] = [];
  const relevant = pairs.filter(({ label }) => label.relevance === 'nonclinical');
  const both = relevant.filter(({ guess }) => guess.relevance === 'nonclinical');
  for (const { title, label, guess } of pairs) {
    if (label.relevance !== guess.relevance) {
      wrong.push({ id: label.id, title, what: 'relevance', expected: label.relevance, got: guess.relevance, rule: guess.rule });
    }
  }
  return {
    n: pairs.length,
    relevance: {
      ...ratesOf(pairs, isRelevant, guess => guess.relevance === 'nonclinical'),
      accuracy: shareOf(pairs, ({ label, guess }) => label.relevance === guess.relevance),
    },
    path: evaluatePaths(relevant, wrong),
    role: { accuracy: shareOf(relevant, ({ label, guess }) => (guess.paths[0]?.role ?? null) === label.role) },
    verdicts: evaluateVerdicts(both, wrong),
    work_mode: evaluateFacet(pairs, 'work_mode', wrong),
    min_years: evaluateFacet(pairs, 'min_years', wrong),
    pay: evaluateFacet(pairs, 'pay', wrong),
    wrong,
  };
}

const isRelevant = (label: Label): boolean => label.relevance === 'nonclinical';

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(holds).length / items.length;
}

function ratesOf(pairs: readonly Pair[], expected: (label: Label) => boolean, got: (guess: Guess) => boolean): Rates {
  const right = pairs.filter(({ label, guess }) => expected(label) && got(guess)).length;
  const said = pairs.filter(({ guess }) => got(guess)).length;
  const real = pairs.filter(({ label }) => expected(label)).length;
  const precision = said === 0 ? 1 : right / said;
  const recall = real === 0 ? 1 : right / real;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** The primary path, over the postings a reader calls non-clinical. */
function evaluatePaths(relevant: readonly Pair[], wrong: Wrong[]): Evaluation['path'] {
  for (const { title, label, guess } of relevant) {
    const got = guess.paths[0];
    if (got && got.path !== label.paths[0])
      wrong.push({ id: label.id, title, what: 'path', expected: label.paths[0], got: got.path, rule: got.rule });
  }
  const per: Record<string, Rates & { n: number }> = {};
  for (const path of PATH_SLUGS) {
    const n = relevant.filter(({ label }) => label.paths[0] === path).length;
    const rates = ratesOf(
      relevant,
      label => label.paths[0] === path,
      guess => guess.paths[0]?.path === path,
    );
    if (n > 0) per[path] = { n, ...rates };
  }
  const scored = Object.values(per);
  return {
    accuracy: shareOf(relevant, ({ label, guess }) => guess.paths[0]?.path === label.paths[0]),
    macro_f1: scored.length === 0 ? 1 : scored.reduce((sum, { f1 }) => sum + f1, 0) / scored.length,
    per,
  };
}

/** Whether a holder of the credential may apply; `unknown` is a third answer of its own. */
export function mayApply(verdict: Verdict): 'yes' | 'no' | 'unknown' {
  if (verdict === 'unknown') return 'unknown';
  return MAY_APPLY.includes(verdict) ? 'yes' : 'no';
}

/** Verdicts, over the postings both the reader and the classifier call non-clinical. */
function evaluateVerdicts(both: readonly Pair[], wrong: Wrong[]): Evaluation['verdicts'] {
  const cells = both.flatMap(({ title, label, guess }) =>
    CREDENTIALS.map(credential => ({
      id: label.id,
      title,
      credential,
      expected: label.verdicts?.[credential] ?? 'unknown',
      got: guess.verdicts?.[credential].verdict ?? 'unknown',
      rule: guess.verdicts?.[credential].rule ?? '',
    })),
  );
  for (const { id, title, credential, expected, got, rule } of cells) {
    if (expected !== got) wrong.push({ id, title, what: `verdict ${credential}`, expected, got, rule });
  }
  const rates = (chosen: typeof cells) => ({
    exact: shareOf(chosen, ({ expected, got }) => expected === got),
    may_apply: shareOf(chosen, ({ expected, got }) => mayApply(expected) === mayApply(got)),
  });
  const per = Object.fromEntries(CREDENTIALS.map(credential => [credential, rates(cells.filter(cell => cell.credential === credential))]));
  return { ...rates(cells), per };
}

function evaluateFacet(pairs: readonly Pair[], facet: 'work_mode' | 'min_years' | 'pay', wrong: Wrong[]): number {
  return shareOf(pairs, ({ title, label, guess }) => {
    const expected = label[facet];
    const got = guess.facets[facet];
    const same = facet === 'pay' ? samePay(label.pay, guess.facets.pay) : expected === got;
    if (!same) wrong.push({ id: label.id, title, what: facet, expected, got, rule: '' });
    return same;
  });
}

function samePay(a: Pay | null, b: Pay | null): boolean {
  if (a === null || b === null) return a === b;
  return a.min === b.min && a.max === b.max && a.currency === b.currency && a.interval === b.interval;
}
