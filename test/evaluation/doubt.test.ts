import { describe, expect, it } from 'vitest';
import type { ClassifierInput, Evidence } from '../../src/classify/classification.ts';
import { doubtOf, type Told } from '../../src/evaluation/doubt.ts';
import type { Guess } from '../../src/evaluation/label.ts';

const INPUT = { title: 'Rehab Liaison', text: 'You visit wards. OT license.' };
const said = (field: Evidence['field'], text: string): Evidence => {
  const start = (field === 'title' ? INPUT.title : INPUT.text).indexOf(text);
  return { field, start, end: start + text.length, text };
};
const guess = (relevance: Guess['relevance'], paths: Guess['paths'] = []): Guess => ({
  relevance,
  confidence: 1,
  rule: '',
  paths,
  verdicts: null,
  facets: { work_mode: null, min_years: null, pay: null, employment_type: [], caseload: false, certifications: [] },
});
const liaison = guess('nonclinical', [{ path: 'rehab-liaison', role: null, rule: '', evidence: [] }]);
const TOLD: Told = {
  relevance: 'nonclinical',
  confidence: 0.524,
  path: 'rehab-liaison',
  evidence: [said('title', 'Liaison')],
  verdicts: null,
};
const five = (verdict: 'named' | 'unknown', evidence: Evidence[], confidence: number | null = null) => {
  const of = { verdict, evidence, confidence };
  return { OT: of, OTA: of, PT: of, PTA: of, SLP: of };
};

describe('why an answer may be wrong', () => {
  it('is told by what the posting would be without the words that decided', () => {
    const read: ClassifierInput[] = [];
    const doubt = doubtOf(TOLD, INPUT, input => {
      read.push(input);
      return input.title.includes('Liaison') ? liaison : guess('clinical');
    });
    expect(doubt).toBe('nonclinical (rehab-liaison), 52 % sure: without "Liaison" it would be clinical.');
    expect(read).toEqual([{ ...INPUT, title: 'Rehab        ' }]);
  });

  it('is told by the verdict with the fewest words where the answer stays', () => {
    const verdicts = { ...five('named', [said('text', 'OT license')]), SLP: { verdict: 'named' as const, evidence: [], confidence: null } };
    expect(doubtOf({ ...TOLD, verdicts }, INPUT, () => liaison)).toBe(
      'nonclinical (rehab-liaison), 52 % sure, also without "Liaison"; SLP is named by no words at all.',
    );
    expect(doubtOf({ ...TOLD, verdicts: five('unknown', []) }, INPUT, () => liaison)).toContain('; who may apply is not told.');
  });

  it('is told by the least sure verdict, whatever the posting would be without its words', () => {
    const sure = {
      ...five('named', [said('text', 'OT license')], 0.95),
      PTA: { verdict: 'barred' as const, evidence: [], confidence: 0.62 },
    };
    expect(doubtOf({ ...TOLD, verdicts: sure }, INPUT, () => liaison)).toBe(
      'nonclinical (rehab-liaison), 52 % sure, also without "Liaison"; PTA is barred, 62 % sure.',
    );
    expect(doubtOf({ ...TOLD, verdicts: five('named', [said('text', 'OT license')], 0.7) }, INPUT, () => guess('clinical'))).toBe(
      'nonclinical (rehab-liaison), 52 % sure: without "Liaison" it would be clinical; OT is named, 70 % sure, by "OT license".',
    );
  });

  it('is the want of words where there are none', () => {
    const told: Told = { relevance: 'other', confidence: 0.5, path: null, evidence: [], verdicts: null };
    expect(doubtOf(told, INPUT, () => guess('other'))).toBe('other, 50 % sure: no words in it speak for this.');
  });
});
