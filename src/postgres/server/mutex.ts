import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, OmbreError } from '../../errors.ts';
import { giveToFolderOwner } from './account.ts';

const SQLITE_BUSY = 5;

/**
 * Runs `work` while no other process of this machine runs any under the same file. The lock is the operating system's (SQLite's
 * lock on an empty file), so a process killed with -9 gives it back at once and nothing stale is ever left to judge.
 * Throws E_DB_LOCKED when it is not free within `waitMs`.
 */
export async function withMutex<T>(file: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const release = tryLock(file);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (Date.now() > deadline) throw lockedFor(file, waitMs);
    await sleep(20);
  }
}

/** The same for the moment a process exits, when nothing can be awaited any more. Gives up silently: the next start recovers. */
export function withMutexSync(file: string, waitMs: number, work: () => void): void {
  const release = tryLock(file, waitMs);
  if (!release) return;
  try {
    work();
  } finally {
    release();
  }
}

function tryLock(file: string, timeout = 0): (() => void) | null {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout });
    // Without a journal file nothing is written, so a full disk does not matter here.
    lock.exec('pragma journal_mode = memory');
    lock.exec('begin exclusive');
    giveToFolderOwner(file);
    const held = lock;
    return () => held.close();
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw new OmbreError('E_DB_LOCKED', `${file} cannot be locked (does it belong to another user?): ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function lockedFor(file: string, waitMs: number): OmbreError {
  return new OmbreError('E_DB_LOCKED', `another process has been starting or stopping it for ${waitMs / 1000} s (lock: ${file})`);
}
