import { expect, test } from 'vitest';
import { readPlaces } from '../../src/posting/places.ts';

const told = (raw: string, home: string | null) =>
  readPlaces([{ raw }], home).map(({ city, region, country }) => [city, region, country].map(part => part ?? '-').join(' '));

test.each([
  ['US', 'Springfield', ['- - US']],
  ['US', 'Remote', ['- - US']],
  ['US', 'Main Campus, Building 4', ['- - US']],
  ['US', 'IN', ['- IN US']],
  ['US', 'Georgia', ['- GA US']],
  ['US', 'Washington', ['- WA US']],
  ['US', 'Dayton, OH', ['Dayton OH US']],
  ['US', 'Toronto, ON', ['Toronto ON CA']],
  ['US', 'London, United Kingdom', ['London - GB']],
  ['US', 'Chicago', ['Chicago IL US']],
  ['US', 'Ontario, CA', ['Ontario CA US']],
  ['AU', 'SA - St Agnes', ['- - AU']],
  ['AU', 'Perth, WA', ['Perth WA AU']],
  ['AU', 'NT', ['- - AU']],
  ['AU', 'Austin, Texas', ['Austin TX US']],
  ['CA', 'Ontario, CA', ['- ON CA']],
  ['CA', 'Windsor, CA', ['Windsor - CA']],
  ['CA', 'London, ON', ['London ON CA']],
  ['CA', 'Remote', ['- - CA']],
  ['IN', 'Karnataka', ['- - IN']],
  ['IN', 'Pune, MH', ['Pune MH IN']],
  ['DE', 'Wiesbaden, DE', ['Wiesbaden - DE']],
  ['GB', 'Remote - Chicago', ['Chicago IL US']],
  ['GB', 'US', ['- - US']],
  ['US', 'Remote, UK', ['- - GB']],
  ['US', 'Accra, GHA', ['Accra - GH']],
  ['US', 'Remote - Europe', ['- - -']],
  ['US', 'New York Office', ['New York NY US']],
  ['US', 'Nebraska Office', ['- - US']],
  ['IN', 'Cambridge, MA', ['Cambridge MA US']],
  ['GB', 'Leeds, Leeds', ['Leeds - GB']],
  ['GB', 'Hove, Lewes & Seaford', ['Hove - GB']],
  ['CA', '12 Main St E, Guelph, ON N1H 3T9', ['Guelph ON CA']],
])('of an employer in %s, %s is %j', (home, raw, places) => {
  expect(told(raw, home)).toEqual(places);
});

test('without a country of the employer nothing is added', () => {
  expect(told('Springfield', null)).toEqual(['- - -']);
  expect(told('IN', null)).toEqual(['- - -']);
});

test('a country that the board gives apart is believed before the employer’s', () => {
  expect(readPlaces([{ raw: 'Dublin', city: 'Dublin', country: 'Ireland' }], 'US')).toMatchObject([{ city: 'Dublin', country: 'IE' }]);
  expect(readPlaces([{ raw: 'Springfield', city: 'Springfield' }], 'US')).toMatchObject([{ city: null, country: 'US' }]);
});

test('places that differ stay apart when their country is added', () => {
  expect(readPlaces([{ raw: 'Springfield; Riverton; Springfield' }], 'US').map(({ raw }) => raw)).toEqual(['Springfield', 'Riverton']);
});
