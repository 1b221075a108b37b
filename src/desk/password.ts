import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { messageOf, mistake } from '../errors.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 32 MB and about a third of a second of one core: what is asked for by OWASP where memory is scarce. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
/** A line somebody made up must not take all memory of the service, nor minutes. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_PARALLEL = 16;
const KEY_BYTES = 32;
export const SHORTEST_PASSWORD = 12;
/** What is longer is no password that anybody set. */
export const LONGEST_PASSWORD = 1000;

/** The operator's password, as far as the service knows it. */
export type Credential = {
  /** Compared in constant time; one is checked after the other, so that many at once do not take memory for each. */
  matches(password: string): Promise<boolean>;
  /** Tells this hash apart from any other without being it: sessions of another password are none. */
  mark: string;
};

type Parsed = { N: number; r: number; p: number; salt: Buffer; key: Buffer };

/** The line that ADMIN_PASSWORD_HASH takes: `scrypt:N:r:p:SALT:KEY`, in base64url. Throws E_INPUT for a password that is too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
    throw mistake('E_INPUT', 'the length of the password', password.length, `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`);
  const salt = randomBytes(16);
  const key = await derive(normal(password), salt, KEY_BYTES, optionsOf(COST));
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join(':');
}

/**
 * The credential of the settings, null where none is set: there is no desk then. Throws E_CONFIG for a file that cannot be read, and for a line
 * that `ombre admin password` did not print.
 */
export async function openCredential(config: Pick<Config, 'ADMIN_PASSWORD_HASH' | 'ADMIN_PASSWORD_FILE'>): Promise<Credential | null> {
  const { ADMIN_PASSWORD_HASH: given, ADMIN_PASSWORD_FILE: file } = config;
  if (given !== null) return credentialOf('ADMIN_PASSWORD_HASH', '********', given);
  if (file === null) return null;
  const text = await readFile(file, 'utf8').catch(error => {
    throw mistake('E_CONFIG', 'ADMIN_PASSWORD_FILE', file, `a file that can be read (${messageOf(error)})`);
  });
  return credentialOf('ADMIN_PASSWORD_FILE', file, text.trim());
}

function credentialOf(setting: string, shown: string, line: string): Credential {
  const parsed = parse(line);
  if (!parsed) throw mistake('E_CONFIG', setting, shown, 'a line that `ombre admin password` printed');
  let last: Promise<unknown> = Promise.resolve();
  const check = async (password: string) => {
    const key = await derive(normal(password), parsed.salt, KEY_BYTES, optionsOf(parsed));
    return timingSafeEqual(key, parsed.key);
  };
  return {
    mark: createHash('sha256').update(`desk ${line}`).digest('base64url'),
    matches: password => {
      const mine = last.then(() => check(password));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function parse(line: string): Parsed | null {
  const [name, N, r, p, salt = '', key = '', ...rest] = line.split(':');
  const parsed = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
  if (name !== 'scrypt' || rest.length > 0 || parsed.key.length !== KEY_BYTES || parsed.salt.length < 16) return null;
  const isCost = parsed.N >= 2 ** 14 && Number.isInteger(Math.log2(parsed.N)) && parsed.r >= 1 && parsed.p >= 1;
  const isBounded = 128 * parsed.N * parsed.r <= MOST_BYTES && parsed.p <= MOST_PARALLEL;
  return isCost && isBounded && Number.isInteger(parsed.r) && Number.isInteger(parsed.p) ? parsed : null;
}

function optionsOf({ N, r, p }: { N: number; r: number; p: number }): ScryptOptions {
  return { N, r, p, maxmem: 2 * MOST_BYTES };
}

/** The same letters may reach us composed or not, by the keyboard. */
function normal(password: string): string {
  return password.normalize('NFC');
}
