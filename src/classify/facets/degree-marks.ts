import type { Facets } from '../classification.ts';
import type { FacetValue } from '../reading/posting.ts';
import { longest } from './marks.ts';

/** From the least to the most. School is no degree, yet the least there is. */
export const LEVELS: readonly ('school' | NonNullable<Facets['degree']>)[] = ['school', 'associate', 'bachelor', 'master', 'doctorate'];

/** The degrees among the marks of a text, those of students and programs aside. */
export function degreesIn(values: readonly FacetValue[]): FacetValue[] {
  const others = values.filter(({ value }) => value === 'of-others');
  const degrees = longest(values.filter(mark => rankOf(mark) >= 0 && isWritten(mark)));
  return degrees.filter(
    ({ hit }) => !others.some(other => other.hit.segment === hit.segment && other.hit.first <= hit.first && other.hit.last >= hit.last),
  );
}

/** 0 for school up to 4 for a doctorate; -1 for no degree. */
export function rankOf({ value }: FacetValue): number {
  return (LEVELS as readonly unknown[]).indexOf(value);
}

/** A master is a degree as "master's" or with more words, an associate's where a degree is named or an s says whose; letters are capitals. */
function isWritten({ hit: { field, first, last } }: FacetValue): boolean {
  const token = field.tokens[first];
  if (!token) return false;
  const raw = field.raw.slice(token.start, token.end);
  const words = field.tokens.slice(first + 1, last).map(({ word }) => word);
  const possessive = raw.includes("'") || raw.includes('’');
  if (token.word === 'master') return words.length > 0 || raw.endsWith('s');
  if (token.word === 'associate') return possessive || words.some(word => word !== 'in' && word !== 'or' && word !== 'and');
  return token.word.length > 2 || token.upper || raw.includes('.');
}
