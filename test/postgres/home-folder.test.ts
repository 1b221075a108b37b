import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

test.runIf(process.platform === 'linux')(
  'an OMBRE_HOME on a file system that makes no folders is one sentence, and no endless wait',
  async () => {
    const env = { PATH: process.env.PATH, OMBRE_HOME: '/proc/nope/deeper' };
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>(resolve => {
      execFile(process.execPath, [MAIN, 'feed'], { env, timeout: 25_000, killSignal: 'SIGKILL' }, (error, _, stderr) =>
        resolve({ code: error?.code, stderr }),
      );
    });
    expect(stderr).toMatch(/^ombre: [^\n]*OMBRE_HOME is "\/proc\/nope\/deeper"; allowed: a folder this user can write[^\n]*\n$/);
    expect(code).toBe(2);
  },
);
