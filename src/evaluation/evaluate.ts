import { PATH_SLUGS } from '../posting/taxonomy.ts';
import { type Bucket, bucketsOf } from './calibration.ts';
import { certificationRates, type FacetName, facetShare } from './facets.ts';
import { type Pair, SURENESSES } from './label.ts';
import { type Rates, ratesOf, shareOf } from './rates.ts';
import { type SureRates, sureTakesMe, takesMeRates, type VerdictFigures, verdictCalibration, verdictFigures } from './verdicts.ts';
import { type Wrong, wrongOf } from './wrong.ts';

/** What is measured over a set of postings. Shares are from 0 to 1; where nothing could be compared they are 1. */
export type Figures = Record<FacetName, number> & {
  n: number;
  relevance: Rates & { accuracy: number };
  takes_me: Rates;
  takes_me_sure: SureRates;
  path: { accuracy: number; macro_f1: number; per: Record<string, Rates & { n: number }> };
  role: { accuracy: number };
  verdicts: VerdictFigures;
  certifications: Rates;
};

export type Evaluation = Figures & {
  calibration: Bucket[];
  verdict_calibration: Bucket[];
  per_origin: Record<string, Figures>;
  per_sure: Record<string, Figures>;
  wrong: Wrong[];
};

/** Compares classifications with labels: over all of them, by origin of the posting, and by how sure the reader was. */
export function evaluate(pairs: readonly Pair[]): Evaluation {
  const origins = [...new Set(pairs.map(({ origin }) => origin))].sort();
  const sures = SURENESSES.filter(sure => pairs.some(({ label }) => label.sure === sure));
  const figures = (chosen: (pair: Pair) => boolean): Figures => figuresOf(pairs.filter(chosen));
  return {
    ...figuresOf(pairs),
    calibration: bucketsOf(pairs.map(({ label, guess }) => ({ said: guess.confidence, right: label.relevance === guess.relevance }))),
    verdict_calibration: verdictCalibration(pairs),
    per_origin: Object.fromEntries(origins.map(origin => [origin, figures(pair => pair.origin === origin)])),
    per_sure: Object.fromEntries(sures.map(sure => [sure, figures(pair => pair.label.sure === sure)])),
    wrong: wrongOf(pairs),
  };
}

/** The figures of one set. Labels that are `partial` count for the relevance, and for `takes_me` where that settles it. */
export function figuresOf(pairs: readonly Pair[]): Figures {
  return {
    n: pairs.length,
    relevance: relevanceFigures(pairs),
    takes_me: takesMeRates(pairs),
    takes_me_sure: sureTakesMe(pairs),
    ...pathFigures(pairs.filter(({ label }) => !label.partial && label.relevance === 'nonclinical')),
    verdicts: verdictFigures(pairs),
    work_mode: facetShare(pairs, 'work_mode'),
    min_years: facetShare(pairs, 'min_years'),
    pay: facetShare(pairs, 'pay'),
    employment_type: facetShare(pairs, 'employment_type'),
    caseload: facetShare(pairs, 'caseload'),
    certifications: certificationRates(pairs),
  };
}

/** How well the non-clinical postings are told from all others. */
export function relevanceRates(pairs: readonly Pair[]): Rates {
  return ratesOf(
    pairs,
    ({ label }) => label.relevance === 'nonclinical',
    ({ guess }) => guess.relevance === 'nonclinical',
  );
}

function relevanceFigures(pairs: readonly Pair[]): Figures['relevance'] {
  return { ...relevanceRates(pairs), accuracy: shareOf(pairs, ({ label, guess }) => label.relevance === guess.relevance) };
}

/** The primary path and its role, over the postings a reader calls non-clinical. */
function pathFigures(relevant: readonly Pair[]): Pick<Figures, 'path' | 'role'> {
  const per: Figures['path']['per'] = {};
  for (const path of PATH_SLUGS) {
    const n = relevant.filter(({ label }) => label.paths[0] === path).length;
    const rates = ratesOf(
      relevant,
      ({ label }) => label.paths[0] === path,
      ({ guess }) => guess.paths[0]?.path === path,
    );
    if (n > 0) per[path] = { n, ...rates };
  }
  const scored = Object.values(per);
  return {
    path: {
      accuracy: shareOf(relevant, ({ label, guess }) => guess.paths[0]?.path === label.paths[0]),
      macro_f1: scored.length === 0 ? 1 : scored.reduce((sum, { f1 }) => sum + f1, 0) / scored.length,
      per,
    },
    role: { accuracy: shareOf(relevant, ({ label, guess }) => (guess.paths[0]?.role ?? null) === label.role) },
  };
}
