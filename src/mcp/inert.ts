/**
 * What nobody sees but a model reads: controls, direction overrides, characters of no width, and the tags and variation selectors that can
 * spell a hidden text.
 * Line breaks and tabs stay.
 */
const UNSEEN = /(?![\n\t])(?:[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|[\u{e0100}-\u{e01ef}])/gu;

/** A document with no such character in any of its texts. */
export function inert(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNSEEN, '').toWellFormed();
  if (Array.isArray(value)) return value.map(inert);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inert(one)]));
}

/** A text on one line, cut at a length. */
export function short(text: string, most: number): string {
  const line = text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
