import { access, chmod, constants, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import { messageOf, mistake } from '../errors.ts';
import { type RowChange, withChangedRow } from './_registry-rows.ts';

/** Throws E_CONFIG when a file of the registry cannot be written. Writes nothing. */
export async function mayWrite(folder: string, file: string): Promise<void> {
  await sayingWhere(folder, file, async () => {
    await access(folder, constants.W_OK);
    if ((await textOf(path.join(folder, file))) !== null) await access(path.join(folder, file), constants.W_OK);
  });
}

/**
 * Adds a row at the end of a file of the registry, which is made when it is not there. Throws E_CONFIG when it cannot be written; the file
 * is as it was then.
 */
export async function appendRow(folder: string, file: string, row: Record<string, unknown>): Promise<void> {
  await sayingWhere(folder, file, async () => {
    const before = (await textOf(path.join(folder, file))) ?? '';
    const end = before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    await replaceFile(path.join(folder, file), `${before}${end}${stringify([row])}`);
  });
}

/**
 * Takes the row of a slug out of a file of the registry. Throws E_SOURCE when that cannot be done safely, E_CONFIG when the file cannot be
 * written; it is as it was then.
 */
export async function removeRow(folder: string, file: string, slug: string): Promise<void> {
  await sayingWhere(folder, file, async () => {
    const before = (await textOf(path.join(folder, file))) ?? '';
    const after = withoutRow(before, slug);
    const twins = rowsOf(before)?.filter(row => row.slug === slug).length ?? 0;
    if (twins > 1)
      throw mistake('E_SOURCE', `${file}, row`, slug, `a slug that one row alone has (${twins} have it); take them out by hand`);
    if (after === null) throw mistake('E_SOURCE', `${file}, row`, slug, 'a row that stands in lines of its own; take it out by hand');
    await replaceFile(path.join(folder, file), after);
  });
}

/** What every file of the registry holds, by its name. One that cannot be read is left out: readRegistry says so. */
export async function registryTexts(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder).catch(() => [])).filter(file => file.endsWith('.yaml'));
  const texts = await Promise.all(files.map(async file => [file, await textOf(path.join(folder, file)).catch(() => null)] as const));
  return new Map(texts.flatMap(([file, text]) => (text === null ? [] : [[file, text] as const])));
}

/**
 * Changes rows of a file of the registry that is still what it was when `read` was read, in one go. Returns the slugs whose rows cannot be changed
 * safely, each with why; the others are. Throws E_SOURCE when the file was changed meanwhile, E_CONFIG when it cannot be written; it is as it was then.
 */
export async function changeRows(
  folder: string,
  file: string,
  read: string,
  changes: ReadonlyMap<string, RowChange>,
): Promise<Map<string, string>> {
  const refused = new Map<string, string>();
  let after = read;
  for (const [slug, change] of changes) {
    const changed = withChangedRow(after, slug, change);
    if ('refused' in changed) refused.set(slug, changed.refused);
    else after = changed.text;
  }
  await sayingWhere(folder, file, async () => {
    if (after !== read) await replaceFile(path.join(folder, file), after, read);
  });
  return refused;
}

/**
 * A registry file without the lines of one row, everything else to the letter; null when the rows would not be the others exactly, or
 * several have the slug. Exported to be shown on its own.
 */
export function withoutRow(text: string, slug: string): string | null {
  const rows = rowsOf(text);
  const [row, ...twins] = rows?.filter(row => row.slug === slug) ?? [];
  if (!rows || !row || twins.length > 0) return null;
  const from = text.lastIndexOf('\n', row.start) + 1;
  const lineEnd = text.indexOf('\n', row.end - 1);
  // The empty line behind the row goes with it.
  const rest = lineEnd === -1 ? '' : text.slice(lineEnd + 1).replace(/^[^\S\n]*\n/, '');
  const after = text.slice(0, from) + rest;
  const left = rowsOf(after);
  const others = rows.filter(other => other !== row).map(({ value }) => value);
  return left && JSON.stringify(left.map(({ value }) => value)) === JSON.stringify(others) ? after : null;
}

/** The rows of a file with where each begins and ends; null when the text is no list of rows. */
function rowsOf(text: string): { slug: unknown; value: unknown; start: number; end: number }[] | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  if (document.contents === null) return [];
  if (!isSeq(document.contents)) return null;
  try {
    return document.contents.items.map(item => {
      const [start, end] = isMap(item) && item.range ? item.range : [0, 0];
      return { slug: isMap(item) ? item.get('slug') : null, value: isMap(item) ? item.toJS(document) : null, start, end };
    });
  } catch (error) {
    // An alias whose anchor is gone, or which multiplies too much.
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

/** The text of a file; null when it is not there. */
async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a file beside and moves it into place, so that nobody ever reads half of it. With `expected`, throws E_SOURCE when the file holds
 * something else by now.
 */
async function replaceFile(file: string, text: string, expected?: string): Promise<void> {
  const there = (await textOf(file)) !== null;
  // A link keeps leading where it led.
  const target = there ? await realpath(file) : file;
  const beside = `${target}.${process.pid}.new`;
  try {
    await writeFile(beside, text);
    if (there) await chmod(beside, (await stat(target)).mode);
    if (expected !== undefined && (await textOf(target)) !== expected)
      throw mistake(
        'E_SOURCE',
        'file',
        path.basename(file),
        'one that nobody changes meanwhile; it is left as it is now, run the command again',
      );
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** What the operating system refuses, as a mistake that names the folder. */
async function sayingWhere(folder: string, file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    throw mistake('E_CONFIG', 'SOURCES_DIR', folder, `a folder in which ${file} can be written (${messageOf(error)})`);
  }
}
