import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlace, readPlaces, statesOf } from '../../src/posting/places.ts';
import { STATE_NAMES, stateOf, US_STATES } from '../../src/posting/states.ts';

const read = (raw: string) => {
  const { city, region, country } = readPlace({ raw });
  return [city, region, country];
};
const all = (raw: string) => readPlaces([{ raw }]).map(({ city, region, country }) => [city, region, country]);

describe('one place', () => {
  it.each([
    ['Minneapolis, MN', 'Minneapolis', 'MN', 'US'],
    ['Minneapolis, mn', 'Minneapolis', 'MN', 'US'],
    ['Minneapolis, Minnesota, United States', 'Minneapolis', 'MN', 'US'],
    ['Silver Peak, Nevada, United States of America', 'Silver Peak', 'NV', 'US'],
    ['US-MN-Minneapolis', 'Minneapolis', 'MN', 'US'],
    ['US, NC, Durham', 'Durham', 'NC', 'US'],
    ['US, MD, BALTIMORE', 'Baltimore', 'MD', 'US'],
    ['MN-Edina-Home Office', 'Edina', 'MN', 'US'],
    ['US-CO-Loveland-Bldg E', 'Loveland', 'CO', 'US'],
    ['NC-Winston-Salem', 'Winston-Salem', 'NC', 'US'],
    ['Winston-Salem, NC', 'Winston-Salem', 'NC', 'US'],
    ['USA - Pennsylvania - West Point', 'West Point', 'PA', 'US'],
    ['Illinois - Chicago, US', 'Chicago', 'IL', 'US'],
    ['Austin - TX', 'Austin', 'TX', 'US'],
    ['Austin TX 78701', 'Austin', 'TX', 'US'],
    ['Austin, TX 78701-1234', 'Austin', 'TX', 'US'],
    ['123 Main St, Austin, TX, 78701, USA', 'Austin', 'TX', 'US'],
    ['55401', 'Minneapolis', 'MN', 'US'],
    ['Irvine, California US', 'Irvine', 'CA', 'US'],
    ['Los Angeles, Calif.', 'Los Angeles', 'CA', 'US'],
    ['Portland, OR (hybrid)', 'Portland', 'OR', 'US'],
    ['New York, New York', 'New York', 'NY', 'US'],
    ['Washington, D.C.', 'Washington', 'DC', 'US'],
    ['Smyrna, Georgia', 'Smyrna', 'GA', 'US'],
    ['San Juan, PR', 'San Juan', 'PR', 'US'],
    ['Main Hospital - Duluth, MN', 'Duluth', 'MN', 'US'],
    ['Duluth, MN - Main Hospital', 'Duluth', 'MN', 'US'],
    ['Columbia, South Carolina Metropolitan Area', 'Columbia', 'SC', 'US'],
    ['London, ON', 'London', 'ON', 'CA'],
    ['Toronto, Ontario, CA', 'Toronto', 'ON', 'CA'],
    ['Bengaluru, Karnataka, India', 'Bengaluru', 'Karnataka', 'IN'],
    ['London, United Kingdom', 'London', null, 'GB'],
    ['Berlin, DE', 'Berlin', null, 'DE'],
    ['Wilmington, DE', 'Wilmington', 'DE', 'US'],
    ['Toronto, CA', 'Toronto', null, 'CA'],
  ])('%s is read whole', (raw, city, region, country) => {
    expect(read(raw)).toEqual([city, region, country]);
  });

  it.each([
    ['Remote - Texas', 'TX', 'US'],
    ['Remote in TX', 'TX', 'US'],
    ['California', 'CA', 'US'],
    ['New York', 'NY', 'US'],
    ['Remote, US', null, 'US'],
    ['Remote (US)', null, 'US'],
    ['United States - Remote', null, 'US'],
    ['Remote U.S.', null, 'US'],
    ['4 Locations, US', null, 'US'],
    ['Remote - Canada', null, 'CA'],
    ['Germany/Remote', null, 'DE'],
    ['Home Office, MN', 'MN', 'US'],
    ['New Haven County, CT', 'CT', 'US'],
    ['Rochester & Buffalo, NY', 'NY', 'US'],
  ])('%s is read as far as it goes', (raw, region, country) => {
    expect(read(raw)).toEqual([null, region, country]);
  });

  it.each([
    'Springfield',
    'Washington',
    'Georgia',
    'Remote',
    'Remote or Hybrid',
    'Remote OR Hybrid',
    '2 Locations',
    'Multiple Locations',
    'Nationwide',
    'CA',
    'Corporate',
    '10115 Berlin',
    '',
    'Texas or Maine?',
  ])('%j is left open', raw => {
    expect(read(raw)).toEqual([null, null, null]);
  });

  it('keeps what the board wrote', () => {
    expect(readPlace({ raw: '  Minneapolis,&nbsp;MN ' }).raw).toBe('Minneapolis, MN');
    expect(readPlace({ raw: '', city: 'Duluth', region: 'MN', country: 'US' }).raw).toBe('Duluth, MN, US');
  });
});

