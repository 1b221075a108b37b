import { describe, expect, it } from 'vitest';
import { triageTitle } from '../../src/classify/triage-title.ts';

describe('triage of titles', () => {
  it.each([
    'Utilization Review Coordinator',
    'Physical Therapist - Utilization Review',
    'Physical Therapist, Clinical Services Program',
    'Speech Pathologist (Clinical Specialist)',
    'Director of Rehab (DOR)',
    'Care Coordinator',
    'Account Executive',
    'Customer Success Manager',
    'RN Case Manager',
    'Assistant Professor of Occupational Therapy',
    'Own a Kids Gym – Franchise Owner',
  ])('keeps %s', title => {
    expect(triageTitle({ title })).toEqual({ keep: true, reason: expect.stringMatching(/\./) });
  });

  it.each([
    'Occupational Therapist',
    'Physical Therapist Assistant (PTA) PRN',
    'Registered Nurse - Medical Surgical',
    'Line Cook',
    'Software Engineer',
    'Technical Recruiter',
    'Medical Science Liaison',
    'Associate Director, Cell Therapy Manufacturing',
    'Sonographer',
    'Accountant',
    'Warehouse Driver',
  ])('drops %s', title => {
    expect(triageTitle({ title }).keep).toBe(false);
  });

  it.each(['Specialist II', 'Program Associate II', ''])('keeps a title that says nothing of the work: "%s"', title => {
    expect(triageTitle({ title }).keep).toBe(true);
  });

  it('reads the department too', () => {
    expect(triageTitle({ title: 'Physical Therapist' }).keep).toBe(false);
    expect(triageTitle({ title: 'Physical Therapist', department: 'Utilization Management' }).keep).toBe(true);
    expect(triageTitle({ title: 'Specialist II', department: 'Food Services' }).keep).toBe(false);
  });
});
