import type { Segment } from '../../text/document.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Force } from '../schema/names.ts';
import { type ForceWord, forceWordsOf } from './wish.ts';

/** A line that leads a list is no longer than this: "What would put you at the very top of the pile". */
const LONGEST_LEAD = 10;
/** What ends a line that is a sentence of its own, and so leads none. */
const ENDS: ReadonlySet<string> = new Set(['.', ';', ',', '!']);

/** Read once, as several facets ask for them. */
const read = new WeakMap<PostingReading, ReadonlyMap<Segment, Force>>();

/**
 * What the line above a list does with it, where it is no known heading: "What is a plus", "Helpful, not needed", "What we need to see". Such
 * a line is short and its own, and stands before or behind a list without being an item of it; what it says ends with its own list.
 */
export function forceOfLines(posting: PostingReading): ReadonlyMap<Segment, Force> {
  const lines = read.get(posting) ?? readLines(posting);
  read.set(posting, lines);
  return lines;
}

function readLines(posting: PostingReading): ReadonlyMap<Segment, Force> {
  const { segments, raw } = posting.document.text;
  const words = forceWordsOf(posting);
  const under = new Map<Segment, Force>();
  let open: { kind: Segment['kind'] | undefined; force: Force } | null = null;
  let isAsked = false;
  for (const [at, segment] of segments.entries()) {
    const [before, after] = [segments[at - 1], segments[at + 1]];
    const own = words.get(segment) ?? [];
    const force = forceOf(own);
    const isWhole = own.some(({ first, last }) => first === segment.first && last === segment.last);
    const isHeading = segment.kind === 'heading' && segment.section === 'requirements';
    // Below "What we require" a second heading of what is asked, "What we would like to see", only likes.
    const mayLead =
      segment.kind === 'heading'
        ? isHeading && isAsked && force === 'wished'
        : isWhole || (segment.kind !== 'item' && (before?.kind === 'item' || after?.kind === 'item'));
    isAsked ||= isHeading && force !== 'wished';
    const isShort = segment.last - segment.first <= LONGEST_LEAD && !ENDS.has(raw.charAt(segment.end));
    if (force && mayLead && isShort) open = { kind: after?.kind, force };
    else if (open && segment.kind === open.kind) under.set(segment, open.force);
    else open = null;
  }
  return under;
}

/** What the words of a line do with the list below it. */
function forceOf(words: readonly ForceWord[]): Force | null {
  if (words.some(({ force }) => force === 'demanded')) return 'demanded';
  return words.some(({ force }) => force === 'wished') ? 'wished' : null;
}
