import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type Answering, type BoardServer, boardEngine, serve, workdayBoard } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let server: BoardServer;
let fetcher: Fetcher;
let source: Source;
let answer: Answering;
let time = Date.parse('2026-11-22T08:00:00Z');
let serial = 0;

beforeAll(async () => {
  database = await testDatabase();
  server = await serve((...request) => answer(...request));
  fetcher = boardEngine(server.origin);
});
afterAll(async () => {
  await fetcher?.close();
  await server?.close();
  await database?.drop();
});
beforeEach(async () => {
  serial += 1;
  server.requests.length = 0;
  const target = { host: `acme${serial}.wd5.myworkdayjobs.com`, tenant: `acme${serial}`, site: 'External' };
  [source] = (await putSources(database.db, [
    {
      slug: `acme-${serial}`,
      name: 'Acme Health',
      system: 'workday',
      target,
      enabled: true,
      disabledReason: null,
      everyMinutes: 60,
      notes: null,
    },
  ])) as [Source];
});

const title = (n: number) => `Utilization Review Therapist ${n}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const listedRows = (numbers: number[]) =>
  numbers.map(n => ({
    title: title(n),
    externalPath: `/job/Springfield-IL/Posting-${n}_R${1000 + n}`,
    locationsText: 'Springfield, IL',
    bulletFields: [`R${1000 + n}`],
  }));

async function visit(hours = 1) {
  time += hours * 3_600_000;
  const clock = () => new Date(time);
  const report = await visitor({ db: database.db, systems: await loadSystems() }, fetcher, { clock })(
    source.id,
    new AbortController().signal,
  );
  if (!report) throw new Error('the source was not visited');
  return report;
}

const rows = () => database.db.selectFrom('postings').selectAll().where('source_id', '=', source.id).orderBy('key').execute();

test('a first visit stores every posting with its text, a second one asks for list pages only and changes nothing but last_seen', async () => {
  answer = workdayBoard(() => upTo(45), title);
  const first = await visit();
  expect(first).toMatchObject({
    outcome: 'complete',
    details: { wanted: 45, read: 45, failed: 0 },
    postings: { listed: 45, new: 45, closed: 0 },
  });
  const before = await rows();
  expect(before.every(row => row.has_body && row.relevance === 'nonclinical')).toBe(true);
  server.requests.length = 0;
  const second = await visit();
  expect(second).toMatchObject({
    outcome: 'complete',
    requests: 3,
    details: { wanted: 0 },
    postings: { unchanged: 45, new: 0, changed: 0 },
  });
  expect(server.requests.filter(request => request.startsWith('GET') && !request.endsWith('robots.txt'))).toEqual([]);
  const after = await rows();
  const still = (row: (typeof before)[number]) => ({ ...row, last_seen: null });
  expect(after.map(still)).toEqual(before.map(still));
  expect(after.every((row, i) => row.last_seen > (before[i]?.last_seen ?? row.last_seen))).toBe(true);
});

test('a posting that left a whole listing is closed, and reopened under its id when it is back', async () => {
  let listed = upTo(8);
  answer = workdayBoard(() => listed, title);
  await visit();
  listed = upTo(7);
  expect((await visit()).postings.closed).toBe(1);
  const closed = (await rows()).find(row => row.closed_at);
  expect(closed).toMatchObject({ closed_reason: 'not_listed', title: title(7) });
  listed = upTo(8);
  await visit();
  const back = (await rows()).find(row => row.id === closed?.id);
  expect(back).toMatchObject({ closed_at: null, closed_reason: null, first_seen: closed?.first_seen });
  expect(back?.reopened_at).toBeInstanceOf(Date);
});

test('a board that loses most of its postings is held, and believed the second time', async () => {
  let listed = upTo(20);
  answer = workdayBoard(() => listed, title);
  await visit();
  listed = upTo(4);
  expect(await visit()).toMatchObject({ outcome: 'suspicious', postings: { closed: 0, held: 16 } });
  expect((await rows()).filter(row => row.closed_at)).toHaveLength(0);
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { closed: 16, held: 0 } });
});

test('a listing that says more than it gives is partial and closes nothing', async () => {
  answer = workdayBoard(() => upTo(12), title);
  await visit();
  const whole = workdayBoard(() => upTo(3), title);
  answer = (method, url, body) => {
    const given = whole(method, url, body);
    if (method === 'POST') (given?.json as { total: number }).total = 15;
    return given;
  };
  const report = await visit();
  expect(report).toMatchObject({ outcome: 'partial', postings: { closed: 0 } });
  expect(report.reason).toContain('15');
});

test.each([
  [
    'a challenge page',
    { status: 403, text: '<html><title>Just a moment...</title><div id="cf-challenge">Checking your browser</div></html>' },
    'blocked',
  ],
  ['an empty answer', { text: '' }, 'failed'],
  ['half a JSON answer', { text: '{"total":12,"jobPost' }, 'failed'],
  ['a page of something else', { text: '<html><body>Welcome to our new site</body></html>' }, 'failed'],
  ['a board that is gone', { status: 404, json: { errorCode: 'HTTP_404' } }, 'gone'],
] as const)('%s closes nothing', async (_name, given, outcome) => {
  answer = workdayBoard(() => upTo(9), title);
  await visit();
  answer = () => given;
  const report = await visit();
  expect(report).toMatchObject({ outcome, postings: { closed: 0 } });
  expect(report.reason).not.toBe('');
  expect((await rows()).filter(row => row.closed_at)).toHaveLength(0);
});

const AWAY = '<html><body><h1>We are down for scheduled maintenance.</h1></body></html>';

test.each([404, 200])('a maintenance page under %i closes nothing, and is the trouble of the host', async status => {
  answer = workdayBoard(() => upTo(4), title);
  await visit();
  answer = () => ({ status, text: AWAY, headers: { 'content-type': 'text/html' } });
  const report = await visit();
  expect(report).toMatchObject({ outcome: 'failed', postings: { closed: 0 } });
  expect(report.reason).toContain('maintenance page');
});

test('details that are away for maintenance are the trouble of the host: the rest is left alone, and all are read the next time', async () => {
  const board = workdayBoard(() => upTo(8), title);
  answer = (method, url, body) => (method === 'POST' ? board(method, url, body) : { status: 404, text: AWAY });
  const away = await visit();
  expect(away).toMatchObject({ outcome: 'complete', details: { wanted: 8, read: 0, failed: 8 } });
  expect(away.requests).toBeLessThan(8);
  answer = board;
  expect(await visit()).toMatchObject({ details: { wanted: 8, read: 8 }, postings: { closed: 0 } });
});

test('a detail that cannot be read is counted and tried again, and one that is gone closes its posting', async () => {
  const board = workdayBoard(() => upTo(4), title);
  let broken = true;
  answer = (method, url, body) => (broken && url.pathname.endsWith('R1002') ? { text: 'oops' } : board(method, url, body));
  expect(await visit()).toMatchObject({ outcome: 'complete', details: { wanted: 4, read: 3, failed: 1 } });
  expect((await rows()).find(row => row.title === title(2))).toMatchObject({ has_body: false, closed_at: null });
  broken = false;
  expect(await visit()).toMatchObject({ details: { wanted: 1, read: 1, failed: 0 } });
  expect((await rows()).every(row => row.has_body)).toBe(true);
});

test('what triage finds not worth a detail costs no request, and is remembered', async () => {
  answer = workdayBoard(
    () => upTo(6),
    n => (n % 2 ? title(n) : `Line Cook ${n}`),
  );
  const report = await visit();
  expect(report).toMatchObject({ outcome: 'complete', details: { wanted: 3, read: 3 }, postings: { listed: 6, new: 6 } });
  const dropped = (await rows()).filter(row => row.triage === 'drop');
  expect(dropped).toHaveLength(3);
  expect(dropped.every(row => row.triage_version && row.relevance === null)).toBe(true);
  expect(await visit()).toMatchObject({ details: { wanted: 0 }, postings: { unchanged: 6 } });
});

test('who employs decides whether the page of a bare therapist is read', async () => {
  answer = workdayBoard(
    () => upTo(2),
    () => 'Physical Therapist',
  );
  expect(await visit()).toMatchObject({ details: { wanted: 0 }, postings: { new: 2 } });
  await putSources(database.db, [{ ...source, disabledReason: null, everyMinutes: 60, domain: 'health-insurer' }]);
  expect(await visit()).toMatchObject({ details: { wanted: 2, read: 2 } });
});

test('two visits of one source at the same time are one visit', async () => {
  answer = workdayBoard(() => upTo(5), title);
  const run = visitor({ db: database.db, systems: await loadSystems() }, fetcher);
  const reports = await Promise.all([1, 2].map(() => run(source.id, new AbortController().signal)));
  expect(reports.filter(report => report !== null)).toHaveLength(1);
  expect(await rows()).toHaveLength(5);
});

test('a listing far below the usual is held although it is more than half of what is open', async () => {
  let listed = upTo(30);
  answer = workdayBoard(() => listed, title);
  for (let n = 0; n < 4; n += 1) await visit();
  listed = upTo(19);
  const report = await visit();
  expect(report).toMatchObject({ outcome: 'suspicious', postings: { closed: 0, held: 11 } });
  expect(report.reason).toContain('30 is usual');
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { closed: 11 } });
});

test('a sampled listing closes a posting only when its own page was gone twice, a day apart', async () => {
  const job = (n: number) => ({
    id: n,
    url: `https://remotive.com/remote-jobs/writing/posting-${n}`,
    title: `Medical Writer ${n}`,
    company_name: 'Acme Words',
    category: 'Writing',
    tags: [],
    job_type: 'full_time',
    publication_date: '2026-11-20T08:00:00',
    candidate_required_location: 'USA',
    salary: '',
    description: '<p>Write about rehabilitation for therapists.</p>',
  });
  let listed = [1, 2, 3];
  let gone: number[] = [];
  answer = (_method, url) => {
    if (url.pathname.startsWith('/api'))
      return { json: { 'job-count': listed.length, 'total-job-count': listed.length, jobs: listed.map(job) } };
    const number = Number(url.pathname.split('-').at(-1));
    return gone.includes(number) ? null : { text: `<html><title>Posting ${number}</title></html>` };
  };
  const { db } = database;
  await db.updateTable('sources').set({ system: 'remotive', target: '{"category":"writing"}' }).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { new: 3 } });
  listed = [1];
  gone = [3];
  expect((await visit(25)).postings.closed).toBe(0);
  expect((await visit(1)).postings.closed).toBe(0);
  expect((await visit(25)).postings.closed).toBe(1);
  const closed = (await rows()).filter(row => row.closed_at);
  expect(closed).toMatchObject([{ title: 'Medical Writer 3', closed_reason: 'source_says_gone' }]);
});

