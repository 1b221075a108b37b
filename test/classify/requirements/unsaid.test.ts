import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

describe('requirements that stand elsewhere', () => {
  it.each([
    ['For qualifications see the attached bulletin', 'uuuuu'],
    ['Requirements are listed in the class specification', 'uuuuu'],
    ['Training and experience: as set forth in the class specification', 'uuuuu'],
    ['The minimum qualifications can be found in the announcement', 'uuuuu'],
    ['Our recruiter will send you the required qualifications', 'uuuuu'],
    ['What we require is described in the job profile', 'uuuuu'],
    ['See our values and read what people say of us', 'ooooo'],
    ['Openings: 14', 'ooooo'],
    ['The class specification lists the minimum qualifications', 'uuuuu'],
    ['Full requirements are on our website', 'uuuuu'],
    ['Read how we spend a Monday', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a title that names somebody', () => {
  it.each([
    ['Physical Therapist, Care Programs', 'For qualifications see the attached bulletin', 'uunuu'],
    ['Physical Therapist, Care Programs', 'Physical Therapist. For qualifications see the attached bulletin.', 'uunuu'],
    ['Director, Physical Therapy Foundation', "Bachelor's degree and ten years in nonprofit management", 'ooooo'],
  ])('%s: %s → %s', (title, requirement, expected) => {
    expect(asked(requirement, title)).toBe(expected);
  });
});

describe('what the employer has not settled', () => {
  it.each([
    ['The hospital is still discussing which credentials it will take', 'uuuuu'],
    ['Whether assistants qualify is still to be decided; OT or PT license', 'nunub'],
    ['Required credentials: to be determined', 'uuuuu'],
    ['The client has yet to decide which licenses it accepts', 'uuuuu'],
    ['The license requirement is still under discussion', 'uuuuu'],
    ['Whether it must be a therapist is not settled', 'uuuuu'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('what is left open in many words', () => {
  it.each([
    [
      'The council votes in June on whether the adviser must be an occupational therapist, may be any therapist, or can be a carpenter',
      'uuuuu',
    ],
    ['Our payer has not told us yet which licenses it will take for this desk', 'uuuuu'],
    ['An OT license is fine. Whether a COTA can keep this seat is now before the medical board.', 'nubbb'],
    ['The commission has not yet come to a decision on who may hold the post', 'uuuuu'],
    ['We cannot say today which credentials the grant will accept', 'uuuuu'],
    ['The trustees are divided over whether the coach should hold a therapy license', 'uuuuu'],
    ['No ruling has been made on the degree this post calls for', 'uuuuu'],
    ['The insurer has not decided whether raters have to be SLPs or whether a trained clerk would do', 'uuuuu'],
    ['The partners have gone back and forth about who may fill the seat, a therapist or an engineer', 'uuuuu'],
    ["The hospital's lawyers are still arguing about whether the adviser must be licensed", 'uuuuu'],
    ['We do not know yet if a license will be needed', 'uuuuu'],
    ['We are waiting for the ministry to say which professions may sign', 'uuuuu'],
    ['You decide whether a therapist must be asked. Two years in an office.', 'ooooo'],
    ['You help families who do not know which therapist to call. Two years in an office.', 'ooooo'],
    ['No decision has been made on the office we will move to. Two years in claims.', 'ooooo'],
    ['The board votes on the budget in May. PT license.', 'bbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
