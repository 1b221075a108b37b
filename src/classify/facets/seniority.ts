import type { Facets } from '../classification.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { findingOf, heard } from './heard.ts';
import { weightOf } from './marks.ts';

type Seniority = NonNullable<Facets['seniority']>;

const RANKS: readonly Seniority[] = ['entry', 'mid', 'senior', 'lead', 'manager', 'director', 'executive'];

/** The rank the title gives, the highest of several (the weights are the ranks), else the first one the text states outright. */
export function readSeniority(reading: PostingReading): Finding<Seniority> | null {
  const values = heard(reading, 'seniority');
  const titled = values.filter(({ hit }) => hit.field.name === 'title').sort((a, b) => weightOf(b) - weightOf(a))[0];
  const found = titled ?? values.find(({ hit }) => hit.field.name === 'text');
  const rank = found && rankOf(found);
  return found && rank ? findingOf(rank, found) : null;
}

function rankOf({ value }: FacetValue): Seniority | undefined {
  return RANKS.find(rank => rank === value);
}
