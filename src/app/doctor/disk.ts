import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { bad, type Check, good, guarded } from './check.ts';

const LEAST_FREE_MB = 500;

/** Whether OMBRE_HOME can be written, with space left. */
export async function checkDisk(config: Config): Promise<Check> {
  const folder = await existing(resolve(config.OMBRE_HOME));
  const looked = await guarded('disk', 'make the folder writable, or set OMBRE_HOME to another one', async () => {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / 1_000_000);
  });
  if ('check' in looked) return { ...looked.check, down: false };
  const message = `${looked.value} MB free where OMBRE_HOME is`;
  return looked.value >= LEAST_FREE_MB
    ? good('disk', message)
    : bad('disk', message, `free some space: less than ${LEAST_FREE_MB} MB is too little`);
}

/** The folder itself, or the nearest one above it that is there. */
async function existing(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) return folder;
    return existing(above);
  }
}
