import { describe, expect, it } from 'vitest';
import { readPlace, readPlaces, statesOf } from '../../src/posting/places.ts';
import { workModeOfPlaces } from '../../src/posting/work-mode.ts';

type Parts = Parameters<typeof readPlace>[0];
const read = (place: string | Parts) => {
  const { city, region, country } = readPlace(typeof place === 'string' ? { raw: place } : place);
  return [city, region, country];
};
const all = (raw: string) => {
  const places = readPlaces([{ raw }]);
  return { states: statesOf(places), mode: workModeOfPlaces(places) };
};
const cities = (raw: string) => readPlaces([{ raw }]).flatMap(({ city, region }) => (city ? [`${city}, ${region}`] : []));

describe('what the board gives apart and the words together', () => {
  it('takes the town from the words where only the state is given apart', () => {
    expect(read({ raw: 'Riverville, VA 24553, USA', region: 'VA', country: 'US' })).toEqual(['Riverville', 'VA', 'US']);
    expect(read({ raw: 'Florida, USA', region: 'FL', country: 'US' })).toEqual([null, 'FL', 'US']);
    expect(read({ raw: 'Dayton, OH', region: 'KY', country: 'US' })).toEqual([null, 'KY', 'US']);
  });

  it('takes two letters for a region of the country given apart, whatever country they are the code of', () => {
    expect(read({ raw: 'Bombay, MH', country: 'IN' })).toEqual(['Bombay', 'MH', 'IN']);
    expect(read({ raw: 'Berlin, DE', country: 'US' })).toEqual([null, null, 'US']);
  });

  it.each([
    ['Singapore, Singapore', 'Singapore', 'SG'],
    ['Luxembourg, Luxembourg', 'Luxembourg', 'LU'],
    ['Panama, Panama', 'Panama', 'PA'],
    ['Germany, Germany', null, 'DE'],
    ['Singapore', null, 'SG'],
  ])('%s: a country named twice is the city of that name, where it has one', (raw, city, country) => {
    const place = readPlace({ raw });
    expect([place.city, place.country]).toEqual([city, country]);
    expect(readPlace({ raw, country }).city).toBe(city);
  });

  it.each([
    ['Shanghai, Shanghai', 'Shanghai', 'CN'],
    ['Hamburg, Hamburg', 'Hamburg', 'DE'],
    ['Chicago, Chicago', 'Chicago', 'US'],
  ])('%s: a large city named twice is that city', (raw, city, country) => {
    const place = readPlace({ raw });
    expect([place.city, place.country]).toEqual([city, country]);
  });

  it('calls New York by its name', () => {
    expect(read('NYC')).toEqual(['New York', 'NY', 'US']);
    expect(read('NYC, NY')).toEqual(['New York', 'NY', 'US']);
    expect(read('NYC Office')).toEqual(['New York', 'NY', 'US']);
    expect(read({ raw: 'NYC', city: 'NYC', region: 'NY', country: 'US' })).toEqual(['New York', 'NY', 'US']);
  });
});

