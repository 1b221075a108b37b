import { describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/classify/baselines.ts';
import { evaluate, type Guess, type Label, mayApply } from '../../src/classify/evaluate.ts';
import { defaultRules } from '../../src/classify/rules.ts';
import type { Path, Relevance, Verdict } from '../../src/posting/taxonomy.ts';

const five = <T>(value: T) => ({ OT: value, OTA: value, PT: value, PTA: value, SLP: value });
const label = (id: string, relevance: Relevance, paths: Path[] = [], verdict: Verdict | null = null): Label => ({
  id,
  relevance,
  paths,
  role: null,
  verdicts: verdict ? five(verdict) : null,
  work_mode: 'remote',
  min_years: 2,
  pay: { min: 20, max: 25, currency: 'USD', interval: 'hour' },
});
const guess = (
  relevance: Relevance,
  path: Path | null = null,
  verdict: Verdict | null = null,
  facets: Partial<Guess['facets']> = {},
): Guess => ({
  relevance,
  rule: 'x.y',
  paths: path ? [{ path, role: null, rule: 'x.path', evidence: [] }] : [],
  verdicts: verdict ? five({ verdict, rule: 'x.verdict', evidence: [] }) : null,
  facets: { work_mode: 'remote', min_years: 2, pay: { min: 20, max: 25, currency: 'USD', interval: 'hour' }, ...facets },
});

describe('the evaluation', () => {
  const pairs = [
    { title: 'a', label: label('a', 'nonclinical', ['sales'], 'open'), guess: guess('nonclinical', 'sales', 'implied') },
    { title: 'b', label: label('b', 'nonclinical', ['writing'], 'named'), guess: guess('nonclinical', 'sales', 'barred') },
    { title: 'c', label: label('c', 'nonclinical', ['writing'], 'named'), guess: guess('other') },
    {
      title: 'd',
      label: label('d', 'clinical'),
      guess: guess('nonclinical', 'sales', 'open', { work_mode: null, min_years: 3, pay: null }),
    },
    { title: 'e', label: label('e', 'other'), guess: guess('other') },
  ];
  const report = evaluate(pairs);

  it('measures relevance with precision and recall', () => {
    expect(report.n).toBe(5);
    expect(report.relevance).toMatchObject({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, accuracy: 3 / 5 });
  });

  it('measures the primary path over what readers call non-clinical', () => {
    expect(report.path.accuracy).toBe(1 / 3);
    expect(report.path.per.writing).toMatchObject({ n: 2, recall: 0 });
    expect(report.path.per.sales).toMatchObject({ n: 1, precision: 0.5, recall: 1 });
  });

  it('measures verdicts exactly and as a person needs them', () => {
    expect(report.verdicts.exact).toBe(0);
    expect(report.verdicts.may_apply).toBe(0.5);
    expect(report.verdicts.per.OT).toEqual({ exact: 0, may_apply: 0.5 });
    expect(['named', 'preferred', 'implied', 'open', 'barred', 'unknown'].map(verdict => mayApply(verdict as Verdict))).toEqual([
      'yes',
      'yes',
      'yes',
      'yes',
      'no',
      'unknown',
    ]);
  });

  it('measures facets over every posting and lists each disagreement with its rule', () => {
    expect([report.work_mode, report.min_years, report.pay]).toEqual([0.8, 0.8, 0.8]);
    expect(report.wrong).toContainEqual({ id: 'b', title: 'b', what: 'path', expected: 'writing', got: 'sales', rule: 'x.path' });
    expect(report.wrong).toContainEqual({ id: 'd', title: 'd', what: 'relevance', expected: 'clinical', got: 'nonclinical', rule: 'x.y' });
  });

  it('has two baselines that answer for any posting', () => {
    for (const make of Object.values(BASELINES)) {
      const classify = make(defaultRules());
      expect(classify({ title: 'Utilization Review Nurse', text: 'PT license' })).toMatchObject({
        relevance: 'nonclinical',
        paths: [{ path: 'utilization-review' }],
      });
      expect(classify({ title: 'Zookeeper', text: 'Feed the bears.' })).toMatchObject({ relevance: 'other', verdicts: null });
    }
  });
});
