import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from '../folders.ts';
import { findKeyring, type Keyring, type KeySettings, markOfKey, placeOf } from './keys.ts';

/** What tells a key without showing it. */
type KeyPrint = { id: string; print: string };

/** The keys in force, without making one: empty where one would be made. Throws E_CONFIG. */
export async function knownKeys(config: KeySettings): Promise<Keyring | []> {
  return (await findKeyring(config)) ?? [];
}

export function printsOf(keys: Keyring | []): KeyPrint[] {
  return keys.map(key => ({ id: key.id, print: markOfKey(key) }));
}

/** As DIGEST_KEYS and the file hold it: `id:secret`. */
export function textOf({ id, secret }: Keyring[number]): string {
  return `${id}:${secret}`;
}

/**
 * Puts keys before those of the file that keeps them. One of the same id gives way, and the file of before stays beside it with the ending
 * `.before`: what was made with it is not lost. Gives where they were written, and where the file of before is; null when they were there already.
 */
export async function keepKeys(config: KeySettings, texts: readonly string[]): Promise<{ file: string; before: string | null } | null> {
  const { file } = placeOf(config);
  const before = await textOfFile(file);
  const kept = before?.trim().split('\n') ?? [];
  if (texts.every(text => kept.includes(text))) return null;
  const ids = new Set(texts.map(text => text.split(':')[0]));
  const others = kept.filter(text => !ids.has(text.split(':')[0]));
  makeFolders(dirname(file));
  if (before !== null) await writeFile(`${file}.before`, before, { mode: 0o600 });
  await writeFile(`${file}.draft`, `${[...texts, ...others].join('\n')}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
  return { file, before: before === null ? null : `${file}.before` };
}

async function textOfFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
