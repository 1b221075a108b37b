import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../../src/crawlers/engine/recorder.ts';
import { readReplay, replayTransport } from '../../../src/crawlers/engine/replay.ts';
import { closeAll, code, engine, type Handler, page, site } from './support.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ombre-record-'));
});
afterEach(async () => {
  await closeAll();
  await rm(dir, { recursive: true });
});

const board: Handler = (request, response) => {
  let body = '';
  request.on('data', chunk => {
    body += chunk;
  });
  request.on('end', () => {
    if (request.path === '/old') response.writeHead(301, { location: '/jobs?page=9' }).end();
    else if (request.path === '/latin')
      response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(Buffer.from('für', 'latin1'));
    else if (request.path === '/missing') response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>gone');
    else {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        etag: '"1"',
        'set-cookie': 'session=secret',
      });
      response.end(gzipSync(JSON.stringify({ method: request.method, path: request.path, body })));
    }
  });
};
const VISIT = [
  { path: '/jobs?page=1', request: {} },
  { path: '/jobs?page=2', request: {} },
  { path: '/jobs', request: { method: 'POST' as const, body: '{"offset":0}' } },
  { path: '/jobs', request: { method: 'POST' as const, body: '{"offset":20}' } },
  { path: '/old', request: {} },
  { path: '/latin', request: {} },
  { path: '/missing', request: {} },
];

describe('a recording', () => {
  it('keeps no field that its request says is not to be kept, wherever it stands, and replays without it', async () => {
    const jobs = [
      { id: 1, title: 'Care Manager', note: { by: 'Dorothea Quillfeather' }, area: [{ contact: 'd.quillfeather@acme.example' }] },
    ];
    const there = await site((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(request.path === '/cut' ? JSON.stringify(jobs).slice(0, -2) : JSON.stringify(jobs));
    });
    const unrecorded = ['note', 'contact'];
    const live = engine([there], { record: { dir } });
    expect(page(await live.get(`${there.url}/jobs`, { unrecorded })).body).toContain('Quillfeather');
    expect(page(await live.get(`${there.url}/cut`, { unrecorded })).body).toContain('Quillfeather');
    await live.close();
    await there.close();
    const replay = engine([there], { transport: replayTransport(dir) });
    expect(JSON.parse(page(await replay.get(`${there.url}/jobs`)).body)).toEqual([{ id: 1, title: 'Care Manager', area: [{}] }]);
    expect(page(await replay.get(`${there.url}/cut`)).body).toBe('');
    for (const file of await readdir(dir, { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(await readFile(path.join(file.parentPath, file.name), 'utf8')).not.toContain('uillfeather');
  });

  it('keeps nothing of an answer nested so deep that its fields cannot be taken out, which is read all the same', async () => {
    const deep = `{"note":"Quillfeather","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const there = await site((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(deep));
    const live = engine([there], { record: { dir } });
    expect(page(await live.get(there.url, { unrecorded: ['note'] })).body).toBe(deep);
    await live.close();
    const replay = engine([there], { transport: replayTransport(dir) });
    expect(page(await replay.get(there.url)).body).toBe('');
  });

  it('replays as the same pages, told apart by query and body, with robots.txt and redirects', async () => {
    const there = await site(board, 'User-agent: *\nDisallow: /private\n');
    const row = { slug: 'a-source', name: 'A Source', system: 'lever', target: { site: 'a' } };
    const live = engine([there], { record: { dir, sources: [row] } });
    const first = [];
    for (const { path: at, request } of VISIT) first.push(page(await live.get(there.url + at, request)));
    await live.close();
    await there.close();
    const replay = engine([there], { transport: replayTransport(dir) });
    for (const [i, { path: at, request }] of VISIT.entries()) {
      const again = page(await replay.get(there.url + at, request));
      expect(again).toMatchObject({ url: first[i]!.url, status: first[i]!.status, body: first[i]!.body, fetchedAt: first[i]!.fetchedAt });
    }
    expect(first.map(({ body }) => body)).toContain('für');
    expect(code(await replay.get(`${there.url}/private`))).toBe('E_ROBOTS');
    expect(code(await replay.get(`${there.url}/jobs?page=3`))).toBe('E_NOT_RECORDED');
    expect(await readReplay(dir)).toEqual([{ source: row, expect: null }]);
  });

  it('asks for everything, keeps no cookie, and gives out the validators it met', async () => {
    const there = await site(board);
    const live = engine([there], { record: dir });
    await live.get(`${there.url}/jobs`, {}, { validators: { etag: '"0"', lastModified: null } });
    await live.close();
    expect(there.headers[0]).not.toHaveProperty('if-none-match');
    const manifest = await readFile(path.join(dir, 'replay.json'), 'utf8');
    expect(manifest).not.toContain('secret');
    expect(JSON.parse(manifest)[0].responses).toContainEqual(expect.objectContaining({ query: '', headers: { etag: '"1"' } }));
  });

  it('made again in the same folder adds what is new and replaces what was answered before', async () => {
    let answer = 'first';
    const there = await site((_request, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(answer));
    for (const at of ['/a', '/b']) {
      const live = engine([there], { record: dir });
      await live.get(there.url);
      await live.get(there.url + at);
      await live.close();
      answer = 'second';
    }
    const replay = engine([there], { transport: replayTransport(dir) });
    expect(page(await replay.get(there.url)).body).toBe('second');
    expect(page(await replay.get(`${there.url}/a`)).body).toBe('first');
    expect(page(await replay.get(`${there.url}/b`)).body).toBe('second');
    expect(JSON.parse(await readFile(path.join(dir, 'replay.json'), 'utf8'))[0].responses).toHaveLength(4);
  });

  it('is whole at any moment it is looked at: every file the manifest names is there', async () => {
    const there = await site(board);
    const live = engine([there], { record: dir });
    const look = async () => {
      if (!(await readdir(dir)).includes('replay.json')) return 0;
      const [{ responses }] = JSON.parse(await readFile(path.join(dir, 'replay.json'), 'utf8')) as [{ responses: { file: string }[] }];
      for (const { file } of responses) expect(await readFile(path.join(dir, file), 'utf8')).not.toBe('');
      return responses.length;
    };
    for (let i = 0; i < 60; i += 1) {
      const asking = live.get(`${there.url}/jobs?page=${i}`);
      await look();
      await asking;
    }
    await expect.poll(look).toBeGreaterThan(20);
    await live.close();
    expect(await look()).toBe(61);
    const left = (await readdir(dir, { recursive: true })).filter(name => name.endsWith('.part'));
    expect(left).toEqual([]);
  });

  it('that cannot be written fails at the latest when it is closed', async () => {
    await writeFile(path.join(dir, 'a-source'), 'in the way of the folder of that name');
    const there = await site(board);
    const live = engine([there], { record: dir });
    page(await live.get(`${there.url}/jobs`));
    await expect(live.close()).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('into what cannot be a folder is refused before anything is asked', async () => {
    await writeFile(path.join(dir, 'a-file'), '');
    expect(() => new Recorder({ dir: path.join(dir, 'a-file', 'below') })).toThrow(expect.objectContaining({ code: 'E_INPUT' }));
  });

  it('into a folder with a broken manifest is refused before anything is asked', async () => {
    await writeFile(path.join(dir, 'replay.json'), '{');
    expect(() => new Recorder({ dir })).toThrow(expect.objectContaining({ code: 'E_INPUT' }));
  });
});
