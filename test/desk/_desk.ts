import type { FastifyInstance } from 'fastify';
import { createApi } from '../../src/api/server.ts';
import { kindsOf } from '../../src/app/registry.ts';
import { readConfig } from '../../src/config.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { deskRoutes } from '../../src/desk/mount.ts';
import { openCredential } from '../../src/desk/password.ts';
import type { Queues } from '../../src/queue/connection.ts';
import type { QueuePing } from '../../src/queue/ping.ts';
import { webPages } from '../../src/web/mount.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { PASSWORD, PASSWORD_HASH } from './_password.ts';

type Route = { method: string; url: string };
/** What a desk answers: status, headers by name, and the page. */
type Answer = { status: number; headers: Headers; text: string };

export type TestDesk = TestDatabase & {
  app: FastifyInstance;
  origin: string;
  /** Every route that the desk has made, as Fastify tells them. */
  routes: Route[];
  /** Asks without following redirects; by default as a browser without a session. */
  ask(path: string, options?: RequestInit): Promise<Answer>;
  /** Logs in and returns what stays logged in. */
  login(): Promise<Operator>;
  close(): Promise<void>;
};

/** A logged-in browser. */
export type Operator = {
  cookie: string;
  get(path: string): Promise<Answer>;
  /** The token that forms of this session carry. */
  csrf(): Promise<string>;
  /** Sends a form as a page of the desk does. */
  post(path: string, form?: Record<string, string>): Promise<Answer>;
};

const IDLE: QueuePing = { ok: true, backend: 'postgres', message: 'The queue answers.', visits: { waiting: 0, active: 0, failed: 0 } };

/** API, pages and desk on a database of their own, or `on` another one, listening on a free loopback port. */
export async function testDesk(
  env: Record<string, string> = {},
  { queue = IDLE, queues, on }: { queue?: QueuePing; queues?: Queues; on?: TestDatabase } = {},
): Promise<TestDesk> {
  const database = on ?? (await testDatabase());
  const config = readConfig({ PORT: '0', FEED_DOMAIN: 'jobs.example', RATE_LIMIT: '0', ADMIN_PASSWORD_HASH: PASSWORD_HASH, ...env });
  const credential = (await openCredential(config))!;
  const routes: Route[] = [];
  const app = createApi({
    config,
    db: database.db,
    web: (site, context) => {
      webPages({ databaseUrl: database.url })(site, context);
      site.register(async scope => {
        scope.addHook('onRoute', ({ method, url }) => {
          routes.push(...[method].flat().map(one => ({ method: one, url })));
        });
        const kinds = async () => kindsOf({ systems: await loadSystems() });
        deskRoutes({ databaseUrl: database.url, credential, queue: async () => queue, queues: queues && (async () => queues), kinds })(
          scope,
          context,
        );
      });
    },
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const ask: TestDesk['ask'] = async (path, options = {}) => {
    const answer = await fetch(origin + path, { redirect: 'manual', ...options });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const login = async () => operator(ask, origin, await loggedIn(ask, origin));
  const close = async () => {
    await app.close();
    if (!on) await database.drop();
  };
  return { ...database, app, origin, routes, ask, login, close };
}

async function loggedIn(ask: TestDesk['ask'], origin: string): Promise<string> {
  const { status, headers, text } = await ask('/admin/login', formOf(origin, { password: PASSWORD }));
  if (status !== 303) throw new Error(`the login answered ${status}: ${text}`);
  return headers.getSetCookie()[0]!.split(';')[0]!;
}

function operator(ask: TestDesk['ask'], origin: string, cookie: string): Operator {
  const get = (path: string) => ask(path, { headers: { cookie } });
  const csrf = async () => /name="csrf" value="([^"]+)"/.exec((await get('/admin/audit')).text)![1]!;
  const post: Operator['post'] = async (path, form = {}) => ask(path, formOf(origin, { csrf: await csrf(), ...form }, { cookie }));
  return { cookie, get, csrf, post };
}

/** What a browser sends with a form of a page of `origin`. */
export function formOf(origin: string, form: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: new URLSearchParams(form), headers: { origin, 'sec-fetch-site': 'same-origin', ...headers } };
}

/** A path that the route takes, whatever its parameters are. */
export function pathOf(url: string): string {
  return url.replaceAll(/:\w+/g, 'some').replace('*', 'anything');
}
