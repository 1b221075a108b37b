import { describe, expect, it } from 'vitest';
import type { Certification } from '../../src/classify/classification.ts';
import { defaultRules } from '../../src/classify/compile/compile.ts';
import { BASELINES } from '../../src/evaluation/baselines.ts';
import { isSameCertificate, plainName } from '../../src/evaluation/certificate-names.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { type Guess, type Label, labelLine, type Pair } from '../../src/evaluation/label.ts';
import { measure } from '../../src/evaluation/measure.ts';
import { mayApply } from '../../src/evaluation/verdicts.ts';
import type { Path, Relevance, Verdict } from '../../src/posting/taxonomy.ts';

const five = <T>(value: T) => ({ OT: value, OTA: value, PT: value, PTA: value, SLP: value });
const label = (id: string, relevance: Relevance, paths: Path[] = [], verdict: Verdict | null = null): Label => ({
  id,
  relevance,
  partial: false,
  sure: 'high',
  paths,
  role: null,
  verdicts: verdict ? five(verdict) : null,
  work_mode: 'remote',
  min_years: 2,
  pay: { min: 20, max: 25, currency: 'USD', interval: 'hour' },
  employment_type: ['full_time'],
  caseload: false,
  certifications: [],
});
const guess = (
  relevance: Relevance,
  path: Path | null = null,
  verdict: Verdict | null = null,
  facets: Partial<Guess['facets']> = {},
  sure = 0.95,
): Guess => ({
  relevance,
  confidence: 0.8,
  rule: 'x.y',
  paths: path ? [{ path, role: null, rule: 'x.path', evidence: [] }] : [],
  verdicts: verdict ? five({ verdict, rule: 'x.verdict', evidence: [], confidence: sure }) : null,
  facets: {
    work_mode: 'remote',
    min_years: 2,
    pay: { min: 20, max: 25, currency: 'USD', interval: 'hour' },
    employment_type: ['full_time'],
    caseload: false,
    certifications: [],
    ...facets,
  },
});
const pair = (of: Label, guessed: Guess, origin = 'ours'): Pair => ({ title: of.id, origin, label: of, guess: guessed });

