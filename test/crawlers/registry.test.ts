import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter } from '../../src/crawlers/adapter.ts';
import { type Registry, readRegistry } from '../../src/crawlers/registry.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';

let folder: string;
let systems: ReadonlyMap<string, Adapter>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-registry-'));
  systems = await loadSystems();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function problemsOf(text: string) {
  await writeFile(path.join(folder, 'some.yaml'), text);
  return readRegistry(folder, systems);
}

const fileOf = (row: Registry['rows'][number]) => row.file.replace('.yaml', '');
const isPath = (name: string) => PATH_SLUGS.some(path => path === name);

describe('the registry of this project', () => {
  let rows: Registry['rows'];
  let problems: Registry['problems'];
  beforeAll(async () => {
    ({ rows, problems } = await readRegistry(fileURLToPath(new URL('../../sources', import.meta.url)), systems));
  });

  test('has no mistake, and 350 boards or more that are crawled', () => {
    expect(problems).toEqual([]);
    expect(rows.filter(row => row.enabled).length).toBeGreaterThanOrEqual(350);
    expect(rows.filter(row => !row.enabled).every(row => row.disabledReason)).toBe(true);
  });

  test('has five boards or more of every path that are crawled', () => {
    const crawled = rows.filter(row => row.enabled);
    expect(PATH_SLUGS.filter(path => crawled.filter(row => row.paths.includes(path)).length < 5)).toEqual([]);
  });

  test('says of every board where it was read, and of every employer what its boards are for', () => {
    expect(rows.filter(row => !row.evidence || row.evidence.length > 150).map(row => row.slug)).toEqual([]);
    const general = new Set(['remote-boards.yaml']);
    expect(rows.filter(row => row.paths.length === 0 && !general.has(row.file)).map(row => row.slug)).toEqual([]);
  });

  test('keeps each row in the file of a path it is for', () => {
    const ofPaths = rows.filter(row => isPath(fileOf(row)));
    expect(ofPaths.filter(row => !row.paths.includes(fileOf(row))).map(row => row.slug)).toEqual([]);
  });
});

test('a good row is read with its defaults', async () => {
  const { rows, problems } = await problemsOf(
    '- slug: acme-health\n  name: Acme Health\n  system: greenhouse\n  target: { board: acme }\n',
  );
  expect(problems).toEqual([]);
  expect(rows).toMatchObject([
    { slug: 'acme-health', enabled: true, disabledReason: null, everyMinutes: 1440, paths: [], file: 'some.yaml' },
  ]);
});

test('a row names the country it hires in and where its board was read to be the employer’s', async () => {
  const row =
    '- slug: acme\n  name: Acme\n  system: greenhouse\n  target: { board: acme }\n  country: US\n  evidence: its own careers page\n';
  expect(await problemsOf(row)).toMatchObject({ problems: [], rows: [{ country: 'US', evidence: 'its own careers page' }] });
});

test.each(['us', 'USA', 'XX'])('a country is told by its two letters, not as %s', async code => {
  const row = `- slug: acme\n  name: Acme\n  system: greenhouse\n  target: { board: acme }\n  country: ${code}\n`;
  expect((await problemsOf(row)).problems).toMatchObject([{ field: 'country', message: expect.stringContaining('ISO 3166-1') }]);
});

test('a row of an older registry, with fields that nobody reads any more, is read all the same', async () => {
  const row =
    '- slug: acme\n  name: Acme\n  system: greenhouse\n  target: { board: acme }\n  homepage: https://acme.example\n  terms: silent\n';
  expect(await problemsOf(row)).toMatchObject({ problems: [], rows: [{ slug: 'acme' }] });
});

test('a row with a reason not to crawl it is disabled', async () => {
  const { rows } = await problemsOf(
    '- slug: acme\n  name: Acme\n  system: greenhouse\n  target: { board: acme }\n  disabled: its terms forbid it\n',
  );
  expect(rows).toMatchObject([{ enabled: false, disabledReason: 'its terms forbid it' }]);
});

test.each([
  ['a slug with capitals', '- slug: Acme\n  name: A\n  system: greenhouse\n  target: { board: a }\n', 'Acme', 'slug'],
  ['an unknown system', '- slug: acme\n  name: A\n  system: taleoo\n  target: { board: a }\n', 'acme', 'system'],
  ['a target of another system', '- slug: acme\n  name: A\n  system: workday\n  target: { board: a }\n', 'acme', 'target'],
  ['an unknown path', '- slug: acme\n  name: A\n  system: greenhouse\n  target: { board: a }\n  paths: [nursing]\n', 'acme', 'paths.0'],
  ['a field that does not exist', '- slug: acme\n  name: A\n  system: greenhouse\n  target: { board: a }\n  colour: red\n', 'acme', ''],
  ['no name', '- slug: acme\n  system: greenhouse\n  target: { board: a }\n', 'acme', 'name'],
  ['no slug', '- name: A\n  system: greenhouse\n  target: { board: a }\n', 'row 1', 'slug'],
])('%s is named with file, row and field', async (_what, text, row, field) => {
  const { rows, problems } = await problemsOf(text);
  expect(rows).toEqual([]);
  expect(problems[0]).toMatchObject({ file: 'some.yaml', row });
  expect(problems.some(problem => problem.field.startsWith(field))).toBe(true);
  expect(problems.every(problem => problem.message)).toBe(true);
});

test('a mistake in one row leaves the others', async () => {
  const good = (slug: string) => `- slug: ${slug}\n  name: A\n  system: greenhouse\n  target: { board: ${slug} }\n`;
  const { rows, problems } = await problemsOf(`${good('one')}- slug: two\n  name: A\n${good('three')}`);
  expect(rows.map(row => row.slug)).toEqual(['one', 'three']);
  expect(problems[0]).toMatchObject({ row: 'two', line: 5 });
});

test('text that is no YAML, and YAML that is no list, are said with their line', async () => {
  expect((await problemsOf('- slug: "unclosed\n')).problems[0]).toMatchObject({ file: 'some.yaml', line: expect.any(Number) });
  expect((await problemsOf('slug: acme\n')).problems[0]?.message).toContain('list');
});

test('one slug twice, or one board twice, is said and read once', async () => {
  const row = (slug: string, board: string) => `- slug: ${slug}\n  name: A\n  system: greenhouse\n  target: { board: ${board} }\n`;
  const { rows, problems } = await problemsOf(row('one', 'a') + row('one', 'b') + row('two', 'A'));
  expect(rows).toHaveLength(1);
  expect(problems.map(problem => problem.field)).toEqual(['slug', 'target']);
});

test('a folder that is not there is a mistake that names the setting', async () => {
  await expect(readRegistry(path.join(folder, 'none'), systems)).rejects.toMatchObject({
    code: 'E_CONFIG',
    message: expect.stringContaining('SOURCES_DIR'),
  });
});
