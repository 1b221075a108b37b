import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../src/config.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(path.join(ROOT, 'docs')).map(file => `docs/${file}`)].filter(
  file => file.endsWith('.md'),
);

test('docs/operating.md lists every setting with its default and its meaning', () => {
  const page = read('docs/operating.md');
  for (const [name, row] of Object.entries(SETTINGS)) {
    const shown = row.default === null || Array.isArray(row.default) ? '' : `\`${row.default}\``;
    expect(page).toContain(`| \`${name}\` | ${shown} | ${row.help} |`);
  }
});

describe.each(pages)('%s', page => {
  const text = read(page);

  test('links only to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter(link => !existsSync(path.join(ROOT, path.dirname(page), link)))).toEqual([]);
  });

  test('names only commands, scripts and source files that exist', () => {
    const commands = new Set(readdirSync(path.join(ROOT, 'src/cli')).map(file => file.replace(/\.ts$/, '')));
    const used = [...text.matchAll(/(?:npx |`)ombre ([a-z]+)(?: ([a-z]+))?/g)];
    const known = (noun = '', verb = '') => commands.has(noun) || commands.has(`${noun}-${verb}`);
    expect(used.filter(([, noun, verb]) => !known(noun, verb)).map(([found]) => found)).toEqual([]);
    const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
    const runs = [...text.matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name ?? '');
    expect(runs.filter(name => !scripts[name])).toEqual([]);
    const files = [...text.matchAll(/`((?:src|test|docs|bench|sources|migrations)\/[\w./-]+\.[a-z]+)`/g)].map(([, file]) => file ?? '');
    // Names of tests in a command select by a part of the path: one that selects nothing is passed over in silence.
    const tests = [...text.matchAll(/npm test -- ((?:test\/[\w./-]+ ?)+)/g)].flatMap(([, paths = '']) => paths.trim().split(' '));
    expect([...files, ...tests].filter(file => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});
