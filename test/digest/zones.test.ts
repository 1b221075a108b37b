import { IANAZone } from 'luxon';
import { expect, test } from 'vitest';
import { zoneOfFilter } from '../../src/digest/zones.ts';
import { US_STATES } from '../../src/posting/states.ts';

test.each([
  ['state=CA', 'America/Los_Angeles'],
  ['path=sales&state=CA,WA', 'America/Los_Angeles'],
  ['state=CA,NY', null],
  ['near=78701', 'America/Chicago'],
  ['near=Denver, CO&radius=25', 'America/Denver'],
  ['near=Denver, CO&state=CA', 'America/Denver'],
  ['credential=OTA&work_mode=remote', null],
])('the time zone of who asks for %s is %s', (query, zone) => {
  expect(zoneOfFilter(query)).toBe(zone);
});

test.each(US_STATES)('%s has a time zone that is one', state => {
  expect(IANAZone.isValidZone(zoneOfFilter(`state=${state}`) ?? '')).toBe(true);
});
