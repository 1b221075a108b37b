import { readdir } from 'node:fs/promises';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS, commandFiles, nameCommands } from '../../src/cli/_commands.ts';

const register = async (files: readonly string[]): Promise<Command> => {
  const program = new Command();
  for (const file of files) ((await import(`../../src/cli/${file}`)) as { register(program: Command): void }).register(program);
  return program;
};
const names = (command: Command) => command.commands.map(one => one.name()).sort();
const all = (await readdir('src/cli')).filter(file => !file.startsWith('_'));

describe('the commands', () => {
  it('are all in the table, and what is in the table is there', async () => {
    expect(names(await register(all))).toEqual(Object.keys(COMMANDS).sort());
  });

  it('are named by help and after a mistyped name without a file being read', async () => {
    for (const args of [[], ['--help'], ['help'], ['--version'], ['crwl'], ['sourcez', 'list']])
      expect(await commandFiles(args)).toEqual([]);
    const program = new Command();
    nameCommands(program);
    expect(names(program)).toEqual(Object.keys(COMMANDS).sort());
  });

  it('are made by their own files alone', async () => {
    for (const name of Object.keys(COMMANDS)) expect(names(await register(await commandFiles([name])))).toEqual([name]);
    expect(await commandFiles(['crawl', '--json'])).toEqual(['crawl.ts']);
    expect(await commandFiles(['sources', 'list'])).toEqual(['sources-list.ts']);
    expect(await commandFiles(['help', 'sources', 'verify'])).toEqual(['sources-verify.ts']);
  });

  it('of a noun are all there for its help and for a mistyped one', async () => {
    for (const args of [['sources'], ['sources', '--help'], ['sources', 'vrify'], ['help', 'sources']]) {
      const program = await register(await commandFiles(args));
      expect(names(program.commands[0]!)).toEqual([
        'add',
        'check',
        'due',
        'health',
        'held',
        'list',
        'quality',
        'remove',
        'unverified',
        'verify',
        'visits',
      ]);
    }
  });
});
