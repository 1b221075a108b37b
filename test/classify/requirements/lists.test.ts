import { describe, expect, it } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

describe('a bracket or an aside', () => {
  it.each([
    ['A current license (OT or PT, in any state you like) is needed', 'nbnbb'],
    ['License as an SLP (clinical fellows too) required', 'bbbbn'],
    ['An OT (or a PT, if she has home visits behind her) is what we need', 'nbnbb'],
    ['Degree in occupational therapy (a lapsed license is fine)', 'nbbbb'],
    ['A PT, PTA or, on request, an SLP', 'bbnnn'],
    ['Licensed therapist (no assistants, please)', 'ibibi'],
    ['OT, PT (RN a plus)', 'nbnbb'],
    ['Physical therapist (PT) or physical therapist assistant (PTA) license', 'bbnnb'],
    ['Current state license - OT, COTA, PT, PTA, whichever you hold', 'nnnnb'],
    ['A clinical license (for example OT, RN or SLP) is a plus', 'ppppp'],
    ['OT or PT license, active (inactive considered), in Ohio', 'nbnbb'],
    ['A license (assistants count as well) in occupational or physical therapy', 'nnnnb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a bracket behind a word for people or where they come from', () => {
  it.each([
    ['Therapist background preferred (OT, PT, SLP, COTA, PTA)', 'ppppp'],
    ['Therapist background required (OT, PT, SLP, COTA, PTA)', 'nnnnn'],
    ['Must come from a therapist background (PTA, COTA, PT, OT, SLP)', 'nnnnn'],
    ['Therapist experience is required (OT, COTA, PT, PTA, SLP)', 'nnnnn'],
    ['Therapist background required (OT or COTA)', 'nnbbb'],
    ['Therapist background is essential (PT, PTA)', 'bbnnb'],
    ['Therapist background required (OT, PT or SLP)', 'nbnbn'],
    ['Therapist background is a plus (OT, PT, SLP)', 'popop'],
    ['A therapy background (e.g., OT, PT) is required', 'nbnbi'],
    ['Experience selling to rehab professionals (OT, PT, SLP, COTA, PTA)', 'ooooo'],
    ['Licensed therapist (OT, PT or SLP) with two years of recruiting', 'nbnbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a long list whose deciding word is far away', () => {
  it.each([
    [
      "Bachelor's degree in psychology, sociology, social work, education, occupational therapy, public health or a field like these",
      'noooo',
    ],
    [
      'Must be licensed as one of the following: registered nurse, respiratory therapist, dietitian, physical therapist, social worker or pharmacist',
      'bbnbb',
    ],
    ['You hold, free of any restriction and with every fee paid up to date, a license as a physical therapist assistant', 'bbbnb'],
    ['Graduate of a program in physical therapy, occupational therapy, speech-language pathology, nursing or social work', 'nbnbn'],
    ['Current license in good standing as a PT, OT, SLP, PTA, COTA, RN, LPN, RT or MSW', 'nnnnn'],
    ['Degree in graphic design, architecture, drama, music, early childhood, or anything of the sort', 'ooooo'],
    ['Degree in graphic design, architecture, drama, music or early childhood', 'bbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('ways in over bullets and lines', () => {
  it.each([
    ['One of the following licenses:\n- Occupational therapist\n- Speech-language pathologist\n- Registered nurse', 'nbbbn'],
    ['Either of these:\n• Physical therapist license\n• Four years as a claims examiner', 'oonoo'],
    ['Registered nurse\nor\nOccupational therapist', 'nbbbb'],
    ['RN, or\nlicensed clinician', 'iiiii'],
    ['(a) an SLP; (b) an audiologist; (c) a teacher of the deaf', 'bbbbn'],
    ['Any of these will do:\n- COTA\n- PTA\n- LPN with two years at the bedside', 'bnbnb'],
    ["A bachelor's degree in nursing, or an OT license, or ten years in claims", 'noooo'],
    ['Hold one of these credentials:\n* OTR\n* COTA\n* CEAS and five years in industry', 'nnooo'],
    ['PT license\nor\nATC certification', 'bbnbb'],
    ["- OT or PT license\n- or a master's degree in ergonomics", 'nbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list of ways in that goes on in its line', () => {
  it.each([
    ["Hold one of these credentials: OT, COTA or RN\n- Two years on a plant floor\n- A driver's license", 'nnbbb'],
    ['OT license, COTA license with five years, PTA or PT', 'nnnnb'],
    ['OT license; or a kitchen fitter with six years in accessible homes', 'noooo'],
    ["Master's in occupational therapy, or a professional degree in architecture", 'nbbbb'],
    ["Licensed clinician w/ master's degree", 'ibibi'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a generic word with some of those it means', () => {
  it.each([
    ['Licensed clinician required (examples: PT, PTA, RN)', 'iinni'],
    ['Licensed clinician (think: RN, OT, PT)', 'ninii'],
    ['Clinical license in nursing, physical therapy or another patient-care profession', 'iinii'],
    ["A clinician's license (RN, COTA, PTA, you name it)", 'inini'],
    ['Licensed therapist (physical, occupational, speech)', 'nbnbn'],
    ['Certified hand therapist', 'nbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('assistants by a word for their level', () => {
  it.each([
    ['Licensed physical or occupational therapist, assistants also considered', 'nnnnb'],
    ['A licensed clinician; assistant licenses count', 'iiiii'],
    ['NBCOT certification in good standing, at either level', 'nnbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a field near health, and what is due by a date', () => {
  it.each([
    ["Master's in a health profession and current license", 'ibibi'],
    ["Bachelor's degree in a human services field", 'ooooo'],
    ["Bachelor's degree in nursing, occupational therapy or another health field", 'noooo'],
    ['Adjuster license within 90 days of hire', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list told elsewhere in the posting', () => {
  it.each([
    ['Our readers are OTs, PTs and SLPs. You have a steady hand. You must belong to one of these professions.', 'nbnbn'],
    ['The service takes COTAs and PTAs. A license in either profession is required.', 'bnbnb'],
    ['We train PTs and PTAs in the method. To qualify you must be one of the two.', 'bbnnb'],
    ['The panel is made up of OTs, PTs, SLPs and RNs. Active license in one of the above.', 'nbnbn'],
    ['We publish for OTs and OTAs. Five years as either of these.', 'nnbbb'],
    ['Reviewers are OTs and SLPs. Experience as one of the two is a must.', 'nbbbn'],
    ['We place PTs, PTAs and OTs. A member of any of these professions may apply.', 'nbnnb'],
    ['Courses are for OTs and PTs. License in one of these disciplines required.', 'nbnbb'],
    ['Panel: PT, OT, SLP. Degree in one of the fields above.', 'nbnbn'],
    ['The team counts COTAs and PTAs. You hold either license.', 'bnbnb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list told before that the reader is sent back to', () => {
  it.each([
    ['We print for PTAs and COTAs. We take only authors who belong to that readership.', 'bnbnb'],
    ['Our customers belong to one of the two professions, physical or occupational therapy. You have two years in an office.', 'ooooo'],
    ['You need not belong to any of the professions we serve, OTs and PTs for the most part. You have two years in an office.', 'ooooo'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });

  it.each([
    [
      "Bachelor's degree in occupational therapy, drafting or another related field. A master's degree may be counted as one of the three years.",
      'noooo',
    ],
  ])('and a year that is one of several points at nobody: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list behind a colon of which one will do', () => {
  it.each([
    ['Papers, choose one (you need one): PTA, COTA, LAT', 'bnbnb'],
    ['You hold one of these: LPN, PT/A, OT/A', 'nnnnb'],
    ['You have, or had, one of the following, active or lapsed: SLP, OT, RD', 'nbbbn'],
    ['Pick one, either will do: OT or PT', 'nbnbb'],
    ['Bring at least one: RN, CRC, OTR', 'nbbbb'],
    ['A license as a PT/A in any state', 'bbnnb'],
    ['You must be a PT a year into practice', 'bbnbb'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(`${sentences}.`)).toBe(expected);
  });
});
