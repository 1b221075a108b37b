import { describe, expect, test } from 'vitest';
import type { WorkMode } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

type Said = readonly (readonly [string, WorkMode | null])[];

describe('where the work is done, weighed', () => {
  const OF_THE_BOARD: readonly (readonly [string, string, string, WorkMode])[] = [
    [
      'Design Researcher',
      'Remote (US)',
      'You sit in on clinic days (by video, or in person twice a year) and write up what you saw.',
      'remote',
    ],
    [
      'Implementation Coach',
      'Remote, Midwest',
      "Each install takes two to three days at the dealer's shop; then you are off to the next.",
      'remote',
    ],
    [
      'Clinical Educator',
      'Remote - Ohio',
      'Teach the evening lab at the clinic of a customer one week in two, then write it up at home.',
      'remote',
    ],
    ['Launch Lead', 'Home-based; Utah', 'Some 40 percent of the nights you will sleep in a hotel near a hospital.', 'remote'],
    ['Trainer (Remote)', 'Boise, ID', 'You spend a few days at each hospital of the network while its staff learn the software.', 'remote'],
    ['Claims Analyst', 'Remote / Provo, UT', 'Tuesdays and Thursdays at our Provo headquarters.', 'hybrid'],
  ];
  test.each(OF_THE_BOARD)('%s, %s: %j is %j, as only days at the office outweigh what the board says', (title, location, text, mode) =>
    expect(facetsOf(text, { title, location }).work_mode).toBe(mode),
  );

  const DENIED: Said = [
    ['This title has been found unsuitable for telework.', 'onsite'],
    ['The post is ineligible for work from home.', 'onsite'],
    ['The desk stands in Ely Hall, and the class of work is disqualified for remote work.', 'onsite'],
    ['The program does not offer any online sections; you lecture on Mondays and Fridays.', 'onsite'],
    ['Tapes are scored by ear; the recordings may not leave the building.', 'onsite'],
    ['You answer letters of claimants (the files cannot go home).', 'onsite'],
    ['Patients who cannot go home yet are seen each day.', null],
    ['Charts come with the child and never leave home without a parent.', null],
  ];
  test.each(DENIED)('%j is %j by what may not leave', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));

  const OF_OTHERS: Said = [
    ['You treat toddlers where they are: you see the family in the home.', null],
    ['Progress notes from your sofa if you like; patients are on both sides of the river.', null],
    ['Watches how the tenant gets from bed to kitchen and from couch to toilet.', null],
    ['Families of children from birth to three, at home or with a sitter, two mornings or three.', null],
    ['Browse our remote positions as well.', null],
    ['Rounds on every patient Monday to Friday, and takes an assignment on the floor when short.', null],
    ['Dental, vision, an on-site chiropractor two mornings a week.', null],
    ['No clinic, no commute to one: you treat in the home.', null],
    ['No long commute: you see toddlers at their kitchen tables.', null],
    ['No commute, no dress code. You review charts.', 'remote'],
    ['A COTA is on site Mon-Wed, an OTA on site Fridays.', null],
  ];
  test.each(OF_OTHERS)('%j is %j, as the home and the days are of others', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));

  const ONCE: Said = [
    ['Bids are handed in on site at the county office by noon on the 3rd.', null],
    ['Labor-law notices are posted at our front desk.', null],
    ['You get three weeks in the Elm Street clinic before you go out on your own.', null],
    ['You report to the branch manager.', null],
    ['The gym is open Monday and Tuesday 7 to 7.', null],
  ];
  test.each(ONCE)('%j is %j, as nobody works there for it', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));

  const SHARED: Said = [
    ['Work at the Akron office, from home, or some of each.', 'remote'],
    ['Sit in our Duluth studio, remotely, or a little of both.', 'remote'],
    ['Your office is your own spare room; about half of the week goes to plants in the district.', 'remote'],
    ["The assessor's office is in their home; sites are visited four days a week.", 'remote'],
    ['You review charts and answer appeals. This half you do from home.', 'hybrid'],
    ['Six weeks of writing come first. That stretch is done from your own home; the next is on the units of two hospitals.', 'hybrid'],
  ];
  test.each(SHARED)('%j is %j by its parts', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));

  const SEATED: Said = [
    ['Twenty desks in our Reno center; every call is answered there.', 'onsite'],
    ['All shifts are worked at the Lodge.', 'onsite'],
    ['Every appointment is held here, by the window.', 'onsite'],
    ['You must be at the Pine Street gym four evenings a week.', 'onsite'],
    ['Needs to be in our Provo pharmacy every weekday.', 'onsite'],
    ['Inspectors report to the Courthouse, room 12, and take a county car from there.', 'onsite'],
    ['On-site on our Salem campus when not at fairs.', 'onsite'],
    ['You are on its pick floor Friday through Sunday nights.', 'onsite'],
    ['At our Troy clinic, Tue/Thu 8:00 to 4:30.', 'onsite'],
    ['In our Ogden store, Friday and Saturday 10 to 6.', 'onsite'],
  ];
  test.each(SEATED)('%j is %j by the hours told with the house', (text, mode) => expect(facetsOf(text).work_mode).toBe(mode));
});
