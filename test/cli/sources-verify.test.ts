import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openContactGround } from '../../src/app/contact-parts.ts';
import { firstContacts } from '../../src/app/first-contacts.ts';
import { applyMet, type Met, metOf, needsOperator } from '../../src/cli/_contacts.ts';
import { registryTexts } from '../../src/cli/_registry-files.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../src/crawlers/engine/memory-robots.ts';
import { readRegistry } from '../../src/crawlers/registry.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { keptContacts } from '../../src/store/visit/first-contacts.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type Answering, type BoardServer, loopbackTransport, serve, workdayBoard } from '../support/boards.ts';
import { testDatabase } from '../support/database.ts';
import { runOmbre, startOmbre } from './ombre-process.ts';

type Answer = ReturnType<Answering>;

const greenhouse = (board: string, company: string): Answer => ({
  json: {
    jobs: [1, 2].map(id => ({
      id,
      title: `Care Navigator ${id}`,
      company_name: company,
      absolute_url: `https://boards.greenhouse.io/${board}/jobs/${id}`,
      location: { name: 'Boise, ID' },
    })),
    meta: { total: 2 },
  },
});
const html = (text: string): Answer => ({ text: `<!doctype html><html><body>${text}</body></html>` });
const to = (location: string): Answer => ({ status: 302, text: '', headers: { location } });
const workday = workdayBoard(
  () => Array.from({ length: 25 }, (_, n) => n),
  n => `Case Manager ${n}`,
);

/** An answer of Workday whose postings name this employer. */
const named = (answer: Answer, name: string): Answer =>
  answer && { ...answer, json: { ...(answer.json as object), hiringOrganization: { name } } };

/** Boards of invented employers in every state a row of paper may find them in. */
const BOARDS: Record<string, string> = {
  acme: 'Acme Health',
  oldco: 'Oldco Therapy',
  newco: 'Newco Therapy',
  fresh: 'Fresh Therapy',
  look: 'Globex Software',
  taken: 'Globex Software',
};
const world: Answering = (method, url, body) => {
  const [host, first] = [url.host, url.pathname.split('/')[1]];
  if (host === 'boards-api.greenhouse.io') {
    const board = url.pathname.split('/')[3] ?? '';
    if (board === 'no-more') return { status: 410, text: '' };
    if (board === 'stale') return greenhouse('fresh', 'Fresh Therapy');
    return BOARDS[board] ? greenhouse(board, BOARDS[board]) : null;
  }
  if (host === 'brook.wd5.myworkdayjobs.com') {
    if (url.pathname === '/') return to('/en-US/Careers');
    if (first === 'en-US') return html('Careers');
    return url.pathname.includes('/brook/Careers/') ? workday(method, url, body) : null;
  }
  if (host === 'glob.wd5.myworkdayjobs.com') return named(workday(method, url, body), 'Globex Software');
  if (host === 'zzp.wd5.myworkdayjobs.com') return named(workday(method, url, body), 'Part Home Health of Ohio LLC');
  if (host === 'houses.wd5.myworkdayjobs.com') return named(workday(method, url, body), `House ${url.pathname.slice(-2)} LLC`);
  if (host.endsWith('.myworkdayjobs.com')) return workday(method, url, body);
  if (host === 'oldco.bamboohr.com') return to('https://boards.greenhouse.io/oldco');
  if (host === 'taken.bamboohr.com') return to('https://boards.greenhouse.io/taken');
  if (host === 'left.bamboohr.com') return to('https://www.bamboohr.com/');
  if (host === 'www.bamboohr.com') return html('<a href="https://boards.greenhouse.io/look">We are hiring</a>');
  if (host === 'newco.applytojob.com') return html('We have moved: <a href="https://boards.greenhouse.io/newco">all jobs</a>');
  if (host === 'riddle.applytojob.com') return html('Welcome');
  if (host === 'walled.breezy.hr') return { status: 403, text: '<title>Just a moment...</title><div id="challenge-form"></div>' };
  if (host === 'shut.breezy.hr') return { status: 403, text: 'no' };
  if (host === 'quiet.pinpointhq.com') return { silent: true, text: '' };
  return null;
};
const rules: Answering = (_method, url) =>
  url.host === 'careers-fern.icims.com' ? { text: 'User-agent: *\nAllow: /about\nDisallow: /jobs' } : null;

