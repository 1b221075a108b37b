import type { Segment } from '../../text/document.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../read-posting.ts';
import type { Force } from '../rule.ts';
import { type ForceWords, forceWordsOf } from './wish.ts';

/** A line that leads a list is no longer than this: "Other qualifications that would help". */
const LONGEST_LEAD = 8;
/** What ends a line that is a sentence of its own, and so leads none. */
const ENDS: ReadonlySet<string> = new Set(['.', ';', ',', '!']);

/**
 * What the line above a list does with it, where it is no known heading: "What is a plus", "Helpful, not needed", "What we need to see". Such
 * a line is short and its own, and stands behind another list without being an item of it; what it says ends with its own list.
 */
export function forceOfLines(posting: PostingReading): ReadonlyMap<Segment, Force> {
  const lines = read.get(posting) ?? readLines(posting, forceWordsOf(posting));
  read.set(posting, lines);
  return lines;
}

/** Read once, as several facets ask for them. */
const read = new WeakMap<PostingReading, ReadonlyMap<Segment, Force>>();

function readLines(posting: PostingReading, words: ForceWords): ReadonlyMap<Segment, Force> {
  const { segments, raw } = posting.document.text;
  const liked = new Set(
    valuesOf(posting, 'certifications')
      .filter(isWish)
      .map(({ hit }) => hit.segment),
  );
  const under = new Map<Segment, Force>();
  let open: { kind: Segment['kind'] | undefined; section: Segment['section']; force: Force } | null = null;
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at] as Segment;
    const before = segments[at - 1];
    const next = segments[at + 1];
    const isAlone = before?.block !== segment.block && next?.block !== segment.block && !ENDS.has(raw.charAt(segment.end));
    const isLead = isAlone && segment.kind === 'sentence' && before?.kind === 'item' && segment.last - segment.first <= LONGEST_LEAD;
    const force = isLead ? forceOf(segment, words, liked) : null;
    if (force) open = { kind: next?.kind, section: segment.section, force };
    else if (open && segment.kind === open.kind && segment.section === open.section) under.set(segment, open.force);
    else open = null;
  }
  return under;
}

const isWish = ({ value }: FacetValue): boolean => value === 'wish';

/** Behind duties "what we would like to see" may be all that a posting asks, so only a line behind what is asked can like. */
function forceOf(segment: Segment, words: ForceWords, liked: ReadonlySet<Segment>): Force | null {
  const forces = (words.get(segment) ?? []).map(({ force }) => force);
  const isWished = liked.has(segment) || forces.includes('wished');
  if (forces.includes('demanded')) return isWished ? null : 'demanded';
  return isWished && segment.section !== 'duties' ? 'wished' : null;
}
