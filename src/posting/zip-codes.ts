import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ZipCode } from 'zipcodes';

/**
 * The ZIP codes of the US. The one statement of the package's file is JSON, and read as such takes 35 ms and 18 MB; run as a module it takes seven
 * times as long and 110 MB, which are never given back.
 */
export function readZipCodes(): ZipCode[] {
  const path = createRequire(import.meta.url).resolve('zipcodes/lib/codes.js');
  const [, json] = /^exports\.codes = (\{.*\});?$/m.exec(readFileSync(path, 'utf8')) ?? [];
  if (json === undefined) throw new Error(`${path} is not written as it was in zipcodes 8`);
  return Object.values(JSON.parse(json) as Record<string, ZipCode>).filter(({ country }) => country === 'US');
}

const SHORT: Record<string, string> = { saint: 'st', fort: 'ft', mount: 'mt' };

/** The same as the function city_key of the database. */
export function cityKey(city: string): string {
  const words = city.toLowerCase().replace(/['.]/g, '').split(/[ -]+/);
  return words.map(word => SHORT[word] ?? word).join(' ');
}
