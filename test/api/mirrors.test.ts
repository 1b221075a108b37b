import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

type Page = {
  items: { id: string; closed_reason: string; closed_at: string; title: string }[];
  next: string | null;
  until: string;
  total: object;
};

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
});
afterAll(() => api.close());
beforeEach(async () => {
  await sql`truncate postings, posting_texts, posting_tags cascade`.execute(api.db);
});

async function ask(query: string): Promise<Page> {
  const answer = await fetch(`${api.origin}/api/v1/postings?${query}`);
  expect(answer.status, query).toBe(200);
  return (await answer.json()) as Page;
}

/** All pages of a question, and what to ask from the next time. */
async function all(query: string): Promise<{ items: Page['items']; until: string }> {
  const items: Page['items'] = [];
  for (let cursor = '', first = ''; ; ) {
    const page = await ask(`${query}&limit=3${cursor && `&cursor=${cursor}`}`);
    items.push(...page.items);
    first ||= page.until;
    expect(page.until).toBe(first);
    if (page.next === null) return { items, until: page.until };
    cursor = page.next;
  }
}

const change = (id: string, set: Record<string, unknown>, at: string) =>
  api.db
    .updateTable('postings')
    .set({ ...set, updated_at: at })
    .where('id', '=', id)
    .execute();

describe('what changed since', () => {
  it('comes oldest change first, page by page, each once, for a filter too', async () => {
    await insertPostings(
      api.db,
      Array.from({ length: 8 }, (_, i) => ({ id: `p${i}`, paths: [i % 2 ? ('sales' as const) : ('writing' as const)] })),
    );
    for (const i of [5, 2, 7, 0]) await change(`p${i}`, { title: `New ${i}` }, `2026-11-10T00:00:0${8 - i}Z`);
    expect((await all('updated_since=2026-11-05')).items.map(({ id }) => id)).toEqual(['p7', 'p5', 'p2', 'p0']);
    expect((await all('updated_since=2026-11-05&path=sales')).items.map(({ id, title }) => [id, title])).toEqual([
      ['p7', 'New 7'],
      ['p5', 'New 5'],
    ]);
    expect(await ask('updated_since=2026-11-05&limit=1')).toMatchObject({ total: { value: 4, capped: false } });
    expect((await all('updated_since=2026-10-01')).items).toHaveLength(8);
  });

  it('is told again from a time before any transaction that is still under way, so that a late one is not missed', async () => {
    await insertPostings(api.db, [{ id: 'a' }, { id: 'late' }]);
    const late = await api.db.startTransaction().execute();
    try {
      const { rows } = await sql<{ at: Date }>`select now() as at`.execute(late);
      await late.updateTable('postings').set({ title: 'Late', updated_at: rows[0]!.at }).where('id', '=', 'late').execute();
      await change('a', { title: 'Soon' }, new Date(rows[0]!.at.getTime() + 1000).toISOString());
      const before = await all('updated_since=1d');
      expect(before.items.map(({ id }) => id)).toEqual(['a']);
      expect(Date.parse(before.until)).toBeLessThanOrEqual(rows[0]!.at.getTime() - 10 * 60_000);
      await late.commit().execute();
      expect((await all(`updated_since=${before.until}`)).items.map(({ title }) => title)).toEqual(['Late', 'Soon']);
    } finally {
      if (!late.isCommitted) await late.rollback().execute();
    }
  });
});

describe('what is gone since', () => {
  it('is told with when and why: closed, a duplicate by now, or judged anew; never what was not shown before', async () => {
    await insertPostings(
      api.db,
      ['closed', 'duplicate', 'judged', 'kept', 'barred'].map(id => ({ id })),
    );
    await insertPostings(api.db, [{ id: 'never', relevance: 'clinical' }]);
    const at = '2026-11-10T00:00:00Z';
    await change('closed', { closed_at: '2026-11-09T23:59:59Z', closed_reason: 'not_listed' }, at);
    await change('duplicate', { duplicate_of: 'kept' }, '2026-11-11T00:00:00Z');
    await change('judged', { relevance: 'other' }, '2026-11-12T00:00:00Z');
    const none = Object.fromEntries(['ot', 'ota', 'pt', 'pta', 'slp'].map(name => [`verdict_${name}`, 'barred']));
    await change('barred', none, '2026-11-13T00:00:00Z');
    const gone = (await all('closed_since=2026-11-05')).items;
    expect(gone).toEqual([
      { id: 'closed', closed_at: '2026-11-09T23:59:59.000Z', closed_reason: 'not_listed' },
      { id: 'duplicate', closed_at: '2026-11-11T00:00:00.000Z', closed_reason: 'duplicate' },
      { id: 'judged', closed_at: '2026-11-12T00:00:00.000Z', closed_reason: 'not_shown' },
      { id: 'barred', closed_at: '2026-11-13T00:00:00.000Z', closed_reason: 'not_shown' },
    ]);
    expect((await all('closed_since=2026-11-11T12:00:00Z')).items.map(({ id }) => id)).toEqual(['judged', 'barred']);
  });

  it.each([
    ['closed_since=1d&path=sales', 'path'],
    ['closed_since=1d&fields=title', 'fields'],
    ['closed_since=1d&explain=1', 'explain'],
    ['closed_since=1d&company=acme&work_mode=remote', 'company'],
    ['closed_since=1d&updated_since=1d', 'closed_since'],
    ['updated_since=yesterday', 'updated_since'],
    [`updated_since=1d&cursor=${Buffer.from('2026-11-01T08:00:00.000000Z example').toString('base64url')}`, 'cursor'],
  ])('%s is refused, naming %s', async (query, field) => {
    const answer = await fetch(`${api.origin}/api/v1/postings?${query}`);
    expect([answer.status, ((await answer.json()) as { field: string }).field]).toEqual([400, field]);
  });
});

it('a mirror that takes everything once and then what changed and what is gone holds what is shown', async () => {
  const mirror = new Map<string, string>();
  const times = { updated: '2026-01-01', closed: '2026-01-01' };
  const follow = async () => {
    const changed = await all(`updated_since=${times.updated}`);
    const gone = await all(`closed_since=${times.closed}`);
    for (const { id, title } of changed.items) mirror.set(id, title);
    for (const { id } of gone.items) mirror.delete(id);
    Object.assign(times, { updated: changed.until, closed: gone.until });
  };
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % n;
  };
  for (let step = 0; step < 60; step++) {
    const id = `m${random(15)}`;
    const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(api.db);
    const at = rows[0]!.at;
    const known = await api.db.selectFrom('postings').select('id').where('id', '=', id).executeTakeFirst();
    const sets = [
      { closed_at: at, closed_reason: 'not_listed' },
      { closed_at: null, closed_reason: null, relevance: 'nonclinical' },
      { relevance: 'other' },
      { title: `Title ${step}` },
    ];
    if (known) await change(id, sets[random(sets.length)]!, at);
    else await insertPostings(api.db, [{ id, first_seen: at }]);
    if (random(5) === 0) await follow();
  }
  await follow();
  const shown = (await ask('limit=100')).items;
  expect(shown.length).toBeGreaterThan(3);
  expect([...mirror].sort()).toEqual(shown.map(({ id, title }) => [id, title] as [string, string]).sort());
});
