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

/** The first words that name a subject tell it (of two at one place the longer); else the clause before in the same sentence, else the section. */
export function subjectOf(
  hits: readonly RuleHit[],
  section: Section,
  before: Statement | null,
): { subject: Subject; subjectTold: boolean } {
  let told: { hit: RuleHit; subject: Subject } | null = null;
  for (const hit of hits) {
    if (!('subject' in hit.rule.effect)) continue;
    const earlier = told ? hit.first - told.hit.first || told.hit.last - hit.last : -1;
    if (earlier < 0) told = { hit, subject: hit.rule.effect.subject };
  }
  return { subject: told?.subject ?? before?.subject ?? SUBJECT_OF_SECTION[section], subjectTold: told !== null };
}
