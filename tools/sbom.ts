import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Writes the bill of materials of a production installation to stdout: what package-lock.json names without what only tests and checks need.
 * npm makes it, out of a manifest and a lock file that never had those: told to leave them out itself (`--omit=dev`, npm 11.19), it leaves out
 * 49 packages that production needs too, zod and nodemailer among them. Ends with 1 when one is missing all the same.
 * node tools/sbom.ts [cyclonedx|spdx]
 */

type Locked = { name?: string; version?: string; dev?: boolean };
type Bill = { components?: { name: string; version: string }[]; packages?: { name: string; versionInfo: string }[] };

const format = process.argv[2] ?? 'cyclonedx';
const read = async (file: string) => JSON.parse(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'));
const { devDependencies: _tools, ...manifest } = await read('package.json');
const lock = await read('package-lock.json');
const { '': root, ...locked } = lock.packages as Record<string, Locked> & { '': { devDependencies?: unknown } };
const installed = Object.entries(locked).filter(([, { dev }]) => !dev);

const folder = await mkdtemp(join(tmpdir(), 'ombre-sbom-'));
try {
  const { devDependencies: _theirs, ...ours } = root;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': ours, ...Object.fromEntries(installed) } }));
  const args = ['sbom', '--package-lock-only', '--sbom-type=application', `--sbom-format=${format}`];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder, maxBuffer: 50_000_000 });
  const bill = JSON.parse(stdout) as Bill;
  const named = new Set([
    ...(bill.components ?? []).map(({ name, version }) => `${name}@${version}`),
    ...(bill.packages ?? []).map(({ name, versionInfo }) => `${name}@${versionInfo}`),
  ]);
  const missing = installed
    .map(([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`)
    .filter(one => !named.has(one));
  if (missing.length > 0) {
    process.stderr.write(`npm left out of the bill: ${missing.join(', ')}\n`);
    process.exitCode = 1;
  }
  process.stdout.write(stdout);
} finally {
  await rm(folder, { recursive: true, force: true });
}
