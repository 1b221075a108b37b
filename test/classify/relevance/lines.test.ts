import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { FIELD_SAID, readLines, WORK_SAID } from '../../../src/classify/relevance/lines.ts';

const saidBy = (text: string) => {
  const rules = defaultRules();
  const { sum } = readLines(readPosting({ title: '', text }, rules), rules.model.lines).work;
  return WORK_SAID[sum.indexOf(Math.max(...sum))];
};

const fieldOf = (text: string, company = '') => {
  const rules = defaultRules();
  const { field, name } = readLines(readPosting({ title: '', text, company }, rules), rules.model.lines);
  const sums = company ? name.chances : field.sum;
  return FIELD_SAID[sums.indexOf(Math.max(...sums))];
};

describe('what a line says that the holder of the job does', () => {
  it.each([
    ['You evaluate and treat nine patients a day in our outpatient gym.', 'treats'],
    ['Carries a caseload of 45 students and writes their plans of care.', 'treats'],
    ['Reads the records of therapy that clinics send in and decides whether more visits are necessary.', 'works'],
    ['Calls therapists about travel contracts and talks them through the offer.', 'works'],
    ['Grades the practical exams of physical therapist assistant students.', 'works'],
    ['Takes vital signs, hangs IV fluids and gives medications on a 28-bed unit.', 'trade'],
    ['Mops the lobby, empties the bins and restocks paper towels on second shift.', 'trade'],
    ['Our therapists treat 900 patients a week in six clinics.', 'nothing'],
    ['Medical, dental and vision from the first day.', 'nothing'],
  ])('"%s": %s', (line, said) => {
    expect(saidBy(line)).toBe(said);
  });

  it('is not asked of headings and of what an applicant brings', () => {
    const rules = defaultRules();
    const posting = readPosting({ title: '', text: 'Requirements\n- Two years of treating adults after a stroke' }, rules);
    const nothing = { surest: [null, null, null, null], most: new Float64Array(4), sum: new Float64Array(4) };
    expect(readLines(posting, rules.model.lines)).toMatchObject({ work: nothing, field: nothing });
  });

  it('is quoted among the reasons, the surest line for the answer, a long one cut', () => {
    const line = 'Evaluates and treats nine patients a day in our outpatient gym, with all of their braces and walkers';
    const { reasons } = classify({ title: 'Associate II', text: `What you do\n- ${line}\n- Writes up each visit` });
    const [told = ''] = reasons.find(({ part }) => part === 'lines')?.told ?? [];
    expect(told).toMatch(/^"Evaluates and treats .{20,45}…"$/);
  });
});

describe('what a line says of the field an employer is in', () => {
  it.each([
    ['We run 41 outpatient clinics along the coast.', 'care'],
    ['Our software helps hospitals send people home a day sooner.', 'care'],
    ['Owns the accounts of regional health plans and their care managers.', 'care'],
    ['We discover small molecules against rare cancers and take them through phase two.', 'science'],
    ['Trusted by 900 car dealers in nine states.', 'industry'],
    ['Reviews pole utilization and settles claims of storm damage for the electric cooperative.', 'industry'],
    ['Generous health insurance, a gym, and physical therapy on site.', 'nothing'],
  ])('"%s": %s', (line, said) => {
    expect(fieldOf(line)).toBe(said);
  });

  it.each([
    ['Harbor Light Rehabilitation Hospital', 'care'],
    ['Bluestem Auto & Home Insurance', 'industry'],
  ])('the name "%s": %s', (name, said) => {
    expect(fieldOf('', name)).toBe(said);
  });

  it('is quoted among the reasons: the name of the employer where it says more than any line', () => {
    const text = 'What you do\n- Answer the phone and keep the files in order';
    const { reasons } = classify({ title: 'Case Manager', text, company: 'Bluestem Auto & Home Insurance' });
    expect(reasons.find(({ part }) => part === 'field')?.told).toEqual(['"Bluestem Auto & Home Insurance"']);
  });

  it('is asked of what the employer says of itself, which tells nothing of the work', () => {
    const rules = defaultRules();
    const text = 'About us\nWe treat 9,000 patients a year in our rehabilitation hospital.';
    const { work, field } = readLines(readPosting({ title: '', text }, rules), rules.model.lines);
    expect(work.surest).toEqual([null, null, null, null]);
    expect(field.surest[FIELD_SAID.indexOf('care')]?.text).toContain('rehabilitation hospital');
  });
});
