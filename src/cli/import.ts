import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { withDatabase } from '../app/database.ts';
import { type Config, readConfig } from '../config.ts';
import { keepKeys, knownKeys, printsOf } from '../digest/kept-keys.ts';
import { mistake } from '../errors.ts';
import { asDatabaseError } from '../store/database.ts';
import { type DumpHeader, type DumpPart, FORMAT } from '../store/dump/format.ts';
import { importDump, refuseImport } from '../store/dump/import.ts';
import type { Database } from '../store/schema.ts';
import { command } from './_commands.ts';
import { readDumpFile } from './_dump-file.ts';
import { output, say, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'import')
    .argument('<file>')
    .option('--apply', 'write it')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ OMBRE_HOME=restored ombre import ombre-2026-11-28.jsonl.gz --apply')
    .action(async (file: string, options: { apply?: boolean; json?: boolean }) => {
      const config = readConfig();
      // A file is read to its end before anything is started; what comes by stdin only once, and a damaged end undoes all of it.
      const looked = file === '-' && options.apply ? null : await look(file);
      await withDatabase(config, { max: 2 }, async db => {
        if (looked !== null) await refuseImport(db, file, looked.header);
        const seen = options.apply ? await applied(db, file) : looked;
        if (seen === null) throw mistake('E_USAGE', 'FILE', file, 'an export');
        await tell(config, file, seen, options);
      });
    });
}

/** Keeps the keys a restored file brings, and says what was found, written and is lacking. */
async function tell(config: Config, file: string, seen: Seen, { apply = false, json }: { apply?: boolean; json?: boolean }): Promise<void> {
  const kept = apply && seen.keys.length > 0 ? await keepKeys(config, seen.keys) : null;
  const lacking = await lackingKeys(config, seen, apply);
  const { program: by, at } = seen.header;
  const found = { format: FORMAT, tables: seen.rows, program: by, at, applied: apply };
  await output({ json }, found, () => table(['table', 'rows'], Object.entries(seen.rows)));
  say(apply ? `restored from ${file}` : 'nothing was written; --apply does it');
  if (kept !== null) say(keysWritten(kept));
  if ((seen.rows.subscriptions ?? 0) > 0) tellLacking(lacking);
}

/** Says which keys the links in mails want; with any, the command ends with 1. */
function tellLacking(keys: readonly string[]): void {
  if (keys.length === 0) return;
  const remedy = 'set DIGEST_KEYS to them, or put the digest.key of the original into OMBRE_HOME';
  say(`the links in mails sent so far need the keys ${keys.join(', ')}: ${remedy}`);
  process.exitCode = 1;
}

type Seen = { header: DumpHeader; rows: Record<string, number>; keys: string[] };

async function look(file: string): Promise<Seen> {
  const watching = watched(readDumpFile(file));
  for await (const _ of watching.parts);
  return watching.seen();
}

async function applied(db: Kysely<Database>, file: string): Promise<Seen> {
  const watching = watched(readDumpFile(file));
  await importDump(db, file, watching.parts).catch(error => {
    throw asDatabaseError(error);
  });
  return watching.seen();
}

/** Hands the parts on, and remembers what the file says of itself. */
function watched(from: AsyncGenerator<DumpPart>): { parts: AsyncGenerator<DumpPart>; seen(): Seen } {
  const found: Partial<Seen> & { keys: string[] } = { keys: [] };
  const parts = async function* () {
    for await (const part of from) {
      if (part.kind === 'header') found.header = part.header;
      if (part.kind === 'keys') found.keys = part.keys;
      if (part.kind === 'end') found.rows = part.end.rows;
      yield part;
    }
  };
  return { parts: parts(), seen: () => found as Seen };
}

function keysWritten({ file, before }: { file: string; before: string | null }): string {
  const former = before === null ? '' : `; the file of before is ${before}`;
  return `the keys of the links in mails were written to ${file}${former}; restart what runs, as it still has the keys it started with`;
}

/** Ids of keys the export was made under that are not in force here, nor in the file when it is not written yet. */
async function lackingKeys(config: Config, seen: Seen, written: boolean): Promise<string[]> {
  if (!written && seen.keys.length > 0 && config.DIGEST_KEYS.length === 0) return [];
  const here = new Set(printsOf(await knownKeys(config)).map(({ print }) => print));
  return seen.header.keys.filter(({ print }) => !here.has(print)).map(({ id }) => id);
}
