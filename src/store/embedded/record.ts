import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { messageOf, OmbreError } from '../../errors.ts';
import { giveToFolderOwner } from './account.ts';
import { birthOf } from './processes.ts';

const RecordSchema = z.object({
  /** Where the cluster's files are; not below OMBRE_HOME when root's folder is closed to the account of Postgres. */
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
export type ClusterUser = ClusterRecord['users'][number];

/** Null when there is none yet. Throws E_DB_LOCKED when it is another user's, or in use on another machine. */
export function readRecord(file: string): ClusterRecord | null {
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
  const record = parse(file, text);
  if (record.host !== hostname() && record.users.length > 0) {
    const { pid } = record.users[0] as ClusterUser;
    throw new OmbreError(
      'E_DB_LOCKED',
      `process ${pid} on ${record.host} uses it, and this machine is ${hostname()}; stop that one, or if it is gone for good set "users" to [] in ${file}`,
    );
  }
  // A user that was killed could not sign off.
  return { ...record, host: hostname(), users: record.users.filter(user => birthOf(user.pid) === user.birth) };
}

/** Replaces the record in one step, readable by its owner alone; as root it stays with the owner of the folder. */
export function writeRecord(file: string, record: ClusterRecord): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    giveToFolderOwner(draft);
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new OmbreError('E_DB_DOWN', `${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function parse(file: string, text: string): ClusterRecord {
  try {
    return RecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OmbreError('E_DB_DOWN', `${file} is damaged; restore it, or move its folder away to begin with an empty database`, { cause });
  }
}
