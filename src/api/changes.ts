import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalQuery } from '../feed/canonical.ts';
import { FIELDS } from '../feed/fields.ts';
import { type Filter, filterMistake } from '../feed/filter.ts';
import { isMoment, sinceOf, sinceText } from '../feed/since.ts';
import { encodeSyncCursor, syncCursorOf } from '../feed/sync-cursor.ts';
import { minuteOf } from '../http/clocks.ts';
import type { HttpContext } from '../http/context.ts';
import type { Asked } from '../http/request-query.ts';
import type { Since } from '../store/feed/feed-filter.ts';
import { changedPostings, closedPostings, settledBefore } from '../store/feed/sync.ts';
import { tellAddress } from './links.ts';
import { itemsOf, type Shape, withShape } from './posting-items.ts';

export const SYNC_PARAMS = ['updated_since', 'closed_since'] as const;
const PER_PAGE = 100;

/** What a mirror asks for. */
type Sync = { name: (typeof SYNC_PARAMS)[number]; since: Since; filter: Filter; shape: Shape; from: ReturnType<typeof syncCursorOf> };

/** Reads what a mirror asks for; null when it is an ordinary list. Throws E_FILTER. */
export function syncOf({ filter, own }: Asked<(typeof SYNC_PARAMS)[number]>, shape: Shape): Sync | null {
  const [name, other] = SYNC_PARAMS.filter(one => own[one] !== undefined);
  if (name === undefined) return null;
  if (other !== undefined) throw filterMistake(other, own[other], 'one of updated_since and closed_since');
  const text = own[name]?.trim() ?? '';
  if (!isMoment(text)) throw filterMistake(name, own[name], FIELDS.since.allowed);
  if (name === 'closed_since') {
    // What left a filter is not told, so a mirror of a filter would keep it for ever.
    const rest = canonicalQuery({ ...filter, limit: null, cursor: null });
    const [beside] = [...new URLSearchParams(rest)];
    const form = shape.fields ? ['fields', String(shape.fields)] : shape.explain ? ['explain', '1'] : null;
    const [field, value] = beside ?? form ?? [];
    if (field !== undefined) throw filterMistake(field, value, 'left out beside closed_since, which takes limit and cursor only');
  }
  const from = filter.cursor && syncCursorOf(filter.cursor);
  if (filter.cursor && !from) throw filterMistake('cursor', '…', 'the `next` of a page with the same question');
  return { name, since: sinceOf(text), filter: { ...filter, cursor: null }, shape, from };
}

/** What is new, changed or gone since, the oldest first; `until` is what to ask from the next time. */
export async function sendChanges(
  { db, site, answers }: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  sync: Sync,
): Promise<FastifyReply> {
  const { name, since, filter, shape, from } = sync;
  const cursor = from && encodeSyncCursor(from);
  const query = [canonicalQuery(filter), cursor && `cursor=${cursor}`, `${name}=${encodeURIComponent(sinceText(since))}`]
    .filter(Boolean)
    .join('&');
  const address = withShape(query, shape);
  tellAddress(reply, site(), path, address);
  const read = async () => {
    const until = from?.until ?? (await settledBefore(db));
    const page = { after: from?.after ?? null, limit: filter.limit ?? PER_PAGE };
    const { items, next, total } = await (name === 'closed_since' ? closings() : changes());
    return { items, next: next && encodeSyncCursor({ until, after: next }), total, until: `${until.slice(0, 23)}Z` };

    async function changes() {
      const found = await changedPostings(db, filter, since, page);
      return { ...found, items: await itemsOf(db, found.items, shape, site()) };
    }
    async function closings() {
      const found = await closedPostings(db, since, page);
      return { ...found, items: found.items.map(item => ({ ...item, closed_at: item.closed_at.toISOString() })) };
    }
  };
  return await answers.json(request, reply, {
    name: `changes ${address}`,
    read,
    clock: minuteOf({ since, posted_since: null }) || minuteOf(filter),
    lists: true,
  });
}
