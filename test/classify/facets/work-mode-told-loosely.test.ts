import { describe, expect, test } from 'vitest';
import { facetsOf } from './reading-of.ts';

describe('where one works in other words than those of lists', () => {
  const TOLD: readonly (readonly [string, string | null])[] = [
    ['Remote for residents of TX; hearings in person.', 'remote'],
    ['Remote for those near a rail line; rollouts in person.', 'remote'],
    ['Your desk is in our Pine office, plant and all, five days a week.', 'onsite'],
    ['You sit in our Elm Street office, dog and all, five days.', 'onsite'],
    ['You report to the annex Monday through Friday; telework is granted situationally.', 'onsite'],
    ['Remote work is allowed situationally, for storms.', 'onsite'],
    ['Teletherapy was an experiment and is over.', 'onsite'],
    ['Telework was for the pandemic and is history.', 'onsite'],
    ['Ask about home days in spring, and we will say no.', 'onsite'],
    ['The annex on Pine Street is your duty station.', 'onsite'],
    ['All shifts are stood aboard the ferry.', 'onsite'],
    ['Built in 1911 is the tower, where the officer reports daily.', 'onsite'],
    ["You'll be working here, between the kilns.", 'onsite'],
    ['Hired by the mill, and present there every shift.', 'onsite'],
    ['You start and finish the day from home, with a county car.', 'remote'],
    ['Work from home; no fixed seat is kept for you at the annex.', 'remote'],
    ['There is no fixed desk.', null],
    ['Charting may be done anywhere you like.', null],
    ['Paperwork is yours to do wherever you park.', null],
  ];
  test.each(TOLD)('%j is read as %j', (text, wanted) => expect(facetsOf(text).work_mode).toBe(wanted));
});