describe('parts the board gives apart', () => {
  it.each([
    [{ raw: 'x', city: 'Duluth', region: 'MN', country: 'USA' }, ['Duluth', 'MN', 'US']],
    [{ raw: '', city: 'DULUTH', region: 'Minnesota', country: null }, ['Duluth', 'MN', 'US']],
    [{ raw: '', city: 'Duluth', region: 'MN - Minnesota', country: 'United States' }, ['Duluth', 'MN', 'US']],
    [{ raw: '', city: 'Duluth, MN' }, ['Duluth', 'MN', 'US']],
    [{ raw: '', city: 'Berlin', region: 'Berlin', country: 'Germany' }, ['Berlin', 'Berlin', 'DE']],
    [{ raw: '', city: 'Springfield' }, ['Springfield', null, null]],
    [{ raw: '', city: 'Remote', region: 'TX', country: 'US' }, [null, 'TX', 'US']],
    [{ raw: 'Remote', country: 'US' }, [null, null, 'US']],
    [{ raw: '', city: 'Tbilisi', region: '', country: 'Georgia' }, ['Tbilisi', null, 'GE']],
    [{ raw: '', city: 'Atlanta', region: 'Georgia', country: 'US' }, ['Atlanta', 'GA', 'US']],
    [{ raw: '', city: 'Toronto', region: 'ON', country: 'CA' }, ['Toronto', 'ON', 'CA']],
  ])('%j', (place, expected) => {
    const { city, region, country } = readPlace(place);
    expect([city, region, country]).toEqual(expected);
  });
});

describe('several places in one', () => {
  it.each([
    [
      'Austin, TX; Dallas, TX',
      [
        ['Austin', 'TX', 'US'],
        ['Dallas', 'TX', 'US'],
      ],
    ],
    [
      'Austin, TX | Dallas, TX',
      [
        ['Austin', 'TX', 'US'],
        ['Dallas', 'TX', 'US'],
      ],
    ],
    [
      'Austin, TX, Dallas, TX',
      [
        ['Austin', 'TX', 'US'],
        ['Dallas', 'TX', 'US'],
      ],
    ],
    [
      'Portland, OR or Salem, OR',
      [
        ['Portland', 'OR', 'US'],
        ['Salem', 'OR', 'US'],
      ],
    ],
    [
      'Remote - Texas, Oklahoma, Louisiana',
      [
        [null, 'TX', 'US'],
        [null, 'OK', 'US'],
        [null, 'LA', 'US'],
      ],
    ],
    [
      'Multiple territories: Raleigh NC, Chattanooga TN, Greenville SC',
      [
        ['Raleigh', 'NC', 'US'],
        ['Chattanooga', 'TN', 'US'],
        ['Greenville', 'SC', 'US'],
      ],
    ],
    ['Phoenix, AZ (territory: AZ, NM, Southern NV)', [['Phoenix', 'AZ', 'US']]],
  ])('%s', (raw, expected) => {
    expect(all(raw)).toEqual(expected);
  });

  it('what says the same twice is kept once, and nothing at all is no place', () => {
    expect(readPlaces([{ raw: 'Duluth, MN' }, { raw: 'DULUTH, Minnesota' }, { raw: ' ' }, { raw: ', -' }])).toHaveLength(1);
    expect(readPlaces([])).toEqual([]);
  });

  it('never more than a hundred', () => {
    expect(readPlaces(Array.from({ length: 300 }, (_, at) => ({ raw: `Site ${at}` })))).toHaveLength(100);
    // Those written alike are read once, however many there are, and of others no more than a thousand.
    let read = 0;
    const told = (raw: string) => ({
      get raw() {
        read += 1;
        return raw;
      },
    });
    const last = { raw: 'Boise, ID' };
    expect(readPlaces([...Array.from({ length: 20_000 }, () => ({ raw: 'Reno, NV' })), last])).toHaveLength(2);
    expect(readPlaces([...Array.from({ length: 20_000 }, (_, at) => told(`Reno, NV ${89_000 + at}`)), last])).toHaveLength(1);
    expect(read).toBeLessThan(20_000);
  });
});

