import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { notModified, setValidators } from '../http/conditional.ts';
import type { Html } from '../http/html.ts';
import type { Revisions } from '../http/revisions.ts';

/** Sends a page that is rendered anew only after something stored has changed, or a new hour has begun: marks such as "new" are of the clock. */
export type Answer = (request: FastifyRequest, reply: FastifyReply, key: string, render: () => Promise<Html>) => Promise<FastifyReply>;

type Kept = { stamp: string; bytes: Buffer; tag: string };

const KEPT_BYTES = 32 * 1024 * 1024;
const CACHE = 'public, max-age=60';
const HTML = 'text/html; charset=utf-8';

export function answering(revisions: Revisions): Answer {
  const pages = new LRUCache<string, Kept>({ maxSize: KEPT_BYTES, sizeCalculation: page => page.bytes.length + 500 });
  return async (request, reply, key, render) => {
    const hour = Math.floor(Date.now() / 3_600_000);
    const stamp = `${hour} ${await revisions.stamp()}`;
    const known = pages.get(key);
    const page = known?.stamp === stamp ? known : keptOf(stamp, await render());
    pages.set(key, page);
    const validators = { tag: page.tag, changedAt: null, cacheControl: CACHE };
    if (notModified(request, reply, validators)) return reply.send();
    setValidators(reply, validators);
    return reply.header('content-type', HTML).send(page.bytes);
  };
}

/** Sends a page that nobody should keep: errors, answers to forms. */
export function sendOnce(reply: FastifyReply, status: number, { html }: Html): FastifyReply {
  return reply.code(status).header('content-type', HTML).header('cache-control', 'no-store').send(html);
}

function keptOf(stamp: string, { html }: Html): Kept {
  const bytes = Buffer.from(html);
  return { stamp, bytes, tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 27) };
}
