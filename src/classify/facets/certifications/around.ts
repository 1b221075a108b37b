import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { covers, isJoiner } from '../marks.ts';
import type { Certificate } from './certificates.ts';

/** A label in front of a colon is no longer than this: "Not demanded, though it would be pleasant to have". */
const LONGEST_LABEL = 9;
/** Single words that praise are a label's only right before its colon: "The ideal candidate brings:" praises nothing. */
const PRAISE = 2;

/** Whether a label in the sentence says that what it leads is liked: "Also useful: CPHQ". A semicolon ends what it leads, if it stands amid a sentence. */
export function isLabeledLiked({ field: { tokens }, segment, first }: Certificate, marks: readonly FacetValue[]): boolean {
  let colon = first;
  let hasEnded = false;
  for (; colon > segment.first && !has(tokens, colon, SEP.colon | SEP.dash); colon--) hasEnded ||= has(tokens, colon, SEP.semicolon);
  if (colon === segment.first) return false;
  let start = colon - 1;
  while (start > segment.first && !has(tokens, start, SEP.semicolon)) start--;
  const isIn = ({ hit }: FacetValue) => hit.first >= start && hit.last <= colon && (hit.last === colon || hit.last - hit.first >= PRAISE);
  if (hasEnded && start > segment.first) return false;
  return colon - start <= LONGEST_LABEL && marks.some(mark => mark.value === 'wish-label' && isIn(mark));
}

/** Whether the words right beside it say that the employer teaches or pays for it: "InterQual training is given", "we pay for your CCM". */
export function isPlainlyGiven({ field: { tokens }, first, last }: Certificate, marks: readonly FacetValue[]): boolean {
  return marks.some(({ value, hit }) => {
    // "Consideration given to those with CCM" gives nothing.
    if (value !== 'taught' || marks.some(mark => mark.value === 'wish-label' && covers(mark, hit.first, hit.last))) return false;
    const [from, to] = hit.last <= first ? [hit.last, first] : [last, hit.first];
    return from <= to && to - from <= GIVEN_BESIDE && !tokens.slice(from, to + 1).some(({ sep }) => (sep & APART) !== 0);
  });
}

/** "OSHA 10 is nice, CEAS too", "as is CPR": the same is true of it as of the one before. */
export function isSameAgain({ first, last }: Certificate, marks: readonly FacetValue[]): boolean {
  return marks.some(({ value, hit }) => value === 'again' && (hit.first === last || hit.last === first));
}

/** Whether words of a kind lead to its list: "you recruit therapists with CHT, OCS or CCM", "priority for those with CCM". */
export function isLed(
  { field, statement, first }: Certificate,
  kind: string,
  named: readonly Certificate[],
  marks: readonly FacetValue[],
): boolean {
  return marks.some(({ value, hit, statement: own }) => {
    if (value !== kind || (own !== statement && own !== statement.parent) || hit.last > first) return false;
    const next = named.find(other => other.field === field && other.first >= hit.last)?.first ?? first;
    return !field.tokens.slice(hit.last, next).some(({ sep }) => (sep & (SEP.comma | SEP.semicolon)) !== 0);
  });
}

/**
 * "Experience with SCSS", "Knows React, SCSS and Redux": letters that are known as a tool is, behind such words or, where they mean much else,
 * amid their list, or those of a thing ("AED setting"). Criteria are asked so, and what is called a certificate is one.
 */
export function isStudied({ field: { tokens }, statement, first, last, sure, byForm }: Certificate, marks: readonly FacetValue[]): boolean {
  const isA = (...kinds: string[]) => marks.some(({ value, hit }) => kinds.includes(String(value)) && hit.first === first);
  const goesOnTo = (kind: string) => marks.some(({ value, hit }) => value === kind && hit.first <= last && hit.last > last);
  if (!isA('criteria') && last - first === 1 && goesOnTo('thing') && !has(tokens, last, APART)) return true;
  // "Experience in ergonomics and a CEAS".
  const isOwn = isJoiner(tokens[first - 2]?.word) && ['a', 'an'].includes(tokens[first - 1]?.word ?? '');
  if (byForm || isOwn || isA('card', 'criteria') || goesOnTo('word')) return false;
  const isAmid = !sure && (has(tokens, last, SEP.comma) || isJoiner(tokens[last]?.word));
  const leads = (to: number) => isAmid || !tokens.slice(to, first + 1).some(({ sep }) => (sep & APART) !== 0);
  return marks.some(({ value, hit, statement: own }) => value === 'study' && own === statement && hit.last <= first && leads(hit.last));
}

