import { statfs } from 'node:fs/promises';
import { OmbreError } from '../../errors.ts';

/** Two files of its log: with less PostgreSQL does not come up, or dies at the next write of one. */
const START_BYTES = 32 * 2 ** 20;
/** PostgreSQL lengthens a table by half of this at most: with less it lives, and can write nothing. */
export const WRITE_BYTES = 2 ** 20;

/**
 * E_DISK_FULL when the disk of the folder has less than `bytes` free, else null: also where the folder was moved, or its file system does not
 * count (it says that it has no blocks at all).
 */
export async function fullDisk(home: string, bytes = START_BYTES): Promise<OmbreError | null> {
  try {
    const { blocks, bavail, bsize } = await statfs(home);
    if (blocks === 0 || bavail * bsize >= bytes) return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return new OmbreError('E_DISK_FULL', `the private PostgreSQL of ${home} needs ${START_BYTES / 2 ** 20} MB free on its disk`);
}
