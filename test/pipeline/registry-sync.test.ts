import { describe, expect, test } from 'vitest';
import { missingSentence, planRegistry, renamedSentence } from '../../src/pipeline/registry-sync.ts';

const row = (slug: string, board = slug) => ({ slug, system: 'greenhouse', target: { board } });
const rows = (count: number) => Array.from({ length: count }, (_, n) => row(`employer-${n}`));
const plan = (stored: number, left: number, problems: { row: string }[] = []) => planRegistry(rows(stored), { rows: rows(left), problems });

describe('rows that vanished', () => {
  test.each([
    ['one of three', 3, 2, 1, false],
    ['five of twelve', 12, 7, 5, false],
    ['six of twelve', 12, 6, 6, true],
    ['a fifth of a hundred', 100, 80, 20, false],
    ['more than a fifth of a hundred', 100, 79, 21, true],
    ['all of three', 3, 0, 3, true],
  ])('%s: are missing, and held when they are many or all', (_, stored, left, missing, held) => {
    const found = plan(stored, left);
    expect(found.missing).toHaveLength(missing);
    expect(found.held !== null).toBe(held);
  });

  test('are none when every stored source has its row, and a first start has nothing stored', () => {
    expect(plan(12, 12)).toEqual({ missing: [], held: null, renamed: [] });
    expect(plan(0, 12)).toEqual({ missing: [], held: null, renamed: [] });
    expect(plan(0, 0)).toEqual({ missing: [], held: null, renamed: [] });
  });

  test('are held while the registry has a mistake, which is not one of a row that is there by its slug', () => {
    expect(plan(12, 11, [{ row: 'employer-11' }])).toMatchObject({ missing: [], held: null });
    expect(plan(12, 11, [{ row: '' }])).toMatchObject({ missing: ['employer-11'], held: expect.stringContaining('mistakes') });
  });

  test('are told in one sentence with a few of their names', () => {
    expect(missingSentence(plan(12, 12), 12, 'sources')).toBeNull();
    expect(missingSentence(plan(12, 11), 12, 'sources')).toMatch(
      /^1 of 12 sources have no row in sources \(employer-11\): their postings close/,
    );
    expect(missingSentence(plan(12, 2), 12, 'sources')).toMatch(
      /^HELD: 10 of 12 sources .*\(employer-2, .*, employer-6, \.\.\.\), and nothing of them is closed/,
    );
  });
});

test('a board under another slug is told as renamed, however its target is spelt', () => {
  const stored = [{ slug: 'acme', system: 'workday', target: { site: 'External', host: 'acme.example' } }, row('other')];
  const now = [{ slug: 'acme-health', system: 'workday', target: { host: 'Acme.example', site: 'External' } }, row('other')];
  const { renamed, missing } = planRegistry(stored, { rows: now, problems: [] });
  expect(missing).toEqual(['acme']);
  expect(renamed).toEqual([{ from: 'acme', to: 'acme-health' }]);
  expect(renamedSentence({ from: 'acme', to: 'acme-health' })).toMatch(
    /the board of acme is read as acme-health now.*name the row acme again/,
  );
});
