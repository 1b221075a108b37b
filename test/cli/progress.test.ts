import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Told } from '../../src/app/crawl-progress.ts';
import { laidOut, progress } from '../../src/cli/_progress.ts';

const SAYS = ['12 of 60 boards', '3,412 postings seen', '34 of 256 details read', '1,204 requests'];
const TOLD: Told = { share: 0.2, says: [...SAYS, 'asking boards-api.greenhouse.io and 3 more', 'about 4 min left'] };

/** A stream in memory, and what a terminal of that width would show of it. */
function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const stream = { isTTY, columns, rows: 24, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  return { stream: stream as NodeJS.WriteStream, written, screen: () => screenOf(written.join('')) };
}

/** The lines a terminal shows after what was written: just as many escape codes as are used here, and a failure on any other. */
function screenOf(text: string): string[] {
  const lines = [''];
  let [row, column] = [0, 0];
  const put = (letter: string) => {
    const line = (lines[row] ?? '').padEnd(column);
    lines[row] = line.slice(0, column) + letter + line.slice(column + 1);
    column += 1;
  };
  for (const [part, code = '', letter] of text.matchAll(/\x1b\[([?\d;]*)([A-Za-z])|[\s\S]/g)) {
    const count = Number(code || '1');
    if (part === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (letter === undefined) put(part);
    else if (letter === 'A') row = Math.max(0, row - count);
    else if (letter === 'B') row += count;
    else if (letter === 'G') column = count - 1;
    else if (letter === 'K') lines[row] = code === '2' ? '' : (lines[row] ?? '').slice(0, column);
    else if (!code.startsWith('?2026')) throw new Error(`an unknown code: ${JSON.stringify(part)}`);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('CI', '');
  vi.stubEnv('TERM', 'xterm-256color');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('long work on a terminal', () => {
  test('is drawn in lines that fit 80 columns and 40', () => {
    expect(laidOut(TOLD, 80)).toEqual([
      '[####----------------]   12 of 60 boards   3,412 postings seen',
      '34 of 256 details read   1,204 requests',
      'asking boards-api.greenhouse.io and 3 more   about 4 min left',
    ]);
    expect(laidOut(TOLD, 40)).toEqual([
      '[##--------]   12 of 60 boards',
      '3,412 postings seen',
      '34 of 256 details read   1,204 requests',
      'asking boards-api.greenhouse.io and ...',
      'about 4 min left',
    ]);
  });

  test.each([1, 2, 7, 20, 200])('has no line that reaches the last of %d columns', columns => {
    const lines = laidOut({ share: 0.999, says: [...TOLD.says, '求人情報'.repeat(30)] }, columns);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(1, columns - 1));
  });

  test('shows no control characters, escape codes, new lines or turned text of a name', () => {
    const says = ['asking \x1b[2J\x1b]0;title\x07evil\r\n\u2028\u202ehost\u0000\x9b31m'];
    expect(laidOut({ share: null, says }, 80)).toEqual(['asking [2J]0;titleevil host31m']);
  });

  test('counts wide letters as two columns', () => {
    expect(laidOut({ share: null, says: ['求人'.repeat(20)] }, 20)).toEqual(['求人求人求人求人...']);
  });

  test('changes in its place, keeps notes and the log whole above it, and leaves nothing behind', () => {
    const { stream, written, screen } = terminal(true);
    const told = { share: 0, says: ['0 of 2 boards', '0 requests'] };
    const line = progress({ tell: () => told, stream });
    expect(written).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(screen()).toEqual(['[--------------------]   0 of 2 boards   0 requests']);
    told.says = ['1 of 2 boards', '7 requests', 'x'.repeat(70)];
    line.log?.write('{"level":40,"msg":"slow\x9b31m"}\n');
    line.say('acme is \x1b[31mvisited by another process');
    expect(screen()).toEqual([
      '{"level":40,"msg":"slow31m"}',
      'acme is [31mvisited by another process',
      '[--------------------]   1 of 2 boards   7 requests',
      'x'.repeat(70),
    ]);
    line.done();
    line.done();
    expect(screen()).toEqual(['{"level":40,"msg":"slow31m"}', 'acme is [31mvisited by another process']);
    const before = written.length;
    vi.advanceTimersByTime(5000);
    expect(written).toHaveLength(before);
  });

  test('neither hides the cursor nor colors anything', () => {
    const { stream, written } = terminal(true);
    const line = progress({ tell: () => TOLD, stream });
    vi.advanceTimersByTime(1000);
    line.done();
    expect(written.join('')).not.toMatch(/\x1b\[(?:\?25|[\d;]*m)/);
  });

  test('is drawn again when the terminal is made narrower', () => {
    const { stream, screen } = terminal(true);
    const line = progress({ tell: () => ({ share: null, says: ['one', 'two'] }), stream });
    vi.advanceTimersByTime(300);
    stream.columns = 8;
    vi.advanceTimersByTime(300);
    expect(screen()).toEqual(['one', 'two']);
    line.done();
  });
});

describe('long work without a terminal', () => {
  test('is told in one plain line a minute', () => {
    const { stream, written } = terminal(false);
    const line = progress({ tell: () => TOLD, stream });
    vi.advanceTimersByTime(59_000);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(61_000);
    expect(written).toEqual([`${TOLD.says.join(', ')}\n`, `${TOLD.says.join(', ')}\n`]);
    expect(line.log).toBeUndefined();
    line.done();
    vi.advanceTimersByTime(600_000);
    expect(written).toHaveLength(2);
  });

  test('says nothing while there is nothing to say, or where only drawing tells', () => {
    const { stream, written } = terminal(false);
    const idle = progress({ tell: () => ({ share: null, says: [] }), stream });
    const service = progress({ tell: () => TOLD, stream, drawnOnly: true });
    vi.advanceTimersByTime(600_000);
    expect(written).toEqual([]);
    service.say('a note is told all the same');
    expect(written).toEqual(['a note is told all the same\n']);
    idle.done();
    service.done();
  });

  test.each([
    ['a build machine', { CI: 'true' }, {}],
    ['a terminal that moves no cursor', { TERM: 'dumb' }, {}],
    ['JSON that goes to the same terminal', {}, { plain: true }],
  ])('is told in plain lines on %s', (_, env, options) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { stream, written } = terminal(true);
    const line = progress({ tell: () => TOLD, stream, ...options });
    vi.advanceTimersByTime(61_000);
    expect(written).toEqual([`${TOLD.says.join(', ')}\n`]);
    line.done();
  });
});
