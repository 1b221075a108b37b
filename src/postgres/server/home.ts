import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, OmbreError } from '../../errors.ts';
import { giveToFolderOwner } from './account.ts';
import { runningServer } from './cluster.ts';
import { bootOf } from './processes.ts';

/** A folder as the file system knows it: moving keeps both numbers, a copy gets another inode. Texts, because an inode may pass 2^53. */
const IdentitySchema = z.object({ device: z.string(), inode: z.string() });
type Identity = z.infer<typeof IdentitySchema>;

const ClaimSchema = z.object({
  /** The folder that uses the database, and the database's files, when the claim was made. */
  folder: IdentitySchema,
  data: IdentitySchema,
  /** The run of the machine in which it was made. */
  boot: z.string(),
  /** Where the folder was. A hint for people, and for looking whether it is still there; it decides nothing by itself. */
  path: z.string(),
  /** The files came as a copy of a running server, and nobody has yet looked whether they hold together. */
  unchecked: z.boolean().optional(),
});
type Claim = z.infer<typeof ClaimSchema>;

/** Where the files of the private Postgres of a folder are, always below it. */
export function dataOf(folder: string): string {
  return join(folder, 'postgres', 'data');
}

const claimFile = (folder: string) => join(folder, 'postgres', 'owner.json');

/**
 * Whose the database below a folder is: `own`; `copied` when the folder was copied together with it, and what is written down of
 * processes and port speaks of the original; `unchecked` when it is such a copy and was taken over, but not looked through to the end.
 * Throws E_DB_LOCKED when another folder uses these very files (a link, a mount).
 */
export function standingOf(folder: string): 'own' | 'copied' | 'unchecked' {
  const claim = readClaim(folder);
  const data = identityOf(dataOf(folder));
  if (claim === null || data === null) return 'own';
  if (!isSame(claim.data, data, claim.boot)) return 'copied';
  if (isSame(claim.folder, identityOf(folder), claim.boot)) return claim.unchecked ? 'unchecked' : 'own';
  if (stillUses(claim.path, claim.folder, data) || runningServer(dataOf(folder)) !== null) {
    throw new OmbreError(
      'E_DB_LOCKED',
      `${dataOf(folder)} is the database of the folder ${claim.path}, and two folders cannot share one; set OMBRE_HOME to that folder, or copy the whole folder to have a second one`,
    );
  }
  return 'own';
}

/** Notes that this folder uses these files from now on. */
export function claimData(folder: string, options: { unchecked?: boolean } = {}): void {
  const [own, data] = [identityOf(folder), identityOf(dataOf(folder))];
  if (own === null || data === null) throw new OmbreError('E_BUG', `${dataOf(folder)} is claimed before it is there`);
  const claim: Claim = { folder: own, data, boot: bootOf(), path: folder, ...(options.unchecked && { unchecked: true }) };
  const before = readClaim(folder);
  if (JSON.stringify(before) === JSON.stringify(claim)) return;
  const draft = `${claimFile(folder)}.draft`;
  writeFileSync(draft, `${JSON.stringify(claim, null, 2)}\n`, { mode: 0o600 });
  giveToFolderOwner(draft);
  renameSync(draft, claimFile(folder));
}

function readClaim(folder: string): Claim | null {
  let text: string;
  try {
    text = readFileSync(claimFile(folder), 'utf8');
  } catch (error) {
    // Not there: nobody has used the files yet, or a version that wrote no claim.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return ClaimSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OmbreError('E_DB_DOWN', `${claimFile(folder)} is damaged (${messageOf(cause)}); put it back from a backup of the folder`, {
      cause,
    });
  }
}

/** Null when there is no such folder. */
function identityOf(folder: string): Identity | null {
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return found ? { device: String(found.dev), inode: String(found.ino) } : null;
}

/** Devices get other numbers with every start of a machine, so across starts and machines the inode alone tells; within one a copy on another disk may have the same. */
function isSame(noted: Identity, now: Identity | null, boot: string): boolean {
  return noted.inode === now?.inode && (noted.device === now.device || boot !== bootOf());
}

function stillUses(path: string, folder: Identity, data: Identity): boolean {
  return isSame(folder, identityOf(path), bootOf()) && isSame(data, identityOf(dataOf(path)), bootOf());
}
