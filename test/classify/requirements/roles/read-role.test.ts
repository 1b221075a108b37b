import { describe, expect, it } from 'vitest';
import { asked } from '../verdicts-of.ts';

describe('the role told by "as a"', () => {
  it.each([
    ['Three years of work as an OT', 'nbbbb'],
    ['You have practiced as a PT or PTA', 'bbnnb'],
    ['Time at the bedside as a speech-language pathologist is needed', 'bbbbn'],
    ['At least a year in home health as an OT, PT or SLP', 'nbnbn'],
    ['Experience serving as a physical therapist in schools', 'bbnbb'],
    ['Having worked as an occupational therapist for two years or more', 'nbbbb'],
    ['Five years in practice as a COTA', 'bnbbb'],
    ['Someone who has served as a rehab therapist', 'ibibi'],
    ['A career behind you as an SLP or audiologist', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('who is shut out and who is let in', () => {
  it.each([
    ['Therapists of any discipline, but assistants cannot be considered', 'ibibi'],
    ['OT, PT or SLP; this is not open to assistants', 'nbnbn'],
    ['Licensed clinicians other than nurses', 'iiiii'],
    ['We already have plenty of SLPs. OTs and PTs, please apply.', 'nbnbb'],
    ['Licensed clinician. COTAs need not apply.', 'ibiii'],
    ['Not only OTs: PTs and SLPs qualify too', 'nbnbn'],
    ['Open to therapists and assistants alike', 'iiiii'],
    ['Open to OTs and COTAs', 'nnbbb'],
    ['PTs and PTAs are both eligible', 'bbnnb'],
    ['Physical therapists only', 'bbnbb'],
    ['We accept OT, PT and RN licenses', 'nbnbb'],
    ['Only an SLP may hold this seat', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('who is only talked of', () => {
  it.each([['Must respect that each clinician on the floor has a way of her own in her discipline (RN, OT, PT)', 'ooooo']])(
    '%s → %s',
    (requirement, expected) => {
      expect(asked(requirement)).toBe(expected);
    },
  );
});
