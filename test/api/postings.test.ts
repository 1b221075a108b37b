import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example/' }, { queue: async () => ({ ok: false, message: 'the queue sleeps' }) });
  const words = { field: 'text' as const, start: 0, end: 13, text: 'COTA  \n or OTR' };
  await insertPostings(api.db, [
    {
      id: 'reviewer',
      title: 'Utilization Reviewer',
      company: 'Acme, Inc.',
      places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
      work_mode: 'remote',
      pay: { min: 30, max: 40, currency: 'USD', interval: 'hour' },
      employment_types: ['full_time'],
      posted_at: '2026-10-31T00:00:00Z',
      paths: ['utilization-review'],
      roles: ['utilization-reviewer'],
      verdicts: { OTA: 'named', OT: 'named' },
      confidences: { OT: 0.619 },
      evidence: { OTA: [words, { ...words, text: 'x'.repeat(500) }] },
      text: 'COTA  \n or OTR licence.',
      apply_url: 'https://jobs.example/apply',
    },
    { id: 'gone', closed_at: '2026-11-02T00:00:00Z' },
    { id: 'Zoë/1', first_seen: '2026-10-01T00:00:00Z' },
  ]);
});
afterAll(() => api.close());

const get = async (path: string) => {
  const answer = await fetch(`${api.origin}${path}`);
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
};

describe('a list of postings', () => {
  it('shows the public shape of a posting', async () => {
    const { body } = await get('/api/v1/postings?limit=1');
    expect(body).toMatchObject({ total: { value: 2, capped: false }, next: expect.any(String) });
    expect((body.items as unknown[])[0]).toEqual({
      id: 'reviewer',
      title: 'Utilization Reviewer',
      company: 'Acme, Inc.',
      department: null,
      places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
      states: ['TX'],
      work_mode: 'remote',
      pay: { min: 30, max: 40, currency: 'USD', interval: 'hour', per_year: { min: 62_400, max: 83_200 } },
      employment_types: ['full_time'],
      relevance: 'nonclinical',
      confidence: 1,
      paths: ['utilization-review'],
      roles: ['utilization-reviewer'],
      verdicts: {
        OT: { verdict: 'named', confidence: 0.62, rule: 'test.OT', evidence: [] },
        OTA: { verdict: 'named', confidence: null, rule: 'test.OTA', evidence: ['COTA or OTR', `${'x'.repeat(159)}…`] },
        PT: { verdict: 'unknown', confidence: null, rule: 'test.PT', evidence: [] },
        PTA: { verdict: 'unknown', confidence: null, rule: 'test.PTA', evidence: [] },
        SLP: { verdict: 'unknown', confidence: null, rule: 'test.SLP', evidence: [] },
      },
      facets: expect.objectContaining({ min_years: null, certifications: [], caseload: false }),
      posted_at: { value: '2026-10-31', precision: 'day', from: 'greenhouse.first_published' },
      closes_at: null,
      first_seen: '2026-11-01T00:00:00.000Z',
      updated_at: '2026-11-01T00:00:00.000Z',
      closed_at: null,
      closed_reason: null,
      source: 'example-board',
      url: 'https://jobs.example/reviewer',
      apply_url: 'https://jobs.example/apply',
      links: { self: 'https://ombre.example/api/v1/postings/reviewer', html: 'https://ombre.example/jobs/reviewer' },
    });
  });

  it('leads on by `next` and by the Link header', async () => {
    const first = await get('/api/v1/postings?limit=1&fields=title');
    expect(first.body.items).toEqual([{ id: 'reviewer', title: 'Utilization Reviewer' }]);
    const link = first.headers.get('link')!;
    expect(link).toContain(`<https://ombre.example/api/v1/postings?cursor=${first.body.next}&limit=1&fields=title>; rel="next"`);
    const second = await get(`/api/v1/postings?limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ id: 'Zoë/1' }], next: null });
  });

  it('refuses a field that postings do not have', async () => {
    expect(await get('/api/v1/postings?fields=salary')).toMatchObject({ status: 400, body: { field: 'fields', value: 'salary' } });
  });
});

describe('one posting', () => {
  it('is found by its id, also by the one of the feeds', async () => {
    for (const id of ['reviewer', encodeURIComponent('tag:jobs.example,2026:job/reviewer')]) {
      const { status, body } = await get(`/api/v1/postings/${id}`);
      expect([status, body.id, body.duplicate_of]).toEqual([200, 'reviewer', null]);
      expect(body.tags).toBeUndefined();
    }
    expect((await get(`/api/v1/postings/${encodeURIComponent('Zoë/1')}`)).status).toBe(200);
  });

  it('explains itself: tags with rules and spans, and the text they point into', async () => {
    const { body } = await get('/api/v1/postings/reviewer?explain=1');
    const tags = body.tags as { kind: string; name: string; evidence: { start: number; end: number; text: string }[] }[];
    const [first] = tags.find(tag => tag.kind === 'verdict' && tag.name === 'OTA')!.evidence;
    expect((body.text as string).slice(first!.start, first!.end)).toBe(first!.text.slice(0, 13));
    expect(body.rules_version).toBe('test');
  });

  it('answers 410 with the facts when it is closed, 404 when there never was one', async () => {
    expect(await get('/api/v1/postings/gone')).toMatchObject({
      status: 410,
      body: { status: 410, code: 'E_GONE', posting: { id: 'gone', closed_at: '2026-11-02T00:00:00.000Z', closed_reason: 'not_listed' } },
    });
    for (const id of ['nothing', '%00', 'a%0Ab']) expect((await get(`/api/v1/postings/${id}`)).status, id).toBe(404);
    expect((await get('/api/v1/nothing')).body).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('refuses a parameter it does not know', async () => {
    expect(await get('/api/v1/postings/reviewer?path=sales')).toMatchObject({ status: 400, body: { field: 'path' } });
    expect(await get('/api/v1/postings/reviewer?explain=yes')).toMatchObject({ status: 400, body: { field: 'explain', value: 'yes' } });
  });
});

describe('health and metrics', () => {
  it('tells which part is not ready', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: {
        ok: false,
        checks: [
          { name: 'database', ok: true, message: null },
          { name: 'migrations', ok: true, message: null },
          { name: 'queue', ok: false, message: 'unwell; the log says why' },
        ],
      },
    });
  });

  it('tells that the database is away instead of failing without a word', async () => {
    const away = openDatabase('postgres://nobody:secret-word@127.0.0.1:1/none');
    const app = createApi({ config: api.config, db: away });
    const ready = await app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    const list = await app.inject('/api/v1/postings');
    expect([list.statusCode, list.json().code, list.headers['retry-after']]).toEqual([503, 'E_DB_DOWN', '10']);
    expect(list.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-\w+$/);
    // Strangers read this: neither the password nor where the database is.
    for (const word of ['secret-word', 'ECONNREFUSED', '127.0.0.1']) expect(list.body + ready.body).not.toContain(word);
    await app.close();
    await away.destroy();
  });

  it('counts requests by route and the postings that are shown', async () => {
    const text = await (await fetch(`${api.origin}/metrics`)).text();
    expect(text).toContain('ombre_postings_shown 2');
    expect(text).toContain('ombre_workers 0');
    expect(text).toMatch(/ombre_http_request_seconds_count\{method="GET",route="\/api\/v1\/postings\/:id",status="410"\} 1/);
  });
});
