import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A copy of some files and folders of this checkout in a temporary folder, with its packages, that a test may write into. `bin` is a folder for the
 * PATH whose `npx` knows the programs of the checkout without asking a registry.
 */
export async function copyCheckout(...names: string[]): Promise<{ root: string; bin: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-checkout-'));
  const [root, bin] = [join(folder, 'ombre'), join(folder, 'bin')];
  for (const name of names) await cp(join(ROOT, name), join(root, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await mkdir(bin);
  const npx = `#!/bin/sh\n[ "$1" = ombre ] && shift && exec ${process.execPath} ${root}/src/main.ts "$@"\nexec "$@"\n`;
  await writeFile(join(bin, 'npx'), npx, { mode: 0o755 });
  return { root, bin, remove: () => rm(folder, { recursive: true }) };
}
