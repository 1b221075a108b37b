import { describe, expect, test } from 'vitest';
import type { EmploymentType } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

describe('how one is employed', () => {
  const SAID: readonly (readonly [string, EmploymentType[]])[] = [
    ['Contract, remote, around 12 hours.', ['contract']],
    ['We need a contract consultant for a museum.', ['contract']],
    ['FT, PT and PRN schedules exist across our buildings.', []],
    ['Full-time and part-time team members are eligible for dental care.', []],
    ['Twelve-month contract for faculty.', []],
    ['Schedule: FT, M-F', ['full_time']],
    ['Job Category: Full Time Regular', ['full_time']],
    ['Time Type: Part time', ['part_time']],
    ['Employment Status: Per Diem', ['per_diem']],
    ['Type: Contract', ['contract']],
    ['Position type: contract (6 months)', ['contract']],
    ['Job Status: PRN / As Needed', ['per_diem']],
    ['Work Shift: Day, Status: Full Time, Hours: 40', ['full_time']],
    ['Full-Time (36 hours or more) employees get dental.', []],
    ['This is a W2 contract role for 6 months.', ['contract']],
    ['Half-time, school calendar.', ['part_time']],
    ['Maternity leave cover until March.', ['temporary']],
    ['Paid parental leave of 12 weeks.', []],
    ['Contract, W-2, 26 weeks.', ['contract']],
    ['Fixed-term, 18 months.', ['temporary']],
    ['Job Type: Full-time', ['full_time']],
    ['Job Types: Full-time, Part-time, PRN', ['full_time', 'part_time', 'per_diem']],
    ['Employment Type: Full Time', ['full_time']],
    ['Status: FT', ['full_time']],
    ['FT/PT/PRN available', ['full_time', 'part_time', 'per_diem']],
    ['Per diem Clinical Liaison needed', ['per_diem']],
    ['You receive a per diem allowance while traveling.', []],
    ['Contract position, 6 months with possible extension', ['contract']],
    ['This is a 1099 independent contractor role.', ['contract']],
    ['Freelance, paid per article.', ['freelance']],
    ['We manage freelance writers and contracts with vendors.', []],
    ['Temporary, 12 weeks', ['temporary']],
    ['This is a temporary full-time position through June', ['full_time', 'temporary']],
    ['Medical, dental and vision for full-time employees.', []],
    ['Benefits available to full-time and part-time team members.', []],
    ['Benefits:\n- Full-time employees receive PTO', []],
    ['5 years of full-time clinical experience required.', []],
    ['Teach full-time students; recruit part-time faculty.', []],
    ['Regular full-time, exempt.', ['full_time']],
    ['Seasonal position', ['temporary']],
    ['Contract-to-hire', ['contract']],
    ['Negotiates contracts with payers; contract management experience.', []],
    ['Hours: 40 hours per week', []],
    ['0.6 FTE', ['part_time']],
    ['1.0 FTE, days', ['full_time']],
    ['Full or part time', ['full_time', 'part_time']],
    ['Work 8am-5pm PT (Pacific time)', []],
    ['13-week travel contract', ['contract']],
    ['Position Type: Permanent, full time', ['full_time']],
    ['Part-time, 20 hours per week', ['part_time']],
    ['Appointment: 75% time, benefits eligible', ['part_time']],
    ['Freelance. You are an independent contractor.', ['freelance']],
    ['Benefits for full-time employees; this is a part-time position.', ['part_time']],
    ['Salary: by the faculty contract', []],
  ];
  test.each(SAID)('%j is %j', (text, types) => expect(facetsOf(text).employment_type.toSorted()).toEqual(types.toSorted()));

  const TITLES: readonly (readonly [string, EmploymentType[]])[] = [
    ['Cook – PT Evenings', ['part_time']],
    ['Director of Growth, Contract Therapy', []],
    ['Externship Coordinator', []],
    ['Occupational Therapist - PRN', ['per_diem']],
    ['Adjunct Instructor, Part Time', ['part_time']],
    ['Physical Therapist (PT)', []],
    ['Director of Rehab - PT, OT or SLP', []],
    ['Medical Biller (PT)', ['part_time']],
    ['PT Clinic Director - FT', ['full_time']],
    ['Clinical Education Manager', []],
    ['UX Research Intern', ['internship']],
    ['Barista – PT – Mornings', ['part_time']],
  ];
  test.each(TITLES)('the title %j says %j', (title, types) => expect(facetsOf('', { title }).employment_type).toEqual(types));

  test('what the board states in its own field wins over the words', () => {
    expect(facetsOf('Full-time.', { stated: { employmentTypes: ['per_diem'] } }).employment_type).toEqual(['per_diem']);
  });
});
