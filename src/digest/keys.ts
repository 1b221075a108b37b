import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { mistake } from '../errors.ts';

type Key = { id: string; secret: string };
/** The keys of links and hashes: the first makes new ones, all are taken. */
export type Keyring = readonly [Key, ...Key[]];

export type Purpose = 'confirm' | 'manage' | 'unsubscribe' | 'bounce';

const MAC_BYTES = 18;
const ID_BYTES = 16;

/** The keys of DIGEST_KEYS; when it is unset, one that is made once and kept in OMBRE_HOME, readable by its owner only. Throws E_CONFIG. */
export async function openKeyring(config: Pick<Config, 'DIGEST_KEYS' | 'OMBRE_HOME'>): Promise<Keyring> {
  // The file has one key of its own making; an import may have brought older ones, a line each.
  const texts = config.DIGEST_KEYS.length > 0 ? config.DIGEST_KEYS : (await keptKey(config.OMBRE_HOME)).trim().split('\n');
  const keys = texts.map(readKey);
  const [first, ...rest] = keys;
  if (new Set(keys.map(key => key.id)).size < keys.length) throw mistake('E_CONFIG', 'DIGEST_KEYS', '********', 'ids that differ');
  return [first!, ...rest];
}

function readKey(text: string): Key {
  const [, id, secret] = /^([a-z0-9]{1,8}):(\S{32,})$/.exec(text) ?? [];
  if (!id || !secret)
    throw mistake('E_CONFIG', 'DIGEST_KEYS', '********', 'id:secret, the id up to 8 of a-z0-9, the secret 32 characters or more');
  return { id, secret };
}

async function keptKey(home: string): Promise<string> {
  const file = join(home, 'digest.key');
  await mkdir(home, { recursive: true });
  const made = `own:${randomBytes(32).toString('base64url')}\n`;
  try {
    await writeFile(file, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFile(file, 'utf8');
  }
}

/** A link's token: the key's id, and the row's id with a keyed mark nobody else can make. It can be made again for each mail, so none is stored. */
export function makeToken([key]: Keyring, purpose: Purpose, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return `${key.id}.${Buffer.concat([bytes, mark(key, purpose, bytes)]).toString('base64url')}`;
}

/** The row's id of a token that one of the keys made for this purpose; null for anything else. */
export function readToken(keys: Keyring, purpose: Purpose, token: string): string | null {
  const [, keyId, text] = /^([a-z0-9]{1,8})\.([A-Za-z0-9_-]{46})$/.exec(token) ?? [];
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
