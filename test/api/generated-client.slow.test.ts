import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { generateApi } from 'swagger-typescript-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { openApi } from '../../src/api/openapi.ts';
import { createApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import { subscriptionRoutes } from '../../src/web/subscribe/routes.ts';
import { MAIL } from '../digest/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

/** The client as somebody else would make and use it: generated from the served document, its types checked, every operation called. */
type Document = ReturnType<typeof openApi>;
type Answer = { status: number; headers: Headers; data: unknown };
type Calls = {
  callsOf(origin: string): Record<string, () => Promise<Answer>>;
  closedTitle(origin: string, id: string): Promise<string>;
};

const TSC = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const OPTIONS = {
  target: 'es2024',
  lib: ['es2024', 'dom', 'dom.iterable'],
  module: 'nodenext',
  strict: true,
  types: [],
  outDir: 'out',
  rewriteRelativeImportExtensions: true,
};

let database: TestDatabase;
let folder: string;
let origin: string;
let close: () => Promise<void>;
let document: Document;
let client: Calls;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'ombre-client-'));
  const config = readConfig({ ...MAIL, PORT: '0', FEED_DOMAIN: 'jobs.example', RATE_LIMIT: '0', OMBRE_HOME: folder });
  const app = createApi({ config, db: database.db, web: subscriptionRoutes({ config, databaseUrl: database.url }) });
  close = () => app.close();
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
  await insertPostings(database.db, [
    {
      id: 'example',
      text: 'COTA welcome',
      paths: ['utilization-review'],
      work_mode: 'remote',
      pay: { min: 30, max: null, currency: 'USD', interval: 'hour' },
      places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
      verdicts: { OTA: 'named' },
    },
    { id: 'gone', title: 'Reviewer', closed_at: '2026-11-02T00:00:00Z' },
  ]);
  document = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as Document;
  client = await built(document);
});
afterAll(async () => {
  await close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Generates the client, compiles it with the calls, which checks their types, and loads it. */
async function built(spec: Document): Promise<Calls> {
  const asRead = spec as unknown as NonNullable<Parameters<typeof generateApi>[0]['spec']>;
  const { files } = await generateApi({ spec: asRead, output: false, silent: true, moduleNameFirstTag: true, generateUnionEnums: true });
  expect(files).toHaveLength(1);
  await writeFile(join(folder, 'client.ts'), files[0]!.fileContent);
  await copyFile(join(HERE, '_generated-client-calls.ts'), join(folder, 'calls.ts'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files: ['calls.ts'] }));
  const { stdout } = await promisify(execFile)(TSC, ['-p', folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
  return await import(pathToFileURL(join(folder, 'out', 'calls.js')).href);
}

type Operation = { operationId: string; responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }> };

/** Every operation of the document by its id. */
function operations(): Map<string, Operation> {
  const all = Object.values(document.paths).flatMap(methods => Object.values(methods) as unknown as Operation[]);
  return new Map(all.map(operation => [operation.operationId, operation]));
}

describe('a client generated from the OpenAPI document', () => {
  it('calls every operation, and each answer is what the document says', async () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (formats as unknown as typeof formats.default)(ajv);
    ajv.addSchema(document, 'document');
    const calls = client.callsOf(origin);
    expect(Object.keys(calls).sort()).toEqual([...operations().keys()].sort());
    for (const [id, { responses }] of operations()) {
      const { status, headers, data } = await calls[id]!();
      const content = responses[status]?.content ?? {};
      const type = headers.get('content-type')?.split(';')[0] ?? '';
      expect(Object.keys(content), id).toEqual([type]);
      const { schema } = content[type]!;
      if (data instanceof Blob) expect(data.size, id).toBeGreaterThan(20);
      else if (!schema.$ref) expect(data, id).toBeTruthy();
      const validate = ajv.compile(schema.$ref ? { $ref: `document${schema.$ref}` } : schema);
      if (!(data instanceof Blob)) expect([id, validate(data), validate.errors]).toEqual([id, true, null]);
    }
  });

  it('knows the facts of a closed posting', async () => {
    expect(await client.closedTitle(origin, 'gone')).toBe('Reviewer');
  });

  it('would still take answers that have more members one day', () => {
    const closed = JSON.stringify(document.components.schemas).match(/"additionalProperties":false/g);
    expect(closed).toBe(null);
  });
});
