import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { MAIN, runOmbre } from './ombre-process.ts';

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title><link>https://careers.acme.example/</link><item><title>Utilization Reviewer</title>
<link>https://careers.acme.example/jobs/1</link><guid>1</guid><description>Review requests for therapy. Licensed OT, PT or SLP.</description></item></channel></rss>`;

let home: string;
let database: TestDatabase;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'ombre-crawl-'));
  await mkdir(path.join(home, 'recording'));
  const source = { slug: 'acme', name: 'Acme Health', system: 'feed', target: { feed: 'https://careers.acme.example/jobs.rss' } };
  const responses = [{ url: 'https://careers.acme.example/jobs.rss', content_type: 'application/rss+xml', body: RSS }];
  await writeFile(path.join(home, 'recording', 'replay.json'), JSON.stringify([{ source, responses }]));
});
afterAll(() => rm(home, { recursive: true }));
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const settings = () => ({ DATABASE_URL: database.url, OMBRE_HOME: path.join(home, 'ombre'), SOURCES_DIR: path.join(home, 'sources') });
const ombre = (...args: string[]) => runOmbre(args, settings());
const replay = (...args: string[]) => ombre('crawl', '--replay', path.join(home, 'recording'), '--json', ...args);
const everything = async () => ({
  sources: await database.db.selectFrom('sources').selectAll().orderBy('id').execute(),
  postings: await database.db.selectFrom('postings').selectAll().orderBy('id').execute(),
  visits: await database.db.selectFrom('visits').selectAll().execute(),
});

describe('a replay', () => {
  beforeEach(() =>
    insertPostings(database.db, [
      { id: 'live-1', source: 'acme' },
      { id: 'live-2', source: 'acme' },
    ]),
  );

  test('runs in a database of its own, and leaves the live one as it was', async () => {
    const before = await everything();
    const { code, out } = await replay();
    expect(code).toBe(0);
    expect(JSON.parse(out).visits).toMatchObject([{ source: 'acme', system: 'feed', postings: { listed: 1, new: 1, closed: 0 } }]);
    expect(await everything()).toEqual(before);
  });

  test('into the live database is refused for the slug of a live source, with nothing written', async () => {
    const before = await everything();
    const { code, out, err } = await replay('--into-live');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/slug of the recording is "acme"; allowed: one that no live source has/);
    expect(await everything()).toEqual(before);
  });

  test('into the live database adds a source of its own, which no registry owns and no schedule picks', async () => {
    await database.db.updateTable('sources').set({ slug: 'another' }).execute();
    for (const expected of [{ new: 1 }, { new: 0, unchanged: 1 }]) {
      const { code, out } = await replay('--into-live');
      expect([code, JSON.parse(out).visits]).toEqual([0, [expect.objectContaining({ postings: expect.objectContaining(expected) })]]);
    }
    const { sources, postings } = await everything();
    expect(sources).toMatchObject([
      { slug: 'another', recorded: false, enabled: true },
      { slug: 'acme', recorded: true, enabled: false, disabled_reason: 'from a recording' },
    ]);
    expect(postings).toHaveLength(3);
    expect(postings.every(posting => posting.closed_at === null)).toBe(true);
  });

  test('is what --into-live belongs to', async () => {
    expect(await ombre('crawl', '--into-live')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/--into-live is true; allowed: only together with --replay/),
    });
  });
});

describe('a crawl that is stopped', () => {
  let server: Server;
  let hangs: Promise<void>;
  beforeEach(async () => {
    let reached = () => {};
    hangs = new Promise(resolve => {
      reached = resolve;
    });
    server = createServer((request, response) => {
      if (request.url === '/good.rss') response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(RSS);
      else if (request.url === '/hangs.rss') reached();
      else response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await mkdir(path.join(home, 'sources'), { recursive: true });
    const row = (slug: string) =>
      `- { slug: ${slug}, name: Acme, system: feed, target: { feed: 'http://127.0.0.1:${port}/${slug}.rss', site: careers.acme.example } }\n`;
    await writeFile(path.join(home, 'sources', 'rows.yaml'), row('good') + row('hangs'));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('by %s still prints its one document with the visits it made', async signal => {
    const { port } = server.address() as AddressInfo;
    // One visit at a time: the first has ended when the second hangs.
    const one = { ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}`, CRAWL_DELAY_MS: '0', CRAWL_CONCURRENCY: '1' };
    const env = { PATH: process.env.PATH, ...settings(), ...one };
    const crawl = spawn(process.execPath, [MAIN, 'crawl', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    crawl.stdout.on('data', data => {
      out += data;
    });
    crawl.stderr.on('data', data => {
      err += data;
    });
    const ended = once(crawl, 'close');
    await Promise.race([hangs, ended]);
    crawl.kill(signal);
    const [code] = await ended;
    expect([code, err]).toEqual([1, expect.stringContaining(`ombre: The work was stopped before it was done: ${signal}`)]);
    expect(JSON.parse(out).visits).toMatchObject([{ source: 'good', postings: { listed: 1, new: 1 } }]);
  });
});