describe('a town named like a country', () => {
  it.each([
    ['Lebanon, NH', 'Lebanon', 'NH'],
    ['Lebanon, New Hampshire', 'Lebanon', 'NH'],
    ['Lebanon, NH, US', 'Lebanon', 'NH'],
    ['Lebanon, TN 37087', 'Lebanon', 'TN'],
    ['12 Cumberland St Lebanon TN 37087-4108', 'Lebanon', 'TN'],
    ['Lebanon OH', 'Lebanon', 'OH'],
    ['NH - Lebanon', 'Lebanon', 'NH'],
    ['US-NH-Lebanon', 'Lebanon', 'NH'],
    ['US, New Hampshire, Lebanon', 'Lebanon', 'NH'],
    ['Lebanon, NH (Hybrid)', 'Lebanon', 'NH'],
    ['Mexico, MO', 'Mexico', 'MO'],
    ['Mexico, Missouri, United States', 'Mexico', 'MO'],
    ['Peru, IN', 'Peru', 'IN'],
    ['Jamaica, NY', 'Jamaica', 'NY'],
    ['Jordan, MN', 'Jordan', 'MN'],
    ['Poland, OH', 'Poland', 'OH'],
    ['Wales, Massachusetts', 'Wales', 'MA'],
  ])('%s is the town', (raw, city, region) => {
    expect(read(raw)).toEqual([city, region, 'US']);
  });

  it('is the town too where the board gives the parts apart', () => {
    expect(read({ raw: '', city: 'Lebanon', region: 'NH' })).toEqual(['Lebanon', 'NH', 'US']);
    expect(read({ raw: '', city: 'Mexico', region: 'Missouri', country: 'US' })).toEqual(['Mexico', 'MO', 'US']);
    expect(read({ raw: 'Lebanon, NH', country: 'us' })).toEqual(['Lebanon', 'NH', 'US']);
  });

  it.each([
    ['Beirut, Lebanon', 'Beirut', 'LB'],
    ['Lebanon', null, 'LB'],
    ['Remote - Mexico', null, 'MX'],
    ['Monterrey, Nuevo León, Mexico', 'Monterrey', 'MX'],
    ['Kingston, Jamaica', 'Kingston', 'JM'],
  ])('%s is the country', (raw, city, country) => {
    const place = readPlace({ raw });
    expect([place.city, place.country]).toEqual([city, country]);
  });

  it('is no town where the state has none of that name', () => {
    expect(read('Lebanon, California')).toEqual([null, null, 'LB']);
    expect(read('India, IN')).toEqual([null, null, 'IN']);
  });
});

describe('a town named like a state or a province', () => {
  it.each([
    ['Ontario, CA', 'Ontario', 'CA'],
    ['Ontario, CA, US', 'Ontario', 'CA'],
    ['Ontario, California', 'Ontario', 'CA'],
    ['US, CA, Ontario', 'Ontario', 'CA'],
    ['Ontario, OR', 'Ontario', 'OR'],
    ['Indiana, PA', 'Indiana', 'PA'],
    ['Nevada, MO', 'Nevada', 'MO'],
    ['NY - New York', 'New York', 'NY'],
    ['Washington, DC', 'Washington', 'DC'],
  ])('%s is the town', (raw, city, region) => {
    expect(read(raw)).toEqual([city, region, 'US']);
  });

  it.each([
    ['Ontario, Canada', null, 'ON'],
    ['Toronto, Ontario, CA', 'Toronto', 'ON'],
    ['CA-ON-Toronto', 'Toronto', 'ON'],
  ])('%s is in Canada', (raw, city, region) => {
    expect(read(raw)).toEqual([city, region, 'CA']);
  });

  it('the country the board gives apart decides', () => {
    expect(read({ raw: 'Ontario, CA', country: 'US' })).toEqual(['Ontario', 'CA', 'US']);
    expect(read({ raw: 'Ontario, CA', country: 'CA' })).toEqual([null, 'ON', 'CA']);
    expect(read({ raw: '', city: 'Ontario', region: 'CA' })).toEqual(['Ontario', 'CA', 'US']);
  });
});

describe('a country, a state and a city, in this order', () => {
  it.each([
    ['US, Minnesota, Maplewood', 'Maplewood', 'MN'],
    ['US, Minnesota, Edina', 'Edina', 'MN'],
    ['United States - Ohio - Kettering', 'Kettering', 'OH'],
    ['Gilbert-Arizona-United States of America', 'Gilbert', 'AZ'],
    ['USA CA - San Diego Bldg A&B', 'San Diego', 'CA'],
    ['US MD Remote', null, 'MD'],
  ])('%s is read whole', (raw, city, region) => {
    expect(read(raw)).toEqual([city, region, 'US']);
  });

  it.each([
    ['Israel, Haifa', 'Haifa', 'IL'],
    ['DEU - Berlin', 'Berlin', 'DE'],
    ['Deutschland / Stuttgart', 'Stuttgart', 'DE'],
    ['Ecuador_Guayaquil', 'Guayaquil', 'EC'],
    ['India, Karnataka, Pune', 'Pune', 'IN'],
    ['Mumbai, MH, IN', 'Mumbai', 'IN'],
    ['Potsdam, DE, 14469', 'Potsdam', 'DE'],
    ['Weymouth (GBR)', 'Weymouth', 'GB'],
  ])('%s is abroad', (raw, city, country) => {
    const place = readPlace({ raw });
    expect([place.city, place.country]).toEqual([city, country]);
  });
});

