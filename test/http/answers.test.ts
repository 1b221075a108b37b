import Fastify, { type FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answersOf } from '../../src/http/answers.ts';
import { html } from '../../src/http/html.ts';
import type { Revisions } from '../../src/http/revisions.ts';
import type { Database } from '../../src/store/schema.ts';

let app: FastifyInstance;
let stamp = 'first';
let clock = 'one hour';
let rendered = 0;
let text = 'Therapists';
let until = Number.POSITIVE_INFINITY;

beforeEach(() => {
  [stamp, clock, rendered, text, until] = ['first', 'one hour', 0, 'Therapists', Number.POSITIVE_INFINITY];
  const read: Revisions['kept'] = async (_key, read) => await read();
  const held: Revisions['held'] = async run => ({ value: await run(), until });
  const revisions: Revisions = { stamp: async () => stamp, kept: read, cached: read, changedAt: async () => null, held };
  // Neither kind of answer asks the database by itself.
  const { html: page, json } = answersOf({ db: {} as Kysely<Database>, site: () => ({ origin: '', domain: '' }), revisions });
  app = Fastify();
  const render = async () => {
    rendered++;
    return html`<p>${text}</p>`;
  };
  app.get('/same', (request, reply) => page(request, reply, 'same', render, clock));
  app.get('/json', (request, reply) => json(request, reply, { name: 'same', read: render }));
});
afterEach(() => app.close());

const get = (url: string, tag?: unknown) => app.inject({ url, headers: tag === undefined ? {} : { 'if-none-match': String(tag) } });

it('renders once for as long as nothing is stored and the clock does not move', async () => {
  for (let n = 0; n < 3; n++) expect((await get('/same')).body).toBe('<p>Therapists</p>');
  expect(rendered).toBe(1);
  stamp = 'second';
  await get('/same');
  expect(rendered).toBe(2);
  clock = 'the next hour';
  await get('/same');
  expect(rendered).toBe(3);
});

it('renders again what held for a while only, and once for all who wait', async () => {
  until = performance.now() - 1;
  await get('/same');
  await get('/same');
  expect(rendered).toBe(2);
  until = Number.POSITIVE_INFINITY;
  await Promise.all(Array.from({ length: 10 }, () => get('/same')));
  expect(rendered).toBe(3);
});

it('keeps its tag while its bytes are the same, whatever else was stored, and gives another one when they are not', async () => {
  const { etag } = (await get('/same')).headers;
  stamp = 'second';
  const again = await get('/same', etag);
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
  [stamp, text] = ['third', 'Assistants'];
  const other = await get('/same', etag);
  expect([other.statusCode, other.body]).toEqual([200, '<p>Assistants</p>']);
});

it('never gives one kind of answer for another of the same name', async () => {
  const [page, json] = [await get('/same'), await get('/json')];
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(json.json()).toEqual({ html: '<p>Therapists</p>' });
  expect(page.headers.etag).not.toBe(json.headers.etag);
});
