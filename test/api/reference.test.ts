import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(api.db, [
    { id: 'a', company: 'Acme Health', paths: ['sales', 'writing'], work_mode: 'remote' },
    { id: 'b', company: 'ACME HEALTH', paths: ['sales'] },
    { id: 'c', company: 'Acme Health', paths: ['sales'], first_seen: '2026-11-05T00:00:00Z' },
    { id: 'd', company: 'Beta', paths: ['writing'] },
    { id: 'e', company: 'Gone Inc.', closed_at: '2026-11-02T00:00:00Z' },
    { id: 'f', company: null },
  ]);
});
afterAll(() => api.close());

const json = async (path: string) => (await (await fetch(`${api.origin}${path}`)).json()) as Record<string, unknown[]>;

it('employers are those with open postings, however they are spelled, with their paths', async () => {
  expect(await json('/api/v1/employers')).toEqual({
    employers: [
      {
        name: 'Acme Health',
        open: 3,
        remote: 1,
        paths: [
          { path: 'sales', open: 3 },
          { path: 'writing', open: 1 },
        ],
        newest: '2026-11-05T00:00:00.000Z',
        links: { postings: 'https://ombre.example/api/v1/postings?company=acme%20health' },
      },
      expect.objectContaining({ name: 'Beta', open: 1 }),
    ],
    capped: false,
  });
  expect((await json('/api/v1/employers?path=writing')).employers).toHaveLength(2);
  expect((await json('/api/v1/postings?company=acme%20health')).items).toHaveLength(3);
});

it('an employer whose name no filter takes has no link to its postings', async () => {
  const name = `Acme${' and Daughters'.repeat(20)}`;
  await insertPostings(api.db, [{ id: 'long', company: name, paths: ['education'] }]);
  const { employers } = await json('/api/v1/employers?path=education');
  expect(employers).toEqual([expect.objectContaining({ open: 1, links: { postings: null } })]);
});

it('the taxonomy has a word for every code that postings use', async () => {
  const taxonomy = await json('/api/v1/taxonomy');
  expect(taxonomy.credentials).toContainEqual({ code: 'OTA', short: 'COTA', name: 'Occupational therapy assistant' });
  expect(taxonomy.verdicts).toHaveLength(6);
  expect(taxonomy.paths).toHaveLength(19);
  expect(taxonomy.paths).toContainEqual(expect.objectContaining({ code: 'sales', name: 'Sales' }));
});

it('llms.txt tells what there is, and every address in it is answered', async () => {
  const answer = await fetch(`${api.origin}/llms.txt`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const text = await answer.text();
  expect(text).toMatch(/^# Ombre\n\n> /);
  const addresses = [...text.matchAll(/\]\(https:\/\/ombre\.example([^)]*)\)/g)].map(([, path]) => path!);
  expect(addresses.length).toBeGreaterThan(20);
  // The pages of the site are mounted by others.
  for (const path of addresses.filter(path => /^\/(api|feed)/.test(path)))
    expect((await fetch(`${api.origin}${path}`)).status, path).toBe(200);
});
