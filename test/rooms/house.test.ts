import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FLOORS, INNER_FLOORS } from '../support/rooms.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const page = readFileSync(new URL('../../docs/decisions.md', import.meta.url), 'utf8');
const house = page.slice(page.indexOf('## The house'), page.indexOf('## Where others'));
const [floors = '', inner = ''] = [...house.matchAll(/```\n([\s\S]*?)```/g)].map(([, drawing = '']) => drawing);

/** The rooms a line of the drawing begins with: names parted by spaces, until words of a person begin. */
const drawn = (line: string, known: readonly string[]) => {
  const words = line.split(/\s+/).filter(Boolean);
  const end = words.findIndex(word => !known.includes(word));
  return words.slice(0, end === -1 ? undefined : end);
};

function floorsOf(drawing: string, known: readonly string[]): string[][] {
  return drawing
    .split('\n')
    .map(line => drawn(line, known).sort())
    .filter(rooms => rooms.length > 0)
    .reverse();
}

const told = (floors: readonly (readonly string[])[]) => floors.map(rooms => [...rooms].sort());

describe('the house as docs/decisions.md draws it', () => {
  test('has the floors that imports are held to', () => {
    expect(floorsOf(floors, FLOORS.flat())).toEqual(told(FLOORS));
  });

  test.each(Object.entries(INNER_FLOORS))('has those inside %s', (room, expected) => {
    const drawing = inner.split('\n\n').find(part => part.startsWith(room)) ?? '';
    expect(floorsOf(drawing.slice(room.length), expected.flat())).toEqual(told(expected));
  });

  test('lists every folder of src with what it holds', () => {
    const folders = readdirSync(SRC, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => `src/${relative(SRC, join(entry.parentPath, entry.name))}`);
    const listed = [...house.matchAll(/^\| `(src\/[^`]+)` \| \S/gm)].map(([, folder]) => folder);
    expect(listed.sort()).toEqual(folders.sort());
  });
});
