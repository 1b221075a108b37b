import type { Section } from '../../text/sections.ts';
import type { Subject } from '../schema/names.ts';
import type { RuleHit } from './hit.ts';
import type { Statement } from './statement.ts';

/** Whom a part of a posting speaks of when its sentences do not say so themselves: among duties an imperative speaks of the job. */
const SUBJECT_OF_SECTION: Record<Section, Subject> = {
  summary: 'job',
  duties: 'job',
  requirements: 'applicant',
  preferred: 'applicant',
  benefits: 'perk',
  about: 'employer',
  eeo: 'law',
  pay: 'job',
  other: 'job',
};

/** Of whom a statement speaks that tells of nobody's work in this job. */
export const NO_WORK: ReadonlySet<Subject> = new Set(['perk', 'law', 'post']);

/** Subjects that a clause may come to after an opening that names somebody around. */
const OWN_SUBJECTS: ReadonlySet<Subject> = new Set(['applicant', 'job', 'employer']);

/** The first words that name a subject tell it (of two at one place the longer); else the clause before in the same sentence, else the section. */
export function subjectOf(
  start: number,
  hits: readonly RuleHit[],
  section: Section,
  before: Statement | null,
): { subject: Subject; subjectTold: boolean } {
  const told = hits.flatMap(({ rule: { effect }, first, last }) => ('subject' in effect ? [{ first, last, subject: effect.subject }] : []));
  told.sort((a, b) => a.first - b.first || b.last - a.last);
  const [first] = told;
  // "As part of the team you hold a license": those around are the subject only where the clause opens with them.
  const deep = first && !OWN_SUBJECTS.has(first.subject) && first.first - start > 1;
  const own = deep ? told.find(({ first: at, subject }) => OWN_SUBJECTS.has(subject) && at >= first.last) : undefined;
  const subject = (own ?? first)?.subject;
  return { subject: subject ?? before?.subject ?? SUBJECT_OF_SECTION[section], subjectTold: subject !== undefined };
}
