import { describe, expect, test } from 'vitest';
import { facetsOf, required } from './reading-of.ts';

describe('treating beside the job', () => {
  const SAID: readonly (readonly [string, string, boolean])[] = [
    ['Director of Rehab', 'Duties:\n- Maintains a small clinical caseload', true],
    ['Director of Rehab', 'Duties:\n- Carries a caseload of 50% productivity', true],
    ['Case Manager', 'Duties:\n- Manages a caseload of members telephonically', false],
    ['Rehab Manager', 'Duties:\n- Provides direct patient care as needed', true],
    ['Rehab Manager', 'This role does not carry a caseload.', false],
    ['Rehab Manager', 'Duties:\n- Oversees caseloads of staff therapists', false],
    ['Clinic Director', 'Duties:\n- Evaluates and treats patients', true],
    ['Clinic Director', 'Requirements:\n- 2 years of direct patient care', false],
    ['Clinic Director', '60% patient care, 40% administration', true],
    ['Clinic Director', 'Duties:\n- Ensures quality patient care', false],
    ['Utilization Reviewer', 'Duties:\n- Reviews treatment plans for medical necessity', false],
  ];
  test.each(SAID)('%j: %j is %j', (title, text, treats) => expect(facetsOf(text, { title }).caseload).toBe(treats));
});

describe('contact with patients', () => {
  const SAID: readonly (readonly [string, string | null])[] = [
    ['Duties:\n- No patient contact; review charts', 'none'],
    ['Duties:\n- Provides direct patient care', 'daily'],
    ['Duties:\n- Meets with patients and families to explain the program', 'some'],
    ['Duties:\n- Writes articles', null],
    ['Duties:\n- Telephonic outreach to members', 'some'],
    ['No patient contact. You once worked at the bedside.', 'none'],
    ['This role has no direct contact with patients.', 'none'],
    ['You carry a full caseload of files by phone, no visits, and call members.', 'some'],
  ];
  test.each(SAID)('%j is %j', (text, value) => expect(facetsOf(text).patient_contact).toEqual(value));
});

describe('share of travel', () => {
  const SAID: readonly (readonly [string, number | null])[] = [
    ['Travel up to 50%', 50],
    ['25% travel required', 25],
    ['Travel: 10-20% of the time', 20],
    ['No travel required', 0],
    ['Travel is not required', 0],
    ['Ability to travel 75% overnight', 75],
    ['Some travel', null],
    ['travel approx. 20 %', 20],
    ['Travel required: 25% or less', 25],
  ];
  test.each(SAID)('%j is %j', (text, value) => expect(facetsOf(text).travel_percent).toEqual(value));
});

describe('least degree', () => {
  const SAID: readonly (readonly [string, string | null])[] = [
    [required('Bachelor’s degree required, Master’s preferred'), 'bachelor'],
    [required('Master’s or doctoral degree in physical therapy'), 'master'],
    [required('High school diploma or GED'), null],
    [required('Associate or Bachelor degree'), 'associate'],
    [required('PhD required'), 'doctorate'],
    [required('Bachelor of Science in Nursing'), 'bachelor'],
    [required('Preferred: MBA'), null],
    [required('BS/BA in a related field'), 'bachelor'],
    ['About: we teach master students', null],
    [required("Master's degree in occupational therapy from an accredited program"), 'master'],
    [required('DPT or equivalent'), 'doctorate'],
    [required('Graduate of an accredited PTA program (Associate of Applied Science)'), 'associate'],
  ];
  test.each(SAID)('%j is %j', (text, value) => expect(facetsOf(text).degree).toEqual(value));
});

describe('heaviest lift', () => {
  const SAID: readonly (readonly [string, number | null])[] = [
    ['Must be able to lift up to 50 pounds', 50],
    ['Lift 10-25 lbs occasionally', 25],
    ['No lifting', 0],
    ['Exert up to 20 pounds of force occasionally', 20],
    ['Sedentary work', null],
    ['ability to lift 40lbs', 40],
  ];
  test.each(SAID)('%j is %j', (text, value) => expect(facetsOf(text).lifting_pounds).toEqual(value));
});

describe('states of a licence or of a remote job', () => {
  const SAID: readonly (readonly [string, string[], string])[] = [
    [required('Active Texas OT license'), ['TX'], 'Care Coordinator'],
    [required('Current license in NY, NJ or CT'), ['NY', 'NJ', 'CT'], 'Care Coordinator'],
    ['Must reside in Ohio, Indiana or Kentucky', ['OH', 'IN', 'KY'], 'Care Coordinator'],
    ['Remote role; must live in FL, GA or AL', ['FL', 'GA', 'AL'], 'Care Coordinator'],
    [required('Compact license preferred'), [], 'Care Coordinator'],
    [required('Licensed in the state of Washington'), ['WA'], 'Care Coordinator'],
    ['', ['CO'], 'Reviewer - Remote, Colorado'],
    [required('RN, PT, OT or SLP license'), [], 'Care Coordinator'],
    [required('PA OT license, clean driving record'), ['PA'], 'Care Coordinator'],
    [required("Valid Ohio driver's license"), [], 'Care Coordinator'],
    ['Our Texas team works with licensed therapists', [], 'Care Coordinator'],
  ];
  test.each(SAID)('%j is %j', (text, value, title) => expect(facetsOf(text, { title }).states).toEqual(value));
});

describe('rank', () => {
  const SAID: readonly (readonly [string, string | null, string])[] = [
    ['', 'director', 'Director of Rehab'],
    ['', 'senior', 'Senior UX Researcher'],
    ['', null, 'Case Manager'],
    ['', 'manager', 'Rehab Manager'],
    ['', 'executive', 'VP of Clinical Operations'],
    ['', 'lead', 'Lead Product Designer'],
    ['', 'manager', 'Supervisor, Rehabilitation'],
    ['', null, 'Clinical Liaison'],
    ['', 'entry', 'Junior Copywriter'],
    ['', 'director', 'Associate Director, Medical Writing'],
    ['', null, 'Territory Manager'],
    ['', 'mid', 'Reviewer II'],
    ['', null, 'Account Executive'],
    ['', 'manager', 'Area Rehab Manager'],
    ['', null, 'Product Manager'],
    ['', null, 'Executive Assistant to the CEO'],
  ];
  test.each(SAID)('%j is %j', (text, value, title) => expect(facetsOf(text, { title }).seniority).toEqual(value));
});
