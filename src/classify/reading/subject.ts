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
/** Of whom it speaks when it asks the applicant for nothing. */
export const ASKS_NOTHING: ReadonlySet<Subject> = new Set(['team', 'customer', 'law', 'post']);

/** Subjects that a clause may come to after an opening that names somebody around. */
const OWN_SUBJECTS: ReadonlySet<Subject> = new Set(['applicant', 'job', 'employer']);

/** The first words that name a subject tell it (of two at one place the longer); else the clause before in the same sentence, else the section. */
export function subjectOf(
  start: number,
  hits: readonly RuleHit[],
  section: Section,
  before: Statement | null,
): { subject: Subject; subjectTold: boolean } {
  const told: { hit: RuleHit; subject: Subject }[] = [];
  for (const hit of hits)
    if (hit.rule.kind === 'subject' && 'subject' in hit.rule.effect) told.push({ hit, subject: hit.rule.effect.subject });
  told.sort((a, b) => a.hit.first - b.hit.first || b.hit.last - a.hit.last);
  const [first] = told;
  // "As part of the team you hold a license": those around are the subject only where the clause opens with them.
  const deep = first && !OWN_SUBJECTS.has(first.subject) && first.hit.first - start > 1;
  const found = (deep ? told.find(({ hit, subject }) => OWN_SUBJECTS.has(subject) && hit.first >= first.hit.last) : undefined) ?? first;
  if (found) return { subject: found.subject, subjectTold: true };
  return { subject: before?.subject ?? SUBJECT_OF_SECTION[section], subjectTold: false };
}
