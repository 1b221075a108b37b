import { cityKey, readZipCodes } from '../posting/zip-codes.ts';

/** The ZIP codes of the US in columns, a row each, and where a ZIP code and a town (its first ZIP code) stand. Degrees; sines and cosines are of the latitude. */
export type ZipTable = {
  zips: string[];
  /** `City, ST` as the post office writes it, and as `postings.place_keys` has it. */
  places: string[];
  keys: string[];
  latitudes: Float64Array;
  longitudes: Float64Array;
  sines: Float64Array;
  cosines: Float64Array;
  rowOfZip: Map<string, number>;
  rowOfKey: Map<string, number>;
};

let table: ZipTable | null = null;

/** The table. The first call takes a tenth of a second: a service makes it before it answers anybody, a command only when it is asked for a radius. */
export function zipTable(): ZipTable {
  table ??= built();
  return table;
}

function built(): ZipTable {
  const rows = readZipCodes();
  const keys = rows.map(({ city, state }) => `${cityKey(city)},${state.toLowerCase()}`);
  const radians = rows.map(({ latitude }) => radiansOf(latitude));
  return {
    zips: rows.map(({ zip }) => zip),
    places: rows.map(({ city, state }) => `${city}, ${state}`),
    keys,
    latitudes: Float64Array.from(rows, ({ latitude }) => latitude),
    longitudes: Float64Array.from(rows, ({ longitude }) => longitude),
    sines: Float64Array.from(radians, Math.sin),
    cosines: Float64Array.from(radians, Math.cos),
    rowOfZip: new Map(rows.map(({ zip }, row) => [zip, row])),
    // Later entries win, so that the first ZIP code of a town comes last.
    rowOfKey: new Map(keys.map((key, row) => [key, row] as const).reverse()),
  };
}

export function radiansOf(degrees: number): number {
  return degrees * (Math.PI / 180);
}
