import { boardOf, type Registry } from '../crawlers/registry.ts';
import { OmbreError } from '../errors.ts';
import { type Contact, nameOf } from '../pipeline/first-contact.ts';
import { table } from './_output.ts';
import { changeRows, mayWrite } from './_registry-files.ts';
import type { RowChange } from './_registry-rows.ts';

type Row = Registry['rows'][number];

/** What `sources verify` prints of a row with --json; `change` is what --apply writes into its file. */
export type Met = Contact & { file: string; change: RowChange | null; todo: string; written: boolean };

/** What follows from first contact with rows of a registry: what is to be done, and what may be written. */
export function metOf(contacts: readonly Contact[], rows: readonly Row[], day: string): Met[] {
  const bySlug = new Map(rows.map(row => [row.slug, row]));
  // Two rows of one board would store every posting twice.
  const readers = new Map(rows.map(row => [boardOf(row), row.slug]));
  return contacts.flatMap(contact => {
    const row = bySlug.get(contact.slug);
    if (!row) return [];
    const { to } = contact;
    const reader = to ? readers.get(boardOf(to)) : undefined;
    const change = reader === undefined ? changeOf(contact, row, day) : null;
    if (to && change) readers.set(boardOf(to), row.slug);
    const todo =
      to && reader !== undefined ? `remove this row: its board is now ${nameOf(to)}, which ${reader} reads` : todoOf(contact, row);
    return [{ ...contact, file: row.file, change, todo, written: false }];
  });
}

/** Only what is certain is written: an address that is read, and what the board, its system or robots.txt says in so many words. */
function changeOf({ result, why, bare, to }: Contact, row: Row, day: string): RowChange | null {
  if (to) return to.adoptable ? { system: to.system, target: to.target } : null;
  if (!row.enabled) return null;
  if (bare) return null;
  if (result === 'gone' || result === 'blocked') return { disabled: `${result} on ${day}: ${why}` };
  return result === 'foreign' ? { disabled: `another employer's board, seen on ${day}: ${why}` } : null;
}

function todoOf({ result, why, bare, to }: Contact, row: Row): string {
  if (to) {
    if (!to.adoptable) return `see whether it is ${nameOf(to)} now: ${to.why}`;
    return `read it as ${nameOf(to)}${to.why ? ` (${to.why})` : ''}`;
  }
  const off = row.enabled ? 'disable the row' : 'it is disabled already';
  switch (result) {
    case 'healthy':
      return [row.enabled ? '' : 'take out its line `disabled` to have it crawled', why && `whose it is was not told: ${why}`]
        .filter(Boolean)
        .join('; ');
    case 'foreign':
      return `find the right board with ombre sources add, or mend the name of the row: ${why}`;
    case 'gone':
      return `${bare ? 'see in a browser whether it is gone for good, then ' : ''}find the new board with ombre sources add, or ${off}: ${why}`;
    case 'blocked':
      return `${off}: ${why}`;
    case 'challenge':
    case 'refused':
      return `try again another day, then ${off}: ${why}`;
    case 'failed':
      return `try again later, and if it stays so find the board with ombre sources add: ${why}`;
    default:
      return `open the board in a browser and compare: ${why}`;
  }
}

/**
 * Writes what first contact learnt into the files, each of which must still be what it was when `texts` were read. Returns, row by row, what was
 * written or why it was not; `written` and `todo` of the rows say the same.
 */
export async function applyMet(folder: string, texts: ReadonlyMap<string, string>, met: readonly Met[]): Promise<string[]> {
  const lines: string[] = [];
  const changed = met.filter(row => row.change !== null);
  for (const [file, rows] of Map.groupBy(changed, row => row.file)) {
    const changes = new Map(rows.map(row => [row.slug, row.change as RowChange]));
    const failed = await written(folder, file, texts.get(file) ?? '', changes);
    for (const row of rows) {
      const refused = typeof failed === 'string' ? failed : failed.get(row.slug);
      const reason = refused === undefined ? null : typeof failed === 'string' ? refused : `${refused} (${file})`;
      row.written = reason === null;
      if (row.written) row.todo = '';
      lines.push(reason === null ? `${row.slug}: ${told(row.change as RowChange)}, in ${file}` : `${row.slug}: NOT written: ${reason}`);
    }
  }
  return lines;
}

/** The slugs of a file that are not changed, with why, or why the file was not written at all. */
async function written(folder: string, file: string, text: string, changes: Map<string, RowChange>): Promise<Map<string, string> | string> {
  try {
    return await changeRows(folder, file, text, changes);
  } catch (error) {
    // The other files are written all the same.
    if (error instanceof OmbreError && error.action === 'user') return error.message;
    throw error;
  }
}

/** Throws E_CONFIG when a file cannot be written, before anybody is asked anything. */
export async function mayApply(folder: string, rows: readonly Row[]): Promise<void> {
  for (const file of new Set(rows.map(row => row.file))) await mayWrite(folder, file);
}

function told(change: RowChange): string {
  return 'disabled' in change ? `disabled (${change.disabled})` : `is read as ${nameOf(change)} from now on`;
}

/** Whether a row is left for a person. */
export function needsOperator({ result, written }: Met): boolean {
  return result !== 'healthy' && !written;
}

/** `20 of 143`; nothing where no list was read. */
export function listedOf({ result, listed, total }: Contact): string {
  if (result !== 'healthy' && result !== 'foreign') return '';
  return total === null || total === listed ? `${listed}` : `${listed} of ${total}`;
}

export function metTable(met: readonly Met[]): string {
  return table(
    ['slug', 'system', 'result', 'listed', 'what to do'],
    met.map(row => [row.slug, row.system, row.result, listedOf(row), row.written ? 'nothing: it is written, see below' : row.todo]),
  );
}

/** `9 rows asked: 5 healthy, 2 moved, 2 gone`. */
export function countsOf(met: readonly Met[]): string {
  const counts = [...Map.groupBy(met, row => row.result)].map(([result, rows]) => `${rows.length} ${result}`);
  return `${met.length} row${met.length === 1 ? '' : 's'} asked${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`;
}
