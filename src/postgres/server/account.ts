import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { chmod, chown, cp, lchown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf, OmbreError } from '../../errors.ts';
import { nativeFolder } from './binaries.ts';

/** Whose rights the server runs with; null is our own. Postgres refuses to run as root. */
export type Account = { uid: number; gid: number };

/** Where root keeps the programs of Postgres, which its account must reach, when the checkout is below a closed folder such as /root. */
const PUBLIC_FOLDER = '/var/lib/ombre';

/** Null unless we are root: then the account `postgres`, which is created when the system has none, or else `nobody`. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp('postgres');
  if (known) return known;
  // useradd on Debian, Fedora, Arch; adduser is what Alpine and other busybox systems have.
  const tries: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/bin/false', 'postgres']],
    ['adduser', ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/bin/false', 'postgres']],
  ];
  for (const [program, args] of tries) {
    spawnSync(program, args, { stdio: 'ignore' });
    const created = lookUp('postgres');
    if (created) return created;
  }
  const nobody = lookUp('nobody');
  if (nobody) return nobody;
  throw new OmbreError(
    'E_DB_DOWN',
    'PostgreSQL refuses to run as root, and neither useradd nor adduser could make the account `postgres` for it; run Ombre as another user or set DATABASE_URL',
  );
}

/** The binaries, at a place the account can run them from: where npm put them, or else a copy made once per version. */
export async function reachableNative(account: Account | null): Promise<string> {
  const { folder, version } = nativeFolder();
  if (account === null || canRun(folder, account)) return folder;
  const base = await publicFolder();
  const copy = join(base, `postgresql-${version}`);
  if (!canRun(copy, account)) {
    // Copied beside and renamed, so that two first starts at once, or a start killed half-way, never leave half a copy.
    const draft = await mkdtemp(join(base, '.copy-'));
    try {
      await cp(folder, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
      await chmod(draft, 0o755);
      await rename(join(draft, 'native'), copy).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  if (canRun(copy, account)) return copy;
  throw new OmbreError(
    'E_DB_DOWN',
    `the account of PostgreSQL (uid ${account.uid}) can run its programs neither in ${folder} nor in ${copy}`,
  );
}

/** A folder of root's that every account may pass through: /var/lib/ombre, or one in the temporary folder where that is read only. */
async function publicFolder(): Promise<string> {
  const problems: string[] = [];
  for (const folder of [PUBLIC_FOLDER, join(tmpdir(), 'ombre-root')]) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 });
      const { uid } = await stat(folder);
      // Somebody else's folder of that name in the temporary folder could hand us their binaries.
      if (uid !== 0) throw new Error('it belongs to another user');
      await chmod(folder, 0o755);
      return folder;
    } catch (error) {
      problems.push(`${folder}: ${messageOf(error)}`);
    }
  }
  throw new OmbreError('E_DB_DOWN', `no folder for the private PostgreSQL could be made (${problems.join('; ')})`);
}

/** Makes a folder that only the account can open; as root it may lie where the account cannot reach it by its path. */
export async function ownedFolder(folder: string, account: Account | null): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account !== null) await chown(folder, account.uid, account.gid);
}

/** Whether the account reaches a folder by its path. */
export function reaches(folder: string, account: Account | null): boolean {
  return account === null || spawnSync('test', ['-w', folder], { ...account, cwd: '/' }).status === 0;
}

/** As root, gives a folder and all that is in it to the account: a copy that root made may belong to root, who cannot run Postgres. */
export async function giveAll(folder: string, account: Account): Promise<void> {
  await lchown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), account.uid, account.gid);
}

/** As root, leaves a file with the owner of its folder, so that this owner can go on with it without root. */
export function giveToFolderOwner(file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(file));
  chownSync(file, uid, gid);
}

function canRun(native: string, account: Account): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function lookUp(name: string): Account | null {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch (error) {
    // id ends with 1 when there is no such account.
    if ((error as { status?: number }).status === 1) return null;
    throw error;
  }
}
