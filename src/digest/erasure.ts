import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { eraseAddress, type KeptOfAddress, keptOf, type Suppression } from '../store/digest/addresses.ts';
import type { Database } from '../store/schema.ts';
import { addressHashes, type Keyring } from './keys.ts';
import { withEnd } from './retention.ts';
import { exportedSubscriptions } from './subscribe.ts';

/** The database, the keys at hand and the folder of mails that were written instead of sent. */
export type Keeping = { db: Kysely<Database>; keys: Keyring; folder: string };
export type KeptEverywhere = KeptOfAddress & { files: string[] };

/** Everything that is kept of an address, by the address itself and by its hashes under every key at hand. Changes nothing. */
export async function lookUp(keeping: Keeping, email: string): Promise<KeptEverywhere> {
  const kept = await keptOf(keeping.db, addressOf(keeping, email));
  return { ...kept, files: await keptMails(keeping.folder, email, kept.deliveries) };
}

/** Whether there is anything that a deletion takes away. The marks of an earlier deletion and of a complaint stay for good. */
export function isAnything({ subscriptions, suppressions, files }: KeptEverywhere): boolean {
  return subscriptions.length > 0 || files.length > 0 || suppressions.some(isErasable);
}

/** A bounced mailbox is forgotten with its owner; a complaint and an earlier deletion are what no mail goes there for. */
export function isErasable({ reason }: Suppression): boolean {
  return reason === 'bounce';
}

/** Deletes everything kept of an address but a keyed hash. Returns what was there. */
export async function erase(keeping: Keeping, email: string, now: Date): Promise<KeptEverywhere> {
  const kept = await eraseAddress(keeping.db, addressOf(keeping, email), now);
  const files = await keptMails(keeping.folder, email, kept.deliveries);
  for (const file of files) await rm(join(keeping.folder, file), { force: true });
  return { ...kept, files };
}

/** Everything kept of an address, for its owner, in plain members. */
export async function exported(keeping: Keeping, email: string) {
  const { subscriptions, suppressions, files } = await lookUp(keeping, email);
  return { ...(await exportedSubscriptions(keeping.db, subscriptions)), suppressions: withEnd(suppressions), files };
}

function addressOf({ keys }: Keeping, email: string) {
  return { email, hashes: addressHashes(keys, email) };
}

/** Files of the folder that are mails to the address, or name it anywhere. */
async function keptMails(folder: string, email: string, deliveries: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await mailFiles(folder)) {
    if (deliveries.includes(name.slice(0, name.indexOf('.')))) found.push(name);
    else if (names(await readFile(join(folder, name), 'utf8').catch(goneAs('')), email)) found.push(name);
  }
  return found;
}

/** Mails, and what a killed process left of one. No folder, no mails. */
async function mailFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(goneAs<string[]>([]));
  return names.filter(name => /\.eml(\.part)?$/.test(name)).sort();
}

/** Whether a mail holds the address, in any case and over soft line breaks, but not as a part of another one. */
function names(mail: string, email: string): boolean {
  const text = mail
    .replace(/=\r?\n/g, '')
    .replace(/=40/g, '@')
    .replace(/=3D/gi, '=')
    .toLowerCase();
  const wanted = email.toLowerCase();
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const behind = text.slice(at + wanted.length, at + wanted.length + 2);
    if (!/[a-z0-9!#$%&'*+/=?^_`{|}~.-]/.test(before) && !/^[a-z0-9-]|^\.[a-z0-9]/.test(behind)) return true;
  }
  return false;
}

/** Another process may take a file, or the folder, away while it is looked at. */
function goneAs<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return error => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
