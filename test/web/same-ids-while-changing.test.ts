import { load } from 'cheerio';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOfTag } from '../../src/feed/ids.ts';
import type { Database } from '../../src/store/schema.ts';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

/** As many as the smallest first page holds, new ones included. */
const MOST = 24;
let site: TestSite;
beforeAll(async () => {
  // Every reading is a slow one, so that its counts lag as far as they ever do.
  site = await testSite({ slowMs: 0 });
  await insertPostings(site.db, manyPostings(12));
});
afterAll(() => site.close());

const xml = (body: string, selector: string) => {
  const $ = load(body, { xml: true });
  return $(selector)
    .toArray()
    .map(element => idOfTag($(element).text()));
};
const SURFACES: Record<string, (body: string) => string[]> = {
  '/api/v1/postings': body => JSON.parse(body).items.map((item: { id: string }) => item.id),
  '/api/v1/postings.jsonl': body =>
    body
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line).id),
  '/feed.rss': body => xml(body, 'item > guid'),
  '/feed.atom': body => xml(body, 'entry > id'),
  '/feed.json': body => JSON.parse(body).items.map((item: { id: string }) => idOfTag(item.id)),
  '/feed.csv': body => [...body.matchAll(/^"(job\d+)",/gm)].map(([, id]) => id!),
  '/jobs': body => {
    const $ = load(body);
    return [...new Set($('main article a[href*="/jobs/job"]').map((_, link) => /\/jobs\/(job\d+)/.exec($(link).attr('href')!)![1]!))];
  },
};

/** What readers see of a posting, as far as the filters below ask for it. */
type Seen = { open: boolean; ota: boolean; remote: boolean };
type State = ReadonlyMap<string, Seen>;
const FILTERS: Record<string, (seen: Seen) => boolean> = {
  '': () => true,
  'credential=OTA': seen => seen.ota,
  'work_mode=remote': seen => seen.remote,
  'credential=OTA&work_mode=remote': seen => seen.ota && seen.remote,
};
const idsOf = (state: State, filter: string) =>
  [...state].flatMap(([id, seen]) => (seen.open && FILTERS[filter]!(seen) ? [id] : [])).sort();

const CHANGES = ['close', 'open', 'bar', 'name', 'remote', 'onsite', 'add'] as const;
type Change = { what: (typeof CHANGES)[number]; which: number };

/** What is there after a change, and how it is stored. */
function changed(state: State, { what, which }: Change): { state: State; store: (db: Kysely<Database>) => Promise<unknown> } {
  const id = what === 'add' ? `job${String(state.size).padStart(3, '0')}` : `job${String(which % state.size).padStart(3, '0')}`;
  const before = state.get(id);
  const put = (seen: Partial<Seen>, values: Record<string, unknown>) => ({
    state: new Map([...state, [id, { ...before!, ...seen }]]),
    store: (db: Kysely<Database>) =>
      db
        .updateTable('postings')
        .set({ updated_at: sql`now()`, ...values })
        .where('id', '=', id)
        .execute(),
  });
  switch (what) {
    case 'close':
      return put({ open: false }, { closed_at: sql`now()`, closed_reason: 'not_listed' });
    case 'open':
      return put({ open: true }, { closed_at: null, closed_reason: null });
    case 'bar':
      return put({ ota: false }, { verdict_ota: 'barred' });
    case 'name':
      return put({ ota: true }, { verdict_ota: 'named' });
    case 'remote':
      return put({ remote: true }, { work_mode: 'remote' });
    case 'onsite':
      return put({ remote: false }, { work_mode: 'onsite' });
    case 'add': {
      if (state.size >= MOST) return { state, store: async () => {} };
      const posting = {
        ...manyPostings(1)[0]!,
        id,
        title: `Added ${id}`,
        work_mode: 'remote' as const,
        verdicts: { OTA: 'named' as const },
      };
      return { state: new Map([...state, [id, { open: true, ota: true, remote: true }]]), store: db => insertPostings(db, [posting]) };
    }
  }
}

/** Reads as one who kept what was there the last time: an answer 304 is that. */
function reader() {
  const kept = new Map<string, { tag: string; ids: string[] }>();
  return async (path: string, filter: string): Promise<string[]> => {
    const url = `${site.origin}${path}?${filter}`;
    const before = kept.get(url);
    const answer = await fetch(url, { headers: before ? { 'if-none-match': before.tag } : {} });
    if (answer.status === 304) return before!.ids;
    expect(answer.status, url).toBe(200);
    const ids = SURFACES[path]!(await answer.text()).sort();
    kept.set(url, { tag: answer.headers.get('etag') ?? '"none"', ids });
    return ids;
  };
}

async function stored(): Promise<State> {
  const rows = await site.db.selectFrom('postings').select(['id', 'closed_at', 'verdict_ota', 'work_mode']).orderBy('id').execute();
  return new Map(
    rows.map(row => [row.id, { open: row.closed_at === null, ota: row.verdict_ota === 'named', remote: row.work_mode === 'remote' }]),
  );
}

const changes = fc.array(fc.record({ what: fc.constantFrom(...CHANGES), which: fc.nat(MOST - 1) }), { minLength: 12, maxLength: 25 });

it('every surface gives the ids that were there at one moment between question and answer, while postings change', async () => {
  const given = new Set<string>();
  await fc.assert(
    fc.asyncProperty(changes, async list => {
      const states = [await stored()];
      // States from `done` on may be what a reader sees; the last is under way or stored.
      let done = 0;
      let over = false;
      const storing = (async () => {
        for (const change of list) {
          const next = changed(states.at(-1)!, change);
          states.push(next.state);
          await next.store(site.db);
          done = states.length - 1;
        }
        over = true;
      })();
      const reading = Object.keys(SURFACES).map(async path => {
        const read = reader();
        for (let round = 0, last = false; !last; round += 1) {
          last = over;
          const filter = Object.keys(FILTERS)[round % Object.keys(FILTERS).length]!;
          const from = done;
          const ids = await read(path, filter);
          const possible = states.slice(from).map(state => idsOf(state, filter).join());
          expect(possible, `${path}?${filter}`).toContain(ids.join());
          given.add(ids.join());
        }
      });
      await Promise.all([storing, ...reading]);
      // And when all is quiet they are one.
      for (const filter of Object.keys(FILTERS))
        for (const path of Object.keys(SURFACES)) expect(await reader()(path, filter), path).toEqual(idsOf(states.at(-1)!, filter));
    }),
    { numRuns: 6 },
  );
  // Answers that never differ would prove nothing.
  expect(given.size).toBeGreaterThan(20);
});