test('most pages of unseen postings gone at once are held, and believed when they are gone the next time they are looked at', async () => {
  const job = (id: number) => ({
    id,
    url: `https://remotive.com/remote-jobs/writing/posting-${id}`,
    title: title(id),
    company_name: 'Acme',
  });
  let listed = upTo(30);
  answer = (_method, url) =>
    url.pathname.startsWith('/api')
      ? { json: { 'job-count': listed.length, 'total-job-count': listed.length, jobs: listed.map(job) } }
      : null;
  const remotive = { system: 'remotive', target: '{"category":"writing"}' };
  await database.db.updateTable('sources').set(remotive).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { new: 30 } });
  listed = upTo(22);
  expect(await visit(25)).toMatchObject({ outcome: 'complete', postings: { closed: 0, held: 0 } });
  expect(await visit(25)).toMatchObject({ outcome: 'suspicious', postings: { closed: 0, held: 8 } });
  // Nobody looks at them again within a day, and they are held on.
  expect(await visit(1)).toMatchObject({ outcome: 'complete', postings: { closed: 0, held: 8 } });
  expect(await visit(25)).toMatchObject({ outcome: 'complete', postings: { closed: 8, held: 0 } });
});

test('most details of a board gone at once are held, and believed the second time', async () => {
  let texts = title;
  let gone = 0;
  const board = workdayBoard(
    () => upTo(20),
    n => texts(n),
  );
  answer = (method, url, body) => {
    const number = Number(/_R1(\d+)$/.exec(url.pathname)?.[1] ?? 999);
    return method !== 'POST' && number < gone ? { status: 404, json: { errorCode: 'HTTP_404' } } : board(method, url, body);
  };
  await visit();
  // Titles that changed are asked for anew.
  texts = n => `${title(n)} II`;
  gone = 8;
  expect(await visit()).toMatchObject({ outcome: 'complete', details: { wanted: 20 }, postings: { closed: 8 } });
  texts = n => `${title(n)} III`;
  gone = 20;
  expect(await visit()).toMatchObject({ outcome: 'suspicious', postings: { closed: 0, held: 12 } });
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { closed: 12, held: 0 } });
});

