/**
 * Longest path with query that is compared, in characters after encoding. The address guard takes 2,048 characters, and encoding can make
 * three of each. A rule with more literal characters than this matches no such path.
 */
export const LONGEST_PATH = 3 * 2048;

/** What is left of the characters one verdict may look at; below zero the work was too much. */
export type Work = { left: number };

/** The path pattern of a rule, ready to match. */
export type RobotsPattern = {
  /** Octets of the pattern as compared, with its wildcards: the most specific rule has the most. */
  readonly octets: number;
  readonly matches: (path: ComparedPath, work: Work) => boolean;
};

/** A path with query as rules are compared with it (RFC 9309 2.2.2). */
export type ComparedPath = { readonly whole: string; readonly queryEncoded: string };

const TO_ENCODE = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:/?#[\]@!&'()+,;=%]/gu;
const UNRESERVED = /[A-Za-z0-9\-._~]/;
const RESERVED_IN_QUERY = /[:/?#[\]@!'(),;]/g;
const UTF8 = new TextEncoder();

const percent = (octet: number) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;

/** A path, with its query, in the form that is compared. */
export function comparedPath(path: string): ComparedPath {
  const whole = encoded(path);
  return { whole, queryEncoded: withQueryEncoded(whole) };
}

/**
 * Octets outside ASCII, and those no address holds, are encoded; encoded unreserved ones (`%61`) are decoded. Reserved octets stay as they are,
 * so that `%2F` is no slash, but for `*` and `$`: they have a meaning in rules, so in a path they are always encoded.
 */
function encoded(text: string): string {
  return text.replace(TO_ENCODE, found => {
    if (found.length !== 3 || found[0] !== '%') return Array.from(UTF8.encode(found), percent).join('');
    const character = String.fromCharCode(Number.parseInt(found.slice(1), 16));
    return UNRESERVED.test(character) ? character : found.toUpperCase();
  });
}

/** In a query `https://a.example` and `https%3A%2F%2Fa.example` mean the same, as the standard's own table has it. */
function withQueryEncoded(path: string): string {
  const at = path.indexOf('?') + 1;
  if (at === 0) return path;
  return path.slice(0, at) + path.slice(at).replace(RESERVED_IN_QUERY, found => percent(found.charCodeAt(0)));
}

/** Compiles the value of an Allow or Disallow line; null when no path can match it. */
export function compilePattern(value: string): RobotsPattern | null {
  const anchored = value.endsWith('$');
  const joined = (anchored ? value.slice(0, -1) : value).split('*').map(encoded).join('*');
  if (joined.replaceAll('*', '').length > LONGEST_PATH) return null;
  const matcher = new Glob(joined, anchored);
  const other = withQueryEncoded(joined);
  const otherMatcher = other === joined ? matcher : new Glob(other, anchored);
  return {
    octets: joined.length + (anchored ? 1 : 0),
    matches: ({ whole, queryEncoded }, work) =>
      matcher.matches(whole, work) || ((otherMatcher !== matcher || queryEncoded !== whole) && otherMatcher.matches(queryEncoded, work)),
  };
}

/**
 * A pattern of literal pieces with anything between them. Each piece is taken at the first place where it stands, which is right because a gap
 * may be of any length; each is looked for without going back in the path, so one match costs no more than the path and the pattern are long.
 */
class Glob {
  readonly #head: string;
  readonly #pieces: readonly string[];
  readonly #tail: string;
  readonly #open: boolean;

  constructor(pattern: string, anchored: boolean) {
    const [head = '', ...rest] = pattern.split('*');
    // Without a wildcard an end mark asks for the whole path; with one, the last piece must end it.
    const tail = anchored ? rest.pop() : undefined;
    this.#head = head;
    this.#tail = tail ?? '';
    this.#open = !anchored || tail !== undefined;
    this.#pieces = rest.filter(piece => piece !== '');
  }

  matches(path: string, work: Work): boolean {
    work.left -= 1 + Math.min(this.#head.length, path.length);
    if (!path.startsWith(this.#head)) return false;
    if (!this.#open) return path.length === this.#head.length;
    let at = this.#head.length;
    for (const piece of this.#pieces) {
      at = endOf(piece, path, at, work);
      if (at < 0) return false;
    }
    return path.length - this.#tail.length >= at && path.endsWith(this.#tail);
  }
}

/** For every length matched so far, the longest shorter one to go on with after a character that does not fit. One piece is looked for at a time. */
const fallback = new Uint16Array(LONGEST_PATH + 1);

/**
 * Where the first occurrence of a piece at or after `from` ends, or -1. By Knuth, Morris and Pratt: every character of the path is looked at once,
 * whatever the piece repeats. The table is made anew each time, which costs as much as the piece is long: kept, tables of a hostile file fill the memory.
 */
function endOf(piece: string, path: string, from: number, work: Work): number {
  if (piece.length > path.length - from) return -1;
  for (let at = 1, length = 0; at < piece.length; at++) {
    while (length > 0 && piece.charCodeAt(at) !== piece.charCodeAt(length)) length = fallback[length] as number;
    if (piece.charCodeAt(at) === piece.charCodeAt(length)) length++;
    fallback[at + 1] = length;
  }
  let matched = 0;
  let at = from;
  while (at < path.length && matched < piece.length) {
    const code = path.charCodeAt(at++);
    while (matched > 0 && piece.charCodeAt(matched) !== code) matched = fallback[matched] as number;
    if (piece.charCodeAt(matched) === code) matched++;
  }
  work.left -= piece.length + at - from;
  return matched === piece.length ? at : -1;
}
