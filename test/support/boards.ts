import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../src/crawlers/engine/memory-robots.ts';
import type { Transport } from '../../src/crawlers/engine/transport.ts';
import { liveTransport } from '../../src/crawlers/engine/transport-live.ts';
import type { Clock } from '../../src/store/clock.ts';

export type Answering = (
  method: string,
  url: URL,
  body: string,
) => {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** Nothing is answered, and the connection stays open. */
  silent?: boolean;
} | null;
export type BoardServer = { origin: string; requests: string[]; mostAtOnce: Map<string, number>; close(): Promise<void> };

/**
 * A server on loopback that answers for any host. `requests` lists "METHOD host path" in order; null answers 404.
 * `robots` answers for robots.txt. `mostAtOnce` says for each host how many requests were answered at the same time at most.
 */
export async function serve(answer: Answering, delayMs = 0, robots: Answering = () => null): Promise<BoardServer> {
  const requests: string[] = [];
  const mostAtOnce = new Map<string, number>();
  const atOnce = new Map<string, number>();
  const count = (host: string, by: number) => {
    const now = (atOnce.get(host) ?? 0) + by;
    atOnce.set(host, now);
    mostAtOnce.set(host, Math.max(mostAtOnce.get(host) ?? 0, now));
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const host = request.headers['x-board-host'];
    const url = new URL(request.url ?? '/', host ? `https://${host}` : `http://${request.headers.host}`);
    requests.push(`${request.method} ${url.host}${url.pathname}`);
    count(url.host, 1);
    if (delayMs > 0) await sleep(delayMs);
    count(url.host, -1);
    const given = (url.pathname === '/robots.txt' ? robots : answer)(request.method ?? 'GET', url, body);
    if (given?.silent) return;
    const type = given?.json === undefined ? 'text/html' : 'application/json';
    response.writeHead(given?.status ?? (given ? 200 : 404), { 'content-type': type, ...given?.headers });
    response.end(given?.json === undefined ? (given?.text ?? '') : JSON.stringify(given.json));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    mostAtOnce,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An engine that is led to a server on loopback whatever host it asks, and neither waits nor spaces. Without a `clock` it goes by that of this process. */
export function boardEngine(origin: string, { clock }: { clock?: Clock } = {}): Fetcher {
  return createEngine({
    config: { ...readConfig({}), CRAWL_DELAY_MS: 0 },
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    transport: loopbackTransport(origin),
    clock,
    spacingMs: 0,
  });
}

/** The live transport, every host led to a server on loopback: real HTTP for boards whose addresses are fixed. */
export function loopbackTransport(origin: string): Transport {
  const live = liveTransport({ ALLOW_PRIVATE_HOSTS: [new URL(origin).host] });
  return {
    ...live,
    send: (exchange, signal) =>
      live.send(
        {
          ...exchange,
          url: new URL(exchange.url.pathname + exchange.url.search, origin),
          headers: { ...exchange.headers, 'x-board-host': exchange.url.host },
        },
        signal,
      ),
  };
}

/** Workday's interface over a number of invented postings; `listed` says which of them are on the board now. */
export function workdayBoard(listed: () => number[], title: (n: number) => string): Answering {
  const path = (n: number) => `/job/Springfield-IL/Posting-${n}_R${1000 + n}`;
  return (method, url, body) => {
    const numbers = listed();
    if (method === 'POST' && url.pathname.endsWith('/jobs')) {
      const { offset, limit } = JSON.parse(body) as { offset: number; limit: number };
      const rows = numbers.slice(offset, offset + limit).map(n => ({
        title: title(n),
        externalPath: path(n),
        locationsText: 'Springfield, IL',
        postedOn: 'Posted Yesterday',
        bulletFields: [`R${1000 + n}`],
      }));
      return { json: { total: offset === 0 ? numbers.length : 0, jobPostings: rows, facets: [], userAuthenticated: false } };
    }
    const number = numbers.find(n => url.pathname.endsWith(path(n)));
    if (number === undefined) return { status: 404, json: { errorCode: 'HTTP_404' } };
    return {
      json: {
        jobPostingInfo: {
          id: `id${number}`,
          title: title(number),
          jobDescription: `<p>Review of therapy requests from home, number ${number}.</p><p>Requirements</p><ul><li>Licensed OT, PT or SLP</li></ul>`,
          location: 'Springfield, IL',
          postedOn: 'Posted Yesterday',
          startDate: '2026-11-20',
          timeType: 'Full time',
          jobReqId: `R${1000 + number}`,
          canApply: true,
          posted: true,
          externalUrl: `https://${url.host}/External${path(number)}`,
        },
        hiringOrganization: { name: 'Acme Health' },
      },
    };
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
