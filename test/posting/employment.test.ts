import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEmployment } from '../../src/posting/employment.ts';
import { EMPLOYMENT_TYPES } from '../../src/posting/posting.ts';

it.each([
  [['Full-time'], ['full_time']],
  [['FULL_TIME'], ['full_time']],
  [['FullTime'], ['full_time']],
  [['Fulltime'], ['full_time']],
  [['F/T'], ['full_time']],
  [['Full Time, Part Time'], ['full_time', 'part_time']],
  [
    ['PART_TIME', 'FULL_TIME'],
    ['full_time', 'part_time'],
  ],
  [['FT/PT'], ['full_time', 'part_time']],
  [['PT'], ['part_time']],
  [['Permanent - Part Time'], ['part_time']],
  [['PRN'], ['per_diem']],
  [['Per Diem'], ['per_diem']],
  [['PER_DIEM'], ['per_diem']],
  [['Casual/Pool'], ['per_diem']],
  [['Intermittent'], ['per_diem']],
  [
    ['Part time', 'As needed'],
    ['part_time', 'per_diem'],
  ],
  [['CONTRACTOR'], ['contract']],
  [['1099'], ['contract']],
  [['Fixed-term'], ['contract']],
  [['Temporary'], ['temporary']],
  [['Temp'], ['temporary']],
  [['Seasonal'], ['temporary']],
  [['Intern'], ['internship']],
  [['INTERNSHIP'], ['internship']],
  [['freelance'], ['freelance']],
  [['Regular'], []],
  [['OTHER'], []],
  [['International'], []],
  [['Temperature-controlled'], []],
  [['Non-contract'], []],
  [['PT clinic'], []],
  [[''], []],
  [[], []],
])('%j is %j', (words, types) => {
  expect(readEmployment(words)).toEqual(types);
});

it('its own words come back as they are, in one order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...EMPLOYMENT_TYPES]), types => {
      expect(readEmployment(types)).toEqual(EMPLOYMENT_TYPES.filter(type => types.includes(type)));
    }),
  );
});
