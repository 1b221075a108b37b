import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, isAbsolute, relative } from 'node:path';
import { z } from 'zod';
import { messageOf, OmbreError } from '../../errors.ts';
import { giveToFolderOwner } from './account.ts';
import { dataOf, standingOf } from './home.ts';
import { birthOf } from './processes.ts';

const RecordSchema = z.object({
  /** Where the cluster's files are: `postgres/data`, from the folder of this file. Versions up to 0.1 wrote a whole path, which could lead outside. */
  data: z.string(),
  password: z.string(),
  /** The port of the last start, tried first at the next. */
  port: z.number().int().nullable(),
  /** Whose process table `users` speaks of. */
  host: z.string(),
  /** The processes that use the server now; the last one to leave stops it. */
  users: z.array(z.object({ pid: z.number().int(), birth: z.string(), id: z.string() })),
});

/** What is known of the private Postgres of one folder, kept in a file that only its owner can read. */
export type ClusterRecord = z.infer<typeof RecordSchema>;
type ClusterUser = ClusterRecord['users'][number];

/**
 * As `readRecord` gives it, `data` is a whole path below the folder. `outside` is where an older version kept the files, when they still
 * are there; `copied` says that folder and files are a copy, so that processes and port of the record were the original's and are left out.
 */
export type KnownRecord = ClusterRecord & { outside: string | null; copied: boolean };

/** Null when there is none yet. Throws E_DB_LOCKED when it is another user's, or in use on another machine. */
export function readRecord(file: string): KnownRecord | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code !== 'EACCES') throw cause;
    throw new OmbreError('E_DB_LOCKED', `${file} belongs to another user; run as that user, or set OMBRE_HOME to a folder of your own`, {
      cause,
    });
  }
  const noted = parse(file, text);
  const folder = dirname(file);
  const data = dataOf(folder);
  const inside = existsSync(data);
  const moved = isAbsolute(noted.data) && noted.data !== data;
  const outside = moved && !inside && existsSync(noted.data) ? noted.data : null;
  const copied = standingOf(folder) === 'copied' || (moved && inside && existsSync(noted.data));
  if (copied) return { ...noted, data, outside, copied, host: hostname(), port: null, users: [] };
  if (noted.host !== hostname() && noted.users.length > 0) {
    const { pid } = noted.users[0] as ClusterUser;
    throw new OmbreError(
      'E_DB_LOCKED',
      `process ${pid} on ${noted.host} uses it, and this machine is ${hostname()}; stop that one, or if it is gone for good set "users" to [] in ${file}`,
    );
  }
  // A user that was killed could not sign off.
  const users = noted.users.filter(user => birthOf(user.pid) === user.birth);
  return { ...noted, data, outside, copied, host: hostname(), users };
}

/** Replaces the record in one step, readable by its owner alone; as root it stays with the owner of the folder. */
export function writeRecord(file: string, { password, port, host, users }: Omit<ClusterRecord, 'data'>): void {
  const record: ClusterRecord = { data: relative(dirname(file), dataOf(dirname(file))), password, port, host, users };
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    giveToFolderOwner(draft);
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    const code = (cause as NodeJS.ErrnoException).code === 'ENOSPC' ? 'E_DISK_FULL' : 'E_DB_DOWN';
    throw new OmbreError(code, `${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function parse(file: string, text: string): ClusterRecord {
  try {
    return RecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OmbreError(
      'E_DB_DOWN',
      `${file} is damaged, and it holds the password of the database beside it; put it back from a backup of the folder`,
      { cause },
    );
  }
}
