import { parseOpml } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { hasXmllint, xmllintComplaints } from '../support/judges.ts';
import { insertPostings } from '../support/postings.ts';

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const hourly = (min: number, max: number) => ({ min, max, currency: 'USD', interval: 'hour' as const });
let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(api.db, [
    {
      id: 'a',
      paths: ['sales'],
      roles: ['business-development'],
      work_mode: 'remote',
      company: 'Acme',
      verdicts: { OTA: 'open', PT: 'open' },
      pay: hourly(20, 40),
      first_seen: ago(1),
      facets: { certifications: [{ name: 'ATP', need: 'required' }] },
    },
    {
      id: 'b',
      paths: ['sales', 'writing'],
      work_mode: 'onsite',
      company: 'ACME',
      verdicts: { OTA: 'barred', PT: 'named' },
      pay: hourly(40, 40),
      first_seen: ago(20),
      facets: {
        certifications: [
          { name: 'ATP', need: 'preferred' },
          { name: 'CCM', need: 'required' },
        ],
      },
    },
    {
      id: 'c',
      paths: ['writing'],
      work_mode: 'remote',
      company: 'Beta',
      verdicts: { PTA: 'implied', SLP: 'named' },
      source: 'other-board',
      first_seen: ago(30),
      facets: { states: ['TX', 'OH'] },
    },
    { id: 'closed', paths: ['sales'], company: 'Acme', first_seen: ago(40), closed_at: ago(15) },
    { id: 'clinical', relevance: 'clinical', work_mode: 'onsite', first_seen: ago(3) },
  ]);
});
afterAll(() => api.close());

// biome-ignore lint/suspicious/noExplicitAny: the shapes are checked against the schemas elsewhere
const get = async (path: string) => (await (await fetch(`${api.origin}${path}`)).json()) as any;
const counts = (rows: { value: string; count: number }[]) => Object.fromEntries(rows.map(row => [row.value, row.count]));

describe('facets', () => {
  it('count what is shown', async () => {
    const { facets, capped, total } = await get('/api/v1/facets');
    expect([capped, total]).toEqual([false, { value: 3, capped: false }]);
    expect(counts(facets.path)).toEqual({ sales: 2, writing: 2 });
    expect(facets.path[0]).toEqual({ value: 'sales', count: 2, label: 'Sales' });
    expect(counts(facets.credential)).toEqual({ OTA: 1, PT: 2, PTA: 1, SLP: 1 });
    expect(counts(facets.work_mode)).toEqual({ remote: 2, onsite: 1 });
    expect(counts(facets.company)).toEqual({ acme: 2, beta: 1 });
    expect(counts(facets.certification)).toEqual({ ATP: 2, CCM: 1 });
    expect(counts(facets.source)).toEqual({ 'example-board': 2, 'other-board': 1 });
  });

  it.each(['path', 'credential', 'work_mode', 'state', 'certification', 'company', 'source'])(
    'of %s count what asking for each would give',
    async name => {
      const { facets } = await get('/api/v1/facets');
      expect(facets[name].length).toBeGreaterThan(0);
      for (const { value, count } of facets[name]) {
        const { total } = await get(`/api/v1/facets?${name}=${encodeURIComponent(value)}`);
        expect([value, total.value]).toEqual([value, count]);
      }
    },
  );

  it('leave out their own condition and keep the others', async () => {
    const { facets, total } = await get('/api/v1/facets?path=sales&work_mode=remote');
    expect(total.value).toBe(1);
    expect(counts(facets.path)).toEqual({ sales: 1, writing: 1 });
    expect(counts(facets.work_mode)).toEqual({ remote: 1, onsite: 1 });
    expect(counts(facets.company)).toEqual({ acme: 1 });
  });

  it('say for a chosen credential what each verdict would give', async () => {
    const { facets } = await get('/api/v1/facets?credential=OTA');
    expect(counts(facets.verdict)).toEqual({ open: 1, barred: 1, unknown: 1 });
    expect(counts(facets.credential)).toEqual({ OTA: 1, PT: 2, PTA: 1, SLP: 1 });
    expect(counts(facets.path)).toEqual({ sales: 1 });
  });

  it('follow each change at once', async () => {
    await insertPostings(api.db, [{ id: 'fresh', company: 'Gamma', first_seen: ago(50) }]);
    expect(counts((await get('/api/v1/facets')).facets.company).gamma).toBe(1);
    await api.db
      .updateTable('postings')
      .set({ closed_at: ago(49) })
      .where('id', '=', 'fresh')
      .execute();
    expect(counts((await get('/api/v1/facets')).facets.company).gamma).toBeUndefined();
  });
});

