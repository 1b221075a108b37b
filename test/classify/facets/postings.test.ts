import { describe, expect, test } from 'vitest';
import type { Facets } from '../../../src/classify/classification.ts';
import type { PayInterval } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

const usd = (min: number, max: number, interval: PayInterval) => ({ min, max, currency: 'USD', interval });

/** Invented postings in the styles employers write them, and what a person reads out of each. */
const POSTINGS: readonly { title: string; location: string; text: string; want: Partial<Facets> }[] = [
  {
    title: 'Inpatient Care Coordinator - Remote in Ohio',
    location: 'Columbus, OH',
    text: `Bright Path helps people get home sooner.

The Inpatient Care Coordinator follows people from hospital to nursing facility to home.

If you live in the state of Ohio you may work remotely between visits.

Primary Responsibilities:
Keep patients, families and the nursing facility on one plan
Assess patients when they are admitted to the SNF
Manage a caseload of members across 8 facilities

Required Qualifications:
Active, unrestricted registered clinical license - Physical Therapist, Occupational Therapist or Speech Therapist in Ohio
3+ years of clinical experience
Access to reliable transportation and the ability to travel within assigned territory up to 75% of the time

Preferred Qualifications:
Experience working with geriatric population
5+ years of case management experience
CCM

Physical Requirements:
Ability to lift 10 lbs

The salary range for this role is $59,500 to $116,600 annually based on full-time employment. Besides the salary there are incentives, a stock plan and a 401k contribution.`,
    want: {
      work_mode: 'remote',
      min_years: 3,
      pay: usd(59_500, 116_600, 'year'),
      caseload: false,
      certifications: [{ name: 'CCM', need: 'preferred' }],
      travel_percent: 75,
      states: ['OH'],
      lifting_pounds: 10,
    },
  },
  {
    title: 'Physical Therapist Reviewer',
    location: 'Indianapolis, IN',
    text: `Anticipated End Date: 2026-01-31
Position Title: Physical Therapist Reviewer
Job Description:
Virtual: you will work virtually full-time, except for in-person training. Candidates too far from a listed office will not be considered.
The reviewer decides on medical necessity.
How you will make an impact:
- Reviews requests against criteria (MCG, InterQual).
Minimum Requirements:
Requires a BS in physical therapy and minimum of 2 years of clinical experience as a PT; or any combination of education and experience which would provide an equivalent background. Current unrestricted license in applicable state(s) required.
Preferred Skills, Capabilities and Experiences:
- 1 year utilization review experience preferred.
In the locations below the salary* range for this position is $32.36/hr to $58.26/hr.
Location: Illinois, New York`,
    want: { work_mode: 'remote', min_years: 2, pay: usd(32.36, 58.26, 'hour'), degree: 'bachelor', states: [] },
  },
  {
    title: 'Occupational Therapist - Medical Director Support',
    location: 'Louisville, KY',
    text: `The UM therapist coordinates and documents services.

What it takes

Required Qualifications
- Licensed OT with no disciplinary action
- Minimum three years of clinical experience in an acute care, skilled or rehabilitation setting
- A wired connection in your home office

Preferred Qualifications
- Bachelor's degree
- Health plan experience

Additional Information
Workstyle: Remote. Location: must reside in Kentucky or Indiana
Typical work days/hours: Monday - Friday; 8:30am - 5:00pm EST
Training: virtual, 6 weeks

Travel: While this is a remote position, occasional travel to offices for training or meetings may be required.

Scheduled Weekly Hours
40

Pay Range
$71,100 - $97,800 per year`,
    want: { work_mode: 'remote', min_years: 3, pay: usd(71_100, 97_800, 'year'), states: ['KY', 'IN'], degree: null, travel_percent: null },
  },
  {
    title: 'Occupational Therapist (OT) - Outpatient Pediatrics',
    location: 'Tampa, FL 33602',
    text: `Job description
Kids Play Therapy is looking for an OT!
Job Types: Full-time, Part-time
Pay: $42.00 - $52.00 per hour
Benefits:
401(k)
Dental insurance
Referral program
Schedule:
8 hour shift
Monday to Friday
No weekends
Education:
Master's (Preferred)
Experience:
Pediatrics: 1 year (Preferred)
License/Certification:
CPR Certification (Required)
Ability to Commute:
Tampa, FL 33602 (Required)
Work Location: In person`,
    want: {
      work_mode: 'onsite',
      min_years: null,
      pay: usd(42, 52, 'hour'),
      employment_type: ['full_time', 'part_time'],
      certifications: [{ name: 'CPR', need: 'required' }],
      degree: null,
    },
  },
  {
    title: 'Director of Rehabilitation (DOR)',
    location: 'Wichita, KS',
    text: `POSITION: Director of Rehab – Full Time
FACILITY TYPE: 120 bed skilled nursing
SUMMARY: The DOR leads daily operations of the therapy department while carrying a patient caseload (50% productivity).
QUALIFICATIONS:
• Current Kansas license as a PT, OT, SLP, PTA or COTA
• Minimum two years experience in a SNF, leadership experience preferred
• Sign-on bonus of $10,000
COMPENSATION: $95,000-$105,000/year DOE
EOE. Kansas Rehab Partners has been providing therapy for more than 20 years.`,
    want: {
      min_years: 2,
      pay: usd(95_000, 105_000, 'year'),
      employment_type: ['full_time'],
      caseload: true,
      states: ['KS'],
      seniority: 'director',
      work_mode: null,
    },
  },
  {
    title: 'Adjunct Faculty - Occupational Therapy Assistant',
    location: 'Online',
    text: `Lakeview College invites applications for adjunct instructors. Courses are taught fully online; instructors work remotely.
Minimum Qualifications: Bachelor’s degree; NBCOT; three years of practice as an OT or OTA, at least one of which is in pediatrics. Preferred: master’s degree, prior teaching experience.
Compensation: $1,050 per credit hour. Part-time, temporary.`,
    want: { work_mode: 'remote', min_years: 3, pay: null, employment_type: ['part_time', 'temporary'], degree: 'bachelor' },
  },
  {
    title: 'Industrial Injury Prevention Specialist',
    location: 'Spartanburg, SC',
    text: `WorkStrong is hiring an Injury Prevention Specialist (20-24 hours/week) to provide onsite ergonomics and early intervention at an automotive plant.

You will:
- Walk the floor, coach body mechanics
- Complete job demands analyses

You have:
- ATC, PT, PTA, OT or COTA
- 0-3 years of experience
- CEAS a plus
- Able to lift 50 lbs and stand for 8 hours

Part-time. $30-$36/hr. Travel <10%.`,
    want: {
      work_mode: 'onsite',
      min_years: 0,
      pay: usd(30, 36, 'hour'),
      employment_type: ['part_time'],
      certifications: [{ name: 'CEAS', need: 'preferred' }],
      lifting_pounds: 50,
      travel_percent: 10,
    },
  },
  {
    title: 'Clinical Account Executive, Rehab Technology',
    location: 'Dallas, TX (Remote)',
    text: `Territory: TX, OK, LA. This is a field position; you work from a home office and travel 60% with overnights.
What you'll need
Bachelor’s degree or equivalent experience
3-5 years selling capital equipment, or 5+ years as a PT/OT
Comp: $85k base, $170k OTE. Car allowance $700/mo.`,
    want: { work_mode: 'remote', min_years: 3, pay: usd(85_000, 85_000, 'year'), travel_percent: 60, degree: 'bachelor' },
  },
  {
    title: 'Medical Writer (Contract)',
    location: 'United States',
    text: `We are looking for a freelance or contract medical writer for patient education. 10-15 hrs per week, fully remote. Rate $60-$75 per hour (1099). Requirements: advanced degree in a health field (MS, PhD, PharmD, DPT); 2+ years medical writing experience required; AMWA or BELS certification preferred.`,
    want: { work_mode: 'remote', min_years: 2, pay: usd(60, 75, 'hour'), degree: 'master' },
  },
  {
    title: 'Physical Therapist (Travel) - 13 week contract',
    location: 'Boise, ID',
    text: `Specialty: SNF. Start: ASAP. 40 hours/week. Estimated gross pay: $2,050 - $2,240 / week. Requirements: 1 year of experience within the last 3 years; BLS; Idaho license or compact privilege. We will reimburse up to $500 in licensure. Refer a friend and earn $750!`,
    want: {
      min_years: 1,
      pay: usd(2050, 2240, 'week'),
      employment_type: ['contract'],
      certifications: [{ name: 'BLS', need: 'required' }],
      states: ['ID'],
    },
  },
  {
    title: 'UX Researcher II, Digital Health',
    location: 'New York, NY',
    text: `About the role
Our teams are hybrid, working from our Union Square office Tuesdays through Thursdays.
Minimum qualifications
- 4+ years of experience in UX research or human factors (or a PhD and 2+ years)
- BA/BS in HCI, psychology or equivalent practical experience
Preferred
- 6 years in healthcare
The US base salary range for this full-time position is $118,000-$171,000 + bonus + equity + benefits.`,
    want: {
      work_mode: 'hybrid',
      min_years: 2,
      pay: usd(118_000, 171_000, 'year'),
      employment_type: ['full_time'],
      degree: 'bachelor',
      seniority: 'mid',
    },
  },
  {
    title: 'Rehab Liaison - RN, LPN, PT, OT, SLP',
    location: 'Macon, GA',
    text: `ABOUT US
For 30 years our hospitals have led the nation in inpatient rehabilitation. Benefits for full-time employees begin on day one.
JOB DUTIES
• Visits referring hospitals and evaluates patients at the bedside for admission
• No patient care
REQUIREMENTS
• Licensed RN, LPN, PT, OT or SLP in Georgia
• Two years' acute care or rehabilitation experience strongly preferred
• Sales experience is a plus
• Valid driver’s license
Schedule: PRN weekends`,
    want: { min_years: null, employment_type: ['per_diem'], states: ['GA'], work_mode: 'onsite', patient_contact: 'none' },
  },
  {
    title: 'Utilization Review Physical Therapist',
    location: 'San Diego, CA',
    text: `Basic Requirements: Education and experience. The individual must meet at least one of the requirements below: (1) Bachelor's degree in physical therapy AND five (5) years of progressively independent experience as a PT. (2) Master's degree in physical therapy AND two (2) years of progressively independent experience as a PT. (3) Doctorate degree in physical therapy. Non-licensed PTs may be given a temporary appointment for a period not-to-exceed two years. Work Schedule: Monday - Friday, 8:00am - 4:30pm. Telework: Not Available. Virtual: This is not a virtual position. Relocation/Recruitment Incentives: Not authorized.`,
    want: { work_mode: 'onsite', employment_type: [] },
  },
  {
    title: 'Vocational Case Manager',
    location: 'Portland, OR',
    text: `Home-based with travel in the Portland metro area (mileage paid). Master's in rehabilitation counseling or bachelor's and 3 years of vocational experience. CRC or CDMS required, or eligible to sit within 12 months. Salary: $66,000–$74,000. Full time, exempt.`,
    want: {
      work_mode: 'remote',
      pay: usd(66_000, 74_000, 'year'),
      employment_type: ['full_time'],
      certifications: [
        { name: 'CRC', need: 'required' },
        { name: 'CDMS', need: 'required' },
      ],
      degree: 'bachelor',
    },
  },
  {
    title: 'Assistive Technology Professional (ATP)',
    location: 'Nashville, TN',
    text: `Requirements
RESNA ATP certification required or willing to obtain within 1 year
High school diploma; some college preferred
2 years of complex rehab experience
Must be able to lift up to 75 lbs
Clean MVR for the past 3 years
Base salary of $55,000-$70,000 plus commission. Full-time. Monday-Friday; in the field 4 days a week, one day in office.`,
    want: {
      min_years: 2,
      pay: usd(55_000, 70_000, 'year'),
      employment_type: ['full_time'],
      certifications: [{ name: 'ATP', need: 'required' }],
      lifting_pounds: 75,
      degree: null,
    },
  },
  {
    title: 'MDS Coordinator',
    location: 'Erie, PA',
    text: `Pay: $34/hr - $40/hr. Full-Time Days. Requirements: Active PA RN or LPN license; 1+ year MDS experience required (2+ preferred); RAC-CT preferred. Working remotely is not an option.`,
    want: {
      min_years: 1,
      pay: usd(34, 40, 'hour'),
      work_mode: 'onsite',
      certifications: [{ name: 'RAC-CT', need: 'preferred' }],
      states: ['PA'],
    },
  },
];

describe('whole postings', () => {
  test.each(POSTINGS)('$title, $location', ({ title, location, text, want }) => {
    const read = facetsOf(text, { title, location });
    for (const facet of Object.keys(want) as (keyof Facets)[]) expect({ [facet]: read[facet] }).toEqual({ [facet]: want[facet] });
  });
});
