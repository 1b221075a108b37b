import type { ZipCode } from 'zipcodes';
import { cityKey, readZipCodes } from './zip-codes.ts';

type Known = { zips: Map<string, ZipCode>; cities: Set<string> };

let known: Known | null = null;

/** Read only when a place cannot be understood without it. */
function table(): Known {
  if (known === null) {
    const rows = readZipCodes();
    known = { zips: new Map(rows.map(row => [row.zip, row])), cities: new Set(rows.map(({ city, state }) => keyOf(city, state))) };
  }
  return known;
}

const keyOf = (city: string, state: string) => `${cityKey(city.replace(/\s+/g, ' '))},${state}`;

/** True when the post office knows a city of this name in that state. Suburbs that share a post office are often missing. */
export function isCityIn(city: string, state: string): boolean {
  return table().cities.has(keyOf(city, state));
}

/** City and state of a five-digit US ZIP code, or null. */
export function placeOfZip(zip: string): { city: string; state: string } | null {
  const row = table().zips.get(zip);
  return row === undefined ? null : { city: row.city, state: row.state };
}
