import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AddOptions, refusal, tryAddress } from '../../src/cli/_try-address.ts';
import { needsAttention } from '../../src/cli/sources-add.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import type { Fetcher, RobotsRecord } from '../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../src/crawlers/engine/memory-hosts.ts';
import { readRegistry } from '../../src/crawlers/registry.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { browser } from '../crawlers/engine/browser-support.ts';
import { type Answering, type BoardServer, loopbackTransport, serve, workdayBoard } from '../support/boards.ts';
import { testDatabase } from '../support/database.ts';
import { MAIN, runOmbre } from './ombre-process.ts';

const BOARD = { system: 'workday', target: { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' } };
const ADDRESS = 'https://acme.wd5.myworkdayjobs.com/External';
const board = workdayBoard(
  () => Array.from({ length: 25 }, (_, n) => n),
  n => (n % 5 === 0 ? `Utilization Review Therapist ${n}` : `Line Cook ${n}`),
);

let server: BoardServer;
let pages: Answering;
let fetcher: Fetcher;
let robots: Map<string, RobotsRecord>;
let folder: string;

beforeAll(async () => {
  server = await serve((method, url, body) => (url.host === BOARD.target.host ? board(method, url, body) : pages(method, url, body)));
});
afterAll(() => server.close());
beforeEach(async () => {
  server.requests.length = 0;
  pages = () => null;
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-add-'));
  robots = new Map();
  const records = robots;
  fetcher = createEngine({
    config: readConfig({ CRAWL_DELAY_MS: '0' }),
    robots: { get: async origin => records.get(origin) ?? null, put: async record => void records.set(record.origin, record) },
    hosts: new MemoryHostLimiter(),
    transport: loopbackTransport(server.origin),
    backoffMs: 1,
  });
});
afterEach(async () => {
  await fetcher.close();
  await rm(folder, { recursive: true });
});

const rows = async () =>
  new Map(
    [...robots].map(([origin, { fetchedAt, verdict, reason, body }]) => [origin, { origin, fetched_at: fetchedAt, verdict, reason, body }]),
  );

async function add(address: string, options: AddOptions = {}) {
  const { signal } = new AbortController();
  const parts = { config: { SOURCES_DIR: folder }, systems: await loadSystems(), fetcher, robots: rows, signal };
  return await tryAddress(new URL(address), options, parts);
}

/** What a host's robots.txt said just now. */
function known(origin: string, body: string) {
  const fetchedAt = new Date();
  const expiresAt = new Date(fetchedAt.getTime() + 3_600_000);
  robots.set(origin, { origin, fetchedAt, expiresAt, status: 200, verdict: 'rules', reason: 'read', body });
}

/** A Workday host whose front page answers so; what stands at a language alone names the language for a site. */
function workdaySite(front: () => NonNullable<ReturnType<Answering>>): Answering {
  return (method, url, body) => {
    if (url.pathname.startsWith('/wday/')) return board(method, url, body);
    if (url.pathname === '/') return front();
    return { text: '<script>window.workday = window.workday || { tenant: "acme", siteId: "en-us" };</script>' };
  };
}

const html = (text: string) => ({ text: `<!doctype html><html><body>${text}</body></html>` });

describe('an address that is tried', () => {
  it('of a board is read a little: ten postings with their tags, those worth a detail first, and the robots verdict', async () => {
    const answer = await add(ADDRESS, { name: 'Acme Health' });
    expect(answer).toMatchObject({ recognised: BOARD, refused: null, written: false, identity: { agrees: true } });
    expect(answer.robots).toMatchObject([{ origin: 'https://acme.wd5.myworkdayjobs.com', allowed: true }]);
    expect(answer.trial).toMatchObject({ outcome: 'complete', listed: 25, total: 25 });
    expect(answer.trial?.postings).toHaveLength(10);
    expect(answer.trial?.postings[0]).toMatchObject({
      title: 'Utilization Review Therapist 0',
      places: ['Springfield, IL'],
      triage: 'keep',
      relevance: 'nonclinical',
      paths: expect.arrayContaining(['utilization-review']),
      verdicts: { OT: expect.any(String), PTA: expect.any(String) },
    });
    expect(answer.trial?.postings.filter(({ triage }) => triage === 'keep')).toHaveLength(5);
  });

  it.each([
    ['embeds it', () => html(`<iframe src="${ADDRESS}"></iframe>`)],
    ['links to it', () => html(`<a href="${ADDRESS}/job/Springfield-IL/Posting-1_R1001">A job</a>`)],
  ])("of an employer's page that %s finds the board", async (_how, page) => {
    pages = (_method, url) => (url.pathname === '/careers' ? page() : null);
    const answer = await add('https://www.acme.example/careers');
    expect(answer).toMatchObject({ recognised: BOARD, identity: { agrees: true, employer: 'acme' } });
  });

  it.each([
    [
      'the front page names',
      '/en-us',
      () => ({ text: '<script>window.workday = window.workday || { tenant: "acme", siteId: "External" };</script>' }),
    ],
    ['the front page leads to', '/fr-FR', () => ({ status: 302, text: '', headers: { location: '/en-US/External' } })],
  ])('of a tenant and a language alone is the board that %s', async (_how, path, front) => {
    const site = workdaySite(front);
    pages = site;
    const answer = await add(`https://lakefront.wd5.myworkdayjobs.com${path}`, { name: 'Acme' });
    expect(answer.recognised).toEqual({
      ...BOARD,
      target: { ...BOARD.target, host: 'lakefront.wd5.myworkdayjobs.com', ...(path === '/fr-FR' ? { tenant: 'lakefront' } : {}) },
    });
    expect(answer.trial).toMatchObject({ outcome: 'complete', listed: 25 });
    expect(server.requests.filter(asked => asked.startsWith('GET') && !asked.includes('/wday/')).slice(0, 3)).toEqual([
      'GET lakefront.wd5.myworkdayjobs.com/robots.txt',
      `GET lakefront.wd5.myworkdayjobs.com${path}`,
      'GET lakefront.wd5.myworkdayjobs.com/',
    ]);
  });

  it('of a tenant and a language alone, whose pages name no site, is no board', async () => {
    pages = workdaySite(() => ({ text: '<title>Workday</title>' }));
    expect(await add('https://lakefront.wd5.myworkdayjobs.com/en-us')).toMatchObject({ recognised: null, trial: null });
  });

  it.skipIf(!browser)('of a page that only its scripts fill is opened in the browser', async () => {
    pages = (_method, url) =>
      url.pathname === '/careers'
        ? html(`<p id="at"></p><script>at.innerHTML = '<a href="https://acme.wd5' + '.myworkdayjobs.com/External">Jobs</a>';</script>`)
        : null;
    expect(await add('https://www.acme.example/careers')).toMatchObject({ recognised: BOARD });
  });

  it('of a page that names no board is no board', async () => {
    pages = () => html('<h1>About us</h1>');
    expect(await add('https://www.acme.example/')).toMatchObject({ recognised: null, refused: null, trial: null, written: false });
  });

  it.each([
    ['is not there', { status: 404, text: 'no' }, 'the address answers 404'],
    ['does not answer', { status: 503, text: 'no' }, 'acme.example answers 503'],
  ])('that %s says why', async (_what, given, why) => {
    pages = () => given;
    expect(await add('https://www.acme.example/careers')).toMatchObject({ recognised: null, refused: expect.stringContaining(why) });
  });

  it('of a system that robots.txt closes everywhere is refused in one sentence, and nobody is asked', async () => {
    const answer = await add('https://www.governmentjobs.com/careers/acmecounty');
    expect(answer).toMatchObject({ recognised: null, trial: null, written: false });
    expect(answer.refused).toMatch(/^this is a board of neogov, which is not read: the robots\.txt of .* closes it .* May 2024$/);
    expect(server.requests).toEqual([]);
  });

  it('of a board whose feed robots.txt forbids is read by the careers page, and by no request that is forbidden', async () => {
    const origin = 'https://acme.jobs.personio.de';
    const careers = await readFile(new URL('../fixtures/personio/careers.html', import.meta.url), 'utf8');
    const job = await readFile(new URL('../fixtures/personio/job.html', import.meta.url), 'utf8');
    pages = (_method, url) => ({ text: url.pathname === '/' ? careers.replaceAll('gangwerk.jobs', 'acme.jobs') : job });
    known(origin, 'User-agent: *\nDisallow: /xml\nDisallow: /search\n');
    const answer = await add(`${origin}/`);
    expect(answer.trial).toMatchObject({ outcome: 'partial', listed: 2 });
    expect(answer.trial?.postings.map(({ title }) => title)).toContain('Clinical Application Specialist');
    expect(answer.robots).toMatchObject([{ origin, allowed: true }]);
    expect(server.requests.filter(request => request.includes('/xml'))).toEqual([]);
  });

  it('that robots.txt forbids is not opened', async () => {
    const origin = 'https://www.acme.example';
    known(origin, 'User-agent: *\nDisallow: /');
    const answer = await add(`${origin}/careers`);
    expect(answer.refused).toMatch(/robots\.txt forbids it: line 2/);
    expect(server.requests).toEqual([]);
  });

  it('of a board that refuses the crawler, or is not there, needs attention; of one that is read it does not', async () => {
    expect(needsAttention(await add(ADDRESS, { name: 'Acme Health' }))).toBe(false);
    const gone = await add('https://jobs.lever.co/nobody');
    expect(gone.trial?.outcome).toBe('gone');
    expect(needsAttention(gone)).toBe(true);
    pages = () => ({ status: 403, text: '<html><title>Just a moment...</title><div id="cf-challenge">Checking your browser</div></html>' });
    const blocked = await add('https://jobs.lever.co/walled');
    expect(blocked.trial?.outcome).toBe('blocked');
    expect(needsAttention(blocked)).toBe(true);
  });

  it('inside the own network is refused', async () => {
    expect((await add('http://169.254.169.254/latest/')).refused).toMatch(/not a public address/);
    expect(server.requests).toEqual([]);
  });

  it('of a board system that is not read is named, and nobody is asked', async () => {
    const answer = await add('https://acme.silkroad.com/jobs');
    expect(answer).toMatchObject({ recognised: null, refused: 'this is SilkRoad, which Ombre does not read', trial: null });
  });

  it('of a site that is never crawled is refused by name, with the reason', () => {
    expect(refusal(new URL('https://www.linkedin.com/api/jobs'))).toMatchObject({
      recognised: null,
      refused: expect.stringMatching(/^LinkedIn is never crawled: /),
      written: false,
    });
    expect(refusal(new URL(ADDRESS))).toBeNull();
  });
});

describe('--apply', () => {
  it('writes a row that the registry reads', async () => {
    expect(await add(ADDRESS, { apply: true, name: 'Acme Health' })).toMatchObject({ written: true });
    const registry = await readRegistry(folder, await loadSystems());
    expect(registry.problems).toEqual([]);
    expect(registry.rows).toMatchObject([{ file: 'added.yaml', slug: 'acme-health', name: 'Acme Health', ...BOARD, enabled: true }]);
  });

  it('adds to what was added before', async () => {
    await writeFile(path.join(folder, 'added.yaml'), '- slug: other\n  name: Other\n  system: lever\n  target: { site: other }\n');
    await add(ADDRESS, { apply: true, name: 'Acme Health', slug: 'acme' });
    const registry = await readRegistry(folder, await loadSystems());
    expect(registry.problems).toEqual([]);
    expect(registry.rows.map(({ slug }) => slug)).toEqual(['other', 'acme']);
  });

  it('takes the name that the board tells when none is given', async () => {
    await add(ADDRESS, { apply: true });
    expect(await readFile(path.join(folder, 'added.yaml'), 'utf8')).toContain('name: Acme Health');
  });

  it('writes nothing for a board that is registered, another employer, or a board that cannot be read', async () => {
    await add(ADDRESS, { apply: true, name: 'Acme Health' });
    const before = await readFile(path.join(folder, 'added.yaml'), 'utf8');
    await expect(add(ADDRESS, { apply: true, name: 'Acme Health', slug: 'again' })).rejects.toThrow(
      /not registered yet \(acme-health in added\.yaml\)/,
    );
    await expect(add(ADDRESS, { apply: true, name: 'Globex' })).rejects.toThrow(/the name of the employer whose board this is/);
    await expect(add('https://jobs.lever.co/nobody', { apply: true, name: 'Nobody' })).rejects.toMatchObject({ code: 'E_SOURCE' });
    expect(await readFile(path.join(folder, 'added.yaml'), 'utf8')).toBe(before);
  });
});

describe('a registry that cannot be written', () => {
  it('is one mistake that names the folder, before the board is asked anything', async () => {
    await mkdir(path.join(folder, 'added.yaml'));
    await expect(add(ADDRESS, { apply: true, name: 'Acme Health' })).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringMatching(/SOURCES_DIR is .*; allowed: a folder in which added\.yaml can be written/),
    });
    expect(server.requests).toEqual([]);
  });

  const nobody = { uid: 65534, gid: 65534 };
  // Only root may run a command as somebody else, who must be able to read the program.
  const asNobody = process.getuid?.() === 0 && spawnSync(process.execPath, [MAIN, '--version'], { ...nobody, env: {} }).status === 0;
  it.runIf(asNobody)('ends the command with 2 and one sentence for a user who may only read it', async () => {
    await chmod(folder, 0o755);
    const database = await testDatabase();
    const command = ['sources', 'add', 'http://127.0.0.1:9/', '--apply', '--json'];
    const { code, out, err } = await runOmbre(command, { DATABASE_URL: database.url, SOURCES_DIR: folder }, nobody);
    await database.drop();
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^ombre: A setting has a value that is not allowed: SOURCES_DIR is .*\(EACCES: permission denied.*\)\n$/);
  });
});

describe('ombre sources add', () => {
  // Neither a database nor the network is needed to refuse.
  const run = (...args: string[]) => runOmbre(['sources', 'add', ...args], { OMBRE_HOME: path.join(folder, 'home'), SOURCES_DIR: folder });

  it('answers for a refused site in the form of the contract, with exit code 1', async () => {
    const { code, out } = await run('https://www.indeed.com/jobs?q=case+manager', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      recognised: null,
      refused: expect.stringMatching(/^Indeed is never crawled/),
      robots: [],
      trial: null,
      identity: null,
      written: false,
    });
    expect((await run('https://www.indeed.com/')).out).toMatch(/^Refused: Indeed is never crawled/);
  });

  it('says what an address is when it is given something else', async () => {
    const { code, out, err } = await run('acme', '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/url is "acme"; allowed: an http or https address/);
  });
});
