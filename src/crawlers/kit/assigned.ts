import { type Json, parseJson } from './json.ts';

/** A whole string, an open one to the end, or one bracket. */
const STRING_OR_BRACKET = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|[{}[\]]/g;

/** The JSON object a page's script assigns to a name (`window.pageData = {...};`), or why there is none. Nothing is executed. */
export function assignedJson(body: string, name: string): { json: Json } | { why: string } {
  const start = beginOf(body, name);
  if (start === null) return { why: `the page assigns no ${name}` };
  let depth = 0;
  for (const { 0: part, index } of body.slice(start).matchAll(STRING_OR_BRACKET)) {
    if (part === '{' || part === '[') depth += 1;
    else if (part === '}' || part === ']') depth -= 1;
    if (depth === 0) return parseJson(body.slice(start, start + index + 1));
  }
  return { why: `the page is cut off inside ${name}` };
}

function beginOf(body: string, name: string): number | null {
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    const [assignment] = /^\s*=\s*(?=\{)/.exec(body.slice(at + name.length, at + name.length + 100)) ?? [];
    if (assignment !== undefined) return at + name.length + assignment.length;
  }
  return null;
}
