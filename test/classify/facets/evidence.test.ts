import { describe, expect, test } from 'vitest';
import type { ClassifierInput, Facets } from '../../../src/classify/classification.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readFacets } from '../../../src/classify/facets/index.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';

function shown(facet: keyof Facets, text: string, rest: Partial<ClassifierInput> = {}): readonly string[] {
  const input: ClassifierInput = { title: 'Care Coordinator', text, ...rest };
  const { evidence } = readFacets(readPosting(input, defaultRules()), defaultRules().facets);
  return (evidence[facet] ?? []).map(({ text: words }) => words);
}

describe('the words a facet is shown with', () => {
  test.each([
    ['Three days a week in the Phoenix office, the others from home.', ['Three days a week in the Phoenix office']],
    ['You will work remotely from anywhere in Ohio.', ['work remotely from anywhere']],
    ['This is not a remote position.', ['not a remote position']],
    ['Two days a week can be done from home.', ['Two days a week can be done from home']],
  ])('of the mode: %j by %j', (text, words) => expect(shown('work_mode', text)).toEqual(words));

  test.each([
    ['Requirements:\n- At least three years in claims; five preferred', ['three years']],
    ['Requirements:\n- No experience needed', ['No experience needed']],
  ])('of the years: %j by %j', (text, words) => expect(shown('min_years', text)).toEqual(words));

  test.each([
    ['$30 an hour, full-time.', ['full-time']],
    ['Full-time or part-time. Benefits for full-time employees.', ['Full-time', 'part-time']],
  ])('of the employment: %j by %j', (text, words) => expect(shown('employment_type', text)).toEqual(words));

  test.each([['Requirements:\n- BLS; CCM preferred', ['BLS', 'CCM']]])('of the certificates: %j by %j', (text, words) => {
    expect(shown('certifications', text)).toEqual(words);
  });

  test('is no word of a text that tells nothing', () => {
    expect(shown('work_mode', 'Remote patient monitoring is a part of our telehealth program.')).toEqual([]);
    expect(shown('min_years', 'For more than 40 years we have cared for families.')).toEqual([]);
  });
});
