import type { Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { PostingReading } from '../reading/posting.ts';

/** A line's list of ways in: what makes it one, and its number. */
type Listed = { readonly by: 'one of' | 'or'; readonly nth: number };

/** The lines that are ways in beside each other: those below a line that says "one of", and those that an "or" joins. */
export function waysIn(posting: PostingReading): ReadonlyMap<Segment, Listed> {
  const { segments, tokens } = posting.document.text;
  const opening = openingIn(posting);
  const lists = new Map<Segment, Listed>();
  let nth = 0;
  let open = false;
  for (const [at, segment] of segments.entries()) {
    const before = segments[at - 1];
    open = open && !endsList(before, segment, opening);
    const joined = !open && before !== undefined && isJoined(before, segment, tokens);
    if (joined && !lists.has(before)) lists.set(before, { by: 'or', nth: ++nth });
    if (open || joined) lists.set(segment, { by: open ? 'one of' : 'or', nth });
    if (!opening.has(segment)) continue;
    open = true;
    nth++;
  }
  return lists;
}

/** Headings and lines before a colon that say that one of what stands below will do. */
function openingIn({ document: { text }, hits }: PostingReading): ReadonlySet<Segment> {
  const saying = hits.flatMap(({ rule: { effect }, segment }) => ('cue' in effect && effect.cue === 'one-of' ? [segment] : []));
  const endsInColon = ({ last }: Segment) => ((text.tokens[last]?.sep ?? 0) & SEP.colon) !== 0;
  return new Set(saying.filter(segment => segment.kind === 'heading' || endsInColon(segment)));
}

/** A heading ends a list, and so does running text behind its items. */
function endsList(before: Segment | undefined, segment: Segment, opening: ReadonlySet<Segment>): boolean {
  const isBehindItem = before?.kind === 'item' && !opening.has(before);
  return segment.kind === 'heading' || (isBehindItem && segment.kind !== 'item');
}

/** Whether an "or" stands at the end of one line or at the beginning of the next. */
function isJoined(before: Segment, segment: Segment, tokens: readonly Token[]): boolean {
  if (before.kind === 'heading' || segment.kind === 'heading') return false;
  return tokens[before.last - 1]?.word === 'or' || tokens[segment.first]?.word === 'or';
}
