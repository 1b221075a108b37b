import { expect, test } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { EMPLOYER_DOMAINS, type EmployerDomain } from '../../src/posting/taxonomy.ts';

const chance = (domain: EmployerDomain | null, relevance = 'nonclinical') => {
  const posting = {
    title: 'Implementation Consultant',
    text: 'You lead new customers from signature to go-live and train their users. Three years of experience.',
    company: 'Larch & Daughters',
  };
  const told = classify({ ...posting, domain });
  return told.relevance === relevance ? told.confidence : 1 - told.confidence;
};

test('the field of an employer is evidence: of health it speaks for a posting that does not say it, of another against it', () => {
  expect(chance('health-software')).toBeGreaterThan(chance(null));
  expect(chance('other')).toBeLessThan(chance(null));
});

test.each(EMPLOYER_DOMAINS)('%s is told among the reasons', domain => {
  const { reasons } = classify({ title: 'Implementation Consultant', text: 'You lead customers to go-live.', company: 'Larch', domain });
  expect(reasons.find(({ part }) => part === 'domain')?.told.join(' ')).toMatch(/\bemployer\./);
});
