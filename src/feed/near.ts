import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import type * as Zipcodes from 'zipcodes';
import { US_STATES } from '../posting/states.ts';

/** A known place in its one spelling, and the ZIP code whose center stands for it. */
export type Center = { place: string; zip: string };

/** The ZIP table takes a quarter of a second and 90 MB to load: only when somebody asks for a radius. */
const table = (): typeof Zipcodes => createRequire(import.meta.url)('zipcodes');

/** Finds a ZIP code or a `City, ST`; null when it is not known. */
export function centerOf(text: string): Center | null {
  if (/^\d{5}$/.test(text)) return isUs(table().lookup(text)) ? { place: text, zip: text } : null;
  const [, city, state] = /^([^,]{1,60}),\s*([A-Za-z]{2})$/.exec(text) ?? [];
  if (!city || !state || !US_STATES.includes(state.toUpperCase())) return null;
  const key = cityKey(city.trim());
  const found = table()
    .lookupByState(state.toUpperCase())
    .find(row => cityKey(row.city) === key);
  return found ? { place: `${found.city}, ${found.state}`, zip: found.zip } : null;
}

/** The state of a place in its one spelling; null when it is not known. */
export function stateOf(place: string): string | null {
  return place.split(', ')[1] ?? table().lookup(place)?.state ?? null;
}

/** Walking all ZIP codes takes milliseconds, and a feed with a radius is asked for again and again. */
const around = new LRUCache<string, string[]>({ max: 500 });

/** Every city within so many miles, as `postings.place_keys` has them. Distances are between the centers of ZIP codes. */
export function keysAround(center: Center, miles: number): string[] {
  const known = around.get(`${center.zip} ${miles}`);
  if (known) return known;
  const found = table()
    .radius(center.zip, miles, true)
    .filter(row => typeof row !== 'string');
  const keys = [...new Set(found.filter(isUs).map(row => `${cityKey(row.city)},${row.state.toLowerCase()}`))].sort();
  around.set(`${center.zip} ${miles}`, keys);
  return keys;
}

/** The same cities with their miles from the center, by key: what a list is sorted by. */
export function milesAround(place: string, miles: number): Record<string, number> {
  const center = centerOf(place);
  const found: Record<string, number> = {};
  for (const row of center ? table().radius(center.zip, miles, true) : []) {
    if (typeof row === 'string' || !isUs(row)) continue;
    const key = `${cityKey(row.city)},${row.state.toLowerCase()}`;
    // The distance of a place from itself is not always a number there.
    found[key] = Math.min(found[key] ?? miles, table().distance(center!.zip, row.zip) || 0);
  }
  return found;
}

const SHORT: Record<string, string> = { saint: 'st', fort: 'ft', mount: 'mt' };

/** The same as the function city_key of the database. */
function cityKey(city: string): string {
  const words = city.toLowerCase().replace(/['.]/g, '').split(/[ -]+/);
  return words.map(word => SHORT[word] ?? word).join(' ');
}

function isUs(row: Zipcodes.ZipCode | undefined): boolean {
  return row?.country === 'US';
}
