import { canonicalQuery } from '../feed/canonical.ts';
import { type Filter, parseQuery } from '../feed/filter.ts';
import type { Mark } from '../store/feed/orders.ts';
import { tidied, understood } from './filter-query.ts';

/** The orders of the list and what people call them; `found` is that of feeds and API. */
export const SORTS = { posted: 'Newest', pay: 'Pay', closing: 'Closing soon', near: 'Distance', found: 'Last found' } as const;
export type Sort = keyof typeof SORTS;

/** Jobs of a page, where the filter does not say. */
const PAGE_LENGTH = 25;

export type PageFilter = {
  filter: Filter;
  query: string;
  /** Whether it is spelled as all our links spell it. One with unknown names is not sent elsewhere: the page says which they are. */
  spelled: boolean;
  /** Names nobody knows. */
  unknown: string[];
};

/** What a list is asked for: a filter, which feeds and mails take as well, and an order and a page that are of the list alone. */
export type ListAsked = PageFilter & { sort: Sort; after: Mark | null };

/** Reads a filter as people's links have it. Throws E_FILTER for a value that is not taken. */
export function readFilter(given: string): PageFilter {
  const { known, unknown } = understood(given);
  const filter = parseQuery(tidied(known));
  const query = canonicalQuery(filter);
  return { filter, query, spelled: unknown.length > 0 || same(given, query), unknown };
}

/** Reads what a list is asked for. An order or a page that is none is left out. */
export function readList(given: string): ListAsked {
  const params = new URLSearchParams(given);
  const [sort, after] = [params.get('sort'), params.get('after')];
  params.delete('sort');
  params.delete('after');
  const read = readFilter(params.toString());
  const chosen = sortOf(sort, read.filter);
  const mark = chosen === 'found' ? null : readMark(after, chosen);
  const query = listQuery(read.query, chosen, mark);
  const filter = new URLSearchParams(read.query).has('limit') ? read.filter : { ...read.filter, limit: PAGE_LENGTH };
  return { ...read, filter, spelled: read.unknown.length > 0 || same(given, query), sort: chosen, after: mark };
}

/** The query of a page of the list: a canonical filter with an order and a place to begin. */
export function listQuery(filter: string, sort: Sort, after: Mark | null = null): string {
  const mark = after && Buffer.from(`${after.key ?? ''} ${after.id}`).toString('base64url');
  return [mark && `after=${mark}`, filter, sort !== 'posted' && `sort=${sort}`].filter(Boolean).join('&');
}

function same(given: string, query: string): boolean {
  const parts = (text: string) => JSON.stringify([...new URLSearchParams(text)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return given === query || parts(given) === parts(query);
}

function sortOf(given: string | null, { cursor, near }: Filter): Sort {
  // The places of the feed are places of its own order.
  if (cursor !== null) return 'found';
  if (given === 'near') return near ? 'near' : 'posted';
  return given !== null && Object.hasOwn(SORTS, given) ? (given as Sort) : 'posted';
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const NUMBER = /^\d{1,9}(?:\.\d{1,17})?$/;

function readMark(text: string | null, sort: Sort): Mark | null {
  if (text === null || !/^[\w-]{1,400}$/.test(text)) return null;
  const [key = '', ...rest] = Buffer.from(text, 'base64url').toString().split(' ');
  const id = rest.join(' ');
  if (id === '' || /\p{Cc}/u.test(id)) return null;
  if (key === '') return sort === 'posted' ? null : { key: null, id };
  const isKey = sort === 'pay' || sort === 'near' ? NUMBER.test(key) : INSTANT.test(key) && !Number.isNaN(Date.parse(key));
  return isKey ? { key, id } : null;
}