const ROWS: [slug: string, name: string, system: string, target: string][] = [
  ['acme', 'Acme Health', 'greenhouse', '{ board: acme }'],
  ['acme-wd', 'Acme Health', 'workday', '{ host: "flr.wd5.myworkdayjobs.com", tenant: "flr", site: "Jobs" }'],
  ['oldco', 'Oldco Therapy', 'bamboohr', '{ company: oldco }'],
  ['newco', 'Newco Therapy', 'jazzhr', '{ company: newco }'],
  ['stale', 'Fresh Therapy', 'greenhouse', '{ board: stale }'],
  ['brook', 'Brook Rehab', 'workday', '{ host: "brook.wd5.myworkdayjobs.com", tenant: "brook", site: "Old" }'],
  ['nobody', 'Nobody Clinic', 'greenhouse', '{ board: nobody }'],
  ['no-more', 'No More Clinic', 'greenhouse', '{ board: no-more }'],
  ['glob', 'Fernleaf Rehabilitation', 'workday', '{ host: "glob.wd5.myworkdayjobs.com", tenant: "zz1", site: "Jobs" }'],
  ['part', 'Part Care Group', 'workday', '{ host: "zzp.wd5.myworkdayjobs.com", tenant: "zz2", site: "Jobs" }'],
  ['houses', 'Fernleaf Hospitals', 'workday', '{ host: "houses.wd5.myworkdayjobs.com", tenant: "zz3", site: "Jobs" }'],
  ['left', 'Left Clinic', 'bamboohr', '{ company: left }'],
  ['fern', 'Fernleaf', 'icims', '{ host: "careers-fern.icims.com" }'],
  ['look-alike', 'Lookout Therapy', 'greenhouse', '{ board: look }'],
  ['taken', 'Taken Over Clinic', 'bamboohr', '{ company: taken }'],
  ['walled', 'Walled Clinic', 'breezy', '{ company: walled }'],
  ['shut', 'Shut Clinic', 'breezy', '{ company: shut }'],
  ['riddle', 'Riddle Clinic', 'jazzhr', '{ company: riddle }'],
  ['quiet', 'Quiet Clinic', 'pinpoint', '{ company: quiet }'],
];
const rowText = ([slug, name, system, target]: (typeof ROWS)[number]) =>
  `- slug: ${slug}\n  name: "${name}" # checked\n  system: ${system}\n  target: ${target}   # as pasted\n  paths: [education,  sales]\n`;
const TEXT = `# Everybody\n${ROWS.map(rowText).join('\n# next\n')}`;

let server: BoardServer;
let fetcher: Fetcher;
let folder: string;
const systems = await loadSystems();

beforeAll(async () => {
  server = await serve(world, 5, rules);
});
afterAll(() => server.close());
beforeEach(async () => {
  server.requests.length = 0;
  server.mostAtOnce.clear();
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-verify-'));
  await writeFile(path.join(folder, 'rows.yaml'), TEXT);
  fetcher = createEngine({
    config: readConfig({ CRAWL_DELAY_MS: '0', REQUEST_TIMEOUT_MS: '1500' }),
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    transport: loopbackTransport(server.origin),
    backoffMs: 1,
  });
});
afterEach(async () => {
  await fetcher.close();
  await rm(folder, { recursive: true });
});

const text = () => readFile(path.join(folder, 'rows.yaml'), 'utf8');

/** First contact with the rows of these slugs, or all. */
async function meet(...slugs: string[]) {
  const texts = await registryTexts(folder);
  const { rows, problems } = await readRegistry(folder, systems);
  expect(problems).toEqual([]);
  const chosen = rows.filter(row => slugs.length === 0 || slugs.includes(row.slug));
  const { signal } = new AbortController();
  const { contacts, error } = await firstContacts(chosen, { systems, fetcher, signal, concurrency: 4 });
  expect(error).toBeNull();
  return { met: metOf(contacts, rows, '2026-11-29'), texts };
}

