import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { breaks, type Certificate, type Span } from './forms.ts';

/** Whether what leads to it likes it: a label, "Also useful: CPHQ", or words in its statement, "priority for those with CCM". */
export function isLikedAhead({ field: { tokens }, segment, statement, first }: Certificate, marks: readonly FacetValue[]): boolean {
  let colon = first;
  while (colon > segment.first && !breaks(tokens, colon, SEP.colon | SEP.dash)) colon--;
  return marks.some(({ value, hit, statement: own }) => {
    if (value === 'wish-label') return hit.last <= colon;
    return value === 'wish-lead' && (own === statement || own === statement.parent) && hit.last <= first;
  });
}

/** Whether words of a kind stand within reach of it, in its own statement or the one around its bracket. */
export function isBeside(
  { statement, first, last }: Certificate,
  kinds: readonly string[],
  reach: number,
  marks: readonly FacetValue[],
): boolean {
  return marks.some(
    ({ value, hit, statement: own }) =>
      kinds.includes(String(value)) &&
      (own === statement || own === statement.parent) &&
      ((hit.last <= first && first - hit.last <= reach) || (hit.first >= last && hit.first - last <= reach)),
  );
}

type Member = Span & { readonly isOr: boolean };

/**
 * Whether a certificate is one more way in beside a license, which nobody need bring: "OT license, or CAPS with some remodeling",
 * "nurse, OT or strength coach (CSCS)". Where "or" joins certificates alone ("RN, CCM or CDMS") one of them is asked beside the license.
 */
export function isWayIn(one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[]): boolean {
  const isName = ({ first, last }: Span) => named.some(other => other.first < last && first < other.last);
  const people = marks.filter(mark => (mark.value === 'person' || mark.value === 'therapist') && !isName(mark.hit));
  if (people.length === 0) return false;
  const members = membersOf(one);
  const at = members.findIndex(({ first, last }) => first <= one.first && one.last <= last);
  const isPerson = (member: Member | undefined) => people.some(({ hit }) => member && hit.first >= member.first && hit.last <= member.last);
  const [before, own, after] = [members[at - 1], members[at], members[at + 1]];
  return !isPerson(own) && ((own?.isOr && isPerson(before)) || (after?.isOr && isPerson(after))) === true;
}

/** The members of the lists of a sentence, each with whether "or" leads to it. */
function membersOf({ field: { tokens }, segment }: Certificate): Member[] {
  const members: Member[] = [];
  let start = segment.first;
  let isOr = false;
  for (let at = segment.first; at <= segment.last; at++) {
    const joins = at < segment.last && (tokens[at] as Token).word === 'or';
    if (at < segment.last && !joins && !breaks(tokens, at, SEP.comma | SEP.slash | SEP.semicolon)) continue;
    if (at > start) members.push({ first: start, last: at, isOr });
    if (at > start || joins) isOr = joins;
    start = joins ? at + 1 : at;
  }
  return members;
}
