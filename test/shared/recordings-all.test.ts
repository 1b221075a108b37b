import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { type Expected, judge, readExpected } from './_expected.ts';
import { shared } from './shared.ts';

const { elsewhere, parts } = readExpected();
const systems = await loadSystems();

/** The folder of each part, and the manifest that says where its answers came from. */
const PARTS = [
  { part: 'recordings-2', folder: shared('boards/recordings-2', 'manifest.json'), manifest: true },
  { part: 'recordings-3', folder: shared('boards/recordings-3', 'manifest.json'), manifest: true },
  { part: 'bugs', folder: shared('trials/crawling/bugs', 'place-0.json'), manifest: false },
];

describe.each(PARTS.filter(({ folder }) => folder !== null))('$part', ({ part, folder, manifest }) => {
  const files = Object.entries(parts[part] ?? {});
  const told = manifest ? manifestOf(folder ?? '') : new Map();

  test('every file is expected here, or stated in full by the tests of its system', () => {
    const missing = filesIn(folder ?? '').filter(
      file => !(file in (parts[part] ?? {})) && !elsewhere.some(name => file.startsWith(`${name}/`)),
    );
    expect(missing).toEqual([]);
  });

  test.each(files.filter(([, one]) => one.none !== undefined))('%s: no system reads it yet', (_file, one) => {
    expect(systems.has(one.none ?? '')).toBe(false);
  });

  test.each(files.filter(([, one]) => one.none === undefined && !one.known))('%s is read as a person reads it', async (file, one) => {
    expect(await judge(`${folder}/${file}`, withManifest(one, told.get(file)))).toEqual([]);
  });

  test.each(files.filter(([, one]) => one.known))('%s is not read rightly yet, as its mark says', async (file, one) => {
    const wrong = await judge(`${folder}/${file}`, withManifest(one, told.get(file)));
    expect(wrong, `it is read rightly now: take away "known: ${one.known}"`).not.toEqual([]);
  });
});

test('what is said to be stated elsewhere is', () => {
  const tests = readdirSync(import.meta.dirname).filter(name => name.startsWith('recorded-'));
  const text = tests.map(name => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n');
  expect(elsewhere.filter(name => !text.includes(`${name}/`))).toEqual([]);
});

type Told = { file: string; url: string | null; status: number | null };

function manifestOf(folder: string): Map<string, Told> {
  const rows: Told[] = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
  return new Map(rows.map(row => [row.file, row]));
}

function withManifest(one: Expected, told: Told | undefined): Expected {
  return { ...one, url: one.url ?? told?.url ?? undefined, status: one.status ?? told?.status ?? 200 };
}

function filesIn(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter(name => statSync(`${folder}/${name}`).isFile() && name !== 'manifest.json' && !name.startsWith('robots'))
    .sort();
}
