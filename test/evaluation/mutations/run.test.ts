import { expect, it } from 'vitest';
import type { ClassifierInput, VerdictOf } from '../../../src/classify/classification.ts';
import { classify } from '../../../src/classify/classify.ts';
import type { Guess } from '../../../src/evaluation/label.ts';
import { measure } from '../../../src/evaluation/measure.ts';
import { harmless, type Mutation } from '../../../src/evaluation/mutations/mutation.ts';
import { measureMutations } from '../../../src/evaluation/mutations/run.ts';
import { caseOf, verdicts } from './_cases.ts';

/** Says "remote" where the text does, and names everybody unless an RN is wanted. */
function reader({ text }: ClassifierInput): Guess {
  const verdict = text.includes('RN') ? 'barred' : 'named';
  const of: VerdictOf = { verdict, rule: '', evidence: [], confidence: 1 };
  return {
    relevance: 'nonclinical',
    confidence: 1,
    rule: '',
    paths: [{ path: 'utilization-review', role: null, rule: '', evidence: [] }],
    verdicts: { OT: of, OTA: of, PT: of, PTA: of, SLP: of },
    facets: {
      work_mode: /remote/.test(text) ? 'remote' : null,
      min_years: null,
      pay: null,
      employment_type: [],
      caseload: false,
      certifications: [],
    },
  };
}

const LOUD = harmless('loud', text => text.toUpperCase());
const NURSE: Mutation = { name: 'nurse', apply: ({ input }) => ({ text: `${input.text} RN`, expected: verdicts('bbbbb') }) };
const NOBODY: Mutation = { name: 'nobody', apply: ({ input }) => ({ text: input.text, expected: verdicts('bbbbb') }) };

const run = (cases: ReturnType<typeof caseOf>[], ...mutations: Mutation[]) =>
  measureMutations(
    cases,
    cases.map(({ input }) => reader(input)),
    reader,
    mutations,
  );

it('a harmless change that moves an answer is broken, and told with what moved', () => {
  expect(run([caseOf('Work remote.', 'nnnnn'), caseOf('Work here.', 'nnnnn'), caseOf('LOUD', 'nnnnn')], LOUD)).toEqual({
    held: 1,
    of: 2,
    per: { loud: { held: 1, of: 2 } },
    per_origin: { ours: { held: 1, of: 2 } },
    broken: [{ id: '1', title: 'Claims Reviewer', mutation: 'loud', what: 'work_mode', expected: 'remote', got: null }],
  });
});

it('a change with a known answer holds when the answer moves there', () => {
  const { per, broken } = run([caseOf('Work remote.', 'nnnnn')], NURSE, NOBODY);
  expect(per).toEqual({ nurse: { held: 1, of: 1 }, nobody: { held: 0, of: 1 } });
  expect(broken.map(({ what }) => what)).toEqual(['OT', 'OTA', 'PT', 'PTA', 'SLP'].map(credential => `verdict ${credential}`));
});

it('a known answer is not asked for where the posting itself is read wrong', () => {
  expect(run([caseOf('Work remote.', 'ooooo')], NURSE)).toMatchObject({ held: 0, of: 0 });
});

it('all changes run over a posting with the real classifier, twice to the same end', () => {
  const one = caseOf('You decide on requests for therapy.\n\nRequirements\n- OT or PT license\n- Two years of practice', 'nbnbb', {
    title: 'Utilization Review Specialist',
  });
  const measured = () => measure([one], input => classify(input), { mutations: true }).mutations;
  expect(measured()?.of).toBeGreaterThan(10);
  expect(measured()).toEqual(measured());
});
