import { describe, expect, test } from 'vitest';
import { facetsOf } from '../reading-of.ts';

type Said = readonly (readonly [string, number | null])[];
const years = (text: string): number | null => facetsOf(text).min_years;

describe('years of experience, told otherwise', () => {
  const OF_OTHERS: Said = [
    ['You work beside an aide who has been with us for eleven years.', null],
    ['A scheduler who has been there nine years will show you the phones. You answer them.', null],
    ['Our reps with five or more years earned $98,000 last year.', null],
    ['Voted best place to work in four of the past five years.', null],
    ['Named a top employer in six of the last eight years.', null],
    ['You phone the members at six, twelve and eighteen months.', null],
    ['Our median time of service in this department is twelve years.', null],
  ];
  test.each(OF_OTHERS)('%j asks %j, as the years are of others', (text, asked) => expect(years(text)).toBe(asked));

  const A_YEAR: Said = [
    ['Requirements:\n- A year out of school', 1],
    ['Requirements:\n- An Ohio OT license and a year anywhere adults are treated', 1],
    ['Requirements:\n- You have coached adults for a year, in any sport', 1],
    ['Requirements:\n- A degree in computing and a year shipping Go or Java', 1],
    ['Pay is $54,000 a year. We are a small clinic.', null],
    ['You visit each site twelve times a year.', null],
    ['The team meets twice a year in Denver.', null],
    ['After a year you may move to the day shift.', null],
    ["Required: Five years in claims. Reviews happen twice a year. A master's may stand for two of the years.", 3],
  ];
  test.each(A_YEAR)('%j asks %j, as a year with its article may be asked or not', (text, asked) => expect(years(text)).toBe(asked));

  const WAYS: Said = [
    ["A master's or doctorate in statistics or economics and four years of modeling.", 4],
    ['Requirements:\n- A year on a ward, or a good clinical rotation', null],
    ['You qualify by any of these:\n- Five years as a farrier\n- A degree in horses', null],
    ['Requirements:\n- CPA or three years of bookkeeping', null],
    ['A diploma and two years in a lab, or a bachelor’s degree. We train you in the rest.', null],
  ];
  test.each(WAYS)('%j asks %j of whoever comes by the easiest way', (text, asked) => expect(years(text)).toBe(asked));

  const FIGURES: Said = [
    ['You must have: (1) a driver license; (2) three years of appraisals.', 3],
    ['0-2 years in claims; three years in care.', 3],
    ['The ideal person has two years in a SNF, but we are flexible.', 2],
    ['Required: a) a clean record; (4) two years of dispatch.', 2],
    ['3 Requirements\n3.1 A diploma\n3.2 Two years of telephone sales.', 2],
    ['2.4 Five years of experience in appraisal are required.', 5],
    ['Required: 2.5 years of dispatch.', 2.5],
    ['Required: five (5) years of experience as a supervisor.', 5],
    ['You like dust. Two years keeping a workshop in order. Diploma.', 2],
    ['Five years running safety programs for a company of many sites.', 5],
  ];
  test.each(FIGURES)('%j asks %j by the figure that is meant', (text, asked) => expect(years(text)).toBe(asked));

  const GRADES: Said = [
    ['A Level I trauma center. You teach a Level II student each fall. Two years of practice, at least six months of it in a hospital.', 2],
    ['Our Level III NICU and Level II trauma program. Required: three years of experience, one year of it with infants.', 3],
    ['Takes Level I fieldwork and Level II fieldwork students. Required: four years of experience, two years of it in schools.', 4],
    ['Level I: one year of experience. Level II: three years of experience.', 1],
    ['Required: two years of audits. You work at the Harbor office for the probationary six months.', 2],
  ];
  test.each(GRADES)('%j asks %j, whatever is graded beside the job', (text, asked) => expect(years(text)).toBe(asked));

  const PARTS: Said = [
    ['Requirements:\n- At least .5 years of experience', 0.5],
    ['Requirements:\n- 1.5 years of experience', 1.5],
    ['Diploma, G.E.D. 2 years of experience required.', 2],
  ];
  test.each(PARTS)('%j asks %j, told in parts of a year', (text, asked) => expect(years(text)).toBe(asked));

  const BEGINNERS: Said = [
    ['RN license. Two years of bedside work. No management experience needed.', 2],
    ['Three years of drafting. No supervisory experience needed.', 3],
    ['No experience needed.', 0],
    ['No experience in sales, in fitness or in owning anything is required.', 0],
    ['You need no license, no certificate, no background in care.', 0],
    ['No experience, no diploma; we lend you the boots.', 0],
    ['Good ears, patience. First-time raters apply, we train from zero.', 0],
    ['Neat hands. We will teach you from the ground up.', 0],
  ];
  test.each(BEGINNERS)('%j asks %j of a beginner', (text, asked) => expect(years(text)).toBe(asked));
});
