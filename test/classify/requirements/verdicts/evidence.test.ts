import { expect, it } from 'vitest';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { notes } from '../../../../src/classify/learned/ear.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { readAnswers } from '../../../../src/classify/requirements/index.ts';
import type { Credential } from '../../../../src/posting/taxonomy.ts';

/** What logic answers for a credential, with the words it shows for that. */
function told(credential: Credential, requirement: string): { verdict: string; words: string[] } {
  const rules = defaultRules();
  const text = `Responsibilities\n- Reads requests of members and answers by letter\n\nRequirements\n- ${requirement}`;
  const { answers } = readAnswers(readPosting({ title: 'Request Desk Coordinator', text }, rules), rules.eligibility, notes);
  const { verdict, evidence } = answers[credential];
  return { verdict, words: evidence.map(({ text }) => text) };
}

it.each<[string, Credential, string, string, string]>([
  [
    'a liking',
    'PTA',
    'Background as an occupational therapist, a speech-language pathologist, a registered nurse, a social worker, an LCSW or a PTA is a plus',
    'preferred',
    'PTA',
  ],
  [
    'a liking of a kind',
    'PTA',
    'RN, LCSW, LPC, dietitian or rehabilitation professional preferred',
    'preferred',
    'rehabilitation professional',
  ],
  ['an exclusion', 'PTA', 'OT, PT, SLP, RN, LCSW or PTA applicants cannot be considered', 'barred', 'PTA'],
  [
    'an open list',
    'SLP',
    'Degree in nursing, physical therapy, occupational therapy, social work, dietetics or any field',
    'open',
    'any field',
  ],
])(
  '%s in a long list shows for %s the words that decided for it first, and no more than four',
  (_, credential, requirement, verdict, first) => {
    const answer = told(credential, requirement);
    expect(answer.verdict).toBe(verdict);
    expect(answer.words[0]).toBe(first);
    expect(answer.words.length).toBeLessThanOrEqual(4);
  },
);
