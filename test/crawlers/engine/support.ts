import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../../src/config.ts';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { createEngine, type EngineOptions } from '../../../src/crawlers/engine/engine.ts';
import type { Fetched, HostLimiter } from '../../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../../src/crawlers/engine/memory-robots.ts';

export type Handler = (request: IncomingMessage & { path: string }, response: ServerResponse) => void;
export type Site = {
  url: string;
  port: number;
  /** `METHOD /path?query` of everything asked but robots.txt, in order. */
  asked: string[];
  headers: IncomingMessage['headers'][];
  robotsAsked: number;
  /** Most requests that were under way at one time. */
  peak: number;
  close(): Promise<void>;
};

const sites = new Set<Site>();
const engines = new Set<{ close(): Promise<void> }>();

/** A site on loopback. robots.txt answers 404 unless `robots` says otherwise. */
export async function site(handler: Handler, robots: Handler | string | null = null): Promise<Site> {
  let underWay = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    served.peak = Math.max(served.peak, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const path = request.url ?? '/';
    const asked = Object.assign(request, { path });
    if (path === '/robots.txt') {
      served.robotsAsked += 1;
      if (typeof robots === 'function') robots(asked, response);
      else response.writeHead(robots === null ? 404 : 200, { 'content-type': 'text/plain' }).end(robots ?? 'none');
      return;
    }
    served.asked.push(`${request.method} ${path}`);
    served.headers.push(request.headers);
    handler(asked, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const served: Site = {
    url: `http://127.0.0.1:${port}`,
    port,
    asked: [],
    headers: [],
    robotsAsked: 0,
    peak: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  sites.add(served);
  return served;
}

/** An engine that may open the given hosts (`host:port`), without spacing and with short pauses between tries. */
export function engine(allowed: (Site | string)[], options: Partial<EngineOptions> & { env?: Record<string, string> } = {}) {
  const { env, ...rest } = options;
  const hosts = allowed.map(one => (typeof one === 'string' ? one : `127.0.0.1:${one.port}`));
  const made = createEngine({
    config: readConfig({ ALLOW_PRIVATE_HOSTS: hosts.join(','), CRAWL_DELAY_MS: '0', BOT_CONTACT: 'https://ombre.example/bot', ...env }),
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    backoffMs: 1,
    ...rest,
  });
  engines.add(made);
  const never = new AbortController().signal;
  return {
    fetch: made.fetch.bind(made),
    close: async () => {
      engines.delete(made);
      await made.close();
    },
    get: (
      url: string,
      request: Partial<PageRequest> = {},
      more: { signal?: AbortSignal; validators?: { etag: string | null; lastModified: string | null } } = {},
    ) => made.fetch({ kind: 'list', url, ...request }, { source: 'a-source', signal: never, ...more }),
  };
}

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  for (const made of engines) await made.close();
  for (const served of sites) await served.close();
  engines.clear();
  sites.clear();
}

/** A host limiter that also tells what it was asked. */
export function watched(
  limiter: HostLimiter,
): HostLimiter & { acquired: { host: string; spacingMs: number }[]; pauses: (number | null)[] } {
  const acquired: { host: string; spacingMs: number }[] = [];
  const pauses: (number | null)[] = [];
  return {
    acquired,
    pauses,
    async acquire(host, options) {
      const lease = await limiter.acquire(host, options);
      acquired.push({ host, spacingMs: options.spacingMs });
      return {
        async release(given) {
          pauses.push(given.notBefore ? given.notBefore.getTime() - Date.now() : null);
          await lease.release(given);
        },
      };
    },
  };
}

export function page(fetched: Fetched): { status: number; body: string; url: string; headers: Record<string, string>; fetchedAt: string } {
  if (fetched.kind !== 'page') throw new Error(`not a page: ${JSON.stringify(fetched)}`);
  return fetched.page;
}

/** The code of a failure; throws on anything else. */
export function code(fetched: Fetched): string {
  if (fetched.kind !== 'failed') throw new Error(`did not fail: ${JSON.stringify(fetched).slice(0, 200)}`);
  return fetched.code;
}

export const hello: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' }).end('hello');
};
