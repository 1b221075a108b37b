import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { output, say, table } from '../../src/cli/_output.ts';
import { highlight } from '../../src/cli/classify.ts';
import { printableLines } from '../../src/printable.ts';

afterEach(() => vi.restoreAllMocks());

/** Clears the screen, names the window, and turns the rest of the line. */
const HOSTILE = 'Acme\x1b[2J\x1b]0;owned\x07\x9b1m\u202eHealth\r';

/** What is written to one of the two while `work` runs. */
async function written(stream: NodeJS.WriteStream, work: () => unknown): Promise<string> {
  let all = '';
  vi.spyOn(stream, 'write').mockImplementation((text: unknown, ...rest: unknown[]) => {
    all += text;
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  });
  await work();
  return all;
}

test('a table shows a row a line, whatever control characters, new lines or turned text its cells hold', () => {
  const shown = table(
    ['source', 'why'],
    [
      ['acme', 'robots.txt line 4: Disallow: /\x1b[2J\x1b]0;title\x07'],
      ['other', 'two\r\nlines\u2028and \u202eback\x9b'],
      ['third', null],
    ],
  );
  expect(shown.split('\n')).toEqual([
    'source  why',
    '------  -----------------------------------------',
    'acme    robots.txt line 4: Disallow: /[2J]0;title',
    'other   two lines and back',
    'third',
  ]);
});

test('what a command shows people holds nothing that a terminal obeys, and keeps its lines', async () => {
  const shown = await written(process.stdout, () => output({}, null, () => `Board     ${HOSTILE}\n  because`));
  expect(shown).toBe('Board     Acme[2J]0;owned1mHealth \n  because\n');
  expect(await written(process.stderr, () => say(`${HOSTILE} is disabled`))).toBe('Acme[2J]0;owned1mHealth  is disabled\n');
});

test('a document in JSON says exactly what it says, and holds nothing that a terminal obeys', async () => {
  const shown = await written(process.stdout, () => output({ json: true }, { name: HOSTILE }, () => ''));
  expect(JSON.parse(shown)).toEqual({ name: HOSTILE });
  expect(printableLines(shown)).toBe(shown);
});

test('evidence is set off in a text without its control characters', () => {
  const evidence = [{ field: 'text', start: 2, end: 6, text: 'b\x1bcd' }] as unknown as Parameters<typeof highlight>[2];
  expect(highlight('a b\x1bcd\x07\ne', 'text', evidence)).toBe('a «bcd»\ne');
});

test('an error that ends a command holds nothing that a terminal obeys', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['src/main.ts', 'read', 'acme\x9b2J\u202e', 'x.json']).catch(
    error => error,
  );
  expect(stderr).toContain('acme2J');
  expect(printableLines(stderr)).toBe(stderr);
});
