import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

let site: TestSite;
beforeAll(async () => {
  // Every reading is a slow one, whose counts lag.
  site = await testSite({ slowMs: 0 });
  await insertPostings(site.db, manyPostings(12));
});
afterAll(() => site.close());

/** Whatever lists postings, with its first page holding all of them. */
const LISTS = [
  '/',
  '/jobs',
  '/jobs?credential=OT',
  '/for/ot',
  '/embed?credential=OT',
  '/api/v1/postings',
  '/api/v1/postings.jsonl',
  '/api/v1/postings?updated_since=2026-01-01',
  '/feed.rss',
  '/feed.atom',
  '/feed.json',
  '/feed.csv',
];
const tags = new Map<string, string>();

/** The page as a reader gets it who kept the last one. */
async function read(path: string): Promise<string | 'unchanged'> {
  const answer = await fetch(site.origin + path, { headers: { 'if-none-match': tags.get(path) ?? '"none"' } });
  tags.set(path, answer.headers.get('etag') ?? '');
  return answer.status === 304 ? 'unchanged' : await answer.text();
}

/** What is read meanwhile takes long, so that its counts lag for seconds. */
async function slowly<T>(run: () => Promise<T>): Promise<T> {
  const held = await site.db.startTransaction().execute();
  await sql`lock table postings in access exclusive mode`.execute(held);
  const running = run();
  await sleep(200);
  await held.commit().execute();
  return await running;
}

it('no list shows a posting that has closed, however long counts lag, nor is told to be unchanged', async () => {
  const pathPage = `/paths/${(await site.db.selectFrom('postings').select('primary_path').where('id', '=', 'job000').executeTakeFirstOrThrow()).primary_path}`;
  for (const id of ['job000', 'job001', 'job002']) {
    const before = await slowly(
      async () => new Map(await Promise.all([...LISTS, pathPage].map(async path => [path, await read(path)] as const))),
    );
    await sql`update postings set closed_at = now(), updated_at = now(), closed_reason = 'not_listed' where id = ${id}`.execute(site.db);
    for (const path of [...LISTS, pathPage]) {
      const after = await read(path);
      if (before.get(path)?.includes(id)) expect(after, path).not.toBe('unchanged');
      expect(after, `${path} ${id}`).not.toContain(id);
    }
  }
});