describe('the evaluation', () => {
  const pairs = [
    pair(label('a', 'nonclinical', ['sales'], 'open'), guess('nonclinical', 'sales', 'implied')),
    pair(label('b', 'nonclinical', ['writing'], 'named'), guess('nonclinical', 'sales', 'barred')),
    pair({ ...label('c', 'nonclinical', ['writing'], 'named'), sure: 'low' }, guess('other'), 'recorded'),
    pair(label('d', 'clinical'), guess('nonclinical', 'sales', 'open', { work_mode: null, min_years: 3, pay: null })),
    pair(label('e', 'other'), guess('other')),
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

  it('measures what a person is promised: non-clinical, and open to the credential', () => {
    // Ten cells are said to take somebody and five of them do (a); fifteen really do (a, b, c).
    expect(report.takes_me).toMatchObject({ precision: 0.5, recall: 1 / 3 });
  });

  it('measures the same promise where it is made without a word of doubt, and how often verdicts of a confidence are right', () => {
    const told = (verdict: number, kind: number) => ({ ...guess('nonclinical', 'sales', 'named', {}, verdict), confidence: kind });
    const { takes_me_sure, verdict_calibration } = evaluate([
      pair(label('x', 'nonclinical', ['sales'], 'named'), told(0.97, 0.95)),
      pair(label('y', 'nonclinical', ['sales'], 'barred'), told(0.62, 0.95)),
      pair(label('z', 'nonclinical', ['sales'], 'open'), told(0.97, 0.5)),
    ]);
    expect(takes_me_sure).toEqual({ precision: 1, share: 1 / 3, n: 5 });
    expect(verdict_calibration).toEqual([
      { said: expect.closeTo(0.62), right: 0, n: 5 },
      { said: expect.closeTo(0.97), right: 1, n: 10 },
    ]);
  });

  it('tells the figures apart by origin and by how sure the reader was', () => {
    expect(Object.keys(report.per_origin)).toEqual(['ours', 'recorded']);
    expect(report.per_origin.recorded).toMatchObject({ n: 1, relevance: { recall: 0 } });
    expect(report.per_sure.high).toMatchObject({ n: 4, relevance: { precision: 2 / 3, recall: 1 } });
    expect(report.per_sure.low).toMatchObject({ n: 1, relevance: { recall: 0 } });
  });

  it('says of each tenth of confidence how often it was right', () => {
    expect(report.calibration).toEqual([{ said: 0.8, right: 0.6, n: 5 }]);
    const sure = { ...guess('other'), confidence: 1 };
    const doubtful = { ...guess('other'), confidence: 0.35 };
    const { calibration } = evaluate([pair(label('x', 'other'), sure), pair(label('y', 'nonclinical', ['sales'], 'open'), doubtful)]);
    expect(calibration).toEqual([
      { said: 0.35, right: 0, n: 1 },
      { said: 1, right: 1, n: 1 },
    ]);
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

describe('facets beside the label', () => {
  const certified = (certifications: Certification[], got: Certification[]) =>
    pair(
      { ...label('x', 'nonclinical', ['sales'], 'open'), certifications },
      guess('nonclinical', 'sales', 'open', { certifications: got }),
    );

  it('take employment types as a set', () => {
    const of = { ...label('x', 'other'), employment_type: ['contract' as const, 'part_time' as const] };
    const same = evaluate([pair(of, guess('other', null, null, { employment_type: ['part_time', 'contract'] }))]);
    const less = evaluate([pair(of, guess('other', null, null, { employment_type: ['contract'] }))]);
    expect([same.employment_type, less.employment_type]).toEqual([1, 0]);
  });

  it('ask for a caseload only where the reader calls the job non-clinical', () => {
    const treats = guess('clinical', null, null, { caseload: true });
    expect(evaluate([pair(label('x', 'clinical'), treats)]).caseload).toBe(1);
    expect(evaluate([pair(label('x', 'nonclinical', ['sales'], 'open'), treats)]).caseload).toBe(0);
  });

  it('count a certification only with its need, however it is written', () => {
    const { certifications } = evaluate([
      certified(
        [
          { name: 'ATP', need: 'required' },
          { name: 'CEAS', need: 'preferred' },
        ],
        [
          { name: 'ATP certification', need: 'required' },
          { name: 'CEAS', need: 'required' },
          { name: 'BLS', need: 'required' },
        ],
      ),
    ]);
    expect(certifications).toMatchObject({ precision: 1 / 3, recall: 1 / 2 });
    expect(['Certified Lift Trainer (CLT)', 'lift trainer certificate', 'Lift-Trainer'].map(plainName)).toEqual(
      Array(3).fill('lift trainer'),
    );
    expect(plainName('Certification')).toBe('certification');
  });

  it.each([
    ['GCP', 'Good Clinical Practice (GCP)', true],
    ['CPE', 'Board Certified Professional Ergonomist', true],
    ['ATP', 'RESNA ATP', true],
    ['ABPTS', 'ABPTS board certification', true],
    ['AOTA Fieldwork Educators Certificate', 'AOTA fieldwork educator certificate', true],
    ['Six Sigma Green Belt', 'Green belt', true],
    ['Certificate in Home Modification', 'home modification certificate', true],
    ['Black Belt', 'Master Black Belt', false],
    ['BLS', 'BLS instructor', false],
    ['ACLS instructor', 'BLS instructor', false],
    ['First Aid', 'Mental Health First Aid', false],
    ['CCS', 'CCS-P', false],
    ['CPM', 'Certified Professional in Healthcare Quality', false],
  ])('take %s and %s for one certificate: %s', (a, b, wanted) => {
    expect(isSameCertificate(a, b)).toBe(wanted);
  });

  it('match each certificate of a label once', () => {
    const of = (...names: string[]) => names.map(name => ({ name, need: 'required' as const }));
    const { certifications } = evaluate([certified(of('ATP'), of('RESNA ATP', 'ATP'))]);
    expect(certifications).toMatchObject({ precision: 1 / 2, recall: 1 });
  });

  it('count certificates that a stroke joins one by one, as readers write one card or two', () => {
    const [joined, apart] = [['AED/CPR'], ['CPR', 'AED']].map(names => names.map(name => ({ name, need: 'required' as const })));
    const { certifications } = evaluate([
      pair(
        { ...label('x', 'nonclinical', ['sales'], 'open'), certifications: joined },
        guess('nonclinical', 'sales', 'open', { certifications: apart }),
      ),
    ]);
    expect(certifications).toMatchObject({ precision: 1, recall: 1 });
  });

  it('leave out what a label does not speak of', () => {
    const { caseload: _, ...silent } = label('x', 'nonclinical', ['sales'], 'open');
    expect(evaluate([pair(silent, guess('nonclinical', 'sales', 'open', { caseload: true }))]).caseload).toBe(1);
  });
});

describe('a label of the relevance alone', () => {
  const of = labelLine.parse({ id: 7, relevance: 'other', partial: true, sure: 'low', note: 'nothing more was read' });

  it('needs no other field, which a whole label does', () => {
    expect(of).toMatchObject({ id: '7', partial: true, sure: 'low', verdicts: null });
    expect(labelLine.safeParse({ id: 7, relevance: 'other' }).success).toBe(false);
  });

  it('counts for the relevance and takes nobody, and for nothing else', () => {
    const report = evaluate([pair(of, guess('nonclinical', 'sales', 'open', { caseload: true }))]);
    expect(report).toMatchObject({ relevance: { precision: 0 }, takes_me: { precision: 0 }, work_mode: 1, pay: 1, caseload: 1 });
    expect(report.wrong.map(({ what }) => what)).toEqual(['relevance']);
    const unread = { ...of, relevance: 'nonclinical' as const };
    expect(evaluate([pair(unread, guess('other'))])).toMatchObject({
      relevance: { recall: 0 },
      takes_me: { recall: 1 },
      path: { accuracy: 1 },
    });
  });
});

it('the title-blind score reads every posting once more under a title that tells nothing', () => {
  const input = { title: 'Therapy Recruiter', text: 'You fill positions.', department: 'Recruiting' };
  const read: string[] = [];
  const report = measure([{ label: label('a', 'nonclinical', ['recruiting'], 'open'), origin: 'ours', input }], ({ title, department }) => {
    read.push(`${title} ${department}`);
    return title.includes('Recruiter') ? guess('nonclinical', 'recruiting', 'open') : guess('other');
  });
  expect(report.relevance.recall).toBe(1);
  expect(report.title_blind.recall).toBe(0);
  expect(read).toEqual(['Therapy Recruiter Recruiting', 'Associate null']);
});