describe('a way of working beside where', () => {
  it.each([
    ['Remote - CA', ['CA'], 'remote'],
    ['Remote (CA, NY, TX)', ['CA', 'NY', 'TX'], 'remote'],
    ['US Remote (CA, NY, TX)', ['CA', 'NY', 'TX'], 'remote'],
    ['Remote (must reside in OH, KY or IN)', ['IN', 'KY', 'OH'], 'remote'],
    ['Remote - Ohio, Indiana', ['IN', 'OH'], 'remote'],
    ['Remote - Indiana, Pennsylvania', ['IN', 'PA'], 'remote'],
    ['Remote - OH/KY', ['KY', 'OH'], 'remote'],
    ['Nashville, TN or Remote', ['TN'], 'remote'],
    ['Denver, CO; Remote', ['CO'], 'remote'],
    ['Denver, CO | Remote', ['CO'], 'remote'],
    ['Hybrid; Seattle, WA', ['WA'], 'hybrid'],
    ['Missouri State_Remote Residence', ['MO'], 'remote'],
    ['Virtual, NY', ['NY'], 'remote'],
    ['FL-Work@Home, Florida', ['FL'], 'remote'],
    ['Remote - Georgia', ['GA'], 'remote'],
    ['Austin, TX (Hybrid); Dallas, TX', ['TX'], null],
  ])('%s keeps its states and its mode', (raw, states, mode) => {
    expect(all(raw)).toEqual({ states, mode });
  });

  it.each([
    ['Kansas City, KS/MO', ['Kansas City, KS', 'Kansas City, MO']],
    ['Hybrid - Austin, TX, Dallas, TX', ['Austin, TX', 'Dallas, TX']],
    ['Austin, TX or Washington, DC', ['Austin, TX', 'Washington, DC']],
  ])('%s is each city by itself', (raw, expected) => {
    expect(cities(raw)).toEqual(expected);
  });
});

describe('no city is invented', () => {
  it.each([
    ['Remote, anywhere in the US', null, 'US'],
    ['Any city, TX', 'TX', 'US'],
    ['Various cities, TX', 'TX', 'US'],
    ['Jefferson Health Center, KY', 'KY', 'US'],
    ['United States - Field', null, 'US'],
    ['56 Woodbine Rd Pace FL 32571', 'FL', 'US'],
    ['Remote - US', null, 'US'],
  ])('from %s', (raw, region, country) => {
    expect(read(raw)).toEqual([null, region, country]);
  });

  it('and an empty part is not shown', () => {
    expect(readPlace({ raw: 'bangalore, , India' })).toEqual({ raw: 'bangalore, India', city: 'bangalore', region: null, country: 'IN' });
  });

  it('coordinates and shop numbers are no places', () => {
    expect(readPlaces([{ raw: 'Owings, MD 20736 | 38.696943245 | -76.616637505' }])).toHaveLength(1);
    expect(read('Athens, OH 1866')).toEqual(['Athens', 'OH', 'US']);
  });
});

describe('the bare name of a city', () => {
  it.each([
    ['Chicago', 'Chicago', 'IL', 'US'],
    ['Location: San Francisco', 'San Francisco', 'CA', 'US'],
    ['New York City', 'New York City', 'NY', 'US'],
    ['Boston, United States', 'Boston', 'MA', 'US'],
    ['San Francisco Office', 'San Francisco', 'CA', 'US'],
    ['Budapest,', 'Budapest', null, 'HU'],
    ['São Paulo', 'São Paulo', null, 'BR'],
  ])('%s says where when no other place of that name comes to mind', (raw, city, region, country) => {
    expect(read(raw)).toEqual([city, region, country]);
  });

  it.each(['Springfield', 'Birmingham', 'Dublin', 'Berkeley', 'Mobile'])('%s does not', raw => {
    expect(read(raw)).toEqual([null, null, null]);
  });
});
