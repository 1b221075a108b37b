import type { Cursor } from '../store/feed/feed-filter.ts';
import type { ChangeKey } from '../store/feed/sync.ts';
import { encodeCursor } from './cursor.ts';

/** Where a mirror's run goes on, and the time its next run asks from, which is that of its first page. */
type SyncCursor = { until: string; after: ChangeKey };

/** The same form as any cursor: a time to the microsecond, then the rest. */
export function encodeSyncCursor({ until, after }: SyncCursor): string {
  return encodeCursor({ firstSeen: until, id: `${after.changed} ${after.id}` });
}

/** Null when it is the cursor of something else. */
export function syncCursorOf({ firstSeen: until, id: rest }: Cursor): SyncCursor | null {
  const [, changed, id] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) (.+)$/s.exec(rest) ?? [];
  if (changed === undefined || id === undefined || Number.isNaN(Date.parse(changed))) return null;
  return { until, after: { changed, id } };
}
