import type { ClassifierInput, Facets } from '../../../src/classify/classification.ts';
import { readDocument } from '../../../src/classify/document.ts';
import { readFacets } from '../../../src/classify/facets/index.ts';

/** The facets of a posting of which only the given parts are known. */
export function facetsOf(text: string, rest: Partial<ClassifierInput> = {}): Facets {
  const input: ClassifierInput = { title: 'Care Coordinator', text, ...rest };
  return readFacets(readDocument(input), input).facets;
}

/** One demand under a heading, as most postings write them. */
export const required = (line: string): string => `Requirements:\n- ${line}`;