test('pages of unseen postings that are away for maintenance are no pages that are gone', async () => {
  const job = (id: number) => ({
    id,
    url: `https://remotive.com/remote-jobs/writing/posting-${id}`,
    title: title(id),
    company_name: 'Acme',
  });
  let listed = [1, 2];
  answer = (_method, url) =>
    url.pathname.startsWith('/api')
      ? { json: { 'job-count': listed.length, 'total-job-count': listed.length, jobs: listed.map(job) } }
      : { status: 404, text: AWAY, headers: { 'content-type': 'text/html' } };
  const remotive = { system: 'remotive', target: '{"category":"writing"}' };
  await database.db.updateTable('sources').set(remotive).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'complete', postings: { new: 2 } });
  listed = [1];
  for (let n = 0; n < 3; n += 1) expect((await visit(25)).postings.closed).toBe(0);
});

test('a board that stays partial closes a posting only when the system said twice, a day apart, that it is gone', async () => {
  const job = (id: number) => ({
    id,
    title: `Medical Writer ${id}`,
    absolute_url: `https://boards.greenhouse.io/acme/jobs/${id}`,
    location: { name: 'Denver, CO' },
    content: '&lt;p&gt;Write about rehabilitation for therapists.&lt;/p&gt;',
  });
  let listed = [1, 2, 3];
  let gone: number[] = [];
  answer = (_method, url) => {
    // It always counts more than it shows.
    if (url.pathname === '/v1/boards/acme/jobs') return { json: { jobs: listed.map(job), meta: { total: 9 } } };
    const id = Number(url.pathname.split('/').at(-1));
    return gone.includes(id) ? null : { json: job(id) };
  };
  await database.db.updateTable('sources').set({ system: 'greenhouse', target: '{"board":"acme"}' }).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'partial', postings: { new: 3 } });
  listed = [1];
  gone = [3];
  expect((await visit(25)).postings.closed).toBe(0);
  expect((await visit(25)).postings.closed).toBe(1);
  expect((await rows()).filter(row => row.closed_at)).toMatchObject([{ title: 'Medical Writer 3', closed_reason: 'source_says_gone' }]);
});

