import { expect, test } from 'vitest';
import type { PageRequest, RawPosting } from '../../../src/crawlers/adapter.ts';
import { listReading, reading } from '../../../src/crawlers/kit/reading.ts';
import { Parts } from '../../../src/crawlers/visit/parts.ts';

const request: PageRequest = { kind: 'list', url: 'https://board.example/jobs' };
const posting = (key: string): RawPosting => ({ key, title: 'Therapist', places: [], url: `https://board.example/jobs/${key}` });
const listed = (keys: string, total: number | null) => listReading({ rows: keys.split(' ').map(posting), total });

function shortfallOf(...pages: ReturnType<typeof reading>[]): string | null {
  const parts = new Parts();
  for (const page of pages) parts.add(request, page);
  return parts.shortfall();
}

test('a listing that reaches its count is whole, and one that stays below or goes beyond it is not', () => {
  expect(shortfallOf(listed('a b', 3), listed('c', 0))).toBeNull();
  expect(shortfallOf(listed('a b', null))).toBeNull();
  expect(shortfallOf(listed('a b', 3))).toBe('the system counts 3, 2 were listed');
  expect(shortfallOf(listed('a b', 1))).toBe('the system counts 1, 2 postings were listed');
});

test('a posting that stands on two pages, and rows that are not shown, are not beyond the count', () => {
  expect(shortfallOf(listed('a b', 3), listed('b c', 3))).toBeNull();
  expect(shortfallOf(listReading({ rows: [posting('a'), 'unlisted'], total: 1 }))).toBeNull();
});

test('pages that only lead on to a list prove nothing; a page that proves that there is nothing does', () => {
  expect(shortfallOf(reading('board', 'the careers page'))).toBe('no page listed a posting, and none proved that there are none');
  expect(shortfallOf(reading('board', 'the careers page'), reading('empty', 'the board says it has no postings', { total: 0 }))).toBeNull();
  expect(shortfallOf(listReading({ rows: ['unlisted'] }))).toBeNull();
});
