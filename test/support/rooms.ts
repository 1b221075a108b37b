import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One source file: its path from the root of the checkout, and its text without comments. */
export type SourceFile = { path: string; text: string; code: string; lines: number };
export type Import = { from: string; to: string; typeOnly: boolean };

/**
 * The rooms of src/ from the ground up, a floor a line. A file imports from its own room and from the floors below it; rooms of one floor do not
 * know each other.
 */
export const FLOORS = [
  ['errors.ts', 'folders.ts', 'printable.ts'],
  ['ranges.ts'],
  ['config.ts'],
  ['posting', 'text', 'postgres', 'telemetry'],
  ['classify', 'crawlers', 'queue'],
  ['evaluation', 'pipeline'],
  ['store'],
  ['feed'],
  ['http'],
  ['digest'],
  ['api', 'web', 'mcp'],
  ['desk'],
  ['app'],
  ['cli'],
  ['main.ts'],
] as const;

/** The floors inside three of the rooms, told in the same way. */
export const INNER_FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  classify: [
    ['version.ts', 'classification.ts', 'schema'],
    ['reading'],
    ['learned'],
    ['requirements', 'facets'],
    ['relevance'],
    ['compile'],
    ['classify.ts', 'triage-title.ts'],
  ],
  crawlers: [
    ['adapter.ts', 'maintenance.ts'],
    ['kit', 'engine', 'identity-check.ts', 'unread-systems.ts'],
    ['discover.ts'],
    ['adapters', 'visit', 'registry.ts', 'systems.ts'],
  ],
  store: [
    ['schema.ts'],
    ['database.ts', 'clock.ts', 'rows.ts'],
    ['session.ts', 'scratch.ts', 'migrate.ts', 'feed', 'crawl', 'tags', 'desk', 'heartbeats.ts', 'proxy-sightings.ts', 'vacuum.ts'],
    ['visit', 'digest', 'dump'],
  ],
};

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

/** Imports that lead upward or to a neighbor, and files in rooms nobody has placed: one sentence each. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  const within = Object.entries(INNER_FLOORS).map(([room, floors]) => ({ root: `src/${room}/`, floors }));
  return [{ root: 'src/', floors: FLOORS }, ...within].flatMap(house =>
    files.filter(({ path }) => path.startsWith(house.root)).flatMap(file => wrongSteps(file, house)),
  );
}

type House = { readonly root: string; readonly floors: readonly (readonly string[])[] };

function wrongSteps(file: SourceFile, house: House): string[] {
  const own = placeOf(file.path, house);
  if (own.floor === -1) return [`${file.path} is in a room that the floors do not name`];
  return importsOf(file).flatMap(({ to }) => {
    if (!to.startsWith(house.root)) return [];
    const other = placeOf(to, house);
    if (other.floor === -1 || other.floor > own.floor) return [`${file.path} imports ${to}, which lies above it`];
    return other.floor === own.floor && other.room !== own.room ? [`${file.path} imports ${to}, which is its neighbor`] : [];
  });
}

/** The room of a file below the root of a house, and the number of its floor; -1 where no floor names it. */
function placeOf(path: string, { root, floors }: House): { room: string; floor: number } {
  const room = path.slice(root.length).split('/')[0] ?? '';
  return { room, floor: floors.findIndex(rooms => rooms.includes(room)) };
}

/** Circles of imports, those of types alone included, each as the chain of its files. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map(file => [file.path, importsOf(file).map(({ to }) => to)]));
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
