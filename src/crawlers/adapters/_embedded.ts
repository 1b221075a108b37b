import type { Json } from '../adapter-kit.ts';

/** More than this behind a mark is no page data. */
const MAX = 20_000_000;

/** The JSON object a page's script has right behind a mark such as `phApp.ddo =`. Null when there is none, it is cut or no JSON. */
export function objectAfter(body: string, mark: RegExp): Json | null {
  const found = mark.exec(body);
  if (!found) return null;
  let start = found.index + found[0].length;
  while (/\s/.test(body.charAt(start))) start++;
  const end = endOfObject(body, start);
  if (end === null) return null;
  try {
    return JSON.parse(body.slice(start, end)) as Json;
  } catch {
    // A JavaScript object that is no JSON: the caller is told that there is nothing to read.
    return null;
  }
}

/** Where the object that begins at `start` ends, braces inside strings not counted. */
function endOfObject(body: string, start: number): number | null {
  if (body[start] !== '{') return null;
  let depth = 0;
  let inString = false;
  for (let at = start; at < body.length && at - start < MAX; at++) {
    const char = body[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return null;
}
