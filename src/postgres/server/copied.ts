import { existsSync, readFileSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OmbreError } from '../../errors.ts';

/** pg_control, PostgreSQL 12 to 18: the state of the server is an int32 at 16, the second of the last change an int64 at 24. */
const STATE_AT = 16;
const CHANGED_AT = 24;
const SHUT_DOWN = 1;
const PAGE = 8192;
const CHUNK = 128 * PAGE;

/** Whether the files are those of a server that had been stopped in order. */
export function wasStopped(data: string): boolean {
  return control(data).readInt32LE(STATE_AT) === SHUT_DOWN;
}

/**
 * Throws E_DB_DOWN when a copy of a running server's files cannot hold together. Postgres recovers such a copy from the last
 * checkpoint before the copying began, as after a power cut; when a checkpoint fell into the copying, what was copied before it
 * lacks what the log no longer has, and nothing would ever tell. The folder itself was made when the copying began.
 */
export function refuseTornCopy(data: string): void {
  const begun = statSync(data).birthtimeMs;
  // The time of the file is finer, but only some ways of copying keep it.
  const second = Number(control(data).readBigInt64LE(CHANGED_AT));
  const changed = Math.min(statSync(controlFile(data)).mtimeMs, (second + 1) * 1000);
  if (changed > begun) throw tornCopy(data);
}

/** The newest place in the log that a page of the tables and indexes speaks of, to be compared with where the log really ends. */
export async function newestPage(data: string): Promise<bigint> {
  let newest = 0n;
  const folders = (await readdir(join(data, 'base'))).map(name => join('base', name));
  for (const folder of ['global', ...folders]) {
    for (const name of await readdir(join(data, folder))) {
      if (!/^\d+(_fsm|_vm|_init)?(\.\d+)?$/.test(name)) continue;
      const found = await newestPageOf(join(data, folder, name));
      if (found > newest) newest = found;
    }
  }
  return newest;
}

/** Why such a copy is not used, and what to do; `said` is what the server said, if it did. */
export function tornCopy(data: string, said?: string): OmbreError {
  return new OmbreError(
    'E_DB_DOWN',
    `${data} was copied while its database was being written, and the copy does not hold together; copy again with \`cp -a\` while Ombre is stopped, or take \`ombre export\` and \`ombre import\` (the original is as it was)${said ? `; ${said}` : ''}`,
  );
}

async function newestPageOf(path: string): Promise<bigint> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // Dropped meanwhile: the server runs.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return 0n;
  try {
    const chunk = Buffer.alloc(CHUNK);
    let newest = 0n;
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK, null);
      if (bytesRead === 0) return newest;
      for (let at = 0; at + 8 <= bytesRead; at += PAGE) {
        const place = (BigInt(chunk.readUInt32LE(at)) << 32n) | BigInt(chunk.readUInt32LE(at + 4));
        if (place > newest) newest = place;
      }
    }
  } finally {
    await file.close();
  }
}

const controlFile = (data: string) => join(data, 'global', 'pg_control');

function control(data: string): Buffer {
  const bytes = existsSync(controlFile(data)) ? readFileSync(controlFile(data)) : Buffer.alloc(0);
  if (bytes.length < CHANGED_AT + 8) {
    throw new OmbreError('E_DB_DOWN', `${controlFile(data)} is damaged; restore the folder from a backup`);
  }
  return bytes;
}
