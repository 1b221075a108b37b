import { describe, expect, it } from 'vitest';
import type { ClassifierInput } from '../../../src/classify/classification.ts';
import { classify } from '../../../src/classify/classify.ts';
import { CREDENTIALS } from '../../../src/posting/taxonomy.ts';

/** The five verdicts, one letter each in the order OT, OTA, PT, PTA, SLP: named, preferred, implied, open, barred, unknown. */
const verdicts = (text: string, title = 'Utilization Review Coordinator', more: Partial<ClassifierInput> = {}) => {
  const { relevance, verdicts: found } = classify({ title, text, ...more });
  expect(relevance).toBe('nonclinical');
  return CREDENTIALS.map(credential => found?.[credential].verdict[0]).join('');
};
const asked = (requirement: string) =>
  verdicts(`Review charts of patients for medical necessity.\n\nRequirements\n- ${requirement}\n- Two years of experience`);
const inProse = (sentence: string) =>
  verdicts(`The team reviews charts of patients for medical necessity, and every reviewer has one line of service. ${sentence}`);
const beside = (duty: string, requirement: string) =>
  verdicts(
    `Responsibilities\n- ${duty}\n- Keeps notes of every call\n\nMinimum Qualifications\n- ${requirement}\n- Two years of experience`,
  );

describe('a negation in the duties', () => {
  it.each([
    [
      'Reviews requests for physical, occupational and speech therapy and refers those that do not meet criteria to the medical director',
      'PT, PTA, OT, COTA or SLP license',
      'nnnnn',
    ],
    ['Returns speech therapy and occupational therapy requests that cannot be accepted under the guideline', 'Active PT license', 'bbnbb'],
    ['Sends physical therapy claims that are not covered back to the provider', 'Licensed clinician', 'iiiii'],
    ['Explains to members why OT and PT visits are not covered by their plan', 'High school diploma', 'ooooo'],
    ['Calls the physician when requests for PT, OT or ST do not meet medical necessity', 'Licensed therapist', 'ibibi'],
    ['Appeals denials of PT and OT that were not accepted at first', 'PT or OT license', 'nbnbb'],
  ])('shuts nobody out: "%s", asking for %s → %s', (duty, requirement, expected) => {
    expect(beside(duty, requirement)).toBe(expected);
  });
});

