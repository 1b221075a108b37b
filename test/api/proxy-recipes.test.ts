import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { testApi } from '../support/api.ts';

const PAGE = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
const PUBLIC = 'jobs.example.org';
const OMBRE = '127.0.0.1:3000';
const PATIENCE_MS = 20_000;

type Proxy = {
  name: string;
  version: string[];
  config: (recipe: string, port: number, folder: string) => string;
  run: (file: string) => string[];
};

/** The servers that docs/operating.md has a recipe for: what stands around it here, without TLS, and how they are started. */
const PROXIES: Proxy[] = [
  {
    name: 'nginx',
    version: ['-v'],
    config: (recipe, port, folder) => {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(kind => `${kind}_temp_path ${folder}/${kind};`);
      return `daemon off; pid ${folder}/pid; error_log stderr; events {}
http { access_log off; ${places.join(' ')}
${recipe.replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)}}
`;
    },
    run: file => ['-c', file],
  },
  {
    name: 'caddy',
    version: ['version'],
    config: (recipe, port) =>
      `{\n admin off\n auto_https off\n}\n${recipe.replace(`${PUBLIC} {`, `http://${PUBLIC}:${port} {\n bind 127.0.0.1`)}`,
    run: file => ['run', '--config', file, '--adapter', 'caddyfile'],
  },
];

async function isInstalled({ name, version }: Proxy): Promise<boolean> {
  return promisify(execFile)(name, version).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      console.warn(`${name} is not installed: its recipe is not tried`);
      return false;
    },
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The status of a request that a visitor makes from his own address; null while nobody listens. */
async function asked(port: number, path: string, visitor: string, headers: Record<string, string> = {}): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', localAddress: visitor, path, headers: { host: PUBLIC, ...headers } }, got => {
      got.resume();
      resolve(got.statusCode ?? null);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve(null) : reject(error)));
    sent.end();
  });
}

/** The recipe of the docs in front of an API that takes two requests a minute from each address. */
async function behind(
  proxy: Proxy,
  work: (ask: (path: string, visitor: string, headers?: Record<string, string>) => Promise<number | null>) => Promise<void>,
) {
  const [, recipe = ''] = new RegExp(`^\`\`\`${proxy.name}\\n(.*?)^\`\`\``, 'ms').exec(PAGE) ?? [];
  expect(recipe).toContain(OMBRE);
  const api = await testApi({ RATE_LIMIT: '2', TRUST_PROXY: '127.0.0.1' });
  const folder = await mkdtemp(join(tmpdir(), 'ombre-proxy-'));
  const port = await freePort();
  const file = join(folder, 'config');
  await writeFile(file, proxy.config(recipe.replace(OMBRE, new URL(api.origin).host), port, folder));
  const child = spawn(proxy.name, proxy.run(file), { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } });
  let said = '';
  child.stderr.on('data', text => (said += text));
  const ended = once(child, 'exit');
  try {
    const end = Date.now() + PATIENCE_MS;
    while ((await asked(port, '/healthz', '127.0.0.1')) !== 200) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`${proxy.name} does not serve: ${said}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await work((path, visitor, headers) => asked(port, path, visitor, headers));
  } finally {
    child.kill('SIGTERM');
    await ended;
    await api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

describe.each(await Promise.all(PROXIES.map(async proxy => ({ ...proxy, installed: await isInstalled(proxy) }))))(
  'the recipe of $name',
  proxy => {
    test.skipIf(!proxy.installed)(
      'gives each visitor his own limits, whatever he claims, and keeps what is the operator’s private',
      async () => {
        await behind(proxy, async ask => {
          for (const visitor of ['127.0.0.2', '127.0.0.3']) {
            expect([await ask('/feed.rss', visitor), await ask('/feed.rss', visitor), await ask('/feed.rss', visitor)]).toEqual([
              200, 200, 429,
            ]);
          }
          expect(await ask('/feed.rss', '127.0.0.2', { 'x-forwarded-for': '192.0.2.1' })).toBe(429);
          for (const path of ['/metrics', '/readyz', '/%6detrics', '/readyz?x=1']) expect(await ask(path, '127.0.0.4'), path).toBe(403);
          for (const path of ['//metrics', '/metrics/', '/x/../metrics']) expect(await ask(path, '127.0.0.5'), path).not.toBe(200);
        });
      },
    );
  },
);
