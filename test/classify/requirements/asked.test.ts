import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { readAsked } from '../../../src/classify/requirements/asked.ts';

const asked = (text: string) => {
  const rules = defaultRules();
  const { named, liked, generic } = readAsked(readPosting({ title: 'Associate', text }, rules), rules.eligibility.roles).asked;
  return { named: named.length > 0, liked: liked.length > 0, generic: generic.length > 0 };
};

describe('whom a posting wants', () => {
  it.each([
    ['Requirements\n- An active OT or COTA license', { named: true, liked: false, generic: false }],
    [
      'Requirements\n- Two years of office work\nNice to have\n- A past as a physical therapist',
      { named: false, liked: true, generic: false },
    ],
    ['Requirements\n- A license as a therapist of any kind', { named: false, liked: false, generic: true }],
    ['About us\nOur physical therapists see patients in nine clinics.', { named: false, liked: false, generic: false }],
    ['Requirements\n- A forklift card', { named: false, liked: false, generic: false }],
  ])('is told by "%s"', (text, wanted) => {
    expect(asked(text)).toEqual(wanted);
  });
});

describe('what whom it wants says of the kind of job', () => {
  const duties = 'What you do\n- Look at photos that callers send in\n- Mark where a grab rail could go\n- Write up what you found';
  const license = 'What you bring\n- An active license as an occupational therapist or an occupational therapy assistant';

  it('work that asks for therapists is seldom another trade, whatever its title', () => {
    expect(classify({ title: 'Photo Grader', text: `${duties}\n${license}` }).relevance).toBe('nonclinical');
  });

  it('is told among the reasons, with the rules that found it', () => {
    const { reasons } = classify({ title: 'Photo Grader', text: `${duties}\n${license}` });
    expect(reasons.find(({ part }) => part === 'asks')?.told).toContain('credential.ot.person');
  });
});
