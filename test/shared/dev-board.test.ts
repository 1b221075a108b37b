import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { parseFilter } from '../../src/feed/filter.ts';
import type { VisitReport } from '../../src/pipeline/visit-source.ts';
import { feedPage } from '../../src/store/feed/postings.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type BoardServer, boardEngine, serve } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { shared } from './shared.ts';

type Posting = { id: string; title: string; company: string | null; location: string | null; description: string; url: string };
type Label = { id: string; relevance: string; paths: string[]; verdicts: Record<string, string> | null };

const folder = shared('postings', 'dev.jsonl');

describe.skipIf(!folder)('the labelled postings, served as a Greenhouse board and crawled', () => {
  const read = <T>(file: string): T[] =>
    readFileSync(`${folder}/${file}`, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as T);
  let database: TestDatabase;
  let server: BoardServer;
  let fetcher: Fetcher;
  let report: VisitReport | null;
  let labels: Map<string, Label>;
  const shown = new Map<string, { paths: string[]; verdicts: Record<string, string> }>();

  beforeAll(async () => {
    labels = new Map(read<Label>('dev-labels.jsonl').map(label => [label.id, label]));
    const postings = read<Posting>('dev.jsonl');
    const jobs = postings.map((posting, n) => ({
      id: 1000 + n,
      internal_job_id: 2000 + n,
      title: posting.title,
      absolute_url: `https://boards.greenhouse.io/labelled/jobs/${1000 + n}`,
      location: { name: posting.location ?? '' },
      company_name: posting.company ?? 'Labelled',
      first_published: '2026-11-02T09:00:00-04:00',
      updated_at: '2026-11-02T09:00:00-04:00',
      requisition_id: posting.id,
      // As Greenhouse sends it: html whose own markup is escaped once.
      content: posting.description.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
      departments: [],
      offices: [],
      metadata: null,
    }));
    database = await testDatabase();
    server = await serve((_method, url) => (url.pathname.endsWith('/jobs') ? { json: { jobs, meta: { total: jobs.length } } } : null));
    fetcher = boardEngine(server.origin);
    const row = { slug: 'labelled', name: 'Labelled', system: 'greenhouse', target: { board: 'labelled' }, enabled: true };
    const [source] = await putSources(database.db, [{ ...row, disabledReason: null, everyMinutes: 60, notes: null }]);
    report = await visitor({ db: database.db, systems: await loadSystems() }, fetcher)(source?.id ?? 0, new AbortController().signal);
    const ids = new Map(
      (await database.db.selectFrom('postings').select(['id', 'requisition']).execute()).map(posting => [
        posting.id,
        posting.requisition ?? '',
      ]),
    );
    // The labels call jobs non-clinical that take none of the five, too.
    let filter = parseFilter({ limit: '100', include: 'barred' });
    for (;;) {
      const page = await feedPage(database.db, filter);
      for (const item of page.items) {
        const verdicts = Object.fromEntries(Object.entries(item.verdicts ?? {}).map(([name, given]) => [name, given.verdict]));
        shown.set(ids.get(item.id) ?? '', { paths: item.paths, verdicts });
      }
      if (!page.next) break;
      filter = { ...filter, cursor: page.next };
    }
  });
  afterAll(async () => {
    await fetcher?.close();
    await server?.close();
    await database?.drop();
  });

  const mayApply = (verdict: string | undefined) => verdict !== undefined && ['named', 'preferred', 'implied', 'open'].includes(verdict);

  test('arrive whole', () => {
    expect(report).toMatchObject({ outcome: 'complete', postings: { listed: labels.size, new: labels.size } });
  });

  test('show in the feed what the labels call non-clinical, and little else', () => {
    const wanted = [...labels.values()].filter(label => label.relevance === 'nonclinical').map(label => label.id);
    const right = wanted.filter(id => shown.has(id)).length;
    expect(right / wanted.length).toBeGreaterThanOrEqual(0.97);
    expect(right / shown.size).toBeGreaterThanOrEqual(0.95);
  });

  test('stand on the labelled path, and let those apply who may', () => {
    let [paths, path, verdicts, verdict] = [0, 0, 0, 0];
    for (const [id, item] of shown) {
      const label = labels.get(id);
      if (label?.relevance !== 'nonclinical') continue;
      paths += 1;
      path += item.paths[0] === label.paths[0] ? 1 : 0;
      for (const [credential, given] of Object.entries(label.verdicts ?? {})) {
        verdicts += 1;
        verdict += mayApply(item.verdicts[credential]) === mayApply(given) ? 1 : 0;
      }
    }
    expect(path / paths).toBeGreaterThanOrEqual(0.92);
    expect(verdict / verdicts).toBeGreaterThanOrEqual(0.93);
  });
});
