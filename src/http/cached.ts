import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_CACHE, notModified, setValidators } from './conditional.ts';
import type { Revisions } from './revisions.ts';

/** Answers with JSON that is made anew only after something stored has changed; its tag is the hash of its bytes. */
export async function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  revisions: Revisions,
  key: string,
  read: () => Promise<unknown>,
): Promise<FastifyReply> {
  const { body, tag } = await revisions.cached(key, async () => {
    const text = JSON.stringify(await read());
    return { body: text, tag: createHash('sha256').update(text).digest('base64url').slice(0, 27) };
  });
  const validators = { tag, changedAt: null, cacheControl: API_CACHE };
  if (notModified(request, reply, validators)) return reply.send();
  setValidators(reply, validators);
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
