import { LRUCache } from 'lru-cache';
import { US_STATES } from '../posting/states.ts';
import { cityKey } from '../posting/zip-codes.ts';
import { radiansOf, type ZipTable, zipTable } from './zip-table.ts';

/** A known place in its one spelling, and the ZIP code whose center stands for it. */
export type Center = { place: string; zip: string };

/** Finds a ZIP code or a `City, ST`; null when it is not known. */
export function centerOf(text: string): Center | null {
  if (/^\d{5}$/.test(text)) return zipTable().rowOfZip.has(text) ? { place: text, zip: text } : null;
  const [, city, state] = /^([^,]{1,60}),\s*([A-Za-z]{2})$/.exec(text) ?? [];
  if (!city || !state || !US_STATES.includes(state.toUpperCase())) return null;
  const { places, zips, rowOfKey } = zipTable();
  const row = rowOfKey.get(`${cityKey(city.trim())},${state.toLowerCase()}`);
  return row === undefined ? null : { place: places[row]!, zip: zips[row]! };
}

/** The state of a place in its one spelling (a ZIP code, or `City, ST`); null when it is not known. */
export function stateOf(place: string): string | null {
  const { places, rowOfZip } = zipTable();
  const row = rowOfZip.get(place);
  return (row === undefined ? place : places[row]!).split(', ')[1] ?? null;
}

/** A feed with a radius is asked for again and again. */
const around = new LRUCache<string, string[]>({ max: 500 });

/** Every city within so many miles, as `postings.place_keys` has them. Distances are between the centers of ZIP codes. */
export function keysAround(center: Center, miles: number): string[] {
  const name = `${center.zip} ${miles}`;
  const known = around.get(name);
  if (known) return known;
  const keys = [...distancesAround(center, miles).keys()].sort();
  around.set(name, keys);
  return keys;
}

/** The same cities with their miles from the center, by key: what a list is sorted by. */
export function milesAround(place: string, miles: number): Record<string, number> {
  const center = centerOf(place);
  return center ? Object.fromEntries(distancesAround(center, miles)) : {};
}

/** A degree of latitude is a little longer; whole miles are asked for, and distances rounded. */
const MILES_A_DEGREE = 69;
const EARTH_RADIUS_MILES = 3958.56540656;

/** Each city with a ZIP code within so many miles, and the miles to its nearest one. */
function distancesAround({ zip }: Center, miles: number): Map<string, number> {
  const table = zipTable();
  const center = table.rowOfZip.get(zip);
  const found = new Map<string, number>();
  if (center === undefined) return found;
  const { keys, latitudes } = table;
  const reach = (miles + 1) / MILES_A_DEGREE;
  for (let row = 0; row < keys.length; row++) {
    if (Math.abs(latitudes[row]! - latitudes[center]!) > reach) continue;
    const key = keys[row]!;
    const distance = distanceOf(table, center, row);
    if (distance <= Math.min(miles, found.get(key) ?? miles)) found.set(key, distance);
  }
  return found;
}

/** Miles between the centers of two ZIP codes, rounded, along the earth taken for a ball. */
function distanceOf({ sines, cosines, longitudes }: ZipTable, a: number, b: number): number {
  const turn = radiansOf(longitudes[a]! - longitudes[b]!);
  const cosine = sines[a]! * sines[b]! + cosines[a]! * cosines[b]! * Math.cos(turn);
  // A place is a rounding error more than no distance away from itself, and no angle has such a cosine.
  return Math.round(Math.acos(Math.min(1, cosine)) * EARTH_RADIUS_MILES);
}
