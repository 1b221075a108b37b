import { CREDENTIALS } from '../posting/taxonomy.ts';
import type { FeedDocument } from './document.ts';
import { placeText } from './summary.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** `ours`: a value of our own making, which no spreadsheet takes for a formula and no program should find altered. */
type Column = { name: string; ours?: true; of: (view: FeedDocument['items'][number]['view']) => string | number | null };

const COLUMNS: Column[] = [
  { name: 'id', ours: true, of: view => view.id },
  { name: 'title', of: view => view.title },
  { name: 'company', of: view => view.company },
  { name: 'place', of: view => placeText({ places: view.places, work_mode: null }) },
  { name: 'work_mode', ours: true, of: view => view.work_mode },
  { name: 'pay_min', ours: true, of: view => view.pay?.min ?? null },
  { name: 'pay_max', ours: true, of: view => view.pay?.max ?? null },
  { name: 'pay_currency', of: view => view.pay?.currency ?? null },
  { name: 'pay_interval', ours: true, of: view => view.pay?.interval ?? null },
  { name: 'employment_types', ours: true, of: view => view.employment_types.join(' ') },
  { name: 'paths', ours: true, of: view => view.paths.join(' ') },
  { name: 'roles', ours: true, of: view => view.roles.join(' ') },
  ...CREDENTIALS.map(credential => ({
    name: credential,
    ours: true as const,
    of: (view: FeedDocument['items'][number]['view']) => view.verdicts?.[credential].verdict ?? null,
  })),
  { name: 'posted_at', ours: true, of: view => view.posted_at?.value ?? null },
  { name: 'first_seen', ours: true, of: view => view.first_seen },
  { name: 'updated_at', ours: true, of: view => view.updated_at },
  { name: 'closed_at', ours: true, of: view => view.closed_at },
  { name: 'url', of: view => view.url },
  { name: 'apply_url', of: view => view.apply_url },
  { name: 'page', ours: true, of: view => view.links.html },
];

/** CSV (RFC 4180): every cell quoted, one header row, CRLF between rows. Paging is told in the Link header. */
export function writeCsv(feed: FeedDocument): string {
  const rows = feed.items.map(({ view }) => COLUMNS.map(column => cell(column, column.of(view))));
  return [COLUMNS.map(column => `"${column.name}"`), ...rows].map(row => `${row.join(',')}\r\n`).join('');
}

function cell(column: Column, value: string | number | null): string {
  const text = String(value ?? '')
    .toWellFormed()
    .replaceAll('\0', '');
  return `"${(column.ours ? text : inert(text)).replaceAll('"', '""')}"`;
}

/** A spreadsheet runs a cell that begins with one of these, also after blanks and in full width: an apostrophe makes it text. */
function inert(text: string): string {
  return /^[\s\u00a0\ufeff]*[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text;
}
