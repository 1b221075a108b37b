import { lstatSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OmbreError } from '../../errors.ts';

/** What Postgres allows nobody but the owner: others nothing, the group no writing. */
const CLOSED = 0o027;

/**
 * Throws E_DB_DOWN when other folders have some of these files too (`cp -al`, `rsync --link-dest`): a server writes into them in place, and
 * two servers, or a server and a backup, would spoil each other's without either noticing. Postgres itself makes no hard links.
 */
export async function refuseLinked(data: string): Promise<void> {
  let shared = 0;
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && lstatSync(join(entry.parentPath, entry.name)).nlink > 1) shared++;
  }
  if (shared === 0) return;
  throw new OmbreError(
    'E_DB_DOWN',
    `${data} shares ${shared} files with a copy of it by hard links, and a server on one would write into both; make the copy anew from the original with \`cp -a\` without links while Ombre is stopped, and remove the one with links`,
  );
}

/** Throws E_DB_DOWN when the folder is open to others, as after a copy that did not keep the modes: Postgres refuses it. */
export function refuseOpen(data: string): void {
  if (process.platform === 'win32' || (statSync(data).mode & CLOSED) === 0) return;
  throw new OmbreError('E_DB_DOWN', `${data} is open to other users, which PostgreSQL refuses; \`chmod 700 ${data}\` closes it again`);
}
