import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { messageOf, mistake } from '../errors.ts';
import { isCountryCode } from '../posting/countries.ts';
import { EMPLOYER_DOMAINS, type EmployerDomain, PATH_SLUGS } from '../posting/taxonomy.ts';
import type { Adapter } from './adapter.ts';
import { canonicalBody } from './engine/recordings.ts';

/** One employer's board, as the registry tells it. */
export type SourceRow = {
  slug: string;
  name: string;
  system: string;
  target: unknown;
  enabled: boolean;
  disabledReason: string | null;
  everyMinutes: number;
  /** The employer's field, for postings that do not say it themselves. */
  domain?: EmployerDomain | null;
  notes: string | null;
  /** ISO 3166-1 alpha-2: the country of postings whose place names none; null where the employer hires in several. */
  country?: string | null;
};

/** Something wrong in a registry file. `row` is the slug, or the row's place when it has none; `line` counts from 1. */
type RowProblem = { file: string; row: string; line: number; field: string; message: string };
/**
 * `paths`: the fields of work it is expected to have jobs in; `evidence`: where its board was read to be the employer's. Both are for who
 * looks after the registry.
 */
type RegisteredRow = SourceRow & { file: string; paths: string[]; evidence: string | null };
export type Registry = { rows: RegisteredRow[]; problems: RowProblem[] };

const HOUR = 60;
const rowSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'allowed: lower-case letters, digits and single hyphens'),
  name: z.string().min(1),
  system: z.string().min(1),
  target: z.unknown(),
  paths: z.array(z.enum(PATH_SLUGS as [string, ...string[]])).default([]),
  domain: z.enum(EMPLOYER_DOMAINS).optional(),
  every_hours: z
    .number()
    .positive()
    .max(24 * 31)
    .default(24),
  /** Why the row is not crawled; its presence disables it. */
  disabled: z.string().min(1).optional(),
  notes: z.string().min(1).optional(),
  country: z.string().refine(isCountryCode, 'allowed: the two letters of a country in ISO 3166-1, such as US').optional(),
  evidence: z.string().min(1).optional(),
  /** Nobody reads them; registries of before have them. */
  homepage: z.unknown().optional(),
  terms: z.unknown().optional(),
});

/** Reads every *.yaml of a folder. Wrong rows become problems with file, row and field; the good ones are still returned. */
export async function readRegistry(folder: string, systems: ReadonlyMap<string, Adapter>): Promise<Registry> {
  const registry: Registry = { rows: [], problems: [] };
  let files: string[];
  try {
    files = (await readdir(folder)).filter(file => file.endsWith('.yaml')).sort();
  } catch (error) {
    throw mistake('E_CONFIG', 'SOURCES_DIR', folder, `a folder that can be read (${messageOf(error)})`);
  }
  for (const file of files) {
    try {
      readFileOf(registry, file, await readFile(path.join(folder, file), 'utf8'), systems);
    } catch (error) {
      // No right to read it, a folder of that name, or YAML that the library refuses while reading (nested or multiplied without measure).
      registry.problems.push({ file, row: '', line: 1, field: '', message: `cannot be read: ${messageOf(error)}` });
    }
  }
  noteTwins(registry);
  return registry;
}

/** The board a row reads, in one spelling: equal for two rows that would store every posting twice. */
export function boardOf({ system, target }: { system: string; target: unknown }): string {
  return `${system} ${canonicalBody(JSON.stringify(target))}`.toLowerCase();
}

function readFileOf(registry: Registry, file: string, text: string, systems: ReadonlyMap<string, Adapter>): void {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  for (const error of document.errors) {
    registry.problems.push({
      file,
      row: '',
      line: lineAt(error.pos[0]),
      field: '',
      message: error.message.split('\n')[0] ?? error.message,
    });
  }
  if (document.errors.length > 0 || document.contents === null) return;
  if (!isSeq(document.contents)) {
    registry.problems.push({ file, row: '', line: 1, field: '', message: 'the file must be a list of rows' });
    return;
  }
  document.contents.items.forEach((node, index) => {
    const value: unknown = isMap(node) || isScalar(node) ? node.toJS(document) : null;
    const slug = isMap(node) ? node.get('slug') : null;
    const row = typeof slug === 'string' ? slug : `row ${index + 1}`;
    const line = isMap(node) ? lineAt(node.range?.[0]) : 1;
    const read = readRow(value, systems, (field, message) => registry.problems.push({ file, row, line, field, message }));
    if (read) registry.rows.push({ file, ...read });
  });
}

function readRow(
  value: unknown,
  systems: ReadonlyMap<string, Adapter>,
  problem: (field: string, message: string) => void,
): Omit<RegisteredRow, 'file'> | null {
  const parsed = rowSchema.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problem(issue.path.join('.'), issue.message);
    return null;
  }
  const { slug, name, system, paths, disabled, domain = null, notes = null, country = null, evidence = null } = parsed.data;
  const adapter = systems.get(system);
  if (!adapter) {
    problem('system', `${JSON.stringify(system)} is not a board system; allowed: ${[...systems.keys()].join(', ')}`);
    return null;
  }
  const target = adapter.target.safeParse(parsed.data.target);
  if (!target.success) {
    for (const issue of target.error.issues) problem(['target', ...issue.path].join('.'), issue.message);
    return null;
  }
  const enabled = disabled === undefined;
  const everyMinutes = Math.round(parsed.data.every_hours * HOUR);
  const told = { paths, domain, notes, country, evidence };
  return { slug, name, system, target: target.data, enabled, disabledReason: disabled ?? null, everyMinutes, ...told };
}

/** Two rows of one slug, or two that read the same board, would store every posting twice: the later one is left out. */
function noteTwins(registry: Registry): void {
  const slugs = new Map<string, string>();
  const boards = new Map<string, string>();
  registry.rows = registry.rows.filter(row => {
    const board = boardOf(row);
    const at = { file: row.file, row: row.slug, line: 1 };
    const slugTwin = slugs.get(row.slug);
    const boardTwin = boards.get(board);
    if (slugTwin) registry.problems.push({ ...at, field: 'slug', message: `is used in ${slugTwin} too` });
    else if (boardTwin) registry.problems.push({ ...at, field: 'target', message: `is the board of ${boardTwin} too` });
    slugs.set(row.slug, row.file);
    boards.set(board, row.slug);
    return !slugTwin && !boardTwin;
  });
}
