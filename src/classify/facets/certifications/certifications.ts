import { evidenceOf } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { Section } from '../../../text/sections.ts';
import type { Certification, Evidence } from '../../classification.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import type { Force } from '../../schema/names.ts';
import type { Finding } from '../finding.ts';
import { bySegment, covers, marksOf } from '../marks.ts';
import { forceOfLines } from '../under-lines.ts';
import { type ForceWord, type ForceWords, forceBefore, forceWordsOf } from '../wish.ts';
import { isBeside, isLikedAhead, isWayIn } from './around.ts';
import { certificatesIn } from './certificates.ts';
import { breaks, type Certificate } from './forms.ts';

type Need = Certification['need'] | null;
type Marks = readonly FacetValue[];

/** A section that asks makes what it only names a demand, or a wish. */
const NEED_OF_SECTION: Partial<Record<Section, Need>> = { requirements: 'required', preferred: 'preferred' };
const NEED_OF_FORCE: Partial<Record<Force, Need>> = { demanded: 'required', wished: 'preferred', 'let-in': 'preferred' };
/** Words between a certificate and what the employer gives for it: "we pay for your CCM". */
const GIVEN_REACH = 6;
/** "Hold the CLCP": an article may stand between. */
const BESIDE = 1;
/** A sentence of demands is no longer than this: "Three years as a mason, OSHA 10." */
const LONG_SENTENCE = 20;

/** Certifications asked for beyond the license, each required or preferred by the words around it, else by the section it stands in. */
export function readCertifications(posting: PostingReading): Finding<Certification[]> {
  const byName = new Map<string, { need: Certification['need']; evidence: Evidence }>();
  for (const marks of bySegment(marksOf(posting, 'certifications')).values()) {
    const named = certificatesIn(marks);
    for (const one of named) {
      const need = needOf(one, named, marks, forceWordsOf(posting), forceOfLines(posting).get(one.segment));
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
function needOf(one: Certificate, named: readonly Certificate[], marks: Marks, words: ForceWords, line: Force | undefined): Need {
  const { section } = one.segment;
  const behind = forceBehind(one, named, marks, words);
  if (behind === 'denied' || behind === 'shut-out') return null;
  const asked = NEED_OF_FORCE[line ?? 'told'] ?? NEED_OF_SECTION[section];
  const told = needBehind(one, named, marks, behind, asked);
  if (told !== undefined) return told;
  // Of duties, which are about certificates of others, only what is said outright asks the applicant.
  if (isBeside(one, ['given', 'taught'], GIVEN_REACH, marks) || (section === 'duties' && !line)) return null;
  const before = forceBefore(words, one.statement, one.first);
  return NEED_OF_FORCE[before ?? 'told'] ?? asked ?? (isListed(one, marks) || isBeside(one, ['held'], BESIDE, marks) ? 'required' : null);
}

/** What the words behind a certificate, and those that give it or let in by it, make of it; undefined when they tell nothing. */
function needBehind(
  one: Certificate,
  named: readonly Certificate[],
  marks: Marks,
  behind: Force | null,
  asked: Need | undefined,
): Need | undefined {
  const said = (kind: string) => marks.find(({ value, hit }) => value === kind && hit.first >= one.last && reaches(one, named, hit.first));
  if (behind === 'wished') return 'preferred';
  if (said('unasked') || isBeside(one, ['taught'], BESIDE, marks) || (asked !== 'preferred' && isWayIn(one, named, marks))) return null;
  if (behind === 'demanded') return 'required';
  const isAsked = one.field.raw.charAt((one.field.tokens[one.last - 1] as Token).end) === '?';
  if (isAsked || said('wish') || behind === 'let-in' || isLikedAhead(one, marks)) return 'preferred';
  if (said('due')) return 'required';
  const planned = said('planned');
  // "Or plans to earn it" likes it; "or the will to earn it within a year" asks for it all the same.
  const isDue = planned && asked !== 'preferred' && marks.some(({ value, hit }) => value === 'due' && hit.first >= planned.hit.first);
  return planned && (isDue ? 'required' : 'preferred');
}

/** The first word of force behind a certificate that speaks of its list; "not needed on day one" denies nothing. */
function forceBehind(one: Certificate, named: readonly Certificate[], marks: Marks, words: ForceWords): Force | null {
  const own = words.get(one.segment) ?? [];
  // "Oncology certificate through the ONCC - Preferred": such a tail speaks of the whole line.
  const tail = own.at(-1);
  const isTail = tail?.last === one.segment.last && breaks(one.field.tokens, tail.first, SEP.dash);
  if (isTail && own.find(word => word.first >= one.last) === tail) return tail.force;
  const isDue = ({ first, last }: ForceWord) => marks.some(mark => mark.value === 'due' && covers(mark, first, last + 1));
  const after = own.find(word => word.first >= one.last && word.reach !== 'right' && !isDue(word));
  if (after && reaches(one, named, after.first)) return after.force;
  // "Sales work is preferred, and so is a CRRN".
  return isBeside(one, ['again'], 0, marks) ? (own.findLast(word => word.last <= one.first)?.force ?? null) : null;
}

/** Whether nothing but members of one list stands between a certificate and the word at `to`: the last part behind a comma names one. */
function reaches({ field: { tokens }, statement, last }: Certificate, named: readonly Certificate[], to: number): boolean {
  let comma = to;
  while (comma > last && !breaks(tokens, comma, SEP.comma)) comma--;
  const isNamed = comma === to || named.some(other => other.first >= comma && other.last <= to);
  return to < (statement.parent ?? statement).last && (isNamed || !breaks(tokens, comma, SEP.comma));
}

/** Function words that join what one has: "license and CPR". */
const JOINS: ReadonlySet<string | undefined> = new Set(['and', 'plus', 'with', 'or']);

/** Whether a certificate, or its card, is an entry of its own in a sentence that lists what one has. */
function isListed({ field: { tokens }, statement, first, last }: Certificate, marks: Marks): boolean {
  const end = marks.find(({ value, hit }) => value === 'noun' && hit.first === last)?.hit.last ?? last;
  const parts = (at: number) => breaks(tokens, at, SEP.comma | SEP.colon | SEP.slash);
  const opens = first === statement.first || parts(first) || JOINS.has(tokens[first - 1]?.word);
  const closes = end >= statement.last || parts(end) || JOINS.has(tokens[end]?.word);
  return opens && closes && statement.last - statement.first <= LONG_SENTENCE;
}
