import { createMcpHandler, localhostAllowedOrigins, validateOriginHeader } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpContext } from '../http/context.ts';
import { sendProblem } from '../http/problem.ts';
import type { Ground } from './ground.ts';
import { mcpServer } from './server.ts';

const PATH = '/mcp';
/** Room for the longest question. */
const BODY_BYTES = 64 * 1024;
/** Headers that the protocol reads; cookies and the like are nobody's business there. */
const READ = /^(?:accept|content-type|mcp-[a-z0-9-]+)$/;

/**
 * `POST /mcp`: the Streamable HTTP door, without sessions: each request is answered whole, by a server of its own. Under the rate limit of
 * the API, on the API's database.
 */
export function mcpRoute({ guides }: Pick<Ground, 'guides'>): (app: FastifyInstance, context: HttpContext) => void {
  return (app, { db, site, revisions }) => {
    const ground: Ground = { db, site, revisions, guides, log: app.log };
    const handler = createMcpHandler(() => mcpServer(ground), {
      // Nothing is held open: what is stored changes without anybody telling.
      maxSubscriptions: 0,
      keepAliveMs: 0,
      maxRequestBodySize: BODY_BYTES,
      onerror: error => app.log.debug({ err: error }, 'mcp: a request was refused'),
    });
    app.register(async door => {
      door.addHook('onClose', () => handler.close());
      door.removeAllContentTypeParsers();
      door.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_request, body, done) => done(null, body));
      door.post(PATH, async (request, reply) => {
        const origin = validateOriginHeader(request.headers.origin, [new URL(site().origin).hostname, ...localhostAllowedOrigins()]);
        if (!origin.ok) return sendProblem(reply, { status: 403, detail: `${origin.message}; pages of other sites may not ask here` });
        // Many questions in one request would pass the rate limit as one.
        if (/^\s*\[/.test(bodyOf(request)))
          return sendProblem(reply, { status: 400, detail: 'one message a request: batches are not taken' });
        return await sendAnswer(reply, await handler.fetch(webRequest(request, site().origin)));
      });
    });
  };
}

function bodyOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}

/** The request as the web's own kind, which the handler takes. */
function webRequest(request: FastifyRequest, origin: string): Request {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    READ.test(name) && value !== undefined ? [[name, String(value)]] : [],
  );
  return new Request(`${origin}${PATH}`, { method: 'POST', headers, body: bodyOf(request) });
}

async function sendAnswer(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  return reply.code(answer.status).headers(Object.fromEntries(answer.headers)).header('cache-control', 'no-store').send(bytes);
}
