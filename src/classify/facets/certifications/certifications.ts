import { evidenceOf } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { Section } from '../../../text/sections.ts';
import type { Certification, Evidence } from '../../classification.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import { ASKS_NOTHING } from '../../reading/subject.ts';
import type { Force } from '../../schema/names.ts';
import type { Finding } from '../finding.ts';
import { bySegment, isJoiner, marksOf } from '../marks.ts';
import { forceOfLines } from '../under-lines.ts';
import { type ForceWord, type ForceWords, forceBefore, forceWordsOf } from '../wish.ts';
import { isGivenButAsked, isLabeledLiked, isLed, isPlainlyGiven, isSameAgain, isStudied, isWayIn } from './around.ts';
import { type Certificate, certificatesIn } from './certificates.ts';

type Need = Certification['need'] | null;

/** A section that asks makes what it only names a demand, or a wish. */
const NEED_OF_SECTION: Partial<Record<Section, Need>> = { requirements: 'required', preferred: 'preferred' };
const NEED_OF_FORCE: Partial<Record<Force, Need>> = { demanded: 'required', wished: 'preferred', 'let-in': 'preferred' };
/** A statement of no more words than this beside its certificates does nothing but list them. */
const BARE_LIST = 3;
/** "Hold the CLCP": an article may stand between; "a certification such as OCS": a few words that lead into the list. */
const HELD_REACH = 1;
const WORD_REACH = 3;
/** Words between a certificate and what the employer gives for it: "we pay for your CCM". */
const GIVEN_REACH = 6;

/** Certifications asked for beyond the license, each required or preferred by the words around it, else by the section it stands in. */
export function readCertifications(posting: PostingReading): Finding<Certification[]> {
  const byName = new Map<string, { need: Certification['need']; evidence: Evidence }>();
  let need: Need = null;
  for (const marks of bySegment(marksOf(posting, 'certifications')).values()) {
    const named = certificatesIn(marks);
    for (const one of named) {
      // "If you have the SMS too": a condition is its own.
      if (!isSameAgain(one, marks) || !need || isLed(one, 'wish-lead', named, marks))
        need = needOf(one, named, marks, forceWordsOf(posting), forceOfLines(posting).get(one.segment));
      const known = byName.get(one.name);
      if (need && (!known || (known.need === 'preferred' && need === 'required')))
        byName.set(one.name, { need, evidence: evidenceOf(one.field, one.first, one.last) });
    }
  }
  return {
    value: [...byName].map(([name, { need }]) => ({ name, need })),
    evidence: [...byName.values()].map(({ evidence }) => evidence),
  };
}

/** Required or preferred; null when the words only mention the certificate. */
function needOf(
  one: Certificate,
  named: readonly Certificate[],
  marks: readonly FacetValue[],
  words: ForceWords,
  line: Force | undefined,
): Need {
  const behind = forceBehind(one, named, marks, words);
  if (isRefusal(behind) || isStudied(one, marks)) return null;
  const asked = NEED_OF_FORCE[line ?? 'told'] ?? NEED_OF_SECTION[one.segment.section];
  const told = needBehind(one, named, marks, behind, asked);
  if (told !== undefined) return told;
  // Of duties, which are about certificates of others, only what is said outright asks the applicant.
  if (isGiven(one, marks) || isOfOthers(one, named, marks) || (one.segment.section === 'duties' && !line)) return null;
  const before = forceAhead(one, words);
  if (isRefusal(before)) return null;
  const said = NEED_OF_FORCE[before ?? 'told'];
  if (said) return said;
  const isList = named.length > 1 && isBare(one, named);
  const known = isList || one.sure || named.some(({ sure }) => sure) || marks.some(({ value }) => value === 'word');
  if (asked) return known || isBare(one, named) || isListed(one, marks) ? asked : null;
  return known && isHeld(one, named, marks) ? 'required' : null;
}

