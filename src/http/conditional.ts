import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENCODINGS } from './compression.ts';

export type Validators = { tag: string; changedAt?: Date | null; cacheControl: string };

export const JSON_TYPE = 'application/json; charset=utf-8';
export const FEED_CACHE = 'public, max-age=900, stale-while-revalidate=3600';
export const API_CACHE = 'public, max-age=60, stale-while-revalidate=300';
export const PAGE_CACHE = 'public, max-age=60';

/** The entity tag (without quotes) of a content, or of what stands for it. */
export function entityTag(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27);
}

/** Sends what was asked for with its validators, or a 304 to a reader that has it. */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  validators: Validators,
  { body, type, headers = {} }: { body: string | Buffer; type: string; headers?: Record<string, string> },
): FastifyReply {
  if (notModified(request, reply, validators)) return reply.send();
  setValidators(reply, validators);
  return reply.headers(headers).header('content-type', type).send(body);
}

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

function sameDate(header: string | undefined, changedAt: Date | null | undefined): boolean {
  if (header === undefined || !changedAt) return false;
  const since = Date.parse(header);
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}
