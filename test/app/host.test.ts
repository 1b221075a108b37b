import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveApi } from '../../src/app/serving.ts';
import { readConfig } from '../../src/config.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.drop();
});

test.each(['not a host', '192.0.2.1', '999.1.1.1'])('HOST=%s, where this machine cannot listen, is a mistake that names it', async host => {
  const config = readConfig({ HOST: host, PORT: '0' });
  await expect(serveApi(config, database.url, async () => Promise.reject(new Error('asked for')))).rejects.toMatchObject({
    code: 'E_CONFIG',
    message: expect.stringContaining(`HOST is "${host}"; allowed: `),
  });
});