/** The word of force ahead of a certificate; "certification a plus (OCS, CEAS)": one right before its bracket speaks of what that lists. */
function forceAhead({ statement, segment, first }: Certificate, words: ForceWords): Force | null {
  const { parent } = statement;
  const own = forceBefore(words, statement, first) ?? (parent && forceBefore(words, parent, first));
  return own ?? (parent && (words.get(segment)?.find(word => word.last === statement.first)?.force ?? null));
}

const isRefusal = (force: Force | null): boolean => force === 'denied' || force === 'shut-out';

/** What the words behind a certificate, and those that give it or let in by it, make of it; undefined when they tell nothing. */
function needBehind(
  one: Certificate,
  named: readonly Certificate[],
  marks: readonly FacetValue[],
  behind: Force | null,
  asked: Need | undefined,
): Need | undefined {
  const said = (kind: string) => marks.find(({ value, hit }) => value === kind && hit.first >= one.last && reaches(one, named, hit.first));
  // "Preferred, and will be required within two years".
  if (behind === 'wished') return said('asked-later') ? 'required' : 'preferred';
  if (said('unasked') || isLed(one, 'stands-in', named, marks)) return null;
  if (isGivenButAsked(one, marks)) return 'required';
  // Whoever likes a license or a certificate likes either.
  const isLiked = isLabeledLiked(one, marks);
  if (isPlainlyGiven(one, marks) || (asked !== 'preferred' && !isLiked && isWayIn(one, named, marks))) return null;
  if (said('some')) return asked === 'preferred' ? asked : null;
  if (ASKS_NOTHING.has(one.statement.subject) && behind !== 'demanded') return null;
  if (behind === 'demanded') return 'required';
  // "CDRS or AHFP would please us": what it would do is told of what need not be brought.
  const [would, wish] = [said('would'), said('wish')];
  const isTold = wish !== undefined || named.some(({ last }) => last === would?.hit.first);
  if (isTold || behind === 'let-in' || isLiked || isLikedAhead(one, named, marks)) return 'preferred';
  if (said('due')) return 'required';
  const planned = said('planned');
  return planned && needPlanned(planned, marks, asked);
}

/** "Or plans to earn it" likes it; "or the will to earn it within a year" asks for it all the same. */
function needPlanned(planned: FacetValue, marks: readonly FacetValue[], asked: Need | undefined): Need {
  const isDue = marks.some(({ value, hit }) => value === 'due' && hit.first >= planned.hit.first);
  return asked !== 'preferred' && isDue ? 'required' : 'preferred';
}

/** What is asked as a question, or led to by words of liking, need not be brought. */
const isLikedAhead = (one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[]): boolean =>
  isQuestion(one, named) || isLed(one, 'wish-lead', named, marks);

/** "CCM or CRC?", "CAPS? you are called first": asks for what would be liked; whoever demands it does not ask. */
function isQuestion(one: Certificate, named: readonly Certificate[]): boolean {
  const { field, segment, statement, first, last } = one;
  const isAsked = (to: number) => field.raw.charAt((field.tokens[to - 1] as Token).end) === '?';
  return (isAsked(segment.last) && isBare(one, named)) || (isAsked(last) && first - statement.first <= BARE_LIST);
}

/** Words of a certificate that turn a denial inside them. */
const TURNS: ReadonlySet<FacetValue['value']> = new Set(['due', 'wish-label']);