const one = async (slug: string): Promise<Met> => (await meet(slug)).met[0]!;

describe('first contact with a board', () => {
  it('that lists and is the employer’s is healthy, for robots.txt and one list page', async () => {
    expect(await one('acme')).toMatchObject({
      result: 'healthy',
      listed: 2,
      total: 2,
      identity: { agrees: true },
      to: null,
      change: null,
      todo: '',
    });
    expect(server.requests).toEqual(['GET boards-api.greenhouse.io/robots.txt', 'GET boards-api.greenhouse.io/v1/boards/acme/jobs']);
  });

  it('whose rows and address do not name the employer reads one detail', async () => {
    expect(await one('acme-wd')).toMatchObject({ result: 'healthy', listed: 20, total: 25, identity: { agrees: true } });
    expect(server.requests).toHaveLength(3);
  });

  it('of which three postings name one other employer is foreign, and a single one or a part of the employer is not', async () => {
    expect(await one('glob')).toMatchObject({ result: 'foreign', change: { disabled: expect.stringContaining('Globex Software') } });
    expect(server.requests.filter(request => request.includes('/job/'))).toHaveLength(3);
    for (const slug of ['part', 'houses']) {
      expect(await one(slug)).toMatchObject({
        result: 'healthy',
        identity: { agrees: null },
        change: null,
        todo: expect.stringMatching(/^whose it is was not told: the board says "/),
      });
    }
  });

  it('that leads to another system is moved, with the new board', async () => {
    expect(await one('oldco')).toMatchObject({
      result: 'moved',
      to: { system: 'greenhouse', target: { board: 'oldco' }, adoptable: true, identity: { agrees: true } },
      change: { system: 'greenhouse', target: { board: 'oldco' } },
      todo: 'read it as greenhouse {"board":"oldco"}',
    });
  });

  it('whose page names another board that says it is the employer’s is moved', async () => {
    expect(await one('newco')).toMatchObject({ result: 'moved', change: { system: 'greenhouse', target: { board: 'newco' } } });
  });

  it('whose rows all name another board is moved there', async () => {
    expect(await one('stale')).toMatchObject({ result: 'moved', change: { system: 'greenhouse', target: { board: 'fresh' } } });
  });

  it('whose host has it under another name is renamed', async () => {
    const target = { host: 'brook.wd5.myworkdayjobs.com', tenant: 'brook', site: 'Careers' };
    expect(await one('brook')).toMatchObject({ result: 'renamed', change: { system: 'workday', target } });
  });

  it('that answers nothing but 404 or 410 is gone, and left to a person, as a maintenance or a wall may answer so', async () => {
    for (const slug of ['nobody', 'no-more']) {
      const met = await one(slug);
      expect(met).toMatchObject({ result: 'gone', bare: true, change: null, todo: expect.stringMatching(/^see in a browser/) });
      expect(needsOperator(met)).toBe(true);
    }
  });

  it('that its system does not know is gone, also where the vendor’s own page names boards of others', async () => {
    const left = await one('left');
    expect(left).toMatchObject({ result: 'gone', bare: false, to: null, change: { disabled: expect.stringMatching(/^gone on 2026/) } });
    expect(left.why).toContain('greenhouse {"board":"look"} is named there, and nothing says it is this employer\'s');
  });

  it('that robots.txt forbids is blocked, with the line that does it, and is asked only for what is allowed', async () => {
    const fern = await one('fern');
    expect(fern).toMatchObject({ result: 'blocked', change: { disabled: expect.stringMatching(/^blocked on 2026-11-29: /) } });
    expect(fern.why).toMatch(/line 3 of https:\/\/careers-fern\.icims\.com\/robots\.txt forbids \/jobs\/search \("Disallow: \/jobs"\)/);
    expect(server.requests).toEqual(['GET careers-fern.icims.com/robots.txt', 'GET careers-fern.icims.com/sitemap.xml']);
  });

  it('of another employer is foreign, in the words of the board', async () => {
    expect(await one('look-alike')).toMatchObject({
      result: 'foreign',
      change: { disabled: `another employer's board, seen on 2026-11-29: the board says "Globex Software", not "Lookout Therapy"` },
    });
  });

  it('that leads to a board of another employer is not adopted', async () => {
    expect(await one('taken')).toMatchObject({
      result: 'moved',
      to: { target: { board: 'taken' }, adoptable: false, identity: { employer: 'Taken Over Clinic' } },
    });
  });

  it.each([
    ['walled', 'challenge', /Cloudflare stands in front/],
    ['shut', 'refused', /HTTP 403: the host refuses/],
    ['riddle', 'unknown', /the page has no listing of jobs/],
    ['quiet', 'failed', /took longer than 1500 ms/],
  ])('of %s is %s and changes nothing', async (slug, result, why) => {
    const met = await one(slug);
    expect(met).toMatchObject({ result, why: expect.stringMatching(why), change: null, to: null });
    expect(needsOperator(met)).toBe(true);
  });

  it('of one host is one after the other, row by row, while other hosts are asked', async () => {
    const { met } = await meet();
    expect(met.map(({ slug }) => slug)).toEqual(ROWS.map(([slug]) => slug));
    for (const [host, most] of server.mostAtOnce) expect([host, most]).toEqual([host, 1]);
    // All tenants of a system share one turn; no row of theirs begins before the one ahead of it is done.
    const tenants = server.requests.flatMap(request => /\b(\w+)\.bamboohr\.com/.exec(request)?.[1] ?? []).filter(name => name !== 'www');
    expect(tenants.filter((name, at) => name !== tenants[at - 1])).toEqual(['oldco', 'left', 'taken']);
    const isQuiet = (request: string) => request === 'GET quiet.pinpointhq.com/postings.json';
    const meanwhile = server.requests.slice(server.requests.findIndex(isQuiet), server.requests.findLastIndex(isQuiet));
    expect(meanwhile.filter(request => !isQuiet(request)).length).toBeGreaterThan(5);
  });
});

describe('--apply', () => {
  it('writes what was learnt, and every other line stays to the letter', async () => {
    const { met, texts } = await meet();
    const lines = await applyMet(folder, texts, met);
    const off = (slug: string) => (met.find(row => row.slug === slug)!.change as { disabled: string }).disabled;
    const disabled = ['glob', 'left', 'fern', 'look-alike'];
    const expected = ROWS.map(row => {
      const [slug] = row;
      const plain = rowText(row);
      if (slug === 'oldco') return plain.replace('bamboohr', 'greenhouse').replace('{ company: oldco }', '{ board: "oldco" }');
      if (slug === 'newco') return plain.replace('jazzhr', 'greenhouse').replace('{ company: newco }', '{ board: "newco" }');
      if (slug === 'stale') return plain.replace('{ board: stale }', '{ board: fresh }');
      if (slug === 'brook') return plain.replace('"Old"', '"Careers"');
      return disabled.includes(slug) ? `${plain}  disabled: ${JSON.stringify(off(slug))}\n` : plain;
    });
    expect(await text()).toBe(`# Everybody\n${expected.join('\n# next\n')}`);
    expect((await readRegistry(folder, systems)).problems).toEqual([]);
    expect(await readdir(folder)).toEqual(['rows.yaml']);
    expect(lines).toHaveLength(8);
    expect(lines).toContain(
      'brook: is read as workday {"host":"brook.wd5.myworkdayjobs.com","tenant":"brook","site":"Careers"} from now on, in rows.yaml',
    );
    expect(met.filter(needsOperator).map(({ slug }) => slug)).toEqual(['nobody', 'no-more', 'taken', 'walled', 'shut', 'riddle', 'quiet']);
  });

  it('leaves a file alone that somebody changed meanwhile', async () => {
    const { met, texts } = await meet('oldco', 'left');
    await writeFile(path.join(folder, 'rows.yaml'), `${TEXT}# by hand\n`);
    const lines = await applyMet(folder, texts, met);
    expect(await text()).toBe(`${TEXT}# by hand\n`);
    expect(lines).toEqual([
      expect.stringMatching(/^oldco: NOT written: .*nobody changes meanwhile/),
      expect.stringMatching(/^left: NOT written: /),
    ]);
    expect(met.every(needsOperator)).toBe(true);
    expect(await readdir(folder)).toEqual(['rows.yaml']);
  });

  it('leaves two rows of one slug alone, and names it', async () => {
    const twin = '- slug: left\n  name: Left Clinic\n  system: unheard\n  target: {}\n\n';
    await writeFile(path.join(folder, 'rows.yaml'), `${twin}${TEXT}`);
    const texts = await registryTexts(folder);
    const { rows } = await readRegistry(folder, systems);
    const { signal } = new AbortController();
    const { contacts } = await firstContacts(
      rows.filter(({ slug }) => slug === 'left'),
      { systems, fetcher, signal, concurrency: 4 },
    );
    expect(await applyMet(folder, texts, metOf(contacts, rows, '2026-11-29'))).toEqual([
      'left: NOT written: 2 rows have the slug left; keep one, then run the command again (rows.yaml)',
    ]);
    expect(await text()).toBe(`${twin}${TEXT}`);
  });

  it('never makes two rows of one board', async () => {
    const twin = rowText(['oldco-new', 'Oldco Therapy', 'greenhouse', '{ board: oldco }']);
    await writeFile(path.join(folder, 'rows.yaml'), `${TEXT}\n${twin}`);
    expect(await one('oldco')).toMatchObject({
      result: 'moved',
      change: null,
      todo: 'remove this row: its board is now greenhouse {"board":"oldco"}, which oldco-new reads',
    });
  });
});

describe('ombre sources verify', () => {
  // The command as it is reaches loopback for sites that are read by selectors.
  const site: Answering = (_method, url) => {
    if (url.pathname === '/open') return html('<p class="job"><a href="/jobs/1">Care Navigator</a></p>');
    if (url.pathname === '/jobs/1') return html('<h1>Care Navigator</h1>');
    return url.pathname === '/silent' ? { silent: true } : null;
  };
  const closed: Answering = () => ({ text: 'User-agent: *\nDisallow: /closed' });
  let sites: BoardServer[];
  let home: string;
  beforeEach(async () => {
    home = path.join(folder, 'home');
    sites = [await serve(site, 0, closed), await serve(site)];
    await writeFile(path.join(folder, 'rows.yaml'), [row('open', 0), row('away', 0), row('closed', 0)].join('\n'));
  });
  afterEach(() => Promise.all(sites.map(one => one.close())));

  const row = (slug: string, at: number) =>
    `- slug: ${slug}\n  name: Fernleaf\n  system: html\n  target: { list: "${sites[at]!.origin}/${slug}", item: ".job", title: "a" }\n`;
  const env = () => ({
    SOURCES_DIR: folder,
    OMBRE_HOME: home,
    CRAWL_DELAY_MS: '0',
    ALLOW_PRIVATE_HOSTS: sites.map(one => new URL(one.origin).host).join(','),
  });
  const verify = (args: string[], more: Record<string, string> = {}) => runOmbre(['sources', 'verify', ...args], { ...env(), ...more });

  it('works without a database, makes none, writes nothing, and ends with 1 where somebody is needed', async () => {
    const before = await text();
    const { code, out, err } = await verify(['--json']);
    expect([code, err]).toEqual([1, 'every row counts as unverified: there is no database yet\n']);
    const { rows, stopped } = JSON.parse(out);
    expect(stopped).toBe(false);
    expect(rows.map((met: Met) => [met.slug, met.result, met.listed, met.written])).toEqual([
      ['open', 'healthy', 1, false],
      ['away', 'gone', 0, false],
      ['closed', 'blocked', 0, false],
    ]);
    expect(await text()).toBe(before);
    expect(existsSync(home)).toBe(false);
    expect(await verify(['open'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 row asked: 1 healthy.\nNothing was written.'),
    });
  });

  it('says row by row what --apply wrote, leaves a mere 404 to a person, and asks nobody twice for what is written', async () => {
    const { code, out } = await verify(['--apply']);
    expect(code).toBe(1);
    expect(out).toMatch(/^closed +html +blocked +nothing: it is written, see below$/m);
    expect(out).toMatch(/closed: disabled \(blocked on \d{4}-\d\d-\d\d: .*\), in rows\.yaml/);
    expect(out).toMatch(/^away +html +gone +see in a browser whether it is gone for good, .*: HTTP 404$/m);
    expect(out).toContain("Healthy rows need no line: a crawl's first complete visit verifies them.");
    expect((await readRegistry(folder, systems)).rows.map(({ slug, enabled }) => [slug, enabled])).toEqual([
      ['open', true],
      ['away', true],
      ['closed', false],
    ]);
    sites[0]!.requests.length = 0;
    expect((await verify(['--apply'])).out).toContain('2 rows asked: 1 healthy, 1 gone.');
    expect(sites[0]!.requests.filter(request => request.includes('closed'))).toEqual([]);
  });

  it('leaves out what a visit has read whole, unless --all is given or the row names another board by now', async () => {
    const database = await testDatabase();
    const { rows } = await readRegistry(folder, systems);
    await putSources(database.db, rows);
    await database.db.updateTable('sources').set({ last_complete_at: new Date() }).where('slug', '=', 'open').execute();
    const asked = async (...args: string[]) => {
      const { out, err } = await verify([...args, '--json'], { DATABASE_URL: database.url });
      expect(err).toBe('');
      return JSON.parse(out).rows.map((met: Met) => met.slug);
    };
    expect(await asked()).toEqual(['away', 'closed']);
    expect(await asked('--all')).toEqual(['open', 'away', 'closed']);
    const ground = await openContactGround(readConfig({ DATABASE_URL: database.url }));
    const [open, away] = rows;
    expect([open!, away!, { ...open!, target: { site: 'other' } }].map(ground.isVerified)).toEqual([true, false, false]);
    await ground.close();
    // What was found is kept for the desk where it is applied, and nowhere else.
    const there = { DATABASE_URL: database.url };
    expect(await keptContacts(database.db)).toEqual(new Map());
    await verify(['away', '--apply'], there);
    expect([...(await keptContacts(database.db)).values()]).toMatchObject([
      { slug: 'away', result: 'gone', why: 'HTTP 404', todo: expect.stringContaining('see in a browser') },
    ]);
    const shown = JSON.parse((await runOmbre(['sources', 'unverified', '--json'], { ...env(), ...there })).out);
    expect(shown).toMatchObject([
      { slug: 'away', file: 'rows.yaml', contact: { result: 'gone' }, visit: null },
      { slug: 'closed', contact: null },
    ]);
    await database.drop();
  });

  it('says in one sentence that a database which is set is away, before anybody is asked', async () => {
    const before = await text();
    for (const args of [[], ['--all', '--apply'], ['open', '--json']])
      expect(await verify(args, { DATABASE_URL: 'postgres://ombre:x@127.0.0.1:1/ombre' })).toEqual({
        code: 3,
        out: '',
        err: 'ombre: Postgres does not answer: connect ECONNREFUSED 127.0.0.1:1\n',
      });
    expect(sites[0]!.requests).toEqual([]);
    expect(await text()).toBe(before);
  });

  it('names a slug that no row has, and a file that cannot be written, before anybody is asked', async () => {
    expect(await verify(['opne'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/source is "opne"; allowed: .*open/) });
    expect(sites[0]!.requests).toEqual([]);
  });

  it('that is stopped prints what was found until then and writes nothing', async () => {
    await writeFile(path.join(folder, 'rows.yaml'), [row('away', 0), row('silent', 1)].join('\n'));
    const before = await text();
    const process = startOmbre(['sources', 'verify', '--apply'], env());
    let out = '';
    process.child.stdout?.on('data', chunk => {
      out += chunk;
    });
    await process.until(
      () =>
        sites[0]!.requests.some(request => request.includes('/away')) && sites[1]!.requests.some(request => request.includes('/silent')),
    );
    await sleep(500);
    expect(await process.ended('SIGINT')).toBe(1);
    expect(out).toMatch(/^away +html +gone /m);
    expect(out).toContain('Stopped after 1 of 2 rows.\nNothing was written');
    expect(process.said()).toMatch(/stopped before it was done/);
    expect(await text()).toBe(before);
    expect(await readdir(folder)).toEqual(['rows.yaml']);
  });
});
