import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OmbreError } from '../../errors.ts';
import { Client } from '../client.ts';
import type { Account } from './account.ts';
import { giveAll, ownedFolder, reaches, serverAccount } from './account.ts';
import { nativeFolder } from './binaries.ts';
import { type Cluster, initCluster, runningServer, STAYS_PUT, stopCluster } from './cluster.ts';
import { newestPage, refuseTornCopy, tornCopy, wasStopped } from './copied.ts';
import { claimData, standingOf } from './home.ts';
import type { KnownRecord } from './record.ts';

/** Claims the files for this folder before a server touches them. True when they are a copy of a running server's, to be looked through. */
export function takeOver(folder: string, record: KnownRecord): boolean {
  const torn = record.copied ? !wasStopped(record.data) : standingOf(folder) === 'unchecked';
  if (record.copied && torn) refuseTornCopy(record.data);
  claimData(folder, { unchecked: torn });
  return torn;
}

/** After the recovery no page may speak of a change that the log does not have. */
export async function lookThrough(data: string, url: string): Promise<void> {
  const newest = await newestPage(data);
  if (newest > (await endOfLog(url))) throw tornCopy(data);
}

/** Files that an older version kept outside a closed folder of root's are brought into the folder they belong to. */
export async function bringInside(folder: string, outside: string, record: KnownRecord): Promise<void> {
  // The older version named the place after the folder.
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  if (!basename(dirname(outside)).endsWith(`-${mark}`)) {
    throw new OmbreError(
      'E_DB_DOWN',
      `this folder was copied or moved without its database, which an older version kept at ${outside}; put the folder back where it was, start Ombre there once, which brings the database into it, and then copy or move it`,
    );
  }
  const running = runningServer(outside);
  if (running !== null) {
    if (record.users.length > 0)
      throw new OmbreError('E_DB_LOCKED', `process ${record.users[0]?.pid} of an older version uses it; stop that one`);
    await stopCluster(running.pid);
  }
  const { uid, gid } = await stat(outside);
  await ownedFolder(dirname(record.data), { uid, gid });
  const draft = join(dirname(record.data), `draft-${randomBytes(4).toString('hex')}`);
  await rename(outside, record.data).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await cp(outside, draft, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await giveAll(draft, { uid, gid });
    await rename(draft, record.data);
    await rm(outside, { recursive: true });
  });
}

/** The sentence in place of the server's own, which names no way out. */
export function refuseOtherMajor(data: string): void {
  const { major } = nativeFolder();
  const file = join(data, 'PG_VERSION');
  // Without it the files are damaged, which the server tells.
  const made = existsSync(file) ? readFileSync(file, 'utf8').trim() : major;
  if (made === major) return;
  throw new OmbreError(
    'E_DB_DOWN',
    `${data} was made by PostgreSQL ${made}, and this version of Ombre brings PostgreSQL ${major}; \`ombre export\` with the Ombre of before, then \`ombre import\` with this one into a new OMBRE_HOME (docs/backup.md)`,
  );
}

/**
 * Made beside and renamed when whole: a first start killed half-way is simply made again, under another name, because the
 * initdb of the killed process may still be writing to the old one.
 */
export async function makeCluster(cluster: Cluster, password: string): Promise<void> {
  const place = dirname(cluster.data);
  await ownedFolder(place, cluster.account);
  const drafts = (await readdir(place)).filter(name => name.startsWith('draft-'));
  const draft = join(place, `draft-${randomBytes(4).toString('hex')}`);
  try {
    await initCluster({ ...cluster, data: draft }, password);
    if (!STAYS_PUT && !reaches(draft, cluster.account)) {
      throw new OmbreError(
        'E_DB_DOWN',
        `the account of PostgreSQL (uid ${cluster.account?.uid}) cannot reach ${draft}; set OMBRE_HOME to a folder below ones it may pass through, or run Ombre as another user`,
      );
    }
    await rename(draft, cluster.data);
  } finally {
    for (const name of drafts) await rm(join(place, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** As root, the files' owner runs the server, also when that is the user who made them before somebody used sudo. */
export async function ownerOf(data: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const { uid, gid } = await stat(data);
  if (uid !== 0) return { uid, gid };
  // Postgres never made files of root's: root has copied or unpacked them.
  const account = serverAccount() as Account;
  await giveAll(dirname(data), account);
  return account;
}

/** Where the log of changes ends. */
async function endOfLog(url: string): Promise<bigint> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`select (pg_current_wal_insert_lsn() - '0/0')::text as bytes`);
    return BigInt(rows[0].bytes);
  } finally {
    await client.end();
  }
}
