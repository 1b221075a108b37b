import { afterEach, describe, expect, test } from 'vitest';
import type { Asked } from '../../../src/crawlers/engine/fetching.ts';
import { closeAll, engine, site } from './support.ts';

afterEach(closeAll);

describe('whoever watches the engine', () => {
  test('is told of every request as it is sent: its source, its host, and the pause that robots.txt or the settings ask for', async () => {
    const there = await site((_, response) => void response.end('ok'), 'User-agent: *\nCrawl-delay: 0.2\nDisallow: /private');
    const asked: Asked[] = [];
    const { get } = engine([there], { onRequest: one => asked.push(one), spacingMs: 10 });
    await get(`${there.url}/jobs`);
    await get(`${there.url}/private/jobs`);
    const host = new URL(there.url).host;
    expect(asked).toEqual([
      { source: 'a-source', host, spacingMs: 10 },
      { source: 'a-source', host, spacingMs: 200 },
    ]);
  });

  test('is told of each further try and each redirect as well', async () => {
    let tries = 0;
    const there = await site((request, response) => {
      tries += 1;
      if (tries === 1) response.writeHead(503).end();
      else if (request.path === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.end('ok');
    });
    const asked: Asked[] = [];
    const { get } = engine([there], { onRequest: one => asked.push(one) });
    await get(`${there.url}/old`);
    // robots.txt, the answer 503, the redirect, the page.
    expect(asked).toHaveLength(4);
  });
});
