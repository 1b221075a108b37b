import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ExportSlots } from '../../src/api/export-slots.ts';

async function* lines(): AsyncGenerator<string> {
  for (let n = 0; n < 200; n += 1) yield `${'x'.repeat(4096)}\n`;
}

test('a reader that takes nothing loses its slot, so that four silent ones keep nobody out', async () => {
  const slots = new ExportSlots({ most: 2, each: 1, silentMs: 60 });
  const silent = ['192.0.2.1', '192.0.2.2'].map(reader => slots.open(reader, lines)!);
  const ends = silent.map(stream => {
    stream.read(0);
    return once(stream, 'error');
  });
  expect(slots.open('192.0.2.3', lines)).toBeNull();
  const said = await Promise.all(ends);
  expect(said.map(([error]) => (error as Error).message)).toEqual(['nothing was read for 0.06 s', 'nothing was read for 0.06 s']);
  await sleep(10);
  expect(slots.open('192.0.2.3', lines)).not.toBeNull();
  slots.close();
});

test('one network address has one slot, and a reader that goes on reading keeps it to the end', async () => {
  const slots = new ExportSlots({ most: 4, each: 1, silentMs: 2000 });
  const stream = slots.open('192.0.2.1', lines)!;
  expect(slots.open('192.0.2.1', lines)).toBeNull();
  let read = 0;
  for await (const chunk of stream) read += (chunk as Buffer).length;
  expect(read).toBe(200 * 4097);
  expect(slots.open('192.0.2.1', lines)).not.toBeNull();
  slots.close();
});
