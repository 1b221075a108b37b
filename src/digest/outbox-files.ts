import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

/** A mail in the folder where mails are kept that are not sent. */
export type WrittenMail = { name: string; at: Date };

const NAME = /^[0-9a-f-]{36}\.eml$/;

/** The mails of the folder, newest first; no folder, no mails. */
export async function writtenMails(folder: string): Promise<WrittenMail[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const mails = names.filter(name => NAME.test(name)).map(async name => ({ name, at: (await stat(join(folder, name))).mtime }));
  return (await Promise.all(mails)).sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** One of them as its reader gets it; null for a name that is none of theirs. */
export async function readWritten(folder: string, name: string): Promise<Email | null> {
  if (!(await writtenMails(folder)).some(mail => mail.name === name)) return null;
  return PostalMime.parse(await readFile(join(folder, name)));
}

/** Deletes the mails of the folder that were written before a moment. Returns how many there were. */
export async function forgetWritten(folder: string, before: Date): Promise<number> {
  const old = (await writtenMails(folder)).filter(({ at }) => at < before);
  for (const { name } of old) await rm(join(folder, name), { force: true });
  return old.length;
}
