import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import { toldItems } from '../store/digest/items.ts';
import { deliveryQuery } from '../store/digest/outbox.ts';
import { type FeedPosting, postingsById } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { type Keyring, readToken } from './keys.ts';

/** Part of what a digest told: of `open` postings the first ones, `closed` that are not shown any more, and the id behind which more come. */
export type Rest = { query: string; postings: FeedPosting[]; open: number; closed: number; next: string | null };

const MOST_ON_PAGE = 200;

/**
 * What a digest told behind the posting `after`, in the mail's order: the ones its mail had no room for; without `after`, all of it. Null when
 * the token is none of ours or the mail is not kept any more.
 */
export async function restOf(
  { db, keys }: { db: Kysely<Database>; keys: Keyring },
  token: string,
  after: string | undefined,
): Promise<Rest | null> {
  const id = readToken(keys, 'digest', token);
  const query = id === null ? null : await deliveryQuery(db, id);
  if (id === null || query === null) return null;
  const items = await toldItems(db, id, parseQuery(query).include);
  const rest = items.slice(items.findIndex(item => item.posting_id === after) + 1);
  const open = rest.filter(item => item.open).map(item => item.posting_id);
  const shown = open.slice(0, MOST_ON_PAGE);
  return {
    query,
    postings: await postingsById(db, shown),
    open: open.length,
    closed: rest.length - open.length,
    next: open.length > shown.length ? shown.at(-1)! : null,
  };
}
