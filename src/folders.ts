import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, one after the other, with this mode. Node's own recursive mkdir never ends on a
 * file system that answers ENOENT to it below a folder that is there (/proc). Throws what the file system says.
 */
export function makeFolders(folder: string, mode = 0o777): void {
  const missing: string[] = [];
  let at = resolve(folder);
  while (statSync(at, { throwIfNoEntry: false }) === undefined && dirname(at) !== at) {
    missing.unshift(at);
    at = dirname(at);
  }
  for (const each of missing) {
    try {
      mkdirSync(each, { mode });
    } catch (error) {
      // Another process was first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  // A file of that name is there.
  if (!statSync(resolve(folder)).isDirectory()) mkdirSync(folder);
}
