/** Walking JSON that a server sent: every reader answers null or nothing for what is of another type, and none throws. */

/** Headers of a request whose answer is JSON. */
export const JSON_ONLY = { accept: 'application/json' };

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Parses JSON; a failure says what stands there instead. */
export function parseJson(body: string): { json: Json } | { why: string } {
  try {
    return { json: JSON.parse(body.replace(/^\uFEFF/, '')) as Json };
  } catch (error) {
    if (/^\s*</.test(body)) return { why: 'the answer is HTML or XML where JSON was due' };
    return { why: `the answer is no whole JSON: ${(error as Error).message.slice(0, 100)}` };
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value down a path of own keys and indices; undefined where there is none. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined;
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** A text or number as trimmed text; null when blank or of another type. */
export function text(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  // Half a surrogate pair can stand neither in an address nor in XML.
  const trimmed = value.toWellFormed().trim();
  return trimmed === '' ? null : trimmed;
}

/** A finite number, also out of text such as `70,000.50` or `$45`; null for anything else. */
export function amount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const match = /^\s*[A-Z]{0,3}\s*[$£€]?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*$/.exec(value);
  return match ? Number((match[1] ?? '').replaceAll(',', '')) : null;
}

/** The elements of an array; none of anything else. */
export function items(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** The texts of a list field, blanks left out. A list of any length: spread into a call, 120,000 of its elements would be too many. */
export function textsIn(list: unknown): string[] {
  return items(list)
    .map(text)
    .filter(value => value !== null);
}

/** The texts among some values, blanks left out. */
export function texts(...values: unknown[]): string[] {
  return textsIn(values);
}
