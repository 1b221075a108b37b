import type { Subject } from '../rule.ts';
import type { RuleHit } from '../rules.ts';
import type { Section } from '../sections.ts';
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

/** The first words that name a subject tell it (of two at one place the longer); else the clause before in the same sentence, else the section. */
export function subjectOf(
  hits: readonly RuleHit[],
  section: Section,
  before: Statement | null,
): { subject: Subject; subjectTold: boolean } {
  let first: RuleHit | undefined;
  for (const hit of hits) {
    if (!('subject' in hit.rule.effect)) continue;
    if (!first || hit.first < first.first || (hit.first === first.first && hit.last > first.last)) first = hit;
  }
  if (first && 'subject' in first.rule.effect) return { subject: first.rule.effect.subject, subjectTold: true };
  return { subject: before?.subject ?? SUBJECT_OF_SECTION[section], subjectTold: false };
}