test('unseen postings of a partial board are asked of the system itself, whose public pages answer 200 for removed ones', async () => {
  const host = new URL('https://acme.wd5.myworkdayjobs.com').host;
  let listed = upTo(4);
  let removed: number[] = [];
  const board = workdayBoard(() => upTo(4).filter(n => !removed.includes(n)), title);
  answer = (method, url, body) => {
    if (method === 'POST') return { json: { total: 9, jobPostings: listedRows(listed), facets: [] } };
    if (!url.pathname.startsWith('/wday/cxs/')) return { text: '<html><title>This job is not there any more</title></html>' };
    // A withdrawn posting, as Workday's interface tells it.
    return board(method, url, body)?.status === 404
      ? { status: 403, json: { errorCode: 'S22', httpStatus: 403 } }
      : board(method, url, body);
  };
  const target = JSON.stringify({ host, tenant: 'acme', site: 'External' });
  await database.db.updateTable('sources').set({ target }).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'partial', postings: { new: 4 } });
  listed = [0];
  removed = [2, 3];
  server.requests.length = 0;
  expect((await visit(25)).postings.closed).toBe(0);
  expect((await visit(25)).postings.closed).toBe(2);
  expect(server.requests.filter(request => !request.includes('/wday/cxs/'))).toEqual([]);
  expect((await rows()).filter(row => row.closed_at).map(row => row.title)).toEqual([title(2), title(3)]);
});

