import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, overStdio } from './_clients.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ombre-mcp-'));
});
afterAll(() => rm(home, { recursive: true }));

test('an MCP client brings up the private Postgres, shares it with a second one, and the last to leave stops it', async () => {
  const first = await overStdio({ OMBRE_HOME: home });
  const second = await overStdio({ OMBRE_HOME: home });
  for (const { client } of [first, second]) {
    expect((await ask(client, 'search_postings')).document).toMatchObject({ total: { value: 0 }, postings: [], next: null });
    expect((await ask(client, 'path_numbers', { path: 'sales' })).document).toMatchObject({ open: 0, pay: { n: 0, median: null } });
  }
  const running = async () => (await readdir(join(home, 'postgres', 'data'))).includes('postmaster.pid');
  await first.client.close();
  expect((await ask(second.client, 'list_paths')).refused).toBe(false);
  expect(await running()).toBe(true);
  await second.client.close();
  await expect.poll(running, { timeout: 20_000 }).toBe(false);
});
