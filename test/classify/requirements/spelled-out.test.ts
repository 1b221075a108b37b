import { describe, expect, it } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

describe('a license told by what it allows', () => {
  it.each([
    ['A credential with which one may enter a score, which here means COTA or OTR', 'nnbbb'],
    ['Any registration that the payer knows, which for now means PTs and PTAs', 'bbnnb'],
    ['Our partners sign with a wink, which among OTs means yes. Two years in an office.', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
    expect(inProse(`${requirement}.`)).toBe(expected);
  });
});

describe('a member of a list behind a condition of its own', () => {
  it.each([
    ['License as a PT or (with two years in schools) an OT', 'nbnbb'],
    ["A bachelor's degree in physical therapy or (where you have five years behind you) a PTA license", 'bbnnb'],
    ['SLP certification or (provided you have taught for three years) a COTA license', 'bnbbn'],
    ['A nursing license or (with three years on a stroke ward) a license as an OT or PT', 'nbnbb'],
    ['An OT license and (for the Utah desk) a driver license', 'nbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('those whom a rule keeps from the work', () => {
  it.each([
    ['RN, PT, OT or SLP license. A PTA and a COTA could never sign one and can therefore not check one for us.', 'nbnbn'],
    ['OT or PT license. A speech pathologist may never fill this seat.', 'nbnbb'],
    ['PT license. PTAs can never sign a discharge and must thus not review one.', 'bbnbb'],
    ['OT, PT or COTA license; PTAs could never hold this post under our contract', 'nnnbb'],
    ['SLP or OT license. A physical therapist can accordingly not be booked for it.', 'nbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
