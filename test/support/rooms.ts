import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One source file: its path from the root of the checkout, and its text without comments. */
export type SourceFile = { path: string; text: string; code: string; lines: number };
export type Import = { from: string; to: string; typeOnly: boolean };

/** The rooms of src/ from the ground up. A file imports from its own room and from those before it. */
export const ROOMS = [
  ['errors.ts', 'ranges.ts', 'folders.ts', 'config.ts'],
  ['posting'],
  ['text'],
  ['classify'],
  ['evaluation'],
  ['crawlers'],
  ['pipeline'],
  ['store'],
  ['queue'],
  ['feed'],
  ['api'],
  ['web'],
  ['digest'],
  ['cli'],
  ['main.ts'],
] as const;

const ROOT = new URL('../../', import.meta.url);

/** Every TypeScript file under a folder of the checkout. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => sourceFile(`${folder}/${name}`, readFileSync(new URL(`${folder}/${name}`, ROOT), 'utf8')));
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, code: withoutComments(text), lines: text.trimEnd().split('\n').length };
}

/** What a file imports or re-exports: relative names as paths from the root of the checkout, packages as they are. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const patterns = [
    /(?:^|[;\n])\s*(?:import|export)(\s+type)?\s[^;'"`]*?from\s*['"]([^'"]+)['"]/g,
    /(?:^|[;\n])\s*import(\s+type)?\s*['"]([^'"]+)['"]/g,
    /\bimport(\s+type)?\(\s*['"`]([^'"`$]+)['"`]/g,
  ];
  for (const pattern of patterns) {
    for (const [, typeOnly, to = ''] of file.code.matchAll(pattern)) {
      const target = to.startsWith('.') ? posix.join(posix.dirname(file.path), to) : to;
      found.push({ from: file.path, to: target, typeOnly: typeOnly !== undefined });
    }
  }
  return found;
}

/** How high a file of src/ lies; undefined for a room that ROOMS does not name. */
export function heightOf(path: string): number | undefined {
  const room = path.split('/')[1] ?? '';
  const height = ROOMS.findIndex(rooms => (rooms as readonly string[]).includes(room));
  return height === -1 ? undefined : height;
}

/** Imports that lead upward, and files in rooms nobody has placed: one sentence each. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const own = heightOf(file.path);
    if (own === undefined) {
      problems.push(`${file.path} is in a room that the order does not name`);
      continue;
    }
    for (const { to } of importsOf(file)) {
      if (!to.startsWith('src/')) continue;
      const other = heightOf(to);
      if (other === undefined || other > own) problems.push(`${file.path} imports ${to}, which lies above it`);
    }
  }
  return problems;
}

/** Circles of imports that run code, each as the chain of its files. Type imports vanish before anything runs and may meet. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map(file => [file.path, importsOf(file).flatMap(({ to, typeOnly }) => (typeOnly ? [] : [to]))]));
  const circles = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path);
    if (seen !== -1) circles.add([...trail.slice(seen), path].join(' → '));
    else if (!done.has(path)) for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...circles];
}

/** Files whose code (not comments) matches, with the words that do. */
export function matches(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, code }) => {
    const found = pattern.exec(code);
    return found ? [`${path}: ${found[0].trim()}`] : [];
  });
}

/** Comments go, strings and everything else stay. Template strings and regular expressions are skipped over as strings are. */
function withoutComments(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
  return text.replaceAll(token, found => (found.startsWith('/*') || found.startsWith('//') ? ' ' : found));
}
