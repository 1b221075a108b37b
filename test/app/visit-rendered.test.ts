import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../src/crawlers/engine/memory-robots.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { browser } from '../crawlers/engine/browser-support.ts';
import { type Answering, type BoardServer, loopbackTransport, serve } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const SITE = 'https://www.acme-therapy.example';

/** A site whose list and postings are put together by a script from JSON. */
function clientSide(jobs: () => { id: number; title: string }[]): Answering {
  const frame = (script: string) => ({
    text: `<!doctype html><title>Jobs</title><div id="app">Loading ...</div><script>${script}</script>`,
  });
  return (_method, url) => {
    if (url.pathname === '/api/jobs') return { json: jobs() };
    const api = /^\/api\/jobs\/(\d+)$/.exec(url.pathname);
    if (api) {
      const job = jobs().find(({ id }) => id === Number(api[1]));
      return job ? { json: { ...job, text: '<p>Reviews therapy requests from home.</p><ul><li>Licensed OT, PT or SLP</li></ul>' } } : null;
    }
    if (url.pathname === '/jobs') {
      return frame(`fetch('/api/jobs').then(r => r.json()).then(jobs => { app.innerHTML = jobs.length === 0 ? '<p class="none">No openings</p>' :
        jobs.map(job => '<article class="job"><a href="/jobs/' + job.id + '">' + job.title + '</a><span class="place">Dayton, OH</span></article>').join(''); });`);
    }
    if (!/^\/jobs\/\d+$/.test(url.pathname)) return null;
    return frame(`fetch('/api' + location.pathname).then(r => r.json()).then(job => {
      app.innerHTML = '<h1>' + job.title + '</h1><div class="text">' + job.text + '</div>'; });`);
  };
}

describe.skipIf(!browser)('a source whose pages are put together by scripts', () => {
  let database: TestDatabase;
  let server: BoardServer;
  let fetcher: Fetcher;
  let jobs = [
    { id: 1, title: 'Utilization Review Therapist' },
    { id: 2, title: 'Clinical Liaison, Rehabilitation' },
  ];
  let time = Date.parse('2026-11-22T08:00:00Z');

  beforeAll(async () => {
    database = await testDatabase();
    server = await serve(clientSide(() => jobs));
    fetcher = createEngine({
      config: readConfig({ CRAWL_DELAY_MS: '0' }),
      robots: new MemoryRobots(),
      hosts: new MemoryHostLimiter(),
      transport: loopbackTransport(server.origin),
    });
  });
  afterAll(async () => {
    await fetcher?.close();
    await server?.close();
    await database?.drop();
  });

  it('is crawled whole, costs no detail page when nothing changed, and closes what has gone', async () => {
    const target = {
      list: `${SITE}/jobs`,
      item: '.job',
      place: '.place',
      empty: { selector: '.none' },
      detail: { title: 'h1', body: '.text' },
      rendered: true,
    };
    const [source] = await putSources(database.db, [
      {
        slug: 'acme-therapy',
        name: 'Acme Therapy',
        system: 'html',
        target,
        enabled: true,
        disabledReason: null,
        everyMinutes: 60,
        notes: null,
      },
    ]);
    const visit = async () => {
      time += 3_600_000;
      server.requests.length = 0;
      const run = visitor({ db: database.db, systems: await loadSystems() }, fetcher, { clock: () => new Date(time) });
      return await run(source!.id, new AbortController().signal);
    };
    expect(await visit()).toMatchObject({
      outcome: 'complete',
      details: { wanted: 2, read: 2, failed: 0 },
      postings: { listed: 2, new: 2 },
    });
    const stored = await database.db.selectFrom('postings').selectAll().orderBy('title').execute();
    expect(stored.map(({ title, relevance, has_body }) => ({ title, relevance, has_body }))).toEqual([
      { title: 'Clinical Liaison, Rehabilitation', relevance: 'nonclinical', has_body: true },
      { title: 'Utilization Review Therapist', relevance: 'nonclinical', has_body: true },
    ]);
    expect(await visit()).toMatchObject({ outcome: 'complete', details: { wanted: 0 }, postings: { unchanged: 2, new: 0 } });
    expect(server.requests).toEqual(['GET www.acme-therapy.example/jobs', 'GET www.acme-therapy.example/api/jobs']);
    jobs = jobs.slice(0, 1);
    expect(await visit()).toMatchObject({ outcome: 'complete', postings: { listed: 1, closed: 1 } });
    jobs = [];
    expect(await visit()).toMatchObject({ outcome: 'complete', postings: { listed: 0, closed: 1 } });
  });
});
