import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';

const kind = (title: string, text: string) => {
  const { relevance, paths } = classify({ title, text });
  return paths[0] ? `${relevance} ${paths[0].path}` : relevance;
};
const SELLS = 'You sell our medical device to hospitals and surgeons. Quota, territory plan, CRM. Three years of sales.';
const TREATS = 'You evaluate and treat patients, write plans of care and carry a full caseload of 10 patients per day.';

describe('a title whose words belong to several trades', () => {
  it.each([
    ['Account Manager, Orthopedics, Surgery & Rehab', SELLS, 'nonclinical sales'],
    ['Key Account Manager, Imaging', SELLS, 'nonclinical sales'],
    ['Territory Manager – Surgery', SELLS, 'nonclinical sales'],
    [
      'Customer Success Manager, Imaging',
      'You onboard the hospitals and outpatient clinics that bought our EHR module; clinicians and patients profit.',
      'nonclinical health-tech',
    ],
    ['Clinical Director - Surgical Services', 'Leads the nurses of the operating rooms of our hospital. Our software is Epic.', 'other'],
    ['Manager, Surgery and Imaging', 'Leads the nurses of the operating rooms of our hospital.', 'other'],
  ])('a department after the noun of a seller is the market: %s → %s', (title, text, expected) => {
    expect(kind(title, text)).toBe(expected);
  });

  it.each([
    ['Mental Health Occupational Therapist', TREATS, 'clinical'],
    ['Occupational Therapist - Behavioral Health Unit', TREATS, 'clinical'],
    ['Behavioral Health Occupational Therapy Assistant', TREATS, 'clinical'],
    ['Family-Centered Speech Therapist', TREATS, 'clinical'],
    ['Mental Health Therapist', 'You see clients for talk therapy. LPC or LCSW.', 'other'],
    ['Licensed Family Therapist', 'You see clients for talk therapy. LMFT.', 'other'],
    ['Gene Therapy Manufacturing Associate', 'Grows cells in clean rooms.', 'other'],
  ])('a specialty before a therapist of the five leaves the profession: %s → %s', (title, text, expected) => {
    expect(kind(title, text)).toBe(expected);
  });

  it.each([
    ['Clinical Trainer', 'You teach school teams to set up eye gaze, head tracking and switch access. OT or SLP licence required.'],
    ['Clinical Trainer, AAC', 'Shows families and schools how speech generating devices work. SLP with two years in AAC.'],
    ['Field Trainer', 'Trains users of communication devices and powered wheelchairs at homes. OT, COTA or SLP license.'],
    ['Product Trainer', 'Teaches therapists to fit wheelchair controls, joysticks and head arrays. OT or PT license.'],
  ])('training on assistive technology is a tie: %s', (title, text) => {
    expect(kind(title, text)).toMatch(/^nonclinical (health-tech|assistive-technology)$/);
  });

  it.each([
    ['Physical Therapist – Seating Clinic, Outpatient', TREATS, 'clinical'],
    ['Occupational Therapist, Wheelchair & Hand Clinic', TREATS, 'clinical'],
    ['Occupational Therapist (Driver Rehabilitation and Outpatient)', TREATS, 'clinical'],
    ['Occupational Therapist – Ergonomics and Ortho', TREATS, 'clinical'],
    [
      'Physical Therapist – Ergonomics Team, Spine Clinic',
      'An outpatient caseload of necks and backs, 10 patients/day, now and then a worksite visit.',
      'clinical',
    ],
    [
      'Seating and Mobility Specialist (OT or PT)',
      'Runs wheelchair evaluations, fittings and trials, writes letters of medical necessity for power wheelchairs.',
      'nonclinical assistive-technology',
    ],
    [
      'Driver Rehabilitation Specialist',
      'Evaluates drivers, plans hand controls and vehicle modifications with the dealers of adapted vehicles.',
      'nonclinical assistive-technology',
    ],
  ])('a therapist who treats all day is clinical whatever the clinic: %s → %s', (title, text, expected) => {
    expect(kind(title, text)).toBe(expected);
  });
});
