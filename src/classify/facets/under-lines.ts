import type { Segment } from '../../text/document.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../reading/posting.ts';
import type { Force } from '../schema/names.ts';
import { type ForceWords, forceWordsOf } from './wish.ts';

/** A line that leads a list is no longer than this: "What would put you at the very top of the pile". */
const LONGEST_LEAD = 10;
/** What ends a line that is a sentence of its own, and so leads none. */
const ENDS: ReadonlySet<string> = new Set(['.', ';', ',', '!']);

/** What a posting says of the list below a line. */
type Open = { kind: Segment['kind'] | undefined; section: Segment['section']; force: Force };

/**
 * What the line above a list does with it, where it is no known heading: "What is a plus", "Helpful, not needed", "What we need to see". Such
 * a line is short and its own, and stands before or behind a list without being an item of it; what it says ends with its own list.
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
  const liked = valuesOf(posting, 'certifications').filter(({ value }) => value === 'wish');
  const wishes = Map.groupBy(liked, ({ hit }) => hit.segment);
  const under = new Map<Segment, Force>();
  let open: Open | null = null;
  let isAsked = false;
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at] as Segment;
    const { isWhole, force } = forceOf(segment, words.get(segment) ?? [], wishes.get(segment) ?? [], open);
    const isHeading = segment.kind === 'heading';
    // Below "What we require" a second heading of what is asked, "What we would like to see", only likes.
    const mayLead = isHeading
      ? isAsked && force === 'wished' && segment.section === 'requirements'
      : isWhole || standsByList(segments, raw, at);
    isAsked ||= isHeading && segment.section === 'requirements' && force !== 'wished';
    const leads = force && mayLead && isAlone(segments, raw, at, isWhole);
    if (leads) open = { kind: segments[at + 1]?.kind, section: segment.section, force };
    else if (open && segment.kind === open.kind && segment.section === open.section) under.set(segment, open.force);
    else open = null;
  }
  return under;
}

/** A short line of its own, that does not end as a sentence does; one that says nothing else may ("What would be nice."). */
function isAlone(segments: readonly Segment[], raw: string, at: number, isWhole: boolean): boolean {
  const { block, first, last, end } = segments[at] as Segment;
  const shares = segments[at - 1]?.block === block || segments[at + 1]?.block === block;
  return !shares && last - first <= LONGEST_LEAD && (!ENDS.has(raw.charAt(end)) || (isWhole && raw.charAt(end) === '.'));
}

/** Whether a line that is no item stands right behind a list or before one, whose items may be plain lines with empty ones around them. */
function standsByList(segments: readonly Segment[], raw: string, at: number): boolean {
  const kindOf = (index: number) => segments[index]?.kind;
  if (kindOf(at) === 'item') return false;
  if (kindOf(at - 1) === 'item' || kindOf(at + 1) === 'item') return true;
  return isApart(segments, raw, at) && (goesOn(segments, raw, at - 1) || goesOn(segments, raw, at + 2));
}

/** Whether an empty line stands before a line. */
function isApart(segments: readonly Segment[], raw: string, at: number): boolean {
  const [before, line] = [segments[at - 1], segments[at]];
  return before !== undefined && line !== undefined && EMPTY_LINE.test(raw.slice(before.end, line.start));
}

/** Whether a line follows right on the one before, as those of a list do. */
function goesOn(segments: readonly Segment[], raw: string, at: number): boolean {
  const [before, line] = [segments[at - 1], segments[at]];
  return before !== undefined && line !== undefined && before.block !== line.block && !EMPTY_LINE.test(raw.slice(before.end, line.start));
}

const EMPTY_LINE = /\n\s*\n/;

/**
 * What a line does with the list below it, and whether it says nothing else ("Required", "Extra"). Behind duties "what we would like to see"
 * may be all that a posting asks, so there only a line that says nothing else, or one behind a list that is asked, can like.
 */
function forceOf(
  segment: Segment,
  words: readonly { first: number; last: number; force: Force }[],
  wishes: readonly FacetValue[],
  open: Open | null,
): { isWhole: boolean; force: Force | null } {
  const isAll = ({ first, last }: { first: number; last: number }) => first === segment.first && last === segment.last;
  const isWhole = words.some(isAll) || wishes.some(({ hit }) => isAll(hit));
  const forces = words.map(({ force }) => force);
  const isWished = wishes.length > 0 || forces.includes('wished');
  if (forces.includes('demanded')) return { isWhole, force: isWished ? null : 'demanded' };
  const mayLike = segment.section !== 'duties' || isWhole || open?.force === 'demanded';
  return { isWhole, force: isWished && mayLike ? 'wished' : null };
}
