import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAIN } from '../cli/ombre-process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { ask, ERAS, overStdio } from './_clients.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await insertPostings(database.db, [
    { id: 'one', paths: ['sales'], verdicts: { OTA: 'named' }, first_seen: '2026-11-02T00:00:00Z' },
    { id: 'two', paths: ['sales'], verdicts: { OTA: 'open' } },
  ]);
});
afterAll(() => database.drop());

const settings = (env: Record<string, string> = {}) => ({ DATABASE_URL: database.url, PUBLIC_URL: 'https://ombre.example', ...env });
const start = (env: Record<string, string>) =>
  spawn(process.execPath, [MAIN, 'mcp'], { env: { PATH: process.env.PATH, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
const initialize = line({
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a test', version: '1' } },
});

/** Everything a stream gives, as it comes. */
function heard(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.on('data', chunk => {
    text += chunk;
  });
  return () => text;
}

describe('ombre mcp', () => {
  test.each(ERAS)('answers on stdin and stdout what the API answers, to clients of the %s protocol', async era => {
    const { client } = await overStdio(settings(), era);
    const { document } = await ask(client, 'search_postings', { credential: 'COTA' });
    expect(document.postings).toMatchObject([{ id: 'one' }, { id: 'two' }]);
    expect(document.list).toBe('https://ombre.example/jobs?credential=OTA');
    expect((await client.listTools()).tools).toHaveLength(5);
    await client.close();
  });

  test('writes nothing but messages to stdout, however much it logs, and ends with its input', async () => {
    const child = start(settings({ LOG_LEVEL: 'trace' }));
    const [out, err] = [heard(child, 'stdout'), heard(child, 'stderr')];
    child.stdin.write(initialize);
    child.stdin.write(line({ method: 'notifications/initialized' }));
    child.stdin.write('this is no message\n{"neither":"is this"}\n');
    child.stdin.write(line({ id: 2, method: 'tools/call', params: { name: 'list_paths', arguments: {} } }));
    await expect.poll(() => out().trimEnd().split('\n').length, { timeout: 20_000 }).toBe(2);
    const ids = out()
      .trimEnd()
      .split('\n')
      .map(one => JSON.parse(one).id);
    expect(ids).toEqual([1, 2]);
    expect(err()).toContain('mcp: a message was refused');
    const began = performance.now();
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
    // Clients wait two seconds before they kill.
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test('ends on SIGTERM though its input stays open', async () => {
    const child = start(settings());
    const out = heard(child, 'stdout');
    child.stdin.write(initialize);
    await expect.poll(out, { timeout: 20_000 }).toContain('"id":1');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('says in one sentence that the database is away, and ends with 3', async () => {
    const child = start({ DATABASE_URL: 'postgres://ombre:x@127.0.0.1:1/ombre' });
    const [out, err] = [heard(child, 'stdout'), heard(child, 'stderr')];
    expect(await once(child, 'exit')).toEqual([3, null]);
    expect([out(), err()]).toEqual(['', expect.stringMatching(/^ombre: Postgres does not answer[^\n]*\n$/)]);
  });
});
