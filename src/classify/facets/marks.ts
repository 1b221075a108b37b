import type { Segment } from '../../text/document.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../reading/posting.ts';
import type { FacetName } from '../schema/names.ts';

/** What rules read for a facet, by the sentence it stands in. */
export type MarksBySegment = ReadonlyMap<Segment, readonly FacetValue[]>;

/** A sentence with more marks than this is none: readers compare the marks of a sentence with each other, and shall not do so without end. */
const MOST_IN_SENTENCE = 300;
/** No posting has so many. */
const MOST_IN_POSTING = 4_000;

/** What rules read for a facet, in the order of the text, bounded. */
export function marksOf(posting: PostingReading, facet: FacetName): readonly FacetValue[] {
  const values = valuesOf(posting, facet);
  if (values.length <= MOST_IN_SENTENCE) return values;
  const kept = [...bySegment(values).values()].flatMap(own => own.slice(0, MOST_IN_SENTENCE));
  return kept.slice(0, MOST_IN_POSTING);
}

/** Hands every mark to its sentence, in the order of the text. */
export function bySegment(values: readonly FacetValue[]): MarksBySegment {
  return Map.groupBy(values, ({ hit }) => hit.segment);
}

/** How plainly the rule of a value says it; the reader of the facet tells what its weights mean. */
export function weightOf({ rule: { effect } }: FacetValue): number {
  return 'facet' in effect ? effect.weight : 0;
}

/** Words that join the members of a list. */
export const isJoiner = (word: string | undefined): boolean => word === 'or' || word === 'and';

/** Whether a mark lies over the words `first` up to `last`. */
export function covers({ hit }: FacetValue, first: number, last: number): boolean {
  return hit.first <= first && hit.last >= last;
}

/** Of marks that overlap the longest, the first of several; in the order of the text. */
export function longest(values: readonly FacetValue[]): FacetValue[] {
  const kept: FacetValue[] = [];
  const inOrder = [...values].sort((a, b) => a.hit.first - b.hit.first || b.hit.last - a.hit.last);
  for (const next of inOrder) {
    const before = kept[kept.length - 1];
    if (!before || before.hit.field !== next.hit.field || next.hit.first >= before.hit.last) kept.push(next);
    else if (next.hit.last - next.hit.first > before.hit.last - before.hit.first) kept[kept.length - 1] = next;
  }
  return kept;
}