describe('paths', () => {
  it('are all there, with live numbers', async () => {
    const { paths } = await get('/api/v1/paths');
    expect(paths.map((row: { path: string }) => row.path)).toEqual(PATH_SLUGS);
    expect(paths.find((row: { path: string }) => row.path === 'sales')).toEqual({
      path: 'sales',
      name: 'Sales',
      open: 2,
      new_this_week: 1,
      remote: 1,
      hybrid: 0,
      onsite: 1,
      open_to_assistants: 1,
      // The middles are 30 and 40 dollars an hour.
      pay: { n: 2, lower: 67_600, median: 72_800, upper: 78_000 },
      roles: [
        { role: 'medical-device-sales', open: 0 },
        { role: 'business-development', open: 1 },
        { role: 'account-management', open: 0 },
      ],
    });
    expect(paths.find((row: { path: string }) => row.path === 'research')).toMatchObject({ open: 0, pay: null });
  });

  it('tell one by one what is paid by credential, what is asked for, and how it went', async () => {
    const path = await get('/api/v1/paths/sales');
    expect(path.pay_by_credential).toMatchObject({ OTA: { n: 1, median: 62_400 }, PT: { n: 2, median: 72_800 }, SLP: null });
    expect(path.certifications).toEqual([
      { name: 'ATP', required: 1, preferred: 1 },
      { name: 'CCM', required: 1, preferred: 0 },
    ]);
    expect(path.weeks).toHaveLength(26);
    expect(path.weeks.at(-1).open).toBe(2);
  });
});

describe('stats', () => {
  it('add up: what was open, opened and closed week by week', async () => {
    const { weeks } = await get('/api/v1/stats?path=sales&weeks=10');
    expect(weeks).toHaveLength(10);
    const sum = (name: 'opened' | 'closed') => weeks.reduce((total: number, week: Record<string, number>) => total + week[name]!, 0);
    expect([sum('opened'), sum('closed'), weeks.at(-1).open]).toEqual([3, 1, 2]);
    for (let i = 1; i < weeks.length; i++) expect(weeks[i].open).toBe(weeks[i - 1].open + weeks[i].opened - weeks[i].closed);
    expect(weeks.every((week: { week: string }) => new Date(week.week).getUTCDay() === 1)).toBe(true);
  });
});

describe('sources', () => {
  it('tell what is open, what robots.txt says and when all of it was last read', async () => {
    await api.db
      .updateTable('sources')
      .set({ target: JSON.stringify({ board: 'acme' }), last_complete_at: '2026-11-01T00:00:00Z' })
      .where('slug', '=', 'other-board')
      .execute();
    const row = {
      fetched_at: '2026-11-02T00:00:00Z',
      expires_at: '2026-11-03T00:00:00Z',
      status: 200,
      verdict: 'rules' as const,
      reason: 'robots.txt was read',
    };
    await api.db
      .insertInto('robots_verdicts')
      .values({ ...row, origin: 'https://boards-api.greenhouse.io', body: 'User-agent: *\nDisallow: /' })
      .execute();
    const { sources } = await get('/api/v1/sources');
    expect(sources.find((source: { slug: string }) => source.slug === 'other-board')).toEqual({
      slug: 'other-board',
      name: 'other-board',
      system: 'greenhouse',
      enabled: true,
      disabled_reason: null,
      open: 1,
      robots: [
        {
          origin: 'https://boards-api.greenhouse.io',
          allowed: false,
          reason: 'line 2 of robots.txt forbids it',
          fetched_at: '2026-11-02T00:00:00.000Z',
        },
      ],
      last_complete_at: '2026-11-01T00:00:00.000Z',
      verified: true,
    });
    const others = sources.filter((source: { slug: string }) => source.slug !== 'other-board');
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toMatchObject({ last_complete_at: null, verified: false });
  });
});

describe('the subscription list', () => {
  it('is OPML with a feed for every path and credential, each one canonical', async () => {
    const text = await (await fetch(`${api.origin}/feeds.opml`)).text();
    if (hasXmllint) expect(xmllintComplaints(text)).toBe('');
    const groups = parseOpml(text).body?.outlines ?? [];
    const feeds = groups.flatMap(group => group.outlines ?? []).map(outline => outline.xmlUrl!);
    expect(feeds).toHaveLength(1 + 5 + PATH_SLUGS.length);
    for (const url of feeds) {
      const { pathname, search } = new URL(url);
      expect((await fetch(`${api.origin}${pathname}${search}`, { redirect: 'manual' })).status, url).toBe(200);
    }
  });
});
