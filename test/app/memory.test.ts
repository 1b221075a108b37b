import { once } from 'node:events';
import { totalmem } from 'node:os';
import { expect, test, vi } from 'vitest';
import { memoryLimit, watchMemory } from '../../src/app/memory.ts';
import { exitCode } from '../../src/errors.ts';

const MB = 1_000_000;
const limit = { rss: 700 * MB, heap: 500 * MB };
const config = { MEMORY_LIMIT_MB: 700 };

/** Watches what these looks see, one after the other; the last one again and again. */
function watching(looks: { rss: number; heap: number }[]) {
  const warn = vi.fn<(message: string) => void>();
  let seen = 0;
  const inUse = () => looks[Math.min(seen++, looks.length - 1)]!;
  return { warn, seen: () => seen, ...watchMemory({ config, log: { warn } as never }, { limit, inUse, lookMs: 1 }) };
}

const LITTLE = { rss: 300 * MB, heap: 100 * MB };
const MUCH = { rss: 812 * MB, heap: 100 * MB };

test('three looks in a row above the limit end the process with the code of its own, said once', async () => {
  const { over, warn, close } = watching([LITTLE, MUCH, MUCH, LITTLE, MUCH, MUCH, MUCH]);
  await once(over, 'abort');
  expect(over.reason).toMatchObject({
    code: 'E_MEMORY',
    message: 'This process uses too much memory: 812 MB are in use, 700 are allowed (MEMORY_LIMIT_MB)',
  });
  expect(exitCode(over.reason)).toBe(4);
  expect(warn).toHaveBeenCalledTimes(1);
  await close();
});

test('a heap that has nearly grown to its end is too much as well, however much the machine has', async () => {
  const { over, close } = watching([{ rss: 600 * MB, heap: 501 * MB }]);
  await once(over, 'abort');
  expect(over.reason).toMatchObject({ message: expect.stringContaining("501 MB of Node's heap are in use, 500 are allowed") });
  await close();
});

test('what is too much for a moment only ends nothing', async () => {
  const { over, warn, seen, close } = watching([MUCH, MUCH, LITTLE, MUCH, MUCH, LITTLE]);
  await vi.waitUntil(() => seen() > 20);
  await close();
  expect(over.aborted).toBe(false);
  expect(warn).not.toHaveBeenCalled();
});

test('what is allowed is the setting, or without one seven tenths of the machine at most', () => {
  expect(memoryLimit({ MEMORY_LIMIT_MB: 512 }).rss).toBe(512 * MB);
  const { rss, heap } = memoryLimit({ MEMORY_LIMIT_MB: 0 });
  expect(rss).toBeLessThanOrEqual(totalmem() * 0.7);
  expect(rss).toBeGreaterThan(0);
  expect(heap).toBeGreaterThan(0);
});