const APART = SEP.comma | SEP.semicolon | SEP.open;

/** "We pay for the CCM exam, which you must pass": given, and asked all the same. */
export function isGivenButAsked({ last }: Certificate, marks: readonly FacetValue[]): boolean {
  const isGiven = marks.some(({ value }) => value === 'given' || value === 'taught');
  return isGiven && marks.some(({ value, hit }) => value === 'still-asked' && hit.first >= last);
}

/** "We pay for your CCM": an article may stand between; "InterQual criteria training is given": so may the kind of thing. */
const GIVEN_BESIDE = 1;

/** A part of a list: its words `first` up to `last`, and whether "or" joins it to the one before. */
type Member = { readonly first: number; readonly last: number; readonly isOr: boolean };

/**
 * Whether a certificate is one more way into a license's place: "RN, LCSW or CRC", "OT license, or CAPS with a construction background",
 * "nurse, OT or strength coach (CSCS)". Where "or" joins certificates alone ("RN, CCM or CDMS") one of them is asked beside the license.
 */
export function isWayIn(one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[]): boolean {
  const isName = ({ first, last }: { first: number; last: number }) => named.some(other => other.first < last && first < other.last);
  const holds = ({ first, last }: Member, { hit }: FacetValue) => hit.first >= first && hit.last <= last;
  const { statement } = one;
  const isBracketed = statement.parent !== null;
  const isLetters = isBracketed && statement.last - statement.first === one.last - one.first;
  const whole = isBracketed && !isLetters ? statement : one.segment;
  // What a bracket tells of people is no member of the list around it.
  const isHere = (mark: FacetValue) => mark.statement.parent === null || mark.statement === whole;
  const people = marks.filter(mark => (mark.value === 'person' || mark.value === 'therapist') && !isName(mark.hit) && isHere(mark));
  if (people.length === 0) return false;
  const group = groupOf(membersOf(one, whole), one);
  const own = group.find(({ first, last }) => first <= one.first && one.last <= last);
  const isPerson = (member: Member) => people.some(mark => holds(member, mark));
  if (!own || people.some(mark => holds(own, mark) && (!isLetters || mark.value === 'therapist'))) return false;
  const joined = group.filter((member, at) => member.isOr || group[at + 1]?.isOr);
  if (isBracketed && !isLetters && joined.length === 0) return group.some(isPerson);
  return joined.some(isPerson);
}

/** The members of the lists of some words; what stands in a bracket belongs to the member before it. */
function membersOf({ field: { tokens } }: Certificate, { first, last }: { first: number; last: number }): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let start = first;
  let isOr = false;
  for (let at = first; at <= last; at++) {
    if (at > first && has(tokens, at, SEP.open)) depth++;
    if (depth > 0 && has(tokens, at, SEP.close)) depth--;
    const joins = at < last && (tokens[at] as Token).word === 'or';
    const ends = at === last || (depth === 0 && (joins || has(tokens, at, SEP.comma | SEP.slash | SEP.semicolon)));
    if (!ends) continue;
    if (at > start) members.push({ first: start, last: at, isOr });
    if (at > start || joins) isOr = joins;
    start = joins ? at + 1 : at;
  }
  return members;
}

/** The list around a certificate: behind "or" and its member a comma begins another one, and so does a semicolon without "or". */
function groupOf(members: readonly Member[], one: Certificate): Member[] {
  const { tokens } = one.field;
  let group: Member[] = [];
  let hasOr = false;
  for (const member of members) {
    const parts = has(tokens, member.first, SEP.semicolon) && !member.isOr;
    if (parts || (hasOr && !member.isOr)) {
      if (group.some(({ first, last }) => first <= one.first && one.last <= last)) return group;
      group = [];
      hasOr = false;
    }
    group.push(member);
    hasOr ||= member.isOr;
  }
  return group;
}

const has = (tokens: readonly Token[], at: number, marks: number): boolean => ((tokens[at]?.sep ?? 0) & marks) !== 0;
