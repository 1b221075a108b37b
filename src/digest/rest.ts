import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import { toldItems } from '../store/digest/items.ts';
import { mailSections } from '../store/digest/sections.ts';
import { type FeedPosting, postingsById } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { type Keyring, readToken } from './keys.ts';

/**
 * Part of what a digest told for some filters: of `open` postings the first ones, `closed` that are not shown any more, and the id behind
 * which more come.
 */
export type Rest = { queries: string[]; postings: FeedPosting[]; open: number; closed: number; next: string | null };

const MOST_ON_PAGE = 200;

/**
 * What a digest told behind the posting `after` under the filter that it stands under, in the mail's order: the ones its mail had no room
 * for; without `after`, all of it. Null when the token is none of ours or the mail is not kept any more.
 */
export async function restOf(
  { db, keys }: { db: Kysely<Database>; keys: Keyring },
  token: string,
  after: string | undefined,
): Promise<Rest | null> {
  const mail = readToken(keys, 'digest', token);
  const sections = mail === null ? [] : await mailSections(db, mail);
  if (mail === null || sections.length === 0) return null;
  const told = await Promise.all(
    sections.map(async ({ subscription_id: subscription, query }) => {
      const items = await toldItems(db, { mail, subscription }, parseQuery(query).include);
      return { query, items: items.filter(({ place }) => place !== 'elsewhere') };
    }),
  );
  const own = told.find(({ items }) => items.some(item => item.posting_id === after));
  const items = own ? own.items.slice(own.items.findIndex(item => item.posting_id === after) + 1) : told.flatMap(section => section.items);
  const open = items.filter(item => item.open).map(item => item.posting_id);
  const shown = open.slice(0, MOST_ON_PAGE);
  return {
    queries: own ? [own.query] : told.map(({ query }) => query),
    postings: await postingsById(db, shown),
    open: open.length,
    closed: items.length - open.length,
    next: open.length > shown.length ? shown.at(-1)! : null,
  };
}
