import { expect, test } from 'vitest';
import { table } from '../../src/cli/_output.ts';

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
