import type { FastifyRequest } from 'fastify';
import { filterMistake, type RawQuery, rawQuery } from '../feed/filter.ts';

/** The text of a request's query, without the question mark. */
export function queryText(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at === -1 ? '' : request.url.slice(at + 1);
}

/** A request's query as the filter reads it, and the parts of it that only this route knows. */
export function splitQuery<N extends string>(
  request: FastifyRequest,
  own: readonly N[],
): { filter: RawQuery; own: Partial<Record<N, string>> } {
  const query = rawQuery(queryText(request));
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
