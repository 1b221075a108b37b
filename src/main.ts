#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { commandFiles, nameCommands } from './cli/_commands.ts';
import { exitCode, messageOf, OmbreError } from './errors.ts';
import { printableLines } from './printable.ts';

// Types are stripped and code is compiled once a machine, not once a run.
enableCompileCache();

/** One command of `ombre`: its file in src/cli/ adds it to the program. */
type CommandFile = { register(program: Command): void };

// `ombre ... | head`: whoever reads no further has read enough. Help is written by commander, which does not ask.
process.stdout.on('error', error => {
  // A command that listens itself, as an export does, tells of a full disk in its own words.
  const alone = process.stdout.listenerCount('error') === 1;
  if (alone && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
});

const version = (JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
const program = new Command('ombre')
  .description('Finds the non-clinical jobs that occupational, physical and speech therapists and their assistants can really get.')
  .version(version)
  .showHelpAfterError('(ombre --help lists the commands)')
  .exitOverride();

for (const file of await commandFiles(process.argv.slice(2))) ((await import(`./cli/${file}`)) as CommandFile).register(program);
nameCommands(program);
overrideExits(program);

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  else {
    const error = exitCode(thrown) === 2 ? thrown : await ofDisk(thrown);
    const bug = !(error instanceof OmbreError) || error.action === 'bug';
    const told = bug && error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    process.stderr.write(`ombre: ${printableLines(told)}\n`);
    process.exitCode = exitCode(error);
  }
}

// Connections that a dead server holds open must not keep a finished command alive.
setTimeout(() => process.exit(), 5000).unref();

/** The error of a command, told as that of a full disk where it is one. Loaded late, as most commands end well or by a mistake. */
async function ofDisk(error: unknown): Promise<unknown> {
  const { isFailing } = await import('./postgres/pool.ts');
  if (!isFailing(error)) return error;
  const [{ toldOfDisk }, { readConfig }] = await Promise.all([import('./app/full-disk.ts'), import('./config.ts')]);
  return await toldOfDisk(error, readConfig());
}

/** Commander's own mistakes (an unknown option, a missing argument) end here too, in every subcommand. */
function overrideExits(command: Command): void {
  for (const child of command.commands) overrideExits(child.exitOverride());
}
