import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENCODINGS } from './compression.ts';

export type Validators = { tag: string; changedAt: Date | null; cacheControl: string };

export const FEED_CACHE = 'public, max-age=900, stale-while-revalidate=3600';
export const API_CACHE = 'public, max-age=60, stale-while-revalidate=300';

/** Sets ETag, Last-Modified and Cache-Control. Compression makes the tag that of its own bytes later. */
export function setValidators(reply: FastifyReply, { tag, changedAt, cacheControl }: Validators): void {
  reply.header('etag', `"${tag}"`).header('cache-control', cacheControl);
  if (changedAt) reply.header('last-modified', changedAt.toUTCString());
}

/** Whether the reader has these bytes already; then the reply is made a 304. If-None-Match wins over If-Modified-Since (RFC 9110 13.2.2). */
export function notModified(request: FastifyRequest, reply: FastifyReply, validators: Validators): boolean {
  const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
  const known = match === undefined ? sameDate(since, validators.changedAt) && `"${validators.tag}"` : matching(match, validators.tag);
  if (!known) return false;
  setValidators(reply, validators);
  reply.code(304).header('etag', known);
  return true;
}

/** The one of the reader's tags that stands for this page, in whichever encoding the reader got it; some readers lose the quotes. */
function matching(header: string, tag: string): string | null {
  if (header.trim() === '*') return `"${tag}"`;
  const ours = [`"${tag}"`, ...ENCODINGS.map(encoding => `"${tag}-${encoding}"`)];
  const given = header.split(',').map(text => `"${text.trim().replace(/^W\//, '').replaceAll('"', '')}"`);
  return given.find(text => ours.includes(text)) ?? null;
}

function sameDate(header: string | undefined, changedAt: Date | null): boolean {
  if (header === undefined || changedAt === null) return false;
  const since = Date.parse(header);
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}
