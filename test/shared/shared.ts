import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** A folder or file beside this checkout, or null with one printed line when it (or the file it must hold) is not there. */
export function shared(path: string, holds?: string): string | null {
  const full = `${ROOT}${path}`;
  if (existsSync(holds ? `${full}/${holds}` : full)) return full;
  console.log(`../shared/${path} is not here: the tests that read it are skipped`);
  return null;
}
