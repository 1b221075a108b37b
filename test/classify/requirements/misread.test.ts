import { describe, expect, test } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

// Plain wordings that are read wrongly as yet: whoever gets one right moves it to where its kind stands.
describe('wordings that are misread so far', () => {
  test.fails.each([
    ['License and education: see job class 3310', 'uuuuu'],
    ['PTAs who can also write are fast-tracked', 'ooopo'],
    ['State rules keep PTAs out; licensed PT or OT', 'nbnbb'],
    ['We have not decided yet whether a PT license will be required', 'uuuuu'],
    ['It is unclear whether the state will ask for an OT', 'uuuuu'],
    ['Still open: OT or SLP?', 'uuuuu'],
    ["Two or more years of practice, in a hospital, a school, a clinic or in people's homes, as an occupational therapist", 'nbbbb'],
    ['(1) PT or OT license; or (2) three years in equipment sales', 'nonoo'],
    ['Any rehab discipline except speech pathology', 'iiiib'],
    ['License in occupational or physical therapy; the assistant level counts as well', 'nnnnb'],
    ["Bachelor's degree in a health field, an active clinical license, or four years of claims experience", 'ooooo'],
    ["Manages a pool of contract SLPs. Bachelor's degree.", 'ooooo'],
    ['Graduate of an accredited school of nursing', 'bbbbb'],
    ['Occupational therapist (OTR/L) strongly preferred; will consider COTA/L with experience', 'nnbbb'],
    ['RN preferred; will consider LPN or therapist with strong UR background', 'ibibi'],
    ['Rehab professionals, PTAs excepted', 'iiibi'],
    ['Past employment as a therapy assistant', 'bibib'],
    ['Understands the daily life of an SLP', 'ooooo'],
    ['Speech therapists: you are dear to us, but we cannot take you. Licensed rehab professional.', 'iiiib'],
    ['Physical therapy billing experience', 'ooooo'],
    ['RN license or equivalent experience in utilization management', 'ooooo'],
  ])('as an item: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  test.fails.each([
    ['Ask a COTA or a PTA what a bad form costs. You have two years in an office.', 'ooooo'],
    ['Nurses and therapists welcome.', 'ibibi'],
    ['Allied health professional license', 'iiiii'],
    ['People come to this seat from physical therapy, either level, or from audiology. You need to be from one of these.', 'bbnnb'],
    [
      'The lab was built for OTs, PTs and the licensed assistants of both. To be put forward you must come from one of the groups named above.',
      'nnnnb',
    ],
  ])('in running text: %s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });
});
