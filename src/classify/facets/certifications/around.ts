import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import type { Certificate } from './forms.ts';

type Span = { readonly first: number; readonly last: number };

const has = (tokens: readonly Token[], at: number, marks: number): boolean => ((tokens[at]?.sep ?? 0) & marks) !== 0;

/** Whether a label in the sentence says that what it leads is liked: "Also useful: CPHQ". */
export function isLabeledLiked({ field: { tokens }, segment, first }: Certificate, marks: readonly FacetValue[]): boolean {
  let colon = first;
  while (colon > segment.first && !has(tokens, colon, SEP.colon | SEP.dash)) colon--;
  return marks.some(({ value, hit }) => value === 'wish-label' && hit.last <= colon);
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

/** Whether words of a kind lead to its list: "priority for those with CCM". */
export function isLed({ statement, first }: Certificate, kind: string, marks: readonly FacetValue[]): boolean {
  return marks.some(
    ({ value, hit, statement: own }) => value === kind && (own === statement || own === statement.parent) && hit.last <= first,
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
    if (at < segment.last && !joins && !has(tokens, at, SEP.comma | SEP.slash | SEP.semicolon)) continue;
    if (at > start) members.push({ first: start, last: at, isOr });
    if (at > start || joins) isOr = joins;
    start = joins ? at + 1 : at;
  }
  return members;
}
