import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApi, testApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ RATE_LIMIT: '3', TRUST_PROXY: '127.0.0.1' });
});
afterAll(() => api.close());

const get = (path: string, from: string) => fetch(`${api.origin}${path}`, { headers: { 'x-forwarded-for': from } });

it('tells each answer how many are left, and asks an address that goes on to come back later', async () => {
  for (const left of ['2', '1', '0']) {
    const answer = await get('/feed.rss', '192.0.2.1');
    expect([answer.status, answer.headers.get('ratelimit-limit'), answer.headers.get('ratelimit-remaining')]).toEqual([200, '3', left]);
  }
  const refused = await get('/feed.rss', '192.0.2.1');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(await refused.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
});

it('counts a whole /64 of IPv6 as one, and never the checks of an operator', async () => {
  for (const host of ['1', '2', '3', '4']) {
    const answer = await get('/api/v1/postings', `2001:db8:0:1::${host}`);
    expect(answer.status).toBe(host === '4' ? 429 : 200);
  }
  expect((await get('/api/v1/postings', '2001:db8:0:2::1')).status).toBe(200);
  for (let i = 0; i < 5; i++) expect((await get('/healthz', '192.0.2.1')).status).toBe(200);
});
