import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(`${ROOT}README.md`, 'utf8');

async function ombre(...args: string[]): Promise<{ code: number; stdout: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['src/main.ts', ...args], { cwd: ROOT, maxBuffer: 1 << 26 });
    return { code: 0, stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, stdout };
  }
}

test('the sample in the README is what the command prints', async () => {
  const [, command = '', shown] = /```\n\$ npx ombre (classify[^\n]*)\n([\s\S]*?)\n```/.exec(README) ?? [];
  const { code, stdout } = await ombre(...command.split(' '));
  expect(code).toBe(0);
  expect(stdout.trim().replace(/, rules \d+-[0-9a-f]{16}/, ', rules …')).toBe(shown);
});

test('the registry commands and the help of the README run', async () => {
  expect(await ombre('sources', 'check')).toMatchObject({ code: 0, stdout: expect.stringContaining('0 problems') });
  const help = await ombre('--help');
  expect(help.code).toBe(0);
  for (const [, name] of README.matchAll(/npx ombre ([a-z]+)/g)) expect(help.stdout).toContain(`  ${name}`);
});

test('an unknown source of the crawl command is a mistake that names it', async () => {
  expect((await ombre('crawl', 'SLUG')).code).toBe(2);
});
