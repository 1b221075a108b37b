import { createRequire } from 'node:module';
import type * as Zipcodes from 'zipcodes';

type Known = { zips: typeof Zipcodes.codes; cities: Set<string> };

let known: Known | null = null;

/** The ZIP table takes a quarter of a second and 90 MB to load: only when a place cannot be read without it. */
function table(): Known {
  if (known === null) {
    const { codes } = createRequire(import.meta.url)('zipcodes') as typeof Zipcodes;
    const cities = new Set(Object.values(codes).flatMap(row => (row.country === 'US' ? [keyOf(row.city, row.state)] : [])));
    known = { zips: codes, cities };
  }
  return known;
}

const SHORT: Record<string, string> = { saint: 'st', fort: 'ft', mount: 'mt' };

function keyOf(city: string, state: string): string {
  const words = city
    .toLowerCase()
    .replace(/['.]/g, '')
    .split(/[\s-]+/);
  return `${words.map(word => SHORT[word] ?? word).join(' ')},${state}`;
}

/** True when the post office knows a city of this name in that state. Suburbs that share a post office are often missing. */
export function isCityIn(city: string, state: string): boolean {
  return table().cities.has(keyOf(city, state));
}

/** City and state of a five-digit US ZIP code, or null. */
export function placeOfZip(zip: string): { city: string; state: string } | null {
  const row = table().zips[zip];
  return row?.country === 'US' ? { city: row.city, state: row.state } : null;
}
