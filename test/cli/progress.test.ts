import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { progress } from '../../src/cli/_output.ts';

const terminal = process.stderr.isTTY;
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = terminal;
});

function written(isTTY: boolean): string[] {
  process.stderr.isTTY = isTTY;
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    lines.push(String(text));
    return true;
  });
  return lines;
}

test('long work tells where it is in a line of its own once in a while where stderr is no terminal', async () => {
  const lines = written(false);
  const line = progress({ everyMs: 5 });
  line.show('1 of 3 visited');
  line.show('2 of 3 visited');
  expect(lines).toEqual([]);
  while (lines.length < 2) await sleep(5);
  line.done();
  const before = lines.length;
  await sleep(20);
  expect([...new Set(lines)]).toEqual(['2 of 3 visited\n']);
  expect(lines).toHaveLength(before);
});

test('on a terminal the line replaces itself', () => {
  const lines = written(true);
  const line = progress();
  line.show('1 of 3 visited');
  line.done();
  expect(lines).toEqual(['\r\x1b[2K1 of 3 visited', '\r\x1b[2K']);
});
