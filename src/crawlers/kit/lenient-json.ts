import json5 from 'json5';
import type { Json } from './json.ts';
import { decodeOnce } from './values.ts';

/**
 * JSON as people write it into pages: with comments, trailing commas, single quotes or bare names (JSON5), raw line breaks and tabs inside
 * strings, a closing semicolon, inside comment or CDATA marks, or with its quotes escaped as entities. Nothing that would have to be guessed is
 * repaired: inner quotes without a backslash, missing commas and a cut end are refused, with the parser's words.
 */
export function parseLoosely(source: string): { json: Json } | { why: string } {
  const bare = unescaped(unwrap(source));
  if (bare === '') return { why: 'an empty script' };
  try {
    return { json: JSON.parse(bare) as Json };
  } catch {
    // The strict parser is the fast one, and right for nearly every page.
  }
  try {
    return { json: json5.parse(escapeControls(bare)) as Json };
  } catch (error) {
    return { why: (error as Error).message.slice(0, 100) };
  }
}

/** What stands around the JSON: a byte order mark, comments, CDATA and HTML comment marks, a closing semicolon. */
const BEFORE = /^(?:\uFEFF|<!--|<!\[CDATA\[|\/\/\s*<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)/;
const AFTER = ['-->', ']]>', '//', '/*', '*/', ';'];

function unwrap(source: string): string {
  let bare = source.trim();
  for (let mark = BEFORE.exec(bare); mark; mark = BEFORE.exec(bare)) bare = bare.slice(mark[0].length).trimStart();
  for (let mark = markAfter(bare); mark; mark = markAfter(bare)) bare = bare.slice(0, -mark.length).trimEnd();
  return bare;
}

const markAfter = (text: string) => AFTER.find(mark => text.endsWith(mark));

/** A script whose very first quote is an entity was escaped as a whole, once too often. */
function unescaped(bare: string): string {
  return /^[[{\s]*&(?:quot|#34|#x22);/i.test(bare) ? decodeOnce(bare) : bare;
}

/** Escapes U+0000 to U+001F inside string literals of double quotes only. */
function escapeControls(source: string): string {
  let out = '';
  let inString = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i] as string;
    if (inString && char === '\\') out += char + (source[++i] ?? '');
    else if (inString && char < ' ') out += `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    else {
      if (char === '"') inString = !inString;
      out += char;
    }
  }
  return out;
}
