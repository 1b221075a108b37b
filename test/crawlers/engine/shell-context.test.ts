import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { Shell } from '../../../src/crawlers/engine/shell.ts';
import { inLogContext, loggedContext, noteInLog } from '../../../src/telemetry/log-context.ts';

test('a request runs as part of the visit that asked for it, not of the one that asked first', async () => {
  const shell = new Shell({ concurrency: 2 });
  const caller = new AsyncLocalStorage<string>();
  const { signal } = new AbortController();
  const ask = (name: string) => caller.run(name, () => shell.run(async () => caller.getStore(), signal));
  expect(await ask('first')).toBe('first');
  expect(await Promise.all([ask('second'), ask('third')])).toEqual(['second', 'third']);
  await shell.close();
});

test('what is noted for the log stays with the work it is noted in', async () => {
  const visit = (name: string) =>
    inLogContext(async () => {
      noteInLog({ source: name });
      await inLogContext(async () => noteInLog({ visit: `${name}-1` }));
      return loggedContext();
    });
  expect(await Promise.all([visit('a'), visit('b')])).toEqual([
    { source: 'a', visit: 'a-1' },
    { source: 'b', visit: 'b-1' },
  ]);
  noteInLog({ source: 'nobody' });
  expect(loggedContext()).toEqual({});
});
