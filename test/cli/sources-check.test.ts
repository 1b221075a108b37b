import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { runOmbre } from './ombre-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-check-'));
});
afterEach(() => rm(folder, { recursive: true }));

const row = (slug: string, paths: readonly string[], more = '') =>
  `- { slug: ${slug}, name: Acme, system: greenhouse, target: { board: ${slug} }, paths: [${paths.join(', ')}]${more} }\n`;

async function check(rows: string[], ...options: string[]) {
  await writeFile(path.join(folder, 'some.yaml'), rows.join(''));
  return runOmbre(['sources', 'check', ...options], { SOURCES_DIR: folder });
}

test('paths that have few boards stand out, those that have none first, and disabled boards are not counted', async () => {
  const others = PATH_SLUGS.filter(slug => slug !== 'sales' && slug !== 'writing');
  const rows = [0, 1, 2, 3, 4].map(n => row(`all-${n}`, others, ', country: US'));
  const { code, out } = await check([
    ...rows,
    row('writes', ['writing'], ', country: CA'),
    row('sells', ['sales'], ', disabled: its terms forbid it'),
  ]);
  expect(code).toBe(0);
  expect(out).toMatch(/^fewer than 5: sales none, writing 1$/m);
  expect(out).toMatch(/^US +5$/m);
});

test('nothing is said of few boards when every path has enough', async () => {
  const { code, out } = await check([0, 1, 2, 3, 4].map(n => row(`all-${n}`, PATH_SLUGS)));
  expect([code, out]).toEqual([0, expect.not.stringContaining('fewer than')]);
});

test('a program reads the same, beside what it read before', async () => {
  const { code, out } = await check([row('one', ['sales'], ', country: US'), row('two', ['sales', 'writing'])], '--json');
  const { few_rows, ...summary } = JSON.parse(out);
  expect(code).toBe(0);
  expect(summary).toEqual({
    rows: 2,
    enabled: 2,
    disabled: 0,
    per_system: { greenhouse: 2 },
    per_path: { sales: 2, writing: 1 },
    per_country: { US: 1 },
    problems: [],
  });
  expect(few_rows).toMatchObject({ research: 0, writing: 1, sales: 2 });
  expect(Object.keys(few_rows)).toHaveLength(PATH_SLUGS.length);
});
