import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { mistake, OmbreError } from '../../errors.ts';

/**
 * An export is JSON lines: a header, then each table's name followed by its rows as Postgres writes them, then an end that counts the
 * rows and holds the SHA-256 of all lines before it. A line of ours begins with `{"ombre":`, which no row does.
 */
export const FORMAT = 1;

const Header = z.object({
  ombre: z.literal('export'),
  format: z.number().int(),
  /** Version of the program that wrote it, and the newest migration of the database it was taken from. */
  program: z.string(),
  migration: z.string(),
  /** When the snapshot was taken, by the database's clock. */
  at: z.string(),
  /** Keys of the links in mails: their ids, and a hash by which they can be told without showing them. */
  keys: z.array(z.object({ id: z.string(), print: z.string() })),
  /** The columns of every table in the file. */
  tables: z.record(z.string(), z.array(z.string())),
});
const Keys = z.object({ ombre: z.literal('keys'), keys: z.array(z.string()) });
const Table = z.object({ ombre: z.literal('table'), table: z.string() });
const End = z.object({
  ombre: z.literal('end'),
  rows: z.record(z.string(), z.number().int()),
  /** Where the counters of numbered tables stand. */
  counters: z.array(z.object({ table: z.string(), column: z.string(), last: z.number().int() })),
  sha256: z.string(),
});

export type DumpHeader = z.infer<typeof Header>;
export type DumpEnd = z.infer<typeof End>;
export type DumpPart =
  | { kind: 'header'; header: DumpHeader }
  | { kind: 'keys'; keys: string[] }
  | { kind: 'row'; table: string; row: string }
  | { kind: 'end'; end: DumpEnd };

/** Writes the lines of a file: hands each to the reader with its line end, and knows what the end must say. */
export class DumpWriter {
  readonly #hash = createHash('sha256');
  readonly rows: Record<string, number> = {};

  line(text: string): string {
    this.#hash.update(text).update('\n');
    return `${text}\n`;
  }

  ours(value: Omit<DumpHeader, 'ombre'> & { ombre: 'export' }): string;
  ours(value: z.infer<typeof Keys> | z.infer<typeof Table>): string;
  ours(value: { ombre: string }): string {
    const { ombre, ...rest } = value;
    return this.line(JSON.stringify({ ombre, ...rest }));
  }

  end(counters: DumpEnd['counters']): string {
    return this.line(JSON.stringify({ ombre: 'end', rows: this.rows, counters, sha256: this.#hash.copy().digest('hex') }));
  }
}

/**
 * Reads a file part by part. The end comes only when everything before it is whole, so who writes nothing before it has come writes
 * nothing of a damaged file. Throws E_INPUT when the file is none of ours, of a newer format, cut off or changed.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one pass, and the order of its checks is the format.
export async function* readDump(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<DumpPart> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  let header: DumpHeader | null = null;
  let table: string | null = null;
  let end: DumpEnd | null = null;
  for await (const line of linesOf(bytes)) {
    if (end !== null) throw broken(name, 'it goes on after its end');
    if (header === null) {
      header = readHeader(name, line);
      yield { kind: 'header', header };
    } else if (line.startsWith('{"ombre":')) {
      const ours = parse(name, line);
      if (ours.ombre === 'end') end = unchanged(name, ours, hash);
      else if (ours.ombre === 'keys') yield { kind: 'keys', keys: ours.keys };
      else {
        table = ours.table;
        if (!(table in header.tables) || table in rows) throw broken(name, `its table ${table} stands where it must not`);
        rows[table] = 0;
      }
    } else {
      if (table === null) throw broken(name, 'a row comes before the name of its table');
      rows[table] = (rows[table] ?? 0) + 1;
      yield { kind: 'row', table, row: line };
    }
    if (end === null) hash.update(line).update('\n');
  }
  if (header === null) throw broken(name, 'it is empty');
  if (end === null) throw broken(name, 'it is cut off: its end is missing');
  const wrong = Object.keys(header.tables).find(found => rows[found] !== end.rows[found]);
  if (wrong !== undefined) throw broken(name, `it has ${rows[wrong] ?? 0} rows of ${wrong} instead of ${end.rows[wrong] ?? 0}`);
  yield { kind: 'end', end };
}

function unchanged(name: string, end: DumpEnd, hash: Hash): DumpEnd {
  if (end.sha256 !== hash.digest('hex')) throw broken(name, 'it was changed or damaged since it was written (SHA-256)');
  return end;
}

function readHeader(name: string, line: string): DumpHeader {
  const found = line.startsWith('{"ombre":"export"') ? tryJson(line) : null;
  const format = (found as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > FORMAT) {
    const { program } = found as { program?: string };
    throw mistake('E_INPUT', `the format of ${name}`, format, `${FORMAT} or older; install Ombre ${program ?? ''} or newer to read it`);
  }
  const read = Header.safeParse(found);
  if (!read.success) throw mistake('E_INPUT', name, line.slice(0, 60), 'a file that `ombre export` wrote');
  return read.data;
}

function parse(name: string, line: string): z.infer<typeof Keys> | z.infer<typeof Table> | DumpEnd {
  const read = z.discriminatedUnion('ombre', [Keys, Table, End]).safeParse(tryJson(line));
  if (!read.success) throw broken(name, 'a line of it cannot be read');
  return read.data;
}

function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON: the caller names the file.
    return null;
  }
}

/** Nothing of such a file is used. */
export function broken(name: string, why: string): OmbreError {
  return new OmbreError('E_INPUT', `${name} cannot be used: ${why}; nothing was written`);
}

/** Split at line feeds only: readline would also split at U+2028, which JSON leaves as it is inside a text. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, at));
      yield Buffer.concat(parts).toString('utf8');
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('utf8');
}
