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
    'Physical Therapist (PT) PRN | Greeley Rehab',
    'Occupational Therapist, Inpatient Rehab',
    'Respiratory Care Practitioner (RCP) FT Days',
    'Environmental Services Technician',
    'Physician, Family Medicine',
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
    expect(triageTitle({ title: 'Specialist II', department: 'Food Services' })).toEqual({
      keep: false,
      reason: 'triage.department.manual',
    });
    expect(triageTitle({ title: 'Clinical Nurse Educator', department: 'Nursing' }).keep).toBe(true);
  });

  it.each([
    { company: 'Granite Bay Health Plan' },
    { company: 'Missouri Valley Disability Decisions Bureau' },
    { company: 'Notewell Software, Inc.' },
    { company: 'Acme', domain: 'health-insurer' as const },
  ])('keeps a bare therapist of an employer that treats nobody: $company', employer => {
    for (const title of ['Physical Therapist', 'Occupational Therapist', 'Speech-Language Pathologist']) {
      expect(triageTitle({ title, ...employer }).keep).toBe(true);
    }
    expect(triageTitle({ title: 'Line Cook', ...employer }).keep).toBe(false);
  });

  it.each([{ company: 'Lakeside Hospital' }, { company: 'Acme', domain: 'hospital' as const }, { company: 'Acme Therapy Staffing' }])(
    'leaves a bare therapist of an employer that treats: $company',
    employer => {
      expect(triageTitle({ title: 'Physical Therapist', ...employer }).keep).toBe(false);
    },
  );

  it('takes a word of a title for no word of who employs', () => {
    const { keep, reason } = triageTitle({ title: 'Physical Therapist, Claims Bureau', company: 'Lakeside Hospital' });
    expect({ keep, reason }).toEqual(triageTitle({ title: 'Physical Therapist, Claims Bureau' }));
  });

  const credentials = [
    'OT',
    'COTA',
    'PT',
    'PTA',
    'SLP',
    'Occupational Therapist',
    'Physical Therapist Assistant',
    'Speech-Language Pathologist',
  ];
  const work = ['Utilization Review', 'Data Analyst', 'Chart Auditor', 'Sales Representative', 'Clinical Liaison', 'Recruiter', 'Faculty'];
  it.each(credentials)('never drops %s beside other work', credential => {
    for (const other of work) {
      for (const title of [
        `${credential}, ${other}`,
        `${other} (${credential})`,
        `PRN FT Days ${credential} ${other} - Med Surg ICU Nights`,
      ]) {
        expect(triageTitle({ title, department: 'Nursing' }), title).toMatchObject({ keep: true });
      }
    }
  });

  it('names the rule, or the word, that speaks loudest for what it decides', () => {
    expect(triageTitle({ title: 'Registered Nurse' }).reason).toBe('other.title.nurse');
    expect(triageTitle({ title: 'Specialist II' }).reason).toBe('worth.yaml: | specialist');
    expect(triageTitle({ title: 'Zorgblatt' })).toEqual({ keep: true, reason: 'no-rule' });
  });
});
