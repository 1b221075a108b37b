import { readdir } from 'node:fs/promises';
import type { Command } from 'commander';

/** Every command and every group of commands, with what it is for: help and a mistyped name need no more of them than this. */
export const COMMANDS = {
  admin: 'the desk of the operator at /admin: its password, and what was changed there or by a command',
  api: 'serve the feed and its API, without crawling',
  classify: 'classify postings of a JSON Lines file (or - for standard input): path, who may apply, and why',
  crawl: 'visit sources now: those named, or all that are enabled',
  demo: 'crawl the bundled boards twice through the real queue and Postgres, and serve the feed; touches neither the network nor your data',
  digest: 'the mails of what is new',
  doctor: 'show every setting and where it came from, and check every part; exit 1 when one needs attention, 3 when one is down',
  eval: 'measure the classifier on labelled postings',
  export: 'write a backup of everything that cannot be crawled again, of one moment, beside a running Ombre; - is stdout',
  feed: 'write one page of the feed, the same bytes as its HTTP address gives',
  health: 'exit 0 when a worker (or `start`) of this OMBRE_HOME works at this moment, 3 when none does',
  import: 'restore an export into an empty database, all of it or nothing; without --apply only look whether it could be; - is stdin',
  labels: 'what operators say of stored postings, right or wrong: a measure for `ombre eval`',
  mcp: 'answer an MCP client on stdin and stdout, read-only; api and start answer at /mcp as well',
  migrate: 'bring the database up to date; safe to run again, and beside other processes',
  queue: 'what is to be done and by whom: visits that run, wait, are put off or failed, and sources left alone',
  read: 'read one saved page of a board, offline',
  reports: 'what readers say is tagged wrong, newest first; with --done and --apply, mark reports as handled (exit 1 when one is not open)',
  review: 'stored open postings without a label, the least sure first, each with why its answer may be wrong',
  rules: 'what the classifier decides by',
  sources: 'the registry of employers and sites',
  start: 'run everything in one process: crawl due sources and serve the feed',
  subscriptions: 'who gets which mails',
  systems: 'list the board systems that can be read',
  worker: 'visit due sources until stopped; several workers may run side by side',
};

/** The command of this name, or the group that holds the subcommands of one noun; made by whichever file is read first. */
export function command(program: Command, name: keyof typeof COMMANDS): Command {
  return program.commands.find(one => one.name() === name) ?? program.command(name).description(COMMANDS[name]);
}

/** Makes every command, without what it does. */
export function nameCommands(program: Command): void {
  for (const name of Object.keys(COMMANDS)) command(program, name as keyof typeof COMMANDS);
}

/**
 * The files of this folder that the command at hand needs, given what stands after `ombre`: a subcommand has its own, or is one of those in the
 * files of its noun. None where none is named, or one that is not there.
 */
export async function commandFiles(args: readonly string[]): Promise<string[]> {
  const [name, sub] = args[0] === 'help' ? args.slice(1) : args;
  // Files whose name begins with an underscore are shared parts, not commands.
  const files = (await readdir(new URL('./', import.meta.url))).filter(file => /^[a-z][a-z-]*\.ts$/.test(file)).sort();
  if (files.includes(`${name}-${sub}.ts`)) return [`${name}-${sub}.ts`];
  return files.filter(file => file === `${name}.ts` || file.startsWith(`${name}-`));
}
