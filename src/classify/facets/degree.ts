import type { Facets } from '../classification.ts';
import { evidenceOfHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { degreesIn, LEVELS, rankOf } from './degree-marks.ts';
import type { Finding } from './finding.ts';
import { bySegment, marksOf } from './marks.ts';
import { type ForceWords, forceBefore, forceBehind, forceWordsOf } from './wish.ts';

type Degree = NonNullable<Facets['degree']>;

/** The least degree that lets one apply: of alternatives the lowest, wishes aside; null when school is enough or nothing is said. */
export function readDegree(posting: PostingReading): Finding<Degree> | null {
  const words = forceWordsOf(posting);
  const values = marksOf(posting, 'degree');
  const marks = bySegment(values);
  const degrees = degreesIn(values);
  const asked = degrees.filter((degree, nth) => isAsked(degree, degrees[nth + 1], words, marks.get(degree.hit.segment) ?? []));
  const least = asked.reduce<FacetValue | null>((a, b) => (a && rankOf(a) <= rankOf(b) ? a : b), null);
  const level = least ? LEVELS[rankOf(least)] : undefined;
  return least && level && level !== 'school' ? { value: level, evidence: [evidenceOfHit(least.hit)] } : null;
}

/**
 * "Bachelor's required, Master's preferred": a wish counts for the degree it directly follows or leads. Outside of what asks, a word of
 * asking must stand beside it, and nobody else's studies.
 */
function isAsked(degree: FacetValue, next: FacetValue | undefined, words: ForceWords, beside: readonly FacetValue[]): boolean {
  const { hit, statement, subject } = degree;
  const { section, last } = hit.segment;
  const end = next?.hit.segment === hit.segment ? next.hit.first : last;
  const force = forceBehind(words, statement, hit.last, end) ?? forceBefore(words, statement, hit.first);
  if (force === 'wished' || force === 'denied' || force === 'shut-out' || section === 'duties') return false;
  if (section === 'requirements') return true;
  const says = (value: string) => beside.some(mark => mark.value === value);
  const opens = beside.some(mark => rankOf(mark) >= 0 && mark.hit.first === mark.statement.first);
  return section !== 'preferred' && !says('others-near') && (opens || says('asked')) && (subject === 'applicant' || subject === 'job');
}
