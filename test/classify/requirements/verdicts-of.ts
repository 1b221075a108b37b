import type { ClassifierInput } from '../../../src/classify/classification.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { notes } from '../../../src/classify/learned/ear.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { readAnswers } from '../../../src/classify/requirements/index.ts';
import { CREDENTIALS } from '../../../src/posting/taxonomy.ts';

/** The five verdicts that logic gives of a posting, before the arbiter; one letter each in the order OT, OTA, PT, PTA, SLP: named, preferred, implied, open, barred, unknown. */
export function verdictsOf(input: ClassifierInput): string {
  const rules = defaultRules();
  const { answers } = readAnswers(readPosting(input, rules), rules.eligibility, notes);
  return CREDENTIALS.map(credential => answers[credential].verdict[0]).join('');
}

/** The verdicts of a desk job that asks for this, as one item among its requirements, or as lines below that heading. */
export function asked(requirement: string, title = 'Request Desk Coordinator'): string {
  const lines = requirement.includes('\n') ? requirement : `- ${requirement}`;
  return verdictsOf({
    title,
    text: `Responsibilities\n- Reads requests of members and answers by letter\n- Keeps notes of every call\n\nRequirements\n${lines}`,
  });
}

/** The verdicts of a desk job whose posting is running text without headings and holds these sentences. */
export function inProse(sentences: string, title = 'Request Desk Coordinator'): string {
  return verdictsOf({
    title,
    text: `The desk answers letters of members all over the state, and every reader has one line of service to look after. ${sentences}`,
  });
}
