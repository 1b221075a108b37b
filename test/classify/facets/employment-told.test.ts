import { describe, expect, test } from 'vitest';
import type { EmploymentType } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

type Said = readonly (readonly [string, readonly EmploymentType[]])[];
const typesOf = (text: string, title?: string): EmploymentType[] =>
  facetsOf(text, title === undefined ? {} : { title }).employment_type.toSorted();

describe('how one is employed, told otherwise', () => {
  const SCHEDULES: Said = [
    ['Salaried. Full-time; benefits are those of the county.', ['full_time']],
    ['Part-time; medical benefits begin after a month.', ['part_time']],
    ['Remote. Full-time employees only, no agencies.', ['full_time']],
    ['Appointment: full-time faculty, ten-month contract, tenure-track.', ['full_time']],
    ['You are employed full-time and live near a large airport.', ['full_time']],
    ['You were employed full-time as a nurse for some years.', []],
    ['Classification: Full-time faculty, ten-month appointment, renewable.', ['full_time']],
    ['The Program Director is a full-time, twelve-month faculty administrator.', ['full_time']],
    ['24 hours = part-time, with half of the PTO.', ['part_time']],
    ['PRN. At $20/hour, full-time employees get dental.', ['per_diem']],
    ['Thirty-six hours a week; we call that our full time.', ['full_time']],
    ['We are adding to our roster of part-time lab instructors.', ['part_time']],
    ['From part-time to full-time, as your week allows.', ['full_time', 'part_time']],
    ['Benefits\n- Regular part-time, 40 hours per pay period, eligible for dental.', ['part_time']],
    ['Union N/A Status FT Hours per pay period 80', ['full_time']],
  ];
  test.each(SCHEDULES)('%j is %j by its hours', (text, types) => expect(typesOf(text)).toEqual(types));

  const PAPERS: Said = [
    ["It's freelance.", ['freelance']],
    ['$400 a day, freelance, you say which days.', ['freelance']],
    ['About ten hours a month, $55 an hour, freelance, from anywhere.', ['freelance']],
    ['$45/h, ten hours a week, independent contract, from your own house.', ['contract']],
    ['You edit copy of staff, freelance, and agency writers.', []],
    ['You edit copy of agency, freelance, staff writers.', []],
    ['The gig is freelance, with an invoice each month.', ['freelance']],
    ['Harlow has a PTA contract near Duluth.', ['contract']],
    ['We are a network of independent contractors in nine states.', ['contract']],
    ['The post lapses after eighteen months.', ['temporary']],
    ['Full-time. You monitor contractors on the site and audit contractor invoices.', ['full_time']],
    ['Full-time, on a renewable appointment of two years.', ['full_time']],
    ['Per diem. The unit has one full-time coordinator.', ['per_diem']],
  ];
  test.each(PAPERS)('%j is %j by its papers', (text, types) => expect(typesOf(text)).toEqual(types));

  const TITLES: Said = [
    ['COTA - Elementary (0.8)', ['part_time']],
    ['School Nurse, .6', ['part_time']],
    ['Therapist (1.0)', []],
    ['Coder 2', []],
    ['Speech Teacher (2025-2026)', []],
  ];
  test.each(TITLES)('the title %j is %j by its share of a post', (title, types) => expect(typesOf('', title)).toEqual(types));
});
