import type { FastifyInstance } from 'fastify';
import { applyReturned, isSigned, readEvent, readReturned } from '../../digest/bounces.ts';
import { databaseNow } from '../../store/clock.ts';
import type { Ground } from './ground.ts';

const MAIL_BYTES = 1024 * 1024;

/** Returned mails: as they are (`message/rfc822`) or as a provider's event (JSON). Without BOUNCE_SECRET nothing is taken. */
export function returnedRoute(app: FastifyInstance, { db, keys, config }: Ground): void {
  const secret = config.BOUNCE_SECRET;
  if (secret === null) return;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['message/rfc822', 'application/json'], { parseAs: 'buffer', bodyLimit: MAIL_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/hooks/bounces', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const now = await databaseNow(db);
    if (!isSigned(body, request.headers['ombre-signature']?.toString(), secret, now)) return reply.code(401).send({ taken: false });
    const json = request.headers['content-type']?.startsWith('application/json');
    const returned = json ? readEvent(parsed(body)) : await readReturned(body, keys);
    return reply.code(200).send({ taken: returned !== null && (await applyReturned(db, keys, returned, now)) });
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw Object.assign(new Error('the body is no JSON'), { statusCode: 400 });
  }
}
