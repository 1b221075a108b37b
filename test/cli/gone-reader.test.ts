import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

test.each([[['--help']], [['sources', 'verify', '--help']], [['systems', '--json']]])(
  'ombre %j, whose reader has gone as that of `| head` does, ends in order and without a word',
  async args => {
    const child = spawn(process.execPath, ['src/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    expect(said).toBe('');
    expect(code).toBe(0);
  },
);
