import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyCheckout } from '../support/checkout.ts';

const NAME = 'hiretide';
let checkout: Awaited<ReturnType<typeof copyCheckout>>;
beforeAll(async () => {
  checkout = await copyCheckout('package.json', 'src', 'templates', 'test/fixtures/ashby');
});
afterAll(() => checkout.remove());

/** Runs the program of a checkout. */
function ombre(root: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['src/main.ts', ...args], { cwd: root, encoding: 'utf8' });
}

/** What a refusal prints: nothing on stdout, one sentence that says `why` on stderr, and exit code 2. */
const refusal = (why: string) => ({ status: 2, stdout: '', stderr: expect.stringMatching(new RegExp(`^ombre: [^\\n]*${why}[^\\n]*\\n$`)) });

test('a name of another form, or of a system that is there, is refused with one sentence, and nothing is written', () => {
  for (const name of ['HireTide', 'hire-tide', '../hiretide', '2hire', 'x'])
    expect(ombre(checkout.root, 'systems', 'new', name)).toMatchObject(refusal('lower-case letters and digits'));
  expect(ombre(checkout.root, 'systems', 'new', 'ashby')).toMatchObject(refusal('src/crawlers/adapters/ashby.ts is there'));
  expect(existsSync(join(checkout.root, 'test/crawlers'))).toBe(false);
});

test('what cannot be written to its end leaves nothing behind', () => {
  const inTheWay = join(checkout.root, 'test/crawlers');
  writeFileSync(inTheWay, '');
  expect(ombre(checkout.root, 'systems', 'new', NAME)).toMatchObject(refusal('one that can be written to'));
  expect(existsSync(join(checkout.root, `src/crawlers/adapters/${NAME}.ts`))).toBe(false);
  expect(existsSync(join(checkout.root, `test/fixtures/${NAME}`))).toBe(false);
  rmSync(inTheWay);
});

test('what is written is named a line each, is read like every other system, and is not written a second time', () => {
  const written = ombre(checkout.root, 'systems', 'new', NAME);
  expect(written).toMatchObject({ status: 0, stderr: '' });
  const paths = written.stdout.trim().split('\n');
  expect(paths).toEqual([
    `src/crawlers/adapters/${NAME}.ts`,
    `test/crawlers/adapters/${NAME}.test.ts`,
    `test/fixtures/${NAME}/cases.yaml`,
    `test/fixtures/${NAME}/list.json`,
  ]);
  for (const path of paths) expect(readFileSync(join(checkout.root, path), 'utf8')).not.toContain('__NAME__');
  const systems: { system: string }[] = JSON.parse(ombre(checkout.root, 'systems', '--json').stdout);
  expect(systems.find(({ system }) => system === NAME)).toMatchObject({ kind: 'ats', listing: 'authoritative', target: { board: 'acme' } });
  const read = ombre(checkout.root, 'read', NAME, `test/fixtures/${NAME}/list.json`, '--json');
  expect(JSON.parse(read.stdout)).toMatchObject({ system: NAME, marker: 'board', total: 2, complete: true });
  expect(ombre(checkout.root, 'systems', 'new', NAME)).toMatchObject(refusal(`src/crawlers/adapters/${NAME}.ts is there`));
});

test('an installation without tests is no place for it', async () => {
  const installed = await copyCheckout('package.json', 'src');
  expect(ombre(installed.root, 'systems', 'new', NAME)).toMatchObject(refusal('a checkout of Ombre'));
  expect(existsSync(join(installed.root, `src/crawlers/adapters/${NAME}.ts`))).toBe(false);
  await installed.remove();
});
