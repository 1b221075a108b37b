import { describe, expect, it } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

describe('company, team, customers and perks', () => {
  it.each([
    ['You report to the lead PT and order for eight clinics. You have two years in an office.', 'ooooo'],
    ['Our 400 therapists trust the schedule you make. You have two years in an office.', 'ooooo'],
    ['The booklet is read by OTs and SLPs in forty states. You have two years in an office.', 'ooooo'],
    ['Every new hire sees a physical therapist in the first month, free of charge. You have two years in an office.', 'ooooo'],
    ['You will supervise PTs, OTs and two assistants. You have two years in an office.', 'ooooo'],
    ['You answer questions from nurses and physicians. You have two years in an office.', 'ooooo'],
    ['The owner is an occupational therapist. You have two years in an office.', 'ooooo'],
    ['You teach COTAs and PTAs how to file. You have two years in an office.', 'ooooo'],
    ['You recruit speech-language pathologists for schools. You have two years in an office.', 'ooooo'],
    ['Families come to us for occupational therapy. You have two years in an office.', 'ooooo'],
    ['An SLP on staff will show you the ropes. You have two years in an office.', 'ooooo'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });
});

describe('a word for a certificate, a school or a rank', () => {
  it.each([
    ['Certified Professional Coder or Certified Professional Medical Auditor', 'ooooo'],
    ['Certified Professional in Healthcare Quality preferred', 'ooooo'],
    ['Certified Professional Ergonomist', 'ooooo'],
    ['Two years as an administrative assistant', 'ooooo'],
    ['Experience as an assistant manager', 'ooooo'],
    ['Experience with skilled nursing facilities', 'ooooo'],
    ['Former physician recruiter or nurse recruiter', 'ooooo'],
    ['Registered respiratory therapist or licensed clinician', 'iiiii'],
    ['Licensed professional engineer', 'bbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a general word made narrow elsewhere', () => {
  it.each([
    ['A licensed clinician is on call for the desk.\n- Active LPN or RN license', 'bbbbb'],
    ['- Licensed therapist\n- License from the board of occupational therapy', 'nbbbb'],
    ['- Clinical background\n- Current PT or PTA license', 'bbnnb'],
    ['- Licensed clinician\n- LCSW, LPC or LMFT', 'bbbbb'],
    ['- You are a seasoned clinician\n- Pharmacist license', 'bbbbb'],
    ['- Rehab professional\n- SLP with the Cs', 'bbbbn'],
    ["- Licensed healthcare professional\n- Master's degree in social work", 'bbbbb'],
    ['- Therapist at heart\n- OTR', 'nbbbb'],
    ['- Licensed professional of any health discipline\n- Physical therapist license', 'bbnbb'],
    ['- Therapy background\n- License as an SLP', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('whom no word turns away', () => {
  it.each([
    ['OTs, PTs and speech therapists are why we open the doors each day. Licensed clinician with two years of practice.', 'iiiii'],
    ['Therapists read your letters and tell you at once what is wrong with them. OT license.', 'nbbbb'],
    ['Physiotherapists and nurses write in from three countries. PT license.', 'bbnbb'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });

  it.each([
    ['PT license. OTs write to us every week, and we cannot add them.', 'bbnbb'],
    ['Many COTAs ask, and the contract is why we will not place them. Licensed rehab clinician.', 'ibiii'],
  ])('and whom one does: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('therapists who only oversee', () => {
  it.each([
    ['A license as a PT, OT or SLP, or as a PTA or an OTA where a supervising therapist is on staff', 'nnnnn'],
    ['PTA license, with the supervising PT in the same building', 'bbbnb'],
    ['COTA license in good standing and a letter from your supervising OT', 'bnbbb'],
    ['A PT license, or a PTA license and work under a supervising physical therapist of ours', 'bbnnb'],
    ['OTA certification; the supervising occupational therapist signs what you write', 'bnbbb'],
    ['Physical therapist who has been a supervising therapist for two years', 'bbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('how schools name the profession of speech', () => {
  it.each([
    ['Certificate as a speech-language specialist or as an occupational therapist', 'nbbbn'],
    ['State certificate for speech correctionists', 'bbbbn'],
    ['New Jersey Speech-Language Specialist certificate', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
