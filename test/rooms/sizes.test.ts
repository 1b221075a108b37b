import { describe, expect, test } from 'vitest';
import { sourceFiles } from '../support/rooms.ts';

const HARD_LIMIT = 400;

/** Tables of plain facts, which splitting would make harder to read. Each says why it is one. */
const TABLES: Readonly<Record<string, string>> = {};

describe('the size of the rooms', () => {
  const files = [...sourceFiles('src'), ...sourceFiles('migrations')];

  test(`no file of src/ is longer than ${HARD_LIMIT} lines`, () => {
    const long = files.filter(({ path, lines }) => lines > HARD_LIMIT && !(path in TABLES)).map(({ path, lines }) => `${path}: ${lines}`);
    expect(long).toEqual([]);
  });

  test('no exemption outlives its file or its need', () => {
    const needless = Object.keys(TABLES).filter(path => !files.some(file => file.path === path && file.lines > HARD_LIMIT));
    expect(needless).toEqual([]);
  });
});
