import type { Kysely } from 'kysely';
import { OmbreError } from '../errors.ts';
import { FIELDS, type FieldName, REFINEMENTS } from '../feed/fields.ts';
import { parseQuery } from '../feed/filter.ts';
import { testPostings } from '../store/digest/match-postings.ts';
import type { Database } from '../store/schema.ts';

/** Lists of which one value is enough, so that each value can be looked at by itself. */
const EITHER = new Set([
  'path',
  'role',
  'work_mode',
  'state',
  'employment_type',
  'patient_contact',
  'certification',
  'source',
  'credential',
  'company',
]);

/** A canonical query as the queries whose postings it wants all of: inner lists are alternatives. */
export function clausesOfQuery(query: string): string[][] {
  const parts = new Map<string, string[]>();
  for (const part of query === '' ? [] : query.split('&')) {
    const name = part.slice(0, part.indexOf('='));
    parts.set(name, [...(parts.get(name) ?? []), part]);
  }
  const include = parts.get('include')?.[0];
  parts.delete('include');
  const clauses: string[][] = [];
  for (const [name, given] of parts) {
    if (REFINEMENTS.some(one => one.name === name && parts.has(one.of))) continue;
    const beside = REFINEMENTS.flatMap(one => (one.of === name ? (parts.get(one.name) ?? []) : []));
    const rest = [...beside, ...(include ? [include] : [])];
    clauses.push(valuesOf(name, given).map(part => [part, ...rest].join('&')));
  }
  return clauses.length > 0 ? clauses : [[include ?? '']];
}

/** Only fields of plain values: a comma inside a value is escaped in a canonical query. */
function valuesOf(name: string, given: readonly string[]): string[] {
  if (!EITHER.has(name)) return [given.join('&')];
  if (FIELDS[name as FieldName].kind === 'repeat') return [...given];
  return given.flatMap(part =>
    part
      .slice(name.length + 1)
      .split(',')
      .map(value => `${name}=${value}`),
  );
}

/** The postings of a list as bits, 32 a number. */
type Bits = Uint32Array;

/** Whether this version can read a stored query: a newer one may have written it, before it was gone back from. */
export function isReadable(query: string): boolean {
  try {
    parseQuery(query);
    return true;
  } catch (error) {
    if (error instanceof OmbreError && error.code === 'E_FILTER') return false;
    throw error;
  }
}

/** For each query, the numbers of the postings (places in `ids`) that it shows now: the same as the feed would. None for one that cannot be read. */
export async function matchQueries(
  db: Kysely<Database>,
  ids: readonly string[],
  queries: Iterable<string>,
): Promise<Map<string, number[]>> {
  const wanted = new Map<string, string[][]>();
  for (const query of queries) if (!wanted.has(query) && isReadable(query)) wanted.set(query, clausesOfQuery(query));
  const clauses = [...new Set([...wanted.values()].flat(2))];
  const told = ids.length === 0 ? [] : await testPostings(db, ids, clauses.map(parseQuery));
  const bits = new Map(clauses.map((clause, n) => [clause, bitsOf(told[n] ?? '')]));
  const matches = new Map<string, number[]>();
  const all = new Uint32Array(Math.ceil(ids.length / 32));
  for (const [query, lists] of wanted) {
    all.fill(0xffffffff);
    for (const alternatives of lists)
      narrow(
        all,
        alternatives.map(clause => bits.get(clause)!),
      );
    const found = placesOf(all);
    if (found.length > 0) matches.set(query, found);
  }
  return matches;
}

function narrow(all: Bits, alternatives: readonly Bits[]): void {
  for (let word = 0; word < all.length; word++) {
    if (all[word] === 0) continue;
    let any = 0;
    for (const bits of alternatives) any |= bits[word]!;
    all[word]! &= any;
  }
}

function bitsOf(text: string): Bits {
  const bits = new Uint32Array(Math.ceil(text.length / 32));
  for (let n = text.indexOf('1'); n !== -1; n = text.indexOf('1', n + 1)) bits[n >>> 5]! |= 1 << (n & 31);
  return bits;
}

function placesOf(bits: Bits): number[] {
  const places: number[] = [];
  for (const [word, value] of bits.entries()) {
    for (let left = value; left !== 0; left &= left - 1) places.push(word * 32 + (31 - Math.clz32(left & -left)));
  }
  return places;
}
