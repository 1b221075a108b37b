import type { Pay } from '../posting/posting.ts';
import { type CertificationCounts, compareCertifications } from './certificate-names.ts';
import type { Guess, Label, Pair } from './label.ts';
import { type Rates, ratesOfCounts, shareOf } from './rates.ts';

/** One compared facet: which labels say something of it, and whether a guess says the same. */
type Facet = {
  over: (label: Label) => boolean;
  expected: (label: Label) => unknown;
  got: (guess: Guess) => unknown;
  same: (pair: Pair) => boolean;
};

const isNonclinical = (label: Label): boolean => label.relevance === 'nonclinical';

/** The facets that are measured as a share of postings. */
export const FACETS = {
  work_mode: facet(
    label => label.work_mode,
    guess => guess.facets.work_mode,
  ),
  min_years: facet(
    label => label.min_years,
    guess => guess.facets.min_years,
  ),
  pay: facet(
    label => label.pay,
    guess => guess.facets.pay,
    samePay,
  ),
  employment_type: facet(
    label => label.employment_type,
    guess => guess.facets.employment_type,
    sameSet,
  ),
  // Whether a job also treats is asked of the non-clinical ones only.
  caseload: facet(
    label => (isNonclinical(label) ? label.caseload : undefined),
    guess => guess.facets.caseload,
  ),
} satisfies Record<string, Facet>;

export type FacetName = keyof typeof FACETS;
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** `expected` is undefined where a label says nothing at all of the facet; null is an answer: the text does not say. */
function facet<T>(
  expected: (label: Label) => T | undefined,
  got: (guess: Guess) => T,
  same: (a: T, b: T) => boolean = (a, b) => a === b,
): Facet {
  const over = (label: Label): boolean => !label.partial && expected(label) !== undefined;
  return { over, expected, got, same: ({ label, guess }) => same(expected(label) as T, got(guess)) };
}

/** The share of postings whose facet is as the label says, over the labels that say something of it. */
export function facetShare(pairs: readonly Pair[], name: FacetName): number {
  const { over, same } = FACETS[name];
  return shareOf(
    pairs.filter(({ label }) => over(label)),
    same,
  );
}

function samePay(a: Pay | null, b: Pay | null): boolean {
  if (a === null || b === null) return a === b;
  return a.min === b.min && a.max === b.max && a.currency === b.currency && a.interval === b.interval;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return [...new Set(a)].sort().join() === [...new Set(b)].sort().join();
}

/** Certifications of the non-clinical postings, as pairs of a name and its need. */
export function certificationRates(pairs: readonly Pair[]): Rates {
  const counts = pairs.filter(({ label }) => saysCertifications(label)).map(countCertifications);
  const sum = (of: keyof CertificationCounts) => counts.reduce((total, one) => total + one[of], 0);
  return ratesOfCounts(sum('right'), sum('said'), sum('real'));
}

export function saysCertifications(label: Label): boolean {
  return !label.partial && isNonclinical(label) && label.certifications !== undefined;
}

export function sameCertifications(pair: Pair): boolean {
  const { right, said, real } = countCertifications(pair);
  return right === said && right === real;
}

const countCertifications = ({ label, guess }: Pair): CertificationCounts =>
  compareCertifications(label.certifications ?? [], guess.facets.certifications);
