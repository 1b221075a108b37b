import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { hashPassword, SHORTEST_PASSWORD } from '../desk/password.ts';
import { mistake } from '../errors.ts';
import { command } from './_commands.ts';
import { printText } from './_output.ts';

const HELP = `
Reads the password from the terminal, or one line of stdin. Whoever has the line cannot log in with it, but can try passwords: keep it to yourself.

Example:
  $ ombre admin password > admin.hash
  $ ADMIN_PASSWORD_FILE=admin.hash ombre api`;

export function register(program: Command): void {
  command(program, 'admin')
    .command('password')
    .description('make the hash of a password for ADMIN_PASSWORD_HASH or ADMIN_PASSWORD_FILE; stores nothing')
    .addHelpText('after', HELP)
    .action(async () => {
      const password = process.stdin.isTTY ? await typedTwice() : (await text(process.stdin)).replace(/\r?\n$/, '');
      await printText(await hashPassword(password));
    });
}

async function typedTwice(): Promise<string> {
  const password = await typed(`Password (${SHORTEST_PASSWORD} characters or more): `);
  if (password !== (await typed('Once more: '))) throw mistake('E_INPUT', 'the second password', '********', 'the same as the first');
  return password;
}

/** Asks on stderr, as stdout may be a file, and shows nothing of what is typed. */
async function typed(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