test('an unseen posting whose address leads to the front page of its board twice, a day apart, is closed', async () => {
  const host = 'careers.acme.example';
  const item = (id: number) =>
    `<item><title>${title(id)} (Aurora, IL, US)</title><link>https://${host}/job/Therapist/140211000${id}/</link><description>Review of therapy requests.</description></item>`;
  let listed = [1, 2, 3];
  answer = (_method, url) => {
    if (url.pathname === '/services/rss/job/')
      return { text: `<?xml version="1.0"?><rss version="2.0"><channel>${listed.map(item).join('')}</channel></rss>` };
    if (url.pathname.endsWith('3/')) return { status: 302, text: '', headers: { location: '/search/' } };
    return { text: '<html><h1>Careers</h1></html>' };
  };
  const target = JSON.stringify({ host, variant: 'rss', locale: 'en_US' });
  await database.db.updateTable('sources').set({ system: 'successfactors', target }).where('id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ outcome: 'partial', postings: { new: 3 } });
  listed = [1];
  expect((await visit(25)).postings.closed).toBe(0);
  expect((await visit(25)).postings.closed).toBe(1);
  expect((await rows()).filter(row => row.closed_at).map(row => row.title)).toEqual([title(3)]);
});

test('a host that refuses one look at an unseen posting is not asked for more in that visit', async () => {
  answer = method =>
    method === 'POST' ? { json: { total: 9, jobPostings: listedRows(upTo(4)), facets: [] } } : { status: 403, text: 'Access denied' };
  await visit();
  answer = method => (method === 'POST' ? { json: { total: 9, jobPostings: listedRows([0]), facets: [] } } : { status: 403, text: 'no' });
  server.requests.length = 0;
  expect((await visit(25)).postings.closed).toBe(0);
  expect(server.requests.filter(request => request.includes('_R100') && !request.includes('_R1000'))).toHaveLength(1);
});

test('a posting that the list tells whole is asked for what its detail adds, once, and is kept as listed when its title is not wanted', async () => {
  const job = (id: number, words: string, name = title(id)) => ({
    id,
    title: name,
    absolute_url: `https://boards.greenhouse.io/acme/jobs/${id}`,
    location: { name: 'Denver, CO' },
    content: `&lt;p&gt;Review of therapy requests. ${words}&lt;/p&gt;`,
  });
  const jobs = [job(1, ''), job(2, 'The pay is $38 to $45 an hour.'), job(3, '', 'Line Cook')];
  let down = true;
  const pay_input_ranges = [{ min_cents: 8_000_000, max_cents: 9_500_000, currency_type: 'USD', title: 'Annual salary' }];
  answer = (_method, url) => {
    if (url.pathname === '/v1/boards/acme/jobs') return { json: { jobs, meta: { total: 3 } } };
    return down ? { status: 403, text: 'no' } : { json: { ...jobs[0], pay_input_ranges } };
  };
  await database.db.updateTable('sources').set({ system: 'greenhouse', target: '{"board":"acme"}' }).where('id', '=', source.id).execute();
  const stated = async () => (await rows()).map(row => (row.stated as { pay: { min: number } | null }).pay?.min ?? null);
  expect(await visit()).toMatchObject({ outcome: 'complete', requests: 2, details: { wanted: 1, failed: 1 }, postings: { new: 3 } });
  expect(await stated()).toEqual([null, null, null]);
  down = false;
  expect(await visit()).toMatchObject({ requests: 2, details: { wanted: 1, read: 1 }, postings: { changed: 1, unchanged: 2 } });
  expect(await stated()).toEqual([80_000, null, null]);
  expect(await visit()).toMatchObject({ requests: 1, postings: { changed: 0, unchanged: 3 } });

  // What was stored before details were asked for is asked for once as well.
  await database.db.updateTable('postings').set({ list_hash: sql`rtrim(list_hash, '+')` }).where('source_id', '=', source.id).execute();
  expect(await visit()).toMatchObject({ requests: 2, details: { wanted: 1, read: 1 }, postings: { changed: 0, unchanged: 3 } });
  expect(await visit()).toMatchObject({ requests: 1 });

  // A changed text does not wait for a detail that is not given.
  down = true;
  jobs[0] = job(1, 'From anywhere.');
  expect(await visit()).toMatchObject({ details: { wanted: 1, failed: 1 }, postings: { changed: 1, unchanged: 2 } });
  expect(await visit()).toMatchObject({ details: { wanted: 1, failed: 1 }, postings: { changed: 0, unchanged: 2 } });
  answer = (_method, url) => (url.pathname === '/v1/boards/acme/jobs' ? { json: { jobs, meta: { total: 3 } } } : { json: { odd: true } });
  expect(await visit()).toMatchObject({ details: { wanted: 1, failed: 1 } });
  expect(await visit()).toMatchObject({ requests: 1, details: { wanted: 0 } });

  // Nor does one that is missing take the posting away.
  jobs.push(job(4, ''));
  answer = (_method, url) => (url.pathname === '/v1/boards/acme/jobs' ? { json: { jobs, meta: { total: 4 } } } : null);
  expect(await visit()).toMatchObject({ details: { wanted: 1, failed: 1 }, postings: { new: 1, closed: 0 } });
  expect(await visit()).toMatchObject({ requests: 1, postings: { unchanged: 4, closed: 0 } });
});

test('a visit that breaks off by a fault of ours is noted as failed, closes nothing and waits for its next turn', async () => {
  answer = workdayBoard(() => upTo(5), title);
  await visit();
  const broken: Fetcher = {
    fetch: () => {
      throw new TypeError('nobody foresaw this');
    },
    close: async () => undefined,
  };
  const report = await visitor({ db: database.db, systems: await loadSystems() }, broken)(source.id, new AbortController().signal);
  expect(report).toMatchObject({ outcome: 'failed', reason: 'nobody foresaw this', postings: { closed: 0 } });
  expect((await rows()).filter(row => row.closed_at)).toEqual([]);
  const after = await database.db.selectFrom('sources').selectAll().where('id', '=', source.id).executeTakeFirstOrThrow();
  expect(after.failures).toBe(1);
  expect(after.next_visit_at.getTime()).toBeGreaterThan(Date.now());
  expect(
    await database.db.selectFrom('visits').selectAll().where('source_id', '=', source.id).where('ended_at', 'is', null).execute(),
  ).toEqual([]);
});

test('sources that repeat each other can be visited at the same time: none fails, and each job is shown once', async () => {
  const { db } = database;
  const text = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');
  const one = workdayBoard(() => upTo(25), title);
  answer = (method, url, body) => {
    const given = one(method, url, body);
    const json = given?.json as { jobPostingInfo?: { jobDescription: string }; hiringOrganization?: { name: string } } | undefined;
    if (json?.jobPostingInfo) json.jobPostingInfo.jobDescription += `<p>${text}</p>`;
    if (json?.hiringOrganization) json.hiringOrganization.name = 'Twin Health';
    return given;
  };
  const twins = await putSources(
    db,
    ['a', 'b', 'c', 'd'].map(letter => ({
      slug: `twin-${letter}`,
      name: 'Twin Health',
      system: 'workday',
      target: { host: `twin${letter}.wd5.myworkdayjobs.com`, tenant: `twin${letter}`, site: 'External' },
      enabled: true,
      disabledReason: null,
      everyMinutes: 60,
      notes: null,
    })),
  );
  const run = visitor({ db, systems: await loadSystems() }, fetcher);
  for (let round = 0; round < 3; round += 1) {
    const reports = await Promise.all(twins.map(twin => run(twin.id, new AbortController().signal)));
    expect(reports.map(report => [report?.outcome, report?.reason])).toEqual(twins.map(() => ['complete', '']));
    await db
      .updateTable('postings')
      .set({ content_hash: 'as if changed', list_hash: `${round}` })
      .where(
        'source_id',
        'in',
        twins.map(twin => twin.id),
      )
      .execute();
  }
  const stored = await db
    .selectFrom('postings')
    .select(['title', 'duplicate_of'])
    .where(
      'source_id',
      'in',
      twins.map(twin => twin.id),
    )
    .execute();
  expect(stored).toHaveLength(100);
  expect(stored.filter(posting => posting.duplicate_of === null)).toHaveLength(25);
});
