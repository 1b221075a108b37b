import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { messageOf, mistake } from '../errors.ts';
import { makeFolders } from '../folders.ts';

type Key = { id: string; secret: string };
/** The keys of links and hashes: the first makes new ones, all are taken. */
export type Keyring = readonly [Key, ...Key[]];

export type Purpose = 'confirm' | 'manage' | 'unsubscribe' | 'bounce' | 'digest' | 'mail';

const MAC_BYTES = 18;
const ID_BYTES = 16;

export type KeySettings = Pick<Config, 'DIGEST_KEYS' | 'DIGEST_KEYS_FILE' | 'OMBRE_HOME'>;

/**
 * The keys of DIGEST_KEYS; when it is unset, those of DIGEST_KEYS_FILE; when that is unset too, of OMBRE_HOME/digest.key. A file that is
 * not there is made with one new key, readable by its owner only, and told to `onMade`. Throws E_CONFIG.
 */
export async function openKeyring(config: KeySettings, onMade: (file: string) => void = () => undefined): Promise<Keyring> {
  const found = await findKeyring(config);
  if (found) return found;
  const { name, file } = placeOf(config);
  await makeKeys(file, onMade).catch(cause => {
    throw mistake('E_CONFIG', name, config[name], `a place where ${file} can be made (${messageOf(cause)})`);
  });
  return openKeyring(config, onMade);
}

/** The same, but null where openKeyring would make a key. */
export async function findKeyring(config: KeySettings): Promise<Keyring | null> {
  if (config.DIGEST_KEYS.length > 0) return readKeys('DIGEST_KEYS', config.DIGEST_KEYS);
  const { name, file } = placeOf(config);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw mistake('E_CONFIG', name, config[name], `a place where ${file} can be read (${messageOf(error)})`);
  });
  return text === null ? null : readKeys(name, lines(text));
}

/** The file that keeps the keys while DIGEST_KEYS is unset, and the setting that names it. */
export function placeOf(config: KeySettings): { name: 'OMBRE_HOME' | 'DIGEST_KEYS_FILE'; file: string } {
  if (config.DIGEST_KEYS_FILE !== null) return { name: 'DIGEST_KEYS_FILE', file: config.DIGEST_KEYS_FILE };
  return { name: 'OMBRE_HOME', file: join(config.OMBRE_HOME, 'digest.key') };
}

/** What the log says of a key that was made. */
export function keyMade(file: string): string {
  return `made a new key for the links in mails, ${file}: keep a copy of it, because links in mails that were sent work with it alone`;
}

/** A mark by which processes see whether they make links with the same key, and which tells nothing of it. */
export function markOfKeys([key]: Keyring): string {
  return `${key.id}:${markOfKey(key)}`;
}

/** What tells one key from others without being it. */
export function markOfKey(key: Keyring[number]): string {
  return mac(key, 'which', Buffer.alloc(0)).toString('base64url').slice(0, 16);
}

function readKeys(name: string, texts: readonly string[]): Keyring {
  const [first, ...rest] = texts.map(text => readKey(name, text));
  if (!first) throw mistake('E_CONFIG', name, undefined, KEY_ALLOWED);
  if (new Set([first, ...rest].map(key => key.id)).size < texts.length) throw mistake('E_CONFIG', name, '********', 'ids that differ');
  return [first, ...rest];
}

const KEY_ALLOWED = 'id:secret, the id up to 8 of a-z0-9, the secret 32 characters or more';

function readKey(name: string, text: string): Key {
  const [, id, secret] = /^([a-z0-9]{1,8}):(\S{32,})$/.exec(text) ?? [];
  if (!id || !secret) throw mistake('E_CONFIG', name, '********', KEY_ALLOWED);
  return { id, secret };
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/**
 * Processes that start together may all find no file: each writes a whole key beside it, and linking decides whose it is, so that nobody
 * ever reads half a key and all read the same one.
 */
async function makeKeys(file: string, onMade: (file: string) => void): Promise<void> {
  makeFolders(dirname(file));
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeSafely(draft, `own:${randomBytes(32).toString('base64url')}\n`);
    await link(draft, file);
    onMade(file);
  } catch (error) {
    // Another process was first: its key is the one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** On the disk when it resolves: a key that a power failure takes back has signed links by then. */
async function writeSafely(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link's token: the key's id, and the row's id with a keyed mark nobody else can make. It can be made again for each mail, so none is stored. */
export function makeToken([key]: Keyring, purpose: Purpose, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return `${key.id}.${Buffer.concat([bytes, mark(key, purpose, bytes)]).toString('base64url')}`;
}

/** What mail programs and people leave behind a link: signs that stand in no token. */
const BEHIND = /[^A-Za-z0-9_-]+$/;

/** The row's id of a token that one of the keys made for this purpose, whatever signs follow it; null for anything else. */
export function readToken(keys: Keyring, purpose: Purpose, token: string): string | null {
  const [, keyId, text] = /^([a-z0-9]{1,8})\.([A-Za-z0-9_-]{46})$/.exec(token.replace(BEHIND, '')) ?? [];
  const key = keys.find(({ id }) => id === keyId);
  if (!key || !text) return null;
  const bytes = Buffer.from(text, 'base64url');
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), mark(key, purpose, id))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What is kept of an address where the address itself is not: under each key, the one in use first. Case does not matter. */
export function addressHashes(keys: Keyring, email: string): [string, ...string[]] {
  const [first, ...rest] = keys.map(key => `${key.id}:${mac(key, 'address', Buffer.from(email.toLowerCase())).toString('base64url')}`);
  return [first!, ...rest];
}

function mark(key: Key, purpose: Purpose, id: Buffer): Buffer {
  return mac(key, purpose, id).subarray(0, MAC_BYTES);
}

function mac(key: Key, purpose: string, data: Buffer): Buffer {
  return createHmac('sha256', key.secret).update(`${purpose}\0`).update(data).digest();
}
