import { describe, expect, test } from 'vitest';
import { facetsOf, required } from './reading-of.ts';

describe('treating beside the job', () => {
  const SAID: readonly (readonly [string, string, boolean])[] = [
    ['Director of Rehab', 'Duties:\n- Maintains a small clinical caseload', true],
    ['Center Manager', 'Twenty visits a week stay on your own schedule.', true],
    ['Center Manager', 'You hold on to a few of your own patients.', true],
    ['Center Manager', 'The director treats up to 40% of the time.', true],
    ['Center Manager', 'You keep seeing six people a week.', true],
    ['Center Manager', 'Patient care duties as census demands.', true],
    ['Center Manager', 'Treats vendors and colleagues with respect.', false],
    ['Center Manager', 'Two years (4,000 hours) of supervised practice.', false],
    ['Center Manager', 'Manages therapists with full caseloads.', false],
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
    ['Rehab Manager', 'You run the department and see your own patients on Tuesdays.', true],
    ['Clinic Director', 'Roughly a quarter of the role is direct treatment.', true],
    ['Director of Rehabilitation', 'Splits time between hiring, budgets and treating outpatients.', true],
    ['Director of Rehabilitation', 'No clinical caseload comes with this job.', false],
    ['Director of Rehabilitation', 'Fills in on the floor when a therapist calls out.', true],
    ['Director of Rehabilitation', 'Productivity for the director is set at 50%.', true],
    ['Compliance Specialist', 'Audits the treatment notes of twelve therapists.', false],
    ['Program Manager, Neuro Rehab', 'Keep up a half-day clinic each week.', true],
    ['Case Manager', 'You manage a caseload of about 60 members over the phone.', false],
    ['Office Manager', 'The clinic treats 300 people a week.', false],
    ['Therapy Team Leader', 'Evaluates and treats as census demands.', true],
    ['Clinical Mentor', 'You will not be treating; you coach those who do.', false],
    ['Site Manager', '20 hours of patient care, 20 hours of leadership.', true],
    ['Rehab Supervisor', 'Holds a reduced treatment schedule.', true],
    ['Product Manager', 'Ten years of treating patients is a plus.', false],
    ['Marketing Analyst', 'Our clinicians deliver hands-on care across six states.', false],
    ['Clinical Informatics Therapist', 'Two days in the clinic with patients, three on projects.', true],
    ['Utilization Reviewer', 'Reviews whether the treatment was needed.', false],
    ['Director of Rehab', 'Provides therapy to a handful of residents.', true],
    ['Area Manager', 'This is a player-coach role with patients of your own.', true],
    ['Documentation Specialist', 'A job away from patient care.', false],
    ['Program Developer', 'Carry a modified caseload while building the program.', true],
    ['Rehab Director', 'Assigns caseloads and covers staffing gaps with PRN.', false],
    ['Manager of Therapy Services', 'About one third clinical, two thirds administrative.', true],
    ['Clinic Manager', 'You treat in the mornings and manage in the afternoons.', true],
    ['Peer Reviewer', 'Cases per day: 25. You read charts.', false],
    ['Therapist Recruiter', 'Recruits therapists for caseloads of 50 students.', false],
    ['Rehab Coordinator', 'Must be willing to treat patients part of the day.', true],
    ['Nurse Educator', 'Trains nurses in safe patient care.', false],
    ['Therapy Manager', 'Besides leading the team you spend about 12 hours weekly with patients.', true],
    ['Therapy Manager', 'Expect to be on the schedule as a treating therapist two mornings a week.', true],
    ['Clinic Director', 'Leadership 60 %, clinical 40 %.', true],
    ['Program Director', 'Still sees a few clients to stay sharp.', true],
    ['Financial Counselor', 'Meets with patients to explain the bill.', false],
    ['Rehab Director', 'The director covers treatment when somebody is on leave.', true],
    ['Clinical Product Specialist', "You'd keep one foot in the clinic: three half days of patient visits.", true],
    ['Product Manager', 'You used to carry a caseload; now you want to build tools.', false],
    ['Rehab Program Manager', 'Some hands-on treatment is part of the job.', true],
    ['Director of Therapy', 'Leads nine clinicians, with a reduced load of three patients a day.', true],
    ['Rehab Manager', 'You pick up visits when somebody is out.', true],
    ['Claims Partner', 'Keeps the adjuster and the treating doctor informed.', false],
    ['Research Coordinator', 'We treat applicants fairly.', false],
  ];
  test.each(SAID)('%j: %j is %j', (title, text, treats) => expect(facetsOf(text, { title }).caseload).toBe(treats));
});

describe('contact with patients', () => {
  const SAID: readonly (readonly [string, string | null])[] = [
    ['Duties:\n- No patient contact; review charts', 'none'],
    ['The work goes on behind the scenes; patients never see you.', 'none'],
    ['Duties:\n- Assesses residents at the bedside each day', 'daily'],
    ['Duties:\n- Provides direct patient care', 'daily'],
    ['Duties:\n- Meets with patients and families to explain the program', 'some'],
    ['Duties:\n- Writes articles', null],
    ['Duties:\n- Telephonic outreach to members', 'some'],
    ['No patient contact. You once worked at the bedside.', 'none'],
    ['This role has no direct contact with patients.', 'none'],
    [
      'Half of us worked at the bedside.\n\nGood to know\nThe pay range is $70,000 - $80,000. There is no patient contact in this role.',
      'none',
    ],
    ['You will never meet a patient.', 'none'],
    ['The work is chart-based; no patients are seen.', 'none'],
    ['Calls members after discharge to check how they are.', 'some'],
    ['Treats ten outpatients a day.', 'daily'],
    ['This desk job is free of direct care.', 'none'],
    ['Visits families at home to explain services.', 'some'],
    ['Designs software for clinicians.', null],
    ['Non-clinical position.', 'none'],
    ['Demonstrates wheelchairs to clients and their caregivers.', 'some'],
    ['Patient contact: none.', 'none'],
    ['Our hospital cares for patients from four counties.', null],
    ['Interviews patients on the ward for the registry.', 'some'],
    ['You step away from the bedside for good.', 'none'],
    ['Provides hands-on care to residents.', 'daily'],
    ['By phone only, you assess members and never visit.', 'some'],
    ['There is zero client interaction in this role.', 'none'],
    ['Carries a small caseload beside management.', 'some'],
    ['Analyzes patient satisfaction data.', null],
    ['The role involves no contact with members.', 'none'],
    ['Enrolls participants in the study and follows up with them.', 'some'],
    ['This role does not include direct patient care.', 'none'],
    ['Previously worked at the bedside.', null],
    ['Daily patient contact.', 'daily'],
    ['Duties:\n- Mediates by phone between patients and insurers', 'some'],
    ['Duties:\n- Calls patients by phone between two visits to ask how they are', 'some'],
    ['Duties:\n- Treats patients all day and charts on a tablet between patients', 'daily'],
    ['Meets veterans in their homes to size ramps.', 'some'],
    ['You do not treat or see anyone.', 'none'],
  ];
  test.each(SAID)('%j is %j', (text, value) => expect(facetsOf(text).patient_contact).toEqual(value));
});

describe('share of travel', () => {
  const SAID: readonly (readonly [string, number | null])[] = [
    ['Travel up to 50%', 50],
    ['Two-thirds travel in the Plains', 67],
    ['Up to 60% of work days are away overnight.', 60],
    ['Our members travel 80% of the way by bus.', null],
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
    ['Colorado residents only.', ['CO'], 'Care Coordinator'],
    ['Residency in Minnesota is required.', ['MN'], 'Care Coordinator'],
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