/** The first word of force behind a certificate that speaks of its list; "no later than" and "not needed but liked" deny nothing. */
function forceBehind(one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[], words: ForceWords): Force | null {
  const { statement, segment, last, field } = one;
  const end = (statement.parent ?? statement).last;
  const all = words.get(segment) ?? [];
  const tail = all.at(-1);
  // "Oncology certificate through the ONCC - Preferred": such a tail speaks of the whole line.
  const isTail = tail?.last === segment.last && tail.first >= last && ((field.tokens[tail.first] as Token).sep & SEP.dash) !== 0;
  // "BLS - Required, ACLS - Preferred": each has its own.
  if (tail && isTail && all.find(word => word.first >= last) === tail) return tail.force;
  const turning = ({ first, last: to, force }: ForceWord) =>
    marks.find(
      ({ value, hit }) =>
        TURNS.has(value) && hit.first < to && (hit.last > to || (force !== 'wished' && hit.last === to && hit.first < first)),
    );
  const denial = all.find(word => word.force === 'denied' && word.first >= last && word.first < end);
  // "Not essential but appreciated".
  if (denial && turning(denial)?.value === 'wish-label' && reaches(one, named, denial.first)) return 'wished';
  const after = all.find(word => word.first >= last && word.reach !== 'right' && !turning(word));
  if (after && after.first < end && reaches(one, named, after.first)) return after.force;
  // "Sales work is preferred, and so is a CRRN".
  return isSameAgain(one, marks) ? (all.findLast(word => word.last <= one.first)?.force ?? null) : null;
}

/**
 * Whether nothing but members of one list stands between a certificate and the word at `to`: each part behind a comma names one, and a joiner
 * or bare names hold the list together ("CCM, CRC or ACM a plus", not "NRRTS registered, CRTS preferred"). What is said of others in a bracket
 * is not said of what stands before it.
 */
function reaches({ name, field: { tokens }, statement, last }: Certificate, named: readonly Certificate[], to: number): boolean {
  if (to >= (statement.parent ?? statement).last) return false;
  // "A certification (CPDM, ABDA Fellow) is liked": what is said behind a bracket is said of all in it.
  const from = statement.parent && to >= statement.last ? statement.last : last;
  if (isDeepAside(tokens, from, to)) return false;
  const isName = (at: number) => named.some(other => other.first <= at && other.last > at);
  const nameAt = (at: number) => named.find(other => other.first <= at && other.last > at)?.name ?? name;
  const isOther = (at: number) => nameAt(at) !== name && nameAt(at) !== nameAt(at - 1);
  let isNamed = true;
  let isJoined = false;
  let isBare = true;
  const end = Math.max(from, ...named.filter(other => other.last <= to).map(other => other.last));
  for (let at = from; at < to; at++) {
    const { sep, word } = tokens[at] as Token;
    if ((sep & SEP.open) !== 0 && isOther(at) && statement.last <= at && !isShut(tokens, at, to)) return false;
    if ((sep & SEP.comma) !== 0) {
      if (!isNamed) return false;
      isNamed = false;
    }
    isJoined ||= isJoiner(word) || (sep & SEP.slash) !== 0;
    isNamed ||= isName(at);
    isBare &&= isName(at) || at >= end;
  }
  const others = named.some(other => other.first >= from && other.last <= to);
  if (others && !isJoined && !isBare) return false;
  // "PCS, WCS or a date for the exam": what begins with "or" goes on with the list.
  return isNamed || ((tokens[to] as Token).sep & SEP.comma) !== 0 || isJoiner(tokens[to]?.word);
}

/** Whether a bracket that opens at `from` holds but a name, so that it is a member of the list. */
function isShut(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from + 1, Math.min(to, from + 1 + BARE_LIST) + 1).some(({ sep }) => (sep & SEP.close) !== 0);
}

/** Words into a bracket that tells a story of its own: "BLS (we'll schedule the class if yours has lapsed)". */
const ASIDE_LEAD = 3;

function isDeepAside(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = to; at >= from; at--) {
    const { sep } = tokens[at] as Token;
    if ((sep & SEP.open) !== 0) return to - at > ASIDE_LEAD;
    if ((sep & SEP.close) !== 0) return false;
  }
  return false;
}

