import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertPostings } from '../support/postings.ts';
import { ask, ERAS, type McpSite, mcpSite, overHttp } from './_clients.ts';

let site: McpSite;
beforeAll(async () => {
  site = await mcpSite();
  await insertPostings(site.db, [{ id: 'one', paths: ['sales'], verdicts: { OTA: 'named' } }]);
});
afterAll(() => site.close());

const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_postings', arguments: {} } };
const post = (body: unknown, headers: Record<string, string> = {}, origin = site.origin) =>
  fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('the door at /mcp', () => {
  test.each(ERAS)('answers clients of the %s protocol, many at once', async era => {
    const client = await overHttp(site.origin, era);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(client, 'search_postings', { credential: 'OTA' })));
    for (const { document } of answers) expect(document.postings).toMatchObject([{ id: 'one' }]);
    await client.close();
  });

  test('keeps no session, and tells nobody to keep an answer', async () => {
    const answer = await post(call);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('mcp-session-id')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain('"id\\":\\"one');
  });

  test.each(['GET', 'DELETE', 'PUT'])('takes no %s', async method => {
    const answer = await fetch(`${site.origin}/mcp`, { method, headers: { accept: 'text/event-stream' } });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('refuses pages of other sites, whatever name they made lead here, and knows its own', async () => {
    for (const origin of ['https://evil.example', 'http://evil.example:3000', 'null', 'https://ombre.example.evil.example'])
      expect([origin, (await post(call, { origin })).status]).toEqual([origin, 403]);
    for (const origin of ['https://ombre.example', 'http://localhost:6274', 'http://127.0.0.1:3000'])
      expect([origin, (await post(call, { origin })).status]).toEqual([origin, 200]);
    // No answer may be read by a page of another origin.
    expect((await post(call)).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('takes one message a request, so that no limit is passed by many in one', async () => {
    const answer = await post([call, { ...call, id: 2 }]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: 'one message a request: batches are not taken' });
  });

  test.each([
    ['no JSON', '{', {}, 400],
    ['nothing', '', {}, 400],
    ['another type', JSON.stringify(call), { 'content-type': 'text/plain' }, 415],
    ['too much', JSON.stringify({ ...call, params: { name: 'x'.repeat(70_000) } }), {}, 413],
    ['a client that takes no answer', JSON.stringify(call), { accept: 'text/html' }, 406],
  ])('refuses %s', async (_, body, headers, status) => {
    expect((await post(body, headers as Record<string, string>)).status).toBe(status);
  });

  test('holds no stream open', async () => {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
      'io.modelcontextprotocol/clientInfo': { name: 'a test', version: '1' },
    };
    const listen = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { notifications: {}, _meta: meta } };
    const answer = await post(listen, { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' });
    expect(await answer.json()).toMatchObject({ error: { message: 'Subscription limit reached' } });
  });

  test('stands under the rate limit of the API', async () => {
    const few = await mcpSite({ RATE_LIMIT: '3' });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await post(call, {}, few.origin)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await fetch(`${few.origin}/api/v1/paths`)).status).toBe(429);
    await few.close();
  });
});
