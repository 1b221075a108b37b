import type { Cursor } from '../store/feed/feed-filter.ts';

const EXACT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** An opaque text for a URL. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.firstSeen} ${cursor.id}`).toString('base64url');
}

/** Null when the text is not one that `encodeCursor` makes. */
export function decodeCursor(text: string): Cursor | null {
  if (!/^[\w-]{1,400}$/.test(text)) return null;
  const [firstSeen, ...rest] = Buffer.from(text, 'base64url').toString().split(' ');
  const id = rest.join(' ');
  if (firstSeen === undefined || id === '' || /\p{Cc}/u.test(id)) return null;
  if (!EXACT.test(firstSeen) || Number.isNaN(Date.parse(firstSeen))) return null;
  const cursor = { firstSeen, id };
  return encodeCursor(cursor) === text ? cursor : null;
}
