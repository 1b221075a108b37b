import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { canonicalQuery } from '../feed/canonical.ts';
import { type Filter, filterMistake, parseFilter, type RawQuery, rawQuery } from '../feed/filter.ts';

/** The text of a request's query, without the question mark. */
export function queryText(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at === -1 ? '' : request.url.slice(at + 1);
}

/** A filter, its canonical query, and the parameters that only one route knows. */
export type Asked<N extends string> = { filter: Filter; query: string; own: Partial<Record<N, string>> };

/** What a query text asks for never changes, and readers ask the same again and again. */
const known = new LRUCache<string, Asked<string>>({ max: 2000 });

/** Reads the filter of a request, and the parts of its query that only this route knows. Throws E_FILTER. */
export function askedOf<N extends string = never>(request: FastifyRequest, own: readonly N[] = []): Asked<N> {
  const text = queryText(request);
  const key = `${own} ${text}`;
  const kept = known.get(key);
  // The names are part of the key, so what is kept under it has no others.
  if (kept) return kept as Asked<N>;
  const split = splitQuery(text, own);
  const filter = parseFilter(split.filter);
  const asked = { filter, query: canonicalQuery(filter), own: split.own };
  known.set(key, asked);
  return asked;
}

/** A query without the parameters that only one route knows, and those. */
export function splitQuery<N extends string>(text: string, own: readonly N[]): { filter: RawQuery; own: Partial<Record<N, string>> } {
  const query = rawQuery(text);
  const taken: Partial<Record<N, string>> = {};
  for (const name of own) {
    const given = query[name];
    if (given !== undefined) taken[name] = [given].flat().join(',');
    delete query[name];
  }
  return { filter: query, own: taken };
}

/** A parameter that is either left out or 1. */
export function flag(name: string, given: string | undefined): boolean {
  if (given !== undefined && given !== '1') throw filterMistake(name, given, '1');
  return given === '1';
}
