import type { Facets } from '../classification.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { findingOf, heard } from './heard.ts';
import { weightOf } from './marks.ts';

type Seniority = NonNullable<Facets['seniority']>;

/** The rank the title gives, the highest of several (the weights are the ranks), else the first one the text states outright. */
export function readSeniority(reading: PostingReading): Finding<Seniority> | null {
  const values = heard(reading, 'seniority');
  const titled = values.filter(({ hit }) => hit.field.name === 'title').sort((a, b) => weightOf(b) - weightOf(a))[0];
  const found = titled ?? values.find(({ hit }) => hit.field.name === 'text');
  return found ? findingOf(found.value as Seniority, found) : null;
}
