import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

// Each kind in several plain wordings, as different people write it.

describe('alternatives of which one is open', () => {
  it.each([
    ['You have either a degree in occupational therapy or five years selling durable medical equipment.', 'noooo'],
    ['Current RN, PT or OT license, or an associate degree and three years in prior authorization', 'nonoo'],
    ["- Licensed SLP, or\n- Bachelor's degree in education with two years of teaching", 'bbbbn'],
    ['Education: Graduate of an accredited PTA program or equivalent work experience', 'ooono'],
    ['PT, OT, COTA or PTA license OR high school diploma with 5 years of rehab office experience', 'nnnno'],
    ["Master's in occupational therapy preferred; bachelor's with relevant experience accepted", 'poooo'],
    ['Must be a certified case manager or hold a license as an occupational therapist', 'noooo'],
    ['Either an RN, PT or OT credential or seven years of hospital billing', 'nonoo'],
    ["Bachelor's degree in health sciences OR current LPN/PTA license", 'ooono'],
    ["Associate's degree in a health-related discipline; experience may be considered in place of education", 'ooooo'],
    ['Degree in OT, PT or SLP; alternatively, a degree in special education', 'nbnbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('what is not needed', () => {
  it.each([
    ['None of these is needed: OT, PT, SLP', 'ooooo'],
    ['No clinical license necessary, though PTs, OTs and athletic trainers thrive here', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a wish beside a degree', () => {
  it.each([
    ["Bachelor's degree required. Prefer PT or PTA.", 'ooppo'],
    ["Bachelor's degree; occupational therapist or SLP a strong plus", 'pooop'],
    ["A bachelor's degree in any field. OT, PT or nursing background is preferred.", 'popoo'],
    ['High school diploma or GED. Candidates who are COTAs will be given preference.', 'opooo'],
    ['Associate degree or higher. Clinical background (PT, OT, ATC) helpful.', 'popoo'],
    ['BS/BA, ideally with experience as a physical therapist assistant', 'ooopo'],
    ['Four-year degree needed. Occupational therapy experience nice to have.', 'poooo'],
    ["Must have a bachelor's. Plus if you're an SLP.", 'oooop'],
    ['Required: five years in sales. Preferred: PT, OT, ATC or RN.', 'popoo'],
    ['Degree required; clinical licensure (OT/PT/SLP/RN) desirable', 'popop'],
    ["Some college. It's helpful, though not essential, to have worked as a COTA.", 'opooo'],
    ['Two years of writing. Clinician authors are given priority.', 'ppppp'],
    ["Bachelor's degree. PT/OT preferred.", 'popoo'],
    ['Preference will be shown to licensed assistants (COTA, PTA).', 'opopo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('where what stands beside it does not belong to it', () => {
  it.each([
    [
      'Background in nursing, pharmacy, physical therapy, occupational therapy, speech therapy, medicine or health administration a plus',
      'popop',
    ],
    ["Bachelor's in business, communications or related field (rehab clinicians strongly preferred)", 'ppppp'],
    ["Bachelor's required, master's in occupational therapy a bonus", 'poooo'],
    ["Bachelor's degree, or an associate degree as COTA or PTA with 3 years", 'onono'],
    ['A background in occupational therapy or assistive technology is welcome', 'poooo'],
    ["Master's degree; licensed or eligible for a license as an SLP in Utah; five years of practice", 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('customers and colleagues', () => {
  it.each([
    ['Experience selling to PTs, OTs and SLPs', 'ooooo'],
    ['You will be the first call for our network of 400 physical therapists. Two years in a call center.', 'ooooo'],
    ['Comfortable speaking with physicians, nurses and therapists', 'ooooo'],
    ["Supervises two COTAs and one PTA. Master's in health administration.", 'bbbbb'],
    ['Knowledge of how occupational therapists document', 'ooooo'],
    ["Recruit and onboard PTs, PTAs and OTs. Bachelor's degree or equivalent.", 'ooooo'],
    ['Ability to build rapport with therapists in a busy clinic', 'ooooo'],
    ['Works under a licensed PT who signs the reports. GED required.', 'ooooo'],
    ['Our founder is an OT and our advisory board includes PTs. You: a curious writer.', 'ooooo'],
    ["You'll interview OTs and SLPs about how they chart. Three years in UX research.", 'ooooo'],
    ['Must enjoy talking shop with physical therapists', 'ooooo'],
    ['Provide administrative support to 14 PTs and 6 PTAs; GED', 'ooooo'],
    ['Liaison between physicians, OTs, PTs and the billing office. Medical office experience.', 'ooooo'],
    ['Help COTAs and PTAs find travel jobs. Sales drive needed.', 'ooooo'],
    ['Assists the Director of Rehab, a PT, with reports. High school diploma.', 'ooooo'],
    ['You report to our lead OT.', 'ooooo'],
    ['Familiarity with PT/OT/SLP workflows', 'ooooo'],
    ['Proficiency in scheduling for therapists', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a clinician whom a field or a license narrows', () => {
  it.each([
    ['You are an independently licensed behavioral health clinician in Ohio.', 'bbbbb'],
    ['Clinical pharmacist with an active license', 'bbbbb'],
    ['Licensed clinician: RN, LPN or respiratory therapist', 'bbbbb'],
    ['Licensed clinician such as RN, PT or OT', 'ninii'],
    ['Licensed mental health professional', 'bbbbb'],
    ['Nurse clinician with med-surg background', 'bbbbb'],
    ["Master's-level clinician licensed in social work or counseling", 'bbbbb'],
    ['Licensed rehabilitation clinician (PT, OT, SLP)', 'nbnbn'],
    ['Active, unrestricted license as a physician', 'bbbbb'],
    ['Licensed clinician required: LPC, LCSW or LMFT only', 'bbbbb'],
    ['Licensed psychologist or psychiatrist', 'bbbbb'],
    ['Clinician (RN or NP) with a compact license', 'bbbbb'],
    ['A pharmacist or pharmacy technician license', 'bbbbb'],
    ['Registered dietitian, licensed in your state', 'bbbbb'],
    ['Nursing degree and active RN license; certified in case management', 'bbbbb'],
    ['Clinical license (LPN, RN, RT)', 'bbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('lists over several lines', () => {
  it.each([
    ['Licensure (one of these):\n• Physical Therapist Assistant\n• Occupational Therapy Assistant\n• Licensed Practical Nurse', 'bnbnb'],
    [
      'Must hold one of the following licenses:\n- Registered Nurse\n- Physical Therapist\n- Occupational Therapist\n- Speech-Language Pathologist',
      'nbnbn',
    ],
    ['Qualified applicants are any of these:\n* OTR\n* COTA\n* PT\n* PTA', 'nnnnb'],
    ['Candidates will have:\n- Current license as an SLP\n- CCCs\n- 2 years in schools', 'bbbbn'],
    ['Licenses accepted:\nPT\nOT\nRN', 'nbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('fields of study', () => {
  it.each([
    ['Degree in occupational or physical therapy, kinesiology, athletic training or exercise science', 'nbnbb'],
    ["Bachelor's degree in kinesiology, physical therapy, ergonomics or related", 'oonoo'],
    ["Bachelor's in nursing, occupational therapy, social work or another human service field", 'noooo'],
    ["Master's degree in speech-language pathology or special education", 'bbbbn'],
    ["Associate's degree as an OTA or PTA", 'bnbnb'],
    ['Doctorate in physical therapy', 'bbnbb'],
    ["Bachelor's in health science or related field", 'ooooo'],
    ["Master's degree in public health, health administration or related", 'obobo'],
    ['Degree in social work', 'bbbbb'],
    ["Bachelor's degree in engineering", 'bbbbb'],
    ["Bachelor's degree in a related field", 'ooooo'],
    ["Bachelor's degree in nursing", 'bbbbb'],
    ["Master's degree", 'obobo'],
    ["Master's degree preferred", 'ooooo'],
    ["Bachelor's degree in communications, journalism or English", 'bbbbb'],
    ['Degree in a clinical field', 'iiiii'],
    ["Bachelor's or higher in exercise science, OT, PT or similar", 'nonoo'],
    ['Advanced degree in occupational therapy', 'nbbbb'],
    ['PhD in rehabilitation science, epidemiology or related field', 'obobo'],
    ['Associate degree in occupational therapy assisting', 'bnbbb'],
    ["High school diploma required, bachelor's preferred", 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a background, or time as somebody', () => {
  it.each([
    ['Background in therapy preferred', 'ppppp'],
    ['Therapy background required', 'ibibi'],
    ['Rehab background a plus', 'ppppp'],
    ['Background as an OT, PT or SLP', 'nbnbn'],
    ['At least three years as a practicing physical therapist assistant', 'bbbnb'],
    ['Clinical experience as a PT or OT, with a current license', 'nbnbb'],
    ['Prior experience as a therapist in a SNF is required', 'ibibi'],
    ['Previous work as a rehab clinician', 'iiiii'],
    ["You've spent five or more years practicing as an OTR", 'nbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a list told elsewhere', () => {
  it.each([
    ['Our readers are OTs and PTs. You need the same license.', 'nbnbb'],
    ['We employ nurses and social workers. Any background is fine for this desk.', 'ooooo'],
    ['This role reviews PT, OT and SLP notes. You need to be licensed in at least one of these disciplines.', 'nbnbn'],
    ['Accepted licenses: PT, PTA. You must hold one of the above in Texas.', 'bbnnb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('assistants let in and shut out', () => {
  it.each([
    ['PT or OT license required (assistants welcome to apply)', 'nnnnb'],
    ['Licensed therapist. COTAs and PTAs will also be considered.', 'inini'],
    ['OT/COTA or PT/PTA licensure', 'nnnnb'],
    ['Therapists only; this is not an assistant-level role.', 'ibibi'],
    ['Licensed PT, OT or SLP; assistant-level licenses do not qualify.', 'nbnbn'],
    ['Therapist or therapist assistant (PT, PTA, OT, COTA)', 'nnnnb'],
    ['Must be a physical therapist. PTAs are not eligible.', 'bbnbb'],
    ['COTA or PTA with five years; OTR or PT with two', 'nnnnb'],
    ['Physical therapy or occupational therapy license, therapist or assistant level', 'nnnnb'],
    ['Any rehab license (PT, PTA, OT, OTA, SLP)', 'nnnnn'],
    ['PT or OT. (Sorry, no assistants.)', 'nbnbb'],
    ['We welcome OTs and OTAs alike.', 'nnbbb'],
    ['SLPs need not apply; PT or OT license required.', 'nbnbb'],
    ['Physical therapists, physical therapist assistants also considered', 'bbnnb'],
    ['Licensed therapists (assistants cannot be considered under state rules)', 'ibibi'],
    ['OT or PT. COTAs and PTAs with ten years are encouraged to apply too.', 'nnnnb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('words for people of rehab', () => {
  it.each([
    ['Rehabilitation professional with an active license', 'iiiii'],
    ['Licensed rehab therapist, any discipline', 'ibibi'],
    ['Licensed therapy professional (PT, OT, SLP)', 'nbnbn'],
    ['Allied health professional', 'iiiii'],
    ['Healthcare professional with an active clinical license in any state', 'iiiii'],
    ['Therapist or therapy assistant', 'iiiii'],
    ['Must be a licensed healthcare provider', 'iiiii'],
    ['Three years as a treating therapist', 'ibibi'],
    ['Active therapy license in Texas', 'ibibi'],
    ['Degree in a rehabilitation discipline (OT, PT, SLP)', 'nbnbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
