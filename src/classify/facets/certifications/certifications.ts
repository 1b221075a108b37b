import { evidenceOf } from '../../../text/document.ts';
import { SEP } from '../../../text/lexer.ts';
import type { Linear } from '../../../text/linear.ts';
import type { Certification } from '../../classification.ts';
import { type Begin, type Ear, weigherOf } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import { hearAround, hearForces, hearLines, hearPlace } from '../choice/around.ts';
import { choose, type Option } from '../choice/choose.ts';
import type { Finding } from '../finding.ts';
import { bySegment, marksOf } from '../marks.ts';
import { certificatesIn } from './certificates.ts';
import { breaks, type Certificate } from './forms.ts';

export const NEEDS = ['required', 'preferred'] as const satisfies readonly Certification['need'][];
type Need = (typeof NEEDS)[number];

/** What speaks for a named certificate being asked for or liked, learned from labelled postings. */
export const needsFile = linearFile('needs.yaml', NEEDS);

/** A certificate where it is named, once for each need. */
type Named<E> = Option<Need, E> & { readonly one: Certificate };

/** Certifications asked for beyond the license, each required or preferred; those that a text only mentions are left out. */
export function readCertifications(posting: PostingReading, learned: Linear): Finding<Certification[]> {
  const named = Map.groupBy(hearCertificates(posting, weigherOf(learned)), ({ one }) => one.name);
  const told = [...named].flatMap(([name, options]) => {
    const chosen = choose(options);
    return chosen ? [{ name, need: chosen.value, evidence: evidenceOf(chosen.one.field, chosen.one.first, chosen.one.last) }] : [];
  });
  return { value: told.map(({ name, need }) => ({ name, need })), evidence: told.map(({ evidence }) => evidence) };
}

/** Every certificate that a text names, with what stands around it. */
export function hearCertificates<E extends Ear>(posting: PostingReading, begin: Begin<E>): Named<E>[] {
  return [...bySegment(marksOf(posting, 'certifications')).values()].flatMap(marks => {
    const named = certificatesIn(marks);
    return named.flatMap(one => {
      const ear = begin();
      hearPlace(ear, one);
      hearAround(ear, one);
      hearLines(ear, posting.document, one.segment);
      hearForces(ear, posting, one);
      hearMarks(ear, one, marks);
      hearList(ear, one, named);
      return NEEDS.map((value, of) => ({ value, heard: ear, of, one }));
    });
  });
}

/** Hears how it is named, and what rules find in the same sentence. */
function hearMarks(ear: Ear, { field, first, last, statement }: Certificate, marks: readonly FacetValue[]): void {
  for (const { value, rule, hit, statement: own } of marks) {
    const isTable = rule.id.startsWith('certificate.');
    const touches = hit.first < last && hit.last > first;
    const name = isTable ? 'table' : value;
    if (touches) ear.fact(isTable ? rule.id : `in ${name}`);
    else ear.fact(`${hit.last <= first ? 'behind' : 'before'} ${name}${own === statement ? '' : ' elsewhere'}`);
    if (hit.first === last) ear.fact(`right before ${name}`);
  }
  if (field.raw.charAt(field.tokens[last - 1]?.end ?? 0) === '?') ear.fact('asked');
}

/** A sentence of so few words does little but name it. */
const SHORT = 12;
/** What may end the part of the sentence in which it stands. */
const MARKS = [
  ['comma', SEP.comma],
  ['semicolon', SEP.semicolon],
  ['bracket', SEP.open],
  ['closing bracket', SEP.close],
  ['colon', SEP.colon],
  ['dash', SEP.dash],
] as const;

/** Hears how it stands in its sentence and among the other certificates of it. */
function hearList(ear: Ear, { field: { tokens }, statement, segment, first, last }: Certificate, named: readonly Certificate[]): void {
  ear.fact(`one of ${Math.min(4, named.length)}`);
  if (first === statement.first) ear.fact('opens');
  if (last === statement.last) ear.fact('closes');
  if (statement.parent) ear.fact('in brackets');
  if (segment.last - segment.first <= SHORT) ear.fact('short');
  const end = endOf(tokens, last, segment.last);
  if (end) ear.fact(`up to a ${end}`);
}

/** The mark that ends the part of a sentence in which some words stand. */
function endOf(tokens: Certificate['field']['tokens'], from: number, to: number): string | undefined {
  for (let at = from; at <= to; at++) {
    const mark = MARKS.find(([, sep]) => breaks(tokens, at, sep));
    if (mark) return mark[0];
  }
  return undefined;
}