/** Whether the employer pays for it or teaches it. */
function isGiven({ statement, first, last, field, segment }: Certificate, marks: readonly FacetValue[]): boolean {
  const { sep } = (field.tokens[last] as Token | undefined) ?? { sep: 0 };
  // "BLS, which we teach here" is asked first, and given to those without.
  const isAsked = segment.section === 'requirements' && first === statement.first && (sep & (SEP.comma | SEP.open)) !== 0;
  return marks.some(({ value, hit, statement: own }) => {
    if ((value !== 'given' && value !== 'taught') || (own !== statement && own !== statement.parent)) return false;
    return (hit.last <= first && first - hit.last <= GIVEN_REACH) || (!isAsked && hit.first >= last && hit.first - last <= GIVEN_REACH);
  });
}

/** Outside of what asks, a certificate counts where the applicant holds it, is called certified, or where a statement only lists. */
function isHeld(one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[]): boolean {
  const { statement, first, last } = one;
  if (marks.some(({ value, hit }) => value === 'matter' && hit.first === last)) return false;
  if (isBare(one, named) || isListed(one, marks)) return true;
  const own = named.filter(other => other.statement === statement);
  const start = Math.min(...own.map(other => other.first));
  const beside = (kind: string, reach: number) =>
    marks.some(
      ({ value, hit }) =>
        value === kind &&
        ([start, first].some(at => hit.last <= at && at - hit.last <= reach) || (hit.last >= last && hit.first - last <= reach)),
    );
  const asks = statement.subject === 'applicant' || statement.subject === 'job';
  return asks && (beside('held', HELD_REACH) || (!one.byForm && !isPlural(one) && beside('word', WORD_REACH)));
}

/** "You recruit therapists with CHT", "works with ATPs". */
const isOfOthers = (one: Certificate, named: readonly Certificate[], marks: readonly FacetValue[]): boolean =>
  isLed(one, 'others', named, marks) || (one.last - one.first === 1 && isPlural(one));

/** "Certified hand therapists", "ATPs": people, of whom a posting tells. */
function isPlural({ field: { raw, tokens }, first, last }: Certificate): boolean {
  const { end } = tokens[last - 1] as Token;
  return last - first > 2 ? raw.charAt(end - 1) === 's' : /[A-Z]s$/.test(raw.slice(end - 2, end));
}

/** Whether a statement does nothing but list certificates. */
function isBare({ statement, segment }: Certificate, named: readonly Certificate[]): boolean {
  const own = named.filter(other => other.statement === statement);
  const words = own.reduce((sum, other) => sum + other.last - other.first, 0);
  return segment.kind !== 'heading' && statement.last - statement.first - words <= BARE_LIST;
}

/** A sentence of demands is no longer than this: "Three years as a mason, OSHA 10." It may go on beside a license, a degree or years. */
const SHORT_SENTENCE = 14;
const LONG_SENTENCE = 30;

/** Function words that add a certificate to a license, a degree or years. */
const ADDS: ReadonlySet<string | undefined> = new Set(['and', 'plus', 'with']);

/** Whether a certificate, or its card, is an entry of its own in a sentence that lists what one has. */
function isListed({ field: { tokens }, statement, first, last, byForm }: Certificate, marks: readonly FacetValue[]): boolean {
  const hasEntry = marks.some(mark => mark.value === 'entry' && mark.statement === statement);
  const end = marks.find(({ value, hit }) => value === 'noun' && hit.first === last)?.hit.last ?? last;
  const mayAdd = hasEntry && !byForm;
  const follows = (mayAdd && ADDS.has(tokens[first - 1]?.word)) || ((tokens[first] as Token).sep & (SEP.comma | SEP.colon)) !== 0;
  const closes = end >= statement.last || ((tokens[end] as Token).sep & SEP.comma) !== 0 || (mayAdd && ADDS.has(tokens[end]?.word));
  const isShort = statement.last - statement.first <= (hasEntry ? LONG_SENTENCE : SHORT_SENTENCE);
  return (first === statement.first || follows) && closes && isShort && statement.subject !== 'employer';
}
