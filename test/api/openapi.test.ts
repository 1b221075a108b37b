import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type Param, paramsOf } from '../../src/api/endpoints.ts';
import { EXAMPLES } from '../../src/api/examples.ts';
import { JSONL_TYPE } from '../../src/api/exports.ts';
import { openApi } from '../../src/api/openapi.ts';
import { SCHEMAS } from '../../src/api/schemas.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  const words = { field: 'text' as const, start: 0, end: 4, text: 'COTA' };
  await insertPostings(api.db, [
    {
      id: 'example',
      text: 'COTA welcome',
      paths: ['utilization-review'],
      roles: ['utilization-reviewer'],
      work_mode: 'remote',
      pay: { min: 30, max: null, currency: 'USD', interval: 'hour' },
      employment_types: ['part_time'],
      posted_at: '2026-10-01T00:00:00Z',
      places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
      verdicts: { OTA: 'named' },
      evidence: { OTA: [words] },
      facets: { certifications: [{ name: 'CCM', need: 'preferred' }], min_years: 1, patient_contact: 'none', states: ['TX'] },
    },
    { id: 'bare', company: null },
  ]);
  await api.db
    .insertInto('robots_verdicts')
    .values({
      origin: 'https://boards-api.greenhouse.io',
      fetched_at: new Date(),
      expires_at: new Date(),
      status: 200,
      verdict: 'rules',
      reason: 'read',
      body: '',
    })
    .execute();
});
afterAll(() => api.close());

/** The address of an endpoint with one of its parameters (and what that needs) set to its example. */
function addressOf(endpoint: Endpoint, param: Param | null): string {
  const params = paramsOf(endpoint);
  const needed = params.find(({ name }) => name === param?.needs);
  const query = [needed, param].filter(one => one?.in === 'query').map(one => `${one!.name}=${encodeURIComponent(one!.example)}`);
  const path = params
    .filter(one => one.in === 'path')
    .reduce((text, one) => text.replace(`{${one.name}}`, encodeURIComponent(one.example)), endpoint.path);
  return `${api.origin}${path}${query.length ? `?${query.join('&')}` : ''}`;
}

const cases = ENDPOINTS.flatMap(endpoint =>
  [null, ...paramsOf(endpoint).filter(param => param.in === 'query')].map(
    param => [`${endpoint.path} with ${param?.name ?? 'nothing'}`, endpoint, param] as const,
  ),
);

describe('every example of the reference', () => {
  it.each(cases)('%s is answered as the document says', async (_name, endpoint, param) => {
    const answer = await fetch(addressOf(endpoint, param));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBeTruthy();
    if (!endpoint.body.schema) {
      expect(answer.headers.get('content-type')).toBe(endpoint.body.type);
      const { length } = await answer.text();
      // A line a posting: of none there is none.
      if (endpoint.body.type !== JSONL_TYPE) expect(length).toBeGreaterThan(0);
      return;
    }
    expect(answer.headers.get('content-type')).toBe(endpoint.body.type ?? 'application/json; charset=utf-8');
    const body = await answer.json();
    // Parsing drops members the schema does not name, so equality means that nothing undocumented is sent either.
    expect(SCHEMAS[endpoint.body.schema].parse(body)).toEqual(body);
  });

  it('of a mistake is a problem as the document says', async () => {
    for (const path of [
      '/api/v1/postings?limit=0',
      '/api/v1/stats?weeks=0',
      '/api/v1/postings/nothing',
      '/api/v1/paths/nothing',
      '/api/v1/facets?colour=red',
    ]) {
      const answer = await fetch(`${api.origin}${path}`);
      expect([400, 404]).toContain(answer.status);
      expect(SCHEMAS.Problem.parse(await answer.json()).status).toBe(answer.status);
    }
  });
});

describe('the OpenAPI document', () => {
  it('is served, and a linter has nothing against it', async () => {
    const answer = await fetch(`${api.origin}/api/v1/openapi.json`);
    const document = (await answer.json()) as ReturnType<typeof openApi>;
    expect(document).toEqual(JSON.parse(JSON.stringify(openApi(document.servers[0]!.url))));
    const config = await createConfig({ extends: ['recommended'] });
    const source = JSON.stringify({ ...document, servers: [{ url: 'https://ombre.example' }] });
    const problems = await lintFromString({ source, config });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`)).toEqual([]);
  });

  it('describes every operation, with an example of what is asked and answered', () => {
    const { paths } = openApi('https://ombre.example', { subscriptions: true });
    for (const [path, { get, post }] of Object.entries(paths)) {
      for (const operation of [get, post]) {
        if (!operation) continue;
        expect(operation.description.length, path).toBeGreaterThan(20);
        const [answer] = Object.values(operation.responses) as { content: Record<string, { example?: unknown }> }[];
        for (const body of Object.values(answer!.content)) expect(body.example, path).toBeTruthy();
      }
    }
    for (const [name, example] of Object.entries(EXAMPLES)) {
      expect(SCHEMAS[name as keyof typeof EXAMPLES].parse(example), name).toEqual(example);
    }
    expect(paths['/api/v1/subscriptions']?.post?.requestBody.content['application/json'].example).toMatchObject({ cadence: 'weekly' });
  });

  it('names every field of the filter where the filter is taken', () => {
    const { paths } = openApi('https://ombre.example');
    for (const path of ['/api/v1/postings', '/feed.rss']) expect(paths[path]!.get!.parameters.length).toBeGreaterThanOrEqual(22);
  });

  it('has a page for people', async () => {
    const text = await (await fetch(`${api.origin}/api`)).text();
    for (const { path } of ENDPOINTS) expect(text).toContain(`GET ${path}`);
    expect(text).toContain('without_certification');
    expect(text).toContain('Within v1, members, parameters and codes are only added');
  });
});
