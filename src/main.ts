#!/usr/bin/env node
import { readdir, readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { exitCode, messageOf, OmbreError } from './errors.ts';
import { printableLines } from './printable.ts';

// Types are stripped and code is compiled once a machine, not once a run.
enableCompileCache();

/** One command of `ombre`: its file in src/cli/ adds it to the program. */
type CommandFile = { register(program: Command): void };

// `ombre ... | head`: whoever reads no further has read enough. Help is written by commander, which does not ask.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
});

const version = (JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
const program = new Command('ombre')
  .description('Finds the non-clinical jobs that occupational, physical and speech therapists and their assistants can really get.')
  .version(version)
  .showHelpAfterError('(ombre --help lists the commands)')
  .exitOverride();

// Files whose name begins with an underscore are shared parts, not commands.
const files = (await readdir(new URL('./cli/', import.meta.url))).filter(file => /^[a-z][a-z-]*\.ts$/.test(file)).sort();
// Only the files of the command at hand are loaded; help, and a mistake, want all of them.
const named = files.filter(file => file === `${process.argv[2]}.ts` || file.startsWith(`${process.argv[2]}-`));
for (const file of named.length > 0 ? named : files) ((await import(`./cli/${file}`)) as CommandFile).register(program);
overrideExits(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const bug = !(error instanceof OmbreError) || error.action === 'bug';
    const told = bug && error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    process.stderr.write(`ombre: ${printableLines(told)}\n`);
    process.exitCode = exitCode(error);
  }
}

// Connections that a dead server holds open must not keep a finished command alive.
setTimeout(() => process.exit(), 5000).unref();

/** Commander's own mistakes (an unknown option, a missing argument) end here too, in every subcommand. */
function overrideExits(command: Command): void {
  for (const child of command.commands) overrideExits(child.exitOverride());
}
