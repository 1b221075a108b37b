import { LRUCache } from 'lru-cache';
import zipcodes from 'zipcodes';

/** The states and territories of the United States by USPS code. */
// biome-ignore format: one block is easier to read than fifty-six lines
export const STATE_CODES = [
  'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI',
  'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT',
  'VA', 'WA', 'WV', 'WI', 'WY', 'PR', 'GU', 'VI', 'AS', 'MP',
] as const;

/** A known place in its one spelling, and the ZIP code whose centre stands for it. */
export type Centre = { place: string; zip: string };

/** Finds a ZIP code or a `City, ST`; null when it is not known. */
export function centreOf(text: string): Centre | null {
  if (/^\d{5}$/.test(text)) return isUs(zipcodes.lookup(text)) ? { place: text, zip: text } : null;
  const [, city, state] = /^([^,]{1,60}),\s*([A-Za-z]{2})$/.exec(text) ?? [];
  if (!city || !state || !(STATE_CODES as readonly string[]).includes(state.toUpperCase())) return null;
  const found = zipcodes.lookupByName(city.trim(), state.toUpperCase())[0];
  return found ? { place: `${found.city}, ${found.state}`, zip: found.zip } : null;
}

/** Walking all ZIP codes takes milliseconds, and a feed with a radius is asked for again and again. */
const around = new LRUCache<string, string[]>({ max: 500 });

/** Every city within so many miles, as `city,st` in lower case. Distances are between the centres of ZIP codes. */
export function keysAround(centre: Centre, miles: number): string[] {
  const known = around.get(`${centre.zip} ${miles}`);
  if (known) return known;
  const found = zipcodes.radius(centre.zip, miles, true).filter(row => typeof row !== 'string');
  const keys = [...new Set(found.filter(isUs).map(row => `${row.city},${row.state}`.toLowerCase()))].sort();
  around.set(`${centre.zip} ${miles}`, keys);
  return keys;
}

function isUs(row: zipcodes.ZipCode | undefined): boolean {
  return row?.country === 'US';
}
