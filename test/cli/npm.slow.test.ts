import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { testDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test.each([
  ['npx', ['--no-install', 'ombre', 'api']],
  ['npm', ['exec', '--offline', '--', 'ombre', 'api']],
])('a SIGTERM to %s ends the Ombre that it started', async (command, words) => {
  expect(inject('postgres')).not.toBeNull();
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const home = await mkdtemp(join(tmpdir(), 'ombre-npm-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATABASE_URL: database.url, OMBRE_HOME: home };
  const npm = spawn(command, words, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  npm.stderr.on('data', chunk => {
    said += chunk;
  });
  const ended = once(npm, 'exit');
  let address: string | undefined;
  while (address === undefined) {
    if (npm.exitCode !== null) throw new Error(said);
    await sleep(100);
    address = /"address":"([^"]+)"[^\n]*"msg":"ready"/.exec(said)?.[1];
  }
  npm.kill('SIGTERM');
  await ended;
  // Its port is free again when it is gone.
  while (
    await fetch(`${address}/healthz`).then(
      () => true,
      () => false,
    )
  )
    await sleep(100);
});
