/** The longest list and the longest text that are read. */
const MAX_VALUES = 256;
const MAX_CHARS = 1_000_000;

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0', '\n': '' };

/**
 * The JavaScript array of strings that begins at the first bracket behind a mark, read without running it. Null when there is none, when it
 * holds anything but strings, or when it is cut.
 */
export function stringsAfter(source: string, mark: RegExp): string[] | null {
  const found = mark.exec(source);
  if (!found) return null;
  const blanks = /\s*/y;
  const skip = (at: number) => {
    blanks.lastIndex = at;
    return at + (blanks.exec(source)?.[0].length ?? 0);
  };
  let at = skip(found.index + found[0].length);
  if (source[at] !== '[') return null;
  const values: string[] = [];
  for (at = skip(at + 1); source[at] !== ']'; at = skip(at)) {
    const read = stringAt(source, at);
    if (!read || values.length >= MAX_VALUES) return null;
    values.push(read.value);
    at = skip(read.end);
    if (source[at] === ',') at += 1;
    else if (source[at] !== ']') return null;
  }
  return values;
}

function stringAt(source: string, start: number): { value: string; end: number } | null {
  const quote = source[start];
  if (quote !== "'" && quote !== '"') return null;
  let value = '';
  for (let at = start + 1; at < source.length && at - start < MAX_CHARS; at++) {
    const char = source[at] as string;
    if (char === quote) return { value, end: at + 1 };
    if (char !== '\\') value += char;
    else {
      const code = /^(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(source.slice(at + 1, at + 6));
      const next = source[at + 1] ?? '';
      value += code ? String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16)) : (ESCAPES[next] ?? next);
      at += code ? code[0].length : 1;
    }
  }
  return null;
}
