import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { CREDENTIALS } from '../../src/posting/taxonomy.ts';

/** What employers write, and the verdicts in the order OT, OTA, PT, PTA, SLP: named, preferred, implied, open, barred, unknown. */
const WORDINGS: [wording: string, verdicts: string][] = [
  ['Must be a graduate of an accredited PT, OT or SLP program', 'nbnbn'],
  ['Current state licensure as a physical therapist, occupational therapist, or speech-language pathologist', 'nbnbn'],
  ['Current licensure in a rehab discipline (PT, OT, ST)', 'nbnbn'],
  ['Clinical licensure required (e.g., RN, PT, OT)', 'ninii'],
  ["Bachelor's degree required; OT or PT preferred", 'popoo'],
  ['NBCOT certification required', 'nbbbb'],
  ['CCC-SLP preferred', 'oooop'],
  ['ASHA certified (CCC-SLP)', 'bbbbn'],
  ['Background in healthcare preferred (PT, OT, nursing)', 'popoo'],
  ['Current or former therapist', 'ibibi'],
  ['OTR/L or COTA/L', 'nnbbb'],
  ['Licensed LPN/PTA/COTA', 'bnbnb'],
  ['Licensed rehab therapist or assistant', 'iiiii'],
  ['License: RN, LPN/LVN, PT, PTA, OT, COTA, ST', 'nnnnn'],
  ["Master's degree in occupational therapy, rehabilitation counseling or a related field", 'nbobo'],
  ['Healthcare experience preferred', 'ooooo'],
  ['Clinical background preferred', 'ppppp'],
  ['Clinical background required', 'iiiii'],
  ['Registered Nurse with current unrestricted license', 'bbbbb'],
  ['RN or LPN license; therapists will also be considered', 'ibibi'],
  ['Physical or Occupational Therapist with 3 years acute care', 'nbnbb'],
  ['PT, OT: active license. PTA/COTA: not eligible', 'nbnbb'],
  ['Must hold an active license to practice as an Occupational Therapist', 'nbbbb'],
  ['Licensed physical therapist assistants only', 'bbbnb'],
  ['Certified Occupational Therapy Assistant or Physical Therapist Assistant', 'bnbnb'],
  ['Three years as an OT, PT, or SLP', 'nbnbn'],
  ['Experience in physical therapy clinic operations', 'ooooo'],
  ['Experience selling to physical therapists', 'ooooo'],
  ['Knowledge of PT, OT and ST documentation', 'ooooo'],
  ['Degree in a health-related field', 'ooooo'],
  ["Bachelor's degree in nursing, physical therapy, occupational therapy or health administration", 'nbnbb'],
  ['Social work license (LCSW) required', 'bbbbb'],
  ['Licensed social worker, RN, OT or PT', 'nbnbb'],
  ['Allied health professional license required', 'iiiii'],
  ['Unrestricted clinical license in Texas', 'iiiii'],
  ['Licensed healthcare professional (RN, PT, OT, SLP, RT)', 'nbnbn'],
  ['Therapist (OT, PT, SLP) or assistant (COTA, PTA)', 'nnnnn'],
  ['You are a licensed PT who is tired of the clinic', 'bbnbb'],
  ['Doctorate in physical therapy or occupational therapy', 'nbnbb'],
  ['CPC certification', 'ooooo'],
  ["Bachelor's degree or equivalent experience", 'ooooo'],
  ["Bachelor's degree in business, marketing or related field; clinical degree (PT, OT, SLP) a plus", 'popop'],
  ['Valid driver license', 'ooooo'],
  ['Licensed as an RN, or as a PT/OT with 2 years of UM experience', 'nbnbb'],
  ['Pharmacist license', 'bbbbb'],
  ['PT or OT required, SLP considered', 'nbnbn'],
  ['Rehabilitation background (OT, PT, SLP, COTA, PTA)', 'nnnnn'],
  ['Minimum of an associate degree in occupational therapy assistant or physical therapist assistant', 'bnbnb'],
  ['Athletic trainer, PTA or COTA', 'bnbnb'],
  ['Licensed or certified in your discipline', 'iiiii'],
  ['Licensure in one of the following: physical therapy, occupational therapy, speech-language pathology, nursing', 'nbnbn'],
  ['Must possess a valid RN or therapist (PT/OT/SLP) license', 'nbnbn'],
  ['Hold a current OT or OTA license, in any state', 'nnbbb'],
  ['Applicants must be OTRs; COTAs need not apply', 'nbbbb'],
  ['We will consider PTs, OTs, SLPs and nurses', 'nbnbn'],
  ['Prefer candidates with a therapy background, but will train the right person', 'ppppp'],
  ['Any active healthcare license', 'iiiii'],
  ['Nurses only', 'bbbbb'],
  ['Degree in Physical Therapy from an accredited program', 'bbnbb'],
  ['Current Illinois PT license or ability to obtain one', 'bbnbb'],
  ['Must be licensed in Texas as a PTA or COTA', 'bnbnb'],
  ["Associate's degree in an allied health field", 'iiiii'],
  ["Bachelor's in health sciences, nursing, therapy or related", 'ooooo'],
  ['Supervise PTAs and rehab technicians; PT license', 'bbnbb'],
  ['Work closely with physical therapists and physicians', 'ooooo'],
  ['Understanding of physical, occupational and speech therapy services', 'ooooo'],
  ['RN strongly preferred', 'ooooo'],
  ['No clinical license required', 'ooooo'],
  ['Physician assistant, nurse practitioner or physical therapist', 'bbnbb'],
  ['Licensed Occupational Therapist (OTR/L) - COTA not accepted', 'nbbbb'],
  ['Experience as a therapy manager or director of rehab', 'ooooo'],
  ['Doctor of Physical Therapy (DPT) or Master of Occupational Therapy (MOT)', 'nbnbb'],
  ['Speech-Language Pathologist with CCCs', 'bbbbn'],
  ['Must not be currently treating patients', 'ooooo'],
  ['PT/OT/SLP/PTA/COTA licensed in the state of residence', 'nnnnn'],
  [
    'Active license: Physical Therapist, Physical Therapist Assistant, Occupational Therapist or Certified Occupational Therapy Assistant',
    'nnnnb',
  ],
  ['Clinical experience in a rehab setting as a PT or OT', 'nbnbb'],
];

const verdicts = (text: string) => {
  const { verdicts: found } = classify({ title: 'Utilization Review Coordinator', text });
  return CREDENTIALS.map(credential => found?.[credential].verdict[0]).join('');
};

describe('the ways employers say who may apply', () => {
  it.each(WORDINGS)('as a list item: %s → %s', (wording, expected) => {
    expect(verdicts(`Review charts for medical necessity.\n\nRequirements\n- ${wording}\n- Computer skills`)).toBe(expected);
  });

  it.each(WORDINGS)('in running text: %s → %s', (wording, expected) => {
    const text = `Review charts for medical necessity. We are a growing company. ${wording}. Computer skills and two years of experience.`;
    expect(verdicts(text)).toBe(expected);
  });
});