it('states of places are US codes, sorted, each once', () => {
  expect(statesOf(readPlaces([{ raw: 'Dallas, TX; Duluth, MN; Austin, TX; London, ON; Remote' }]))).toEqual(['MN', 'TX']);
});

describe('states', () => {
  it('are the fifty, the district and five territories', () => {
    expect(US_STATES).toHaveLength(56);
    expect(new Set(US_STATES).size).toBe(56);
  });

  it('are known by code, name and old abbreviation', () => {
    for (const [words, code] of [
      ['mn', 'MN'],
      ['Minnesota', 'MN'],
      ['Minn.', 'MN'],
      ['D.C.', 'DC'],
      ['N. Dak.', 'ND'],
      ['N.Y.', 'NY'],
      ['W.Va.', 'WV'],
      ['ontario', 'ON'],
    ]) {
      expect(stateOf(words!)?.code).toBe(code);
    }
    for (const words of ['', 'Bavaria', 'XX', 'Springfield', 'M N N']) expect(stateOf(words)).toBeNull();
  });
});

describe('properties', () => {
  const state = fc.constantFrom(...STATE_NAMES.entries());
  const city = fc.constantFrom('Riverton', 'Oak Hollow', "Coeur d'Alene", 'St. Anselm', 'Elm-Weston', 'La Paloma');

  it('a city and a state read the same in every usual order', () => {
    fc.assert(
      fc.property(city, state, (name, [code, full]) => {
        const expected = [name, code, 'US'];
        for (const raw of [
          `${name}, ${code}`,
          `${name}, ${code}, US`,
          `${name}, ${full}, United States`,
          `${name}, ${code} (Remote)`,
          `Hybrid - ${name}, ${code}`,
        ]) {
          expect(read(raw)).toEqual(expected);
        }
      }),
    );
  });

  it('whatever it is given, region is a code of the US or Canada when the country is, and raw is kept short', () => {
    const words = fc.array(
      fc.constantFrom(
        ...[
          'Austin',
          'TX',
          'CA',
          'OR',
          'Georgia',
          'New York',
          'US',
          'Remote',
          'Hybrid',
          '55401',
          'Canada',
          'DE',
          'Berlin',
          ',',
          ' ',
          ' - ',
          '-',
          '/',
          ' / ',
          ';',
          '(',
          ')',
          '|',
          ' or ',
          'Locations',
          '2',
        ],
      ),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          words.map(parts => parts.join('')),
        ),
        raw => {
          for (const place of readPlaces([{ raw }])) {
            expect(place.raw.length).toBeLessThanOrEqual(400);
            if (place.country === 'US') expect(place.region === null || US_STATES.includes(place.region)).toBe(true);
            if (place.country === 'CA') expect(place.region === null || stateOf(place.region)?.country === 'CA').toBe(true);
            if (place.country === null) expect(place.region).toBeNull();
            else expect(place.country).toMatch(/^[A-Z]{2}$/);
            expect(place.city).not.toBe('');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
