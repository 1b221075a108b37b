import type { Kysely } from 'kysely';
import { pageQuery } from '../feed/canonical.ts';
import { milesAround } from '../feed/near.ts';
import type { Order } from '../store/feed/orders.ts';
import { type FeedPosting, feedPage, sortedPage } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { type ListAsked, listQuery } from './list-query.ts';

export type ListPage = {
  items: FeedPosting[];
  total: { value: number; capped: boolean };
  /** The query of the next page; null on the last. */
  next: string | null;
  /** Miles to a posting, where the list is sorted by them. */
  miles(id: string): number | null;
};

/** The postings of a page of the list, in the order it is asked for. */
export async function listPage(db: Kysely<Database>, { filter, query, sort, after }: ListAsked): Promise<ListPage> {
  if (sort === 'found') {
    const { items, total, next } = await feedPage(db, filter);
    // The length of a page is only said in links where the reader said it.
    const limit = new URLSearchParams(query).has('limit') ? filter.limit : null;
    const page = next && listQuery(pageQuery({ ...filter, limit }, next), sort);
    return { items, total: total ?? { value: items.length, capped: false }, next: page, miles: () => null };
  }
  const { near } = filter;
  const order: Order = sort === 'near' ? { by: 'near', miles: near ? milesAround(near.place, near.miles) : {} } : { by: sort };
  const { items, total, next, keys } = await sortedPage(db, filter, order, after);
  const miles = (id: string) => (sort === 'near' && keys.get(id) ? Number(keys.get(id)) : null);
  return { items, total, next: next && listQuery(query, sort, next), miles };
}
