import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

describe('licenses and degrees of other trades', () => {
  it.each([
    ['Master plumber or licensed plumber', 'bbbbb'],
    ['Active real estate license', 'bbbbb'],
    ['CPA, or candidate for it', 'bbbbb'],
    ['Doctor of pharmacy', 'bbbbb'],
    ['Bar admission in Texas', 'bbbbb'],
    ['Degree in fashion design', 'bbbbb'],
    ["Bachelor's degree in computer science", 'bbbbb'],
    ["Bachelor's degree in computer science or related field", 'ooooo'],
    ["Bachelor's degree in nursing required", 'bbbbb'],
    ["Bachelor's degree", 'ooooo'],
    ['Associate degree in any subject', 'ooooo'],
    ["Master's degree", 'obobo'],
    ['Doctorate required', 'obobo'],
    ["Valid driver's license", 'ooooo'],
    ['CPR card and a clean driving record', 'ooooo'],
    ['Forklift certificate', 'ooooo'],
    ['Notary public', 'ooooo'],
    ['Licensed psychologist or LCSW', 'bbbbb'],
    ['State teacher certification', 'bbbbb'],
    ['Dental hygienist license', 'bbbbb'],
    ["Bachelor's degree in design, or equivalent experience", 'ooooo'],
    ['High school diploma or GED', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('schooling in health without a name, and a board or a school in its place', () => {
  it.each([
    ['Any health profession degree', 'iiiii'],
    ['Graduate of an allied health program', 'iiiii'],
    ['Education in a clinical field', 'iiiii'],
    ['Degree in a health profession, such as nursing or OT', 'niiii'],
    ["Master's degree in a rehabilitation therapy", 'ibibi'],
    ["Master's in occupational therapy", 'nbbbb'],
    ["Associate's degree in physical therapy", 'bbbnb'],
    ['Doctorate in physical therapy or a related field', 'obnbo'],
    ["Bachelor's degree in kinesiology or physical therapy", 'bbnbb'],
    ['NBCOT registration', 'nbbbb'],
    ['Licensed by the state board of physical therapy', 'bbnbb'],
    ['Certificate of Clinical Competence from ASHA', 'bbbbn'],
    ['CCC-SLP', 'bbbbn'],
    ['Graduate of a CAPTE-accredited school', 'bbnbb'],
    ['Completed an ACOTE-accredited OTA program', 'bnbbb'],
    ['Meets the standard for series 0631', 'nbbbb'],
    ['GS-0633', 'bbnbb'],
    ['Passed the NBCOT exam', 'nnbbb'],
    ['Licensed or license-eligible in speech-language pathology', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
