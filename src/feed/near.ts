import zipcodes from 'zipcodes';

/** The states and territories of the United States by USPS code. */
export const STATE_CODES = [
  'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI',
  'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT',
  'VA', 'WA', 'WV', 'WI', 'WY', 'PR', 'GU', 'VI', 'AS', 'MP',
] as const; // biome-ignore format: one block is easier to read than fifty-six lines

/**
 * Every city within so many miles of a ZIP code or of `City, ST`, as `city,st` in lower case. Null when the place is not known.
 * Distances are between the centres of ZIP codes.
 */
export function keysAround(place: string, miles: number): string[] | null {
  const centre = zipOf(place);
  if (centre === null) return null;
  const found = zipcodes.radius(centre, miles, true) as zipcodes.ZipCode[];
  return [...new Set(found.filter(row => row.country === 'US').map(row => `${row.city},${row.state}`.toLowerCase()))].sort();
}

function zipOf(place: string): string | null {
  if (/^\d{5}$/.test(place)) return zipcodes.lookup(place)?.zip ?? null;
  const [, city, state] = /^([^,]{1,60}),\s*([A-Za-z]{2})$/.exec(place) ?? [];
  if (!city || !state || !(STATE_CODES as readonly string[]).includes(state.toUpperCase())) return null;
  return zipcodes.lookupByName(city.trim(), state.toUpperCase())[0]?.zip ?? null;
}
