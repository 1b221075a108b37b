import { describe, expect, it } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

describe('wordings as boards have them', () => {
  it.each([
    ['Current, unrestricted RN license in the state of residence (compact preferred)', 'bbbbb'],
    ['Graduate of an accredited school of nursing', 'bbbbb'],
    ['Active, unencumbered clinical licensure required (RN, LCSW, PT, OT, or SLP)', 'nbnbn'],
    ['Licensed Physical Therapist, Occupational Therapist, or Speech Language Pathologist in the state of practice', 'nbnbn'],
    ['Must be a licensed PT, OT, ST, PTA, or COTA', 'nnnnn'],
    ["Bachelor's degree in Business, Healthcare Administration, or related field; or equivalent work experience", 'ooooo'],
    ["Bachelor's degree required; clinical degree (RN, PT, OT, SLP) preferred", 'popop'],
    ['Minimum 3 years of experience in acute rehab, SNF, home health or LTACH', 'ooooo'],
    ['Clinical background (e.g., RN, PT, OT, SLP, RT) strongly preferred', 'ppppp'],
    ["Master's degree in Public Health, Health Administration or Business required", 'bbbbb'],
    ['Physical Therapy, Occupational Therapy, or Speech Therapy degree from an accredited program', 'nbnbn'],
    ['Certified Rehabilitation Counselor (CRC) or ability to obtain', 'bbbbb'],
    ['ATP certification from RESNA required or obtained within 12 months', 'ooooo'],
    ['Must possess a valid PTA or COTA license in the state of Florida', 'bnbnb'],
    ['Licensed Physical Therapist Assistant or Certified Occupational Therapy Assistant with 2+ years of experience', 'bnbnb'],
    ['Degree in Exercise Science, Kinesiology, Athletic Training, Occupational Therapy or related field', 'noooo'],
    ['Athletic Trainer (ATC), Physical Therapist, Occupational Therapist, or Exercise Physiologist', 'nbnbb'],
    ['CEAS, CPE or similar ergonomics certification', 'ooooo'],
    ['MD, DO, NP or PA with active license', 'bbbbb'],
    ['3+ years of sales experience in medical devices; clinicians welcome to apply', 'ooooo'],
    ['Current therapist license (PT, OT, SLP); assistants are not eligible for this position', 'nbnbn'],
    ['Background as a physical or occupational therapist preferred but not required', 'popoo'],
    ['Eligible for licensure as an occupational therapist in Pennsylvania', 'nbbbb'],
    ['Initial certification with NBCOT and eligibility for state licensure', 'nbbbb'],
    ["Entry-level doctorate or master's degree in physical therapy", 'bbnbb'],
    ['Experience working with physical therapists, occupational therapists and speech-language pathologists', 'ooooo'],
    ['Knowledge of PT, OT and ST billing codes', 'ooooo'],
    ['Ability to communicate with physicians, nurses, therapists and families', 'ooooo'],
    ['Valid RN, LPN, PT, OT, SLP, or MSW license', 'nbnbn'],
    ['Registered Nurse (RN) with current license OR Licensed Physical/Occupational Therapist', 'nbnbb'],
    ['Completion of an accredited Occupational Therapy program', 'nbbbb'],
    ["High school diploma or equivalent required; associate's degree preferred", 'ooooo'],
    ['Licensed or license-eligible SLP with CCCs', 'bbbbn'],
    ['Bachelor of Science in Nursing required', 'bbbbb'],
    ['Four-year degree or relevant work experience', 'ooooo'],
    ['Any allied health professional license (PT, OT, SLP, RT, RD)', 'nbnbn'],
    ['Degree in health sciences, nursing, or a related clinical field', 'iiiii'],
    ['Must be a healthcare professional with an active license', 'iiiii'],
    ['PhD in a relevant field such as psychology, public health or rehabilitation science', 'obobo'],
    ['Teaching certificate or SLP license', 'bbbbn'],
    ["Bachelor's degree in Special Education, Speech-Language Pathology, Occupational Therapy or Assistive Technology", 'nbbbn'],
    ['Physician or advanced practice provider', 'bbbbb'],
    ['Licensed insurance adjuster', 'bbbbb'],
    ['Experience with Epic, Cerner or other EHR systems', 'ooooo'],
    ['We welcome OTs and PTs as well as industrial engineers', 'nbnbb'],
    ['Occupational therapist (OTR/L) strongly preferred; will consider COTA/L with experience', 'nnbbb'],
    ['No clinical license necessary, though PTs, OTs and athletic trainers thrive here', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('sentences of running text', () => {
  it.each([
    ['Our ideal candidate is a licensed physical therapist with five years in orthopedics.', 'bbnbb'],
    ['Candidates must hold a current nursing license.', 'bbbbb'],
    ['We are hiring a COTA to lead intake.', 'bnbbb'],
    ['The successful applicant will be a registered occupational therapist.', 'nbbbb'],
    ['You will be an OT, PT or SLP who loves data.', 'nbnbn'],
    ['Join our team of PTs and OTs as an account coordinator. High school diploma required.', 'ooooo'],
    ['This role requires an active SLP license.', 'bbbbn'],
    ['Are you a PTA looking for a change? A license in good standing is needed.', 'bbbnb'],
    ['Applicants need a PT, OT or nursing license and two years of case management.', 'nbnbb'],
    ['A license as a therapist is required.', 'ibibi'],
    ['You bring a clinical license and three years of practice.', 'iiiii'],
    ['You need a degree in a health profession.', 'iiiii'],
    ['Someone with an OT background will feel at home.', 'poooo'],
    ['We ask for an associate degree and good typing.', 'ooooo'],
    ['Therapists, nurses and teachers use our app; you answer their calls. One year on a help line is enough.', 'ooooo'],
    ['You must be licensed in one of these: PT, OT, SLP.', 'nbnbn'],
    ['Registered nurses only.', 'bbbbb'],
    ['This opening is for speech-language pathologists.', 'bbbbn'],
    ['Physical therapists and physical therapist assistants are invited to apply.', 'bbnnb'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });
});