describe('a sentence that shuts someone out', () => {
  it.each([
    ['Licensed rehab professional; we are not looking for COTAs or PTAs', 'ibibi'],
    ['Licensed clinician (we are not hiring COTAs for this role)', 'ibiii'],
    ['Licensed clinician. We cannot take PTAs.', 'iiibi'],
    ['Licensed clinician. SLPs need not apply.', 'iiiib'],
    ["PT, PTA or OT license; unfortunately we aren't accepting COTAs", 'nbnnb'],
    ['OTR or PT license. This is not a position for assistants.', 'nbnbb'],
    ['Rehab professional; no COTAs or PTAs, please', 'ibibi'],
    ['Applicants who are not licensed PTs or OTs cannot be considered', 'nbnbb'],
    ['Candidates without an RN license will not be considered', 'bbbbb'],
    ['Applications of people without an OT, PT or SLP license are not considered', 'nbnbn'],
    ['PT/OT license required, RN not required', 'nbnbb'],
    ['RN not accepted; must be OT, PT or SLP', 'nbnbn'],
    ['Licensed clinician. COTAs and PTAs do not qualify.', 'ibibi'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a program named after a credential', () => {
  it.each([
    ['Graduate of an accredited PT, OT, SLP, PTA or COTA program', 'nnnnn'],
    ['Graduation from an accredited occupational therapy or physical therapy program', 'nbnbb'],
    ['Completion of an ACOTE-accredited OTA program', 'bnbbb'],
    ['Graduate of a CAPTE-accredited PTA program and current license', 'bbbnb'],
    ["Associate's degree from a PTA or COTA program", 'bnbnb'],
    ['Experience placing students of PTA or COTA programs', 'ooooo'],
    ['Comfort calling PT, OT and SLP programs across the state', 'ooooo'],
    ['Familiarity with how OT and PTA programs are accredited', 'ooooo'],
  ])('is a demand only where the applicant graduated: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a generic phrase with examples', () => {
  it.each([
    ['Licensed clinician (for example RN, LCSW, PT, OT)', 'ninii'],
    ['Licensed clinician (e.g., RN, PT, OT)', 'ninii'],
    ['Licensed healthcare professional such as a nurse, physical therapist or occupational therapist', 'ninii'],
    ['Hold a license in a clinical discipline (e.g. PT, OT, SLP, RN)', 'ninin'],
    ['A licensed clinician, for instance an OT or a respiratory therapist', 'niiii'],
    ['Clinical license (RN, PT, OT, SLP)', 'nbnbn'],
    ['Active license as a health professional (RN, OT, PT, SLP, etc.)', 'ninin'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  it.each([
    ['We want a licensed clinician (for example a nurse, respiratory therapist, PT or OT) who writes clearly.', 'ninii'],
    ['You are a licensed clinician (for example RN, PT, OT) with two years in a hospital.', 'ninii'],
    ['Any licensed clinician, e.g. an SLP or a dietitian, may apply.', 'iiiin'],
  ])('in running text: %s → %s', (sentence, expected) => {
    expect(inProse(sentence)).toBe(expected);
  });
});

describe('other professions that are only spoken of', () => {
  it.each([
    ['Teachers, therapists, nurses and coaches are among our reviewers. No background in health is needed.', 'ooooo'],
    ['Nurses, physicians and pharmacists will teach you the rest. Two years of customer service required.', 'ooooo'],
    ['Former teachers, nurses and social workers do well here; we ask for a diploma.', 'ooooo'],
    ['You will sit beside a registered nurse who signs every chart. High school diploma required.', 'ooooo'],
    ['The nurse on duty signs off. You need one year in an office.', 'ooooo'],
    ['Physicians and nurses call you all day, so you must like the phone.', 'ooooo'],
    ['Current RN license required.', 'bbbbb'],
    ['You must be a registered nurse.', 'bbbbb'],
    ['We are looking for a nurse with three years at the bedside.', 'bbbbb'],
    ['You are an LCSW with hospital experience.', 'bbbbb'],
  ])('bar nobody, demanded ones do: %s → %s', (sentence, expected) => {
    expect(inProse(sentence)).toBe(expected);
  });

  it.each([
    ['Comfort talking with nurses and physicians', 'ooooo'],
    ['Able to hold your own when a physician disagrees', 'ooooo'],
    ['Patience when nurses are short of time', 'ooooo'],
    ['RN or LPN with utilization review background', 'bbbbb'],
    ['Nursing degree', 'bbbbb'],
  ])('among the requirements: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list of degrees', () => {
  it.each([
    ['Degree in HCI, psychology, public health or anything else that taught you to listen', 'ooooo'],
    ["Bachelor's degree in engineering, biology or equivalent", 'ooooo'],
    ["Bachelor's in marketing, business or whatever you studied", 'ooooo'],
    ["Master's in psychology, design or similar", 'obobo'],
    ['BA in English, journalism, or something like it', 'ooooo'],
    ["Bachelor's degree in business, or any other field", 'ooooo'],
    ['Degree in computer science, or four years in support', 'ooooo'],
    ["Bachelor's degree in business preferred", 'ooooo'],
    ["Master's in rehabilitation counseling", 'bbbbb'],
    ["Active RN license and bachelor's degree in nursing or a related field", 'bbbbb'],
    ["Bachelor's degree in nursing, public health or a related field", 'ooooo'],
    ['BS in industrial engineering required', 'bbbbb'],
    ["Bachelor's degree in occupational therapy, kinesiology or any related discipline", 'noooo'],
    ['Degree in psychology, industrial design, occupational therapy or similar', 'noooo'],
    ['Human factors, psychology, OT or related degree', 'noooo'],
    ["Master's degree in OT, PT or SLP", 'nbnbn'],
    ["Associate's degree as PTA or OTA; bachelor's preferred", 'bnbnb'],
    ['Two years of medical sales, or clinical experience as an OT, PT, COTA or PTA', 'nnnno'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('clinicians as those one works for', () => {
  it.each([
    ['Comfortable teaching clinicians', 'ooooo'],
    ['Experience supporting rehab professionals by phone', 'ooooo'],
    ['Talks easily to therapists and other clinicians', 'ooooo'],
    ['Credibility among health professionals', 'ooooo'],
    ['Able to explain billing rules to licensed clinicians', 'ooooo'],
    ['Tact when clinicians disagree', 'ooooo'],
    ['Two years of helping clinicians with their software', 'ooooo'],
    ['Clinician with two years at the bedside', 'iiiii'],
    ['A practicing clinician', 'iiiii'],
    ['You are a clinician first', 'iiiii'],
  ])('are no demand: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  it.each([
    ['The coder teaches clinicians what a note must hold. CPC and a diploma are required.', 'ooooo'],
    ['You train therapists and other health professionals on the form. We need a year in an office.', 'ooooo'],
    ['You support clinicians who must file by noon. A diploma is enough.', 'ooooo'],
  ])('in running text: %s → %s', (sentence, expected) => {
    expect(inProse(sentence)).toBe(expected);
  });
});

describe('a text that is cut off', () => {
  it.each([
    ["Reviews charts. Requirements: Bachelor's degree in nursing, public health", 'uuuuu'],
    ['Reviews charts. Requirements: current RN, LPN', 'uuuuu'],
    ['Reviews charts. Must hold a license as SLP, OT,', 'nuuun'],
    ['Reviews charts. Must hold an active PT or OT license, or...', 'nunuu'],
    ['Reviews charts. PT or OT license required. You will also', 'nbnbb'],
    ['Reviews charts. RN license required. Ability to', 'bbbbb'],
    ['Reviews charts. RN license required.', 'bbbbb'],
  ])('bars nobody by an unfinished list: %s → %s', (text, expected) => {
    expect(verdicts(text, undefined, { truncated: true })).toBe(expected);
  });
});

describe('a teaser', () => {
  it.each([
    ['PhD in epidemiology or a related field and two years required.', 'obobo'],
    ["Bachelor's degree in business or a similar field.", 'ooooo'],
    ['RN license needed. Apply today.', 'bbbbb'],
    ['Join a team that cares about patients!', 'uuuuu'],
  ])('is judged by the demand it states: %s → %s', (text, expected) => {
    expect(verdicts(text)).toBe(expected);
    expect(verdicts(text, undefined, { truncated: true })).toBe(expected);
  });

  it('takes the profession that its title names', () => {
    expect(verdicts('Reviews requests.', 'Utilization Review Physical Therapist', { truncated: true })).toBe('bbnbb');
  });
});

describe('what is only liked', () => {
  it.each([
    ['Physical therapy degree helpful', 'oopoo'],
    ['Experience as an SLP is appreciated', 'oooop'],
    ['OT, PT or SLP credentials are nice to have', 'popop'],
    ['RN, OT or PT a plus but not required', 'popoo'],
    ['It helps if you have worked as a COTA', 'opooo'],
    ['Extra points for an OT or PT license', 'popoo'],
    ['RN license is a plus', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list that is widened', () => {
  it.each([
    ['PT, OT or SLP in Nebraska (Iowa a plus). RNs are considered as well.', 'nbnbn'],
    ['PT or OT license. Nurses are also welcome.', 'nbnbb'],
    ['PT, OT or other licensed therapist', 'nbnbi'],
    ['PT, OT or other licensed clinician', 'ninii'],
    ['Licensed OT or PT; COTAs and PTAs are accepted too', 'nnnnb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
