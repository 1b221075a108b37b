import { describe, expect, test } from 'vitest';
import type { WorkMode } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

describe('where the work is done', () => {
  const SAID: readonly (readonly [string, WorkMode | null])[] = [
    ['This is a fully remote position.', 'remote'],
    ['This position is 100% remote within the United States.', 'remote'],
    ['Work Location: Remote', 'remote'],
    ['Location: Remote (must live in TX)', 'remote'],
    ['Remote - US', 'remote'],
    ['Work from home opportunity!', 'remote'],
    ['You will work remotely from your home office with up to 25% travel.', 'remote'],
    ['This is a telecommute position.', 'remote'],
    ['Telecommuter role', 'remote'],
    ['This is a hybrid role based in our Chicago office.', 'hybrid'],
    ['Hybrid schedule: 3 days onsite, 2 days remote.', 'hybrid'],
    ['You will be in the office three days a week.', 'hybrid'],
    ['Work from home two days per week after training.', 'hybrid'],
    ['Expected to work in the office at least 2 days per week', 'hybrid'],
    ['Remote with occasional office visits', 'remote'],
    ['This is an onsite position.', 'onsite'],
    ['This is not a remote position.', 'onsite'],
    ['This position is not eligible for remote work.', 'onsite'],
    ['Work Location: In person', 'onsite'],
    ['Work Location: On the road', null],
    ['Work Location: Hybrid remote in Tampa, FL 33602', 'hybrid'],
    ['Work Location: Remote', 'remote'],
    ['Ability to commute/relocate: Dallas, TX. Work Location: In person', 'onsite'],
    ['Position requires on-site presence at our clinic.', 'onsite'],
    ['Remote work is not available for this role.', 'onsite'],
    ['This role is on-site at our hospital in Boston.', 'onsite'],
    ['100% on-site', 'onsite'],
    ['Monitor remote patients with our remote patient monitoring platform.', null],
    ['You will provide remote monitoring support.', null],
    ['We serve remote communities in Alaska.', null],
    ['You treat patients in their home and help them return home.', null],
    ['Home health physical therapist visiting patients at home.', null],
    ['Training is offered onsite and virtually. On-site gym and cafeteria.', null],
    ['We offer virtual visits and telehealth to our patients.', null],
    ['Teaches hybrid courses in the DPT program.', null],
    ['Faculty in our hybrid DPT program', null],
    ['Our remote-first company hires anywhere in the US.', 'remote'],
    ['This is a remote role; you must reside in Ohio.', 'remote'],
    ['Candidates must live within 50 miles of Atlanta. Hybrid.', 'hybrid'],
    ['Field-based position; you will work from your home and travel to customer sites 60% of the time.', 'remote'],
    ['This is a field based role covering Ohio; home office with travel.', 'remote'],
    ['Telework: ad hoc. This position is eligible for telework 2 days per week.', 'hybrid'],
    ['Remote job\nNo\nTelework eligible\nYes', 'onsite'],
    ['This position may be worked remotely from anywhere in Colorado.', 'remote'],
    ['Schedule: Monday to Friday, in office', 'onsite'],
    ['The job is performed in our Denver office.', 'onsite'],
    ['Position is located at our Denver campus.', 'onsite'],
    ['Must be able to work in the office Monday-Friday', 'onsite'],
    ['Flexible work arrangements including remote options may be available.', null],
    ['Work-at-home with some office days', 'remote'],
    ['You may do this job from anywhere within the U.S.; the work is done remotely.', 'remote'],
    ['Staff in this job work virtually full-time, save for two training weeks in person.', 'remote'],
    ['Location: Virtual. You will be in-office 1 - 2 days per week.', 'hybrid'],
    ['Colleagues may be remote, hybrid or on-site, whatever their role.', null],
    ['A gym on campus is one of the things we offer.', null],
    ['Chart review from home, with a bedside visit now and then.', 'hybrid'],
    ['Telework: not available', 'onsite'],
    ['Chart work is done from your home office; the rest of the week is spent in our hub.', 'remote'],
  ];
  test.each(SAID)('%j is %j', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));

  const HEADS: readonly (readonly [string, string, WorkMode | null])[] = [
    ['Utilization Review Nurse (Remote)', 'Omaha, NE', 'remote'],
    ['Remote Medical Writer', 'Omaha, NE', 'remote'],
    ['Product Designer - Hybrid', 'Omaha, NE', 'hybrid'],
    ['Case Manager', 'Remote, TX', 'remote'],
    ['Case Manager', 'US-Remote', 'remote'],
    ['Case Manager', 'Work From Home', 'remote'],
    ['Case Manager - Work at Home', 'Omaha, NE', 'remote'],
    ['Remote Patient Monitoring Specialist', 'Austin, TX', null],
    ['Case Manager', 'Austin, TX', null],
    ['Case Manager', 'Austin, TX (Hybrid)', 'hybrid'],
    ['Case Manager', 'Austin, TX (On-site)', 'onsite'],
    ['Field Therapist (In Person Hiring Event)', 'Omaha, NE', null],
    ['Pediatric Home-Based Speech Therapist', 'Melbourne, FL', null],
    ['Speech Therapist (Virtual)', 'Ohio', 'remote'],
  ];
  test.each(HEADS)('%j at %j is %j', (title, location, mode) => expect(facetsOf('', { title, location }).work_mode).toBe(mode));

  test('what the board states in its own field wins over the words', () => {
    expect(facetsOf('This is a fully remote position.', { stated: { workMode: 'hybrid' } }).work_mode).toBe('hybrid');
  });
});
