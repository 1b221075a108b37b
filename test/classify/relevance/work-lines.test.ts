import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { readWorkLines, WORK_SAID } from '../../../src/classify/relevance/work-lines.ts';

const saidBy = (text: string) => {
  const rules = defaultRules();
  const { sum } = readWorkLines(readPosting({ title: '', text }, rules), rules.model.lines);
  return WORK_SAID[sum.indexOf(Math.max(...sum))];
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
    expect(readWorkLines(posting, rules.model.lines)).toEqual({
      surest: [null, null, null, null],
      most: new Float64Array(4),
      sum: new Float64Array(4),
    });
  });

  it('is quoted among the reasons, the surest line for the answer, a long one cut', () => {
    const line = 'Reads the records of therapy that clinics send in and decides whether more visits are medically necessary';
    const { reasons } = classify({ title: 'Associate II', text: `What you do\n- ${line}\n- Writes up each decision for the clinic` });
    const [told = ''] = reasons.find(({ part }) => part === 'lines')?.told ?? [];
    expect(told).toMatch(/^"Reads the records .{20,45}…"$/);
  });
});
