import { evidenceOf, type Segment } from '../../text/document.ts';
import type { Evidence } from '../classification.ts';
import type { RuleHit } from '../reading/hit.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../reading/posting.ts';
import type { FacetName } from '../schema/names.ts';

/** What rules read for a facet, by the sentence it stands in. */
export type MarksBySegment = ReadonlyMap<Segment, readonly FacetValue[]>;

/** A sentence with more marks than this is none: readers compare the marks of a sentence with each other, and shall not do so without end. */
const MOST_IN_SENTENCE = 300;
/** No posting has so many. */
const MOST_IN_POSTING = 4_000;

/** What rules read for a facet, in the order of the text, bounded. */
export function marksOf(posting: PostingReading, facet: FacetName): FacetValue[] {
  const counts = new Map<Segment, number>();
  const kept = valuesOf(posting, facet).filter(({ hit: { segment } }) => {
    const count = (counts.get(segment) ?? 0) + 1;
    counts.set(segment, count);
    return count <= MOST_IN_SENTENCE;
  });
  return kept.slice(0, MOST_IN_POSTING);
}

/** Hands every mark to its sentence, in the order of the text. */
export function bySegment(values: readonly FacetValue[]): MarksBySegment {
  return groupBy(values, ({ hit }) => hit.segment);
}

/** Values by what `keyOf` tells of each, in their order. */
export function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const known = groups.get(keyOf(value));
    if (known) known.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** Whether a mark lies over the words `first` up to `last`. */
export function covers({ hit }: FacetValue, first: number, last: number): boolean {
  return hit.first <= first && hit.last >= last;
}

/** Whether a mark ends within its own statement; one that runs on joins things that have nothing to do with each other. */
export function isWithin({ hit, statement }: FacetValue): boolean {
  return hit.last <= statement.last;
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

/** The words of a rule found, as evidence. */
export function evidenceOfHit({ field, first, last }: RuleHit): Evidence {
  return evidenceOf(field, first, last);
}
