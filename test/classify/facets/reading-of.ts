import type { ClassifierInput, Facets } from '../../../src/classify/classification.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readFacets } from '../../../src/classify/facets/index.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';

/** The facets of a posting of which only the given parts are known. */
export function facetsOf(text: string, rest: Partial<ClassifierInput> = {}): Facets {
  const input: ClassifierInput = { title: 'Care Coordinator', text, ...rest };
  return readFacets(readPosting(input, defaultRules()), defaultRules().facets).facets;
}

/** One demand under a heading, as most postings write them. */
export const required = (line: string): string => `Requirements:\n- ${line}`;
