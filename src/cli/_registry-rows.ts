import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar, stringify, type YAMLMap } from 'yaml';

/** What changes in a row of the registry: its board, or why it is not crawled any more. */
export type RowChange = { system: string; target: unknown } | { disabled: string };

/** A piece of the text and what takes its place. */
type Splice = { from: number; to: number; text: string };
type Row = Record<string, unknown>;

/** A file as it is to be written, or why it cannot be changed safely, as a clause for people. */
export type ChangedRow = { text: string } | { refused: string };

/**
 * A registry file with one row changed and everything else to the letter: comments, order, quotes. Refused when that cannot be done safely: the
 * file is no list of rows, the row is not there once, a comment stands inside what would be replaced, or other rows would change too.
 */
export function withChangedRow(text: string, slug: string, change: RowChange): ChangedRow {
  const document = parseDocument(text);
  const before = valuesOf(document) ?? [];
  const places = before.flatMap((row, place) => (row.slug === slug ? [place] : []));
  // The registry takes the first one that is well-formed, which nothing here can tell.
  if (places.length > 1) return { refused: `${places.length} rows have the slug ${slug}; keep one, then run the command again` };
  const changed = places[0] === undefined ? null : changedAt(text, document, before, places[0], change);
  return changed === null ? { refused: 'change it by hand' } : { text: changed };
}

function changedAt(text: string, document: Document, before: readonly Row[], index: number, change: RowChange): string | null {
  const node = isSeq(document.contents) ? document.contents.items[index] : null;
  if (!isMap(node)) return null;
  const splices = 'disabled' in change ? disabling(text, node, change.disabled) : moving(text, node, change);
  if (!splices) return null;
  const after = splices
    .toSorted((a, b) => b.from - a.from)
    .reduce((so, { from, to, text }) => so.slice(0, from) + text + so.slice(to), text);
  const expected = before.map((row, at) => (at === index ? { ...row, ...change } : row));
  return isDeepStrictEqual(valuesOf(parseDocument(after)), expected) ? after : null;
}

function valuesOf(document: Document): Row[] | null {
  if (document.errors.length > 0 || !isSeq(document.contents)) return null;
  try {
    const values: unknown[] = document.toJS();
    return values.every(value => typeof value === 'object' && value !== null) ? (values as Row[]) : null;
  } catch (error) {
    // An alias whose anchor is gone, or which multiplies too much.
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

function pairOf(row: YAMLMap, name: string): Pair | undefined {
  return row.items.find(({ key }) => isScalar(key) && key.value === name);
}

function moving(text: string, row: YAMLMap, { system, target }: Extract<RowChange, { target: unknown }>): Splice[] | null {
  const [systemPair, targetPair] = [pairOf(row, 'system'), pairOf(row, 'target')];
  if (!isScalar(systemPair?.value) || !targetPair) return null;
  const renamed = systemPair.value.value === system ? [] : inPlace(systemPair.value, system);
  const moved = retargeted(targetPair, target as Row) ?? rewritten(text, targetPair, target);
  return renamed && moved ? [...renamed, ...moved] : null;
}

/** A target of the same fields keeps its form: only the values that differ change. Null when the fields differ, or their values are not plain. */
function retargeted(pair: Pair, target: Row): Splice[] | null {
  if (!isMap(pair.value)) return null;
  const { items } = pair.value;
  const names = items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  if (!isDeepStrictEqual(names.toSorted(), Object.keys(target).toSorted())) return null;
  const splices: Splice[] = [];
  for (const [at, { value }] of items.entries()) {
    const wanted = target[names[at] ?? ''];
    if (!isScalar(value)) return null;
    const changed = value.value === wanted ? [] : inPlace(value, wanted);
    if (!changed) return null;
    splices.push(...changed);
  }
  return splices;
}

/** The whole target anew, in one line. */
function rewritten(text: string, pair: Pair, target: unknown): Splice[] | null {
  const [key, value] = [(pair.key as Node).range, (pair.value as Node | null)?.range];
  if (!key || !value) return null;
  // Of a target over several lines the last line break belongs to it.
  const old = text.slice(key[1], value[1]).trimEnd();
  return /(?:^|\s)#/m.test(old) ? null : [{ from: key[1], to: key[1] + old.length, text: `: ${inline(target)}` }];
}

function inPlace({ range, type }: Scalar, value: unknown): Splice[] | null {
  const isWord = typeof value === 'string' || typeof value === 'number';
  if (!range || !isWord) return null;
  return [{ from: range[0], to: range[1], text: type === 'PLAIN' ? plain(value) : JSON.stringify(value) }];
}

/** Without quotes where it means the same: a word that YAML takes for nothing else. */
function plain(value: string | number): string {
  return typeof value === 'number' || (/^[\w.-]+$/.test(value) && stringify(value).trimEnd() === value)
    ? String(value)
    : JSON.stringify(value);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, field]) => `${plain(name)}: ${inline(field)}`)
    .join(', ')} }`;
}

/** A line of its own behind the row's last one, or a last field of a row in braces. */
function disabling(text: string, row: YAMLMap, reason: string): Splice[] | null {
  const last = row.items.at(-1);
  const [key, value] = [(last?.key as Node | undefined)?.range, (last?.value as Node | null | undefined)?.range];
  if (!key || !value || pairOf(row, 'disabled')) return null;
  const field = `disabled: ${JSON.stringify(reason)}`;
  if (row.flow) return [{ from: value[1], to: value[1], text: `, ${field}` }];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = text.slice(text.lastIndexOf('\n', key[0]) + 1, key[0]).replace(/\S/g, ' ');
  // A block of text ends behind its own line break; of anything else the line may end with a comment.
  if (text[value[1] - 1] === '\n') return [{ from: value[1], to: value[1], text: `${indent}${field}${newline}` }];
  const rest = /[^\r\n]*/y;
  rest.lastIndex = value[1];
  const end = value[1] + (rest.exec(text)?.[0].length ?? 0);
  return [{ from: end, to: end, text: `${newline}${indent}${field}` }];
}
