import type { FastifyInstance, HTTPMethods, LogLevel } from 'fastify';
import { sendProblem } from './problem.ts';

const ASKED_FOR: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods an address takes, and how loud its requests are logged: some addresses are secrets. */
type Taken = { methods: Set<string>; logLevel: LogLevel | undefined };

/** Which methods each address takes, as its routes say: to be called before any route is made. */
export function notingMethods(app: FastifyInstance): ReadonlyMap<string, Taken> {
  const taken = new Map<string, Taken>();
  app.addHook('onRoute', ({ url, method, logLevel }) => {
    const known = taken.get(url) ?? { methods: new Set(), logLevel };
    taken.set(url, known);
    for (const one of [method].flat()) known.methods.add(one);
  });
  return taken;
}

/**
 * Answers the other methods of each address with 405 and what it takes (RFC 9110 15.5.6). To be called when all routes are made. A body is
 * not read, so that its type or size is nobody's trouble; OPTIONS is left to who answers it.
 */
export function refuseOtherMethods(app: FastifyInstance, taken: ReadonlyMap<string, Taken>): void {
  for (const [url, { methods, logLevel }] of [...taken]) {
    if (url.includes('*')) continue;
    const allow = ASKED_FOR.filter(method => methods.has(method));
    const others = ASKED_FOR.filter(method => !methods.has(method));
    if (others.length === 0) continue;
    app.route({
      method: others,
      url,
      exposeHeadRoute: false,
      ...(logLevel && { logLevel }),
      onRequest: async (request, reply) =>
        sendProblem(reply.header('allow', allow.join(', ')), {
          status: 405,
          detail: `${request.method} is not taken here; allowed: ${allow.join(', ')}`,
        }),
      handler: async () => undefined,
    });
  }
}
