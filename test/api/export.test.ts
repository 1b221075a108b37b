import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

const MANY = 3000;
let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(api.db, [
    {
      id: 'first',
      first_seen: '2026-11-09T00:00:00Z',
      paths: ['sales'],
      text: 'Sells wheelchairs.\nCOTA welcome.',
      verdicts: { OTA: 'named' },
    },
    { id: 'second', paths: ['sales'] },
    { id: 'gone', paths: ['sales'], closed_at: '2026-11-02T00:00:00Z' },
    { id: 'many', source: 'many', paths: ['writing'] },
  ]);
  await sql`insert into postings (id, source_id, key, url, title, first_seen, last_seen, updated_at, content_hash, list_hash, relevance, confidence, paths)
    select 'many' || n, source_id, 'many' || n, url, title, first_seen - n * interval '1 second', last_seen, updated_at, content_hash, list_hash, relevance, confidence, paths
    from postings, generate_series(1, ${MANY - 1}::int) n where id = 'many'`.execute(api.db);
  await sql`insert into posting_texts (posting_id, html, text, search) select p.id, '', repeat(md5(p.id), 200), '' from postings p
    where p.id like 'many_%'`.execute(api.db);
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}, more: RequestInit = {}) =>
  fetch(`${api.origin}${path}`, { headers: { 'accept-encoding': 'identity', ...headers }, ...more });
const linesOf = (text: string) => {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { id: string; text: string });
};

it('has every posting of a filter on a line, as the list shows it and with its text', async () => {
  const answer = await get('/api/v1/postings.jsonl?path=sales&limit=1');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jsonl; charset=utf-8']);
  const lines = linesOf(await answer.text());
  const list = (await (await get('/api/v1/postings?path=sales')).json()) as { items: object[] };
  expect(lines.map(({ text: _, ...line }) => line)).toEqual(list.items);
  expect(lines[0]?.text).toBe('Sells wheelchairs.\nCOTA welcome.');
});

it('is whole and in order over many batches, packed by negotiation or as a file', async () => {
  const ids = linesOf(await (await get('/api/v1/postings.jsonl?path=writing')).text()).map(({ id }) => id);
  expect(ids).toEqual(['many', ...Array.from({ length: MANY - 1 }, (_, i) => `many${i + 1}`)]);
  const packed = await get('/api/v1/postings.jsonl?path=writing', { 'accept-encoding': 'br, gzip' });
  expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
  expect(linesOf(await packed.text())).toHaveLength(MANY);
  const file = await get('/api/v1/export.jsonl.gz?path=writing');
  expect([file.headers.get('content-type'), file.headers.get('content-encoding')]).toEqual(['application/gzip', null]);
  expect(file.headers.get('content-disposition')).toContain('ombre.jsonl.gz');
  expect(linesOf(gunzipSync(Buffer.from(await file.arrayBuffer())).toString())).toHaveLength(MANY);
});

type Row = Record<string, unknown>;
const tableOf = async (file: ArrayBuffer) => (await parquetReadObjects({ file })) as Row[];

it('is a table with the same postings and members, times as times and parts as they are', async () => {
  const answer = await get('/api/v1/export.parquet?path=sales', { 'accept-encoding': 'gzip' });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual([
    200,
    'application/vnd.apache.parquet',
    null,
  ]);
  expect(answer.headers.get('content-disposition')).toContain('ombre.parquet');
  const rows = await tableOf(await answer.arrayBuffer());
  const asJson = JSON.parse(JSON.stringify(rows)) as Row[];
  expect(asJson).toEqual(linesOf(await (await get('/api/v1/postings.jsonl?path=sales')).text()));
  expect(rows[0]?.first_seen).toEqual(new Date('2026-11-09T00:00:00Z'));
  expect(rows[0]?.verdicts).toMatchObject({ OTA: { verdict: 'named' } });
});

it('is a table in groups of a thousand, and one of no rows where nothing is asked for that there is', async () => {
  const file = await (await get('/api/v1/export.parquet?path=writing')).arrayBuffer();
  expect((await parquetMetadataAsync(file)).row_groups.map(group => Number(group.num_rows))).toEqual([1000, 1000, 1000]);
  const rows = await tableOf(file);
  expect(rows.map(({ id }) => id)).toEqual(['many', ...Array.from({ length: MANY - 1 }, (_, i) => `many${i + 1}`)]);
  const none = await (await get('/api/v1/export.parquet?path=research')).arrayBuffer();
  expect((await parquetMetadataAsync(none)).schema.map(({ name }) => name)).toContain('text');
  expect(await tableOf(none)).toEqual([]);
});

it('is a table that cannot be opened when it is broken off', async () => {
  const file = await (await get('/api/v1/export.parquet?path=writing')).arrayBuffer();
  await expect(tableOf(file.slice(0, file.byteLength - 1000))).rejects.toThrow();
});

it('costs nothing to a reader that has it, and answers HEAD without reading anything', async () => {
  for (const path of ['/api/v1/postings.jsonl?path=sales', '/api/v1/export.jsonl.gz?path=sales', '/api/v1/export.parquet?path=sales']) {
    const head = await get(path, {}, { method: 'HEAD' });
    const etag = head.headers.get('etag')!;
    expect([head.status, etag, head.headers.get('content-length')]).toEqual([200, expect.stringMatching(/^W\/"/), null]);
    const again = await get(path, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const path = '/api/v1/postings.jsonl?path=sales';
  const etag = (await get(path)).headers.get('etag')!;
  await api.db.updateTable('postings').set({ title: 'Another', updated_at: '2026-11-20T00:00:00Z' }).where('id', '=', 'second').execute();
  expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
});

/** Asks on a connection of its own and reads nothing of the body. */
function begin(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(`${api.origin}${path}`, { agent: false }, answer => resolve(answer.on('error', () => undefined)))
      .on('error', reject)
      .end();
  });
}

const ALL = '/api/v1/postings.jsonl?path=writing';

it('refuses one reader more at once than is fair, and has room again when it goes away', async () => {
  const waiting = await Promise.all(Array.from({ length: 2 }, () => begin(ALL)));
  expect(waiting.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  const refused = await get(ALL, { 'accept-encoding': 'gzip' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
  expect(((await refused.json()) as { status: number }).status).toBe(503);
  for (const answer of waiting) answer.destroy();
  const again = async () => {
    const answer = await begin(ALL);
    answer.destroy();
    return answer.statusCode;
  };
  await expect.poll(again, { timeout: 10_000 }).toBe(200);
});

it('does not keep the site from stopping while somebody reads slowly', async () => {
  const slow = await begin(ALL);
  await api.app.close();
  await expect.poll(() => slow.resume().destroyed).toBe(true);
  expect(slow.complete).toBe(false);
});
