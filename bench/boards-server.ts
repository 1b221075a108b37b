import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

// Sixty small boards of every shape on twenty addresses of the loopback network, in a process of their own: good ones, empty ones, slow, silent, lying
// and hostile ones. A board is /{number}/, its shape by its number. Two hosts have a robots.txt of note: one fails, one wants a second between requests.

/** What a board does, and how a visit of it should end. */
export type Shape = { name: string; outcomes: readonly string[]; postings: number; answer: (board: Asked) => Promise<void> | void };
type Asked = { id: number; path: string; at: string; times: (what: string) => number; response: ServerResponse };

export const HOSTS = 20;
export const ROBOTS_FAILS = 18;
export const SLOW_ROBOTS = 19;

const TITLES = [
  'Utilization Review Therapist',
  'Rehab Liaison',
  'Clinical Trainer (PT, OT)',
  'Registered Nurse',
  'Cook',
  'Therapy Recruiter',
];
const title = (n: number) => `${TITLES[n % TITLES.length]} ${n}`;
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);
const frame = (inner: string) =>
  `<!doctype html><html lang="en"><head><title>Careers</title></head><body><main>${inner}</main></body></html>`;
const row = (at: string, n: number) => `<li class="job"><a href="${at}job/${n}">${title(n)}</a><span class="place">Dayton, OH</span></li>`;
const list = (at: string, numbers: number[], next = '') => frame(`<ul>${numbers.map(n => row(at, n)).join('')}</ul>${next}`);
const nextLink = (href: string) => `<a class="next" href="${href}">Next</a>`;

function posting(at: string, n: number, more: object = {}): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: title(n),
    description: `<p>Reviews requests for therapy, number ${n} of ${at}.</p><ul><li>Licensed OT, PT or SLP</li><li>Two years of practice</li></ul>`,
    datePosted: '2026-11-20',
    hiringOrganization: { '@type': 'Organization', name: 'Acme Health' },
    jobLocation: { '@type': 'Place', address: { addressLocality: 'Dayton', addressRegion: 'OH', addressCountry: 'US' } },
    ...more,
  };
  return frame(`<h1>${title(n)}</h1><script type="application/ld+json">${JSON.stringify(data)}</script>`);
}

const html = (response: ServerResponse, body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);

/** A posting page where one is asked for; else what `listing` answers. */
function board(listing: (asked: Asked) => Promise<void> | void, page: (asked: Asked, n: number) => void = plainPage) {
  return (asked: Asked) => {
    const number = /^job\/(\d+)$/.exec(asked.path)?.[1];
    return number === undefined ? listing(asked) : page(asked, Number(number));
  };
}
const plainPage = ({ response, at }: Asked, n: number) => html(response, posting(at, n));
const plainList =
  (count: number) =>
  ({ response, at }: Asked) =>
    html(response, list(at, upTo(count)));
const pageOf = (path: string) => Number(/^page\/(\d+)/.exec(path)?.[1] ?? 1);

function paged(pages: number, size: number, shift = 0) {
  return ({ response, at, path }: Asked) => {
    const page = pageOf(path);
    const rows = upTo(size, (page - 1) * (size - shift));
    html(response, list(at, rows, page < pages ? nextLink(`${at}page/${page + 1}`) : ''));
  };
}

const sitemap = (urls: string[], kind: 'urlset' | 'sitemapindex' = 'urlset') =>
  `<?xml version="1.0"?><${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map(url => `<${kind === 'urlset' ? 'url' : 'sitemap'}><loc>${url}</loc></${kind === 'urlset' ? 'url' : 'sitemap'}>`).join('')}</${kind}>`;

function feedOf(at: string, count: number): string {
  const items = upTo(count).map(
    n =>
      `<item><title>${title(n)}</title><link>${at}job/${n}</link><guid>${at}job/${n}</guid><description>Therapists welcome.</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title><link>${at}</link><description>Jobs</description>${items.join('')}</channel></rss>`;
}
const xml = (response: ServerResponse, body: string) => void response.writeHead(200, { 'content-type': 'application/xml' }).end(body);

/** `every` after `count` failures with `status`. */
function after(count: number, status: number, headers: Record<string, string>, every: Shape['answer']): Shape['answer'] {
  return asked => {
    if (asked.path === '' && asked.times('list') <= count) html(asked.response, frame('Busy'), headers, status);
    else return every(asked);
  };
}

export const SHAPES: readonly Shape[] = [
  { name: 'one page', outcomes: ['complete'], postings: 30, answer: board(plainList(30)) },
  { name: 'ten pages', outcomes: ['complete'], postings: 150, answer: board(paged(10, 15)) },
  { name: 'six hundred on a page', outcomes: ['complete'], postings: 600, answer: board(plainList(600)) },
  { name: 'says it is empty', outcomes: ['complete'], postings: 0, answer: ({ response }) => html(response, frame('<p>No openings</p>')) },
  { name: 'empty without a word', outcomes: ['failed'], postings: 0, answer: ({ response }) => html(response, frame('<p>Careers</p>')) },
  { name: 'gone', outcomes: ['gone'], postings: 0, answer: ({ response }) => html(response, frame('Not found'), {}, 404) },
  { name: 'refused by robots.txt', outcomes: ['blocked'], postings: 0, answer: board(plainList(5)) },
  {
    name: 'too many requests, once',
    outcomes: ['complete'],
    postings: 10,
    answer: after(1, 429, { 'retry-after': '3' }, board(plainList(10))),
  },
  { name: 'unavailable twice', outcomes: ['complete'], postings: 10, answer: after(2, 503, {}, board(plainList(10))) },
  { name: 'always an error', outcomes: ['failed'], postings: 0, answer: ({ response }) => html(response, frame('Error'), {}, 500) },
  {
    name: 'slow',
    outcomes: ['complete'],
    postings: 6,
    answer: async asked => {
      await sleep(1200);
      return board(plainList(6))(asked);
    },
  },
  { name: 'silent', outcomes: ['failed'], postings: 0, answer: () => undefined },
  {
    name: 'cut in the middle',
    outcomes: ['failed'],
    postings: 0,
    answer: ({ response, at }) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '90000' }).write(list(at, upTo(20)).slice(0, 900));
      setTimeout(() => response.destroy(), 50);
    },
  },
  {
    name: 'endless',
    outcomes: ['failed'],
    postings: 0,
    answer: ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    },
  },
  {
    name: 'a compressed bomb',
    outcomes: ['failed'],
    postings: 0,
    answer: ({ response }) => html(response, BOMB, { 'content-encoding': 'gzip' }),
  },
  {
    name: 'a wall for people',
    outcomes: ['blocked'],
    postings: 0,
    answer: ({ response }) => html(response, '<html><head><title>Just a moment...</title></head></html>', {}, 403),
  },
  {
    name: 'led in circles',
    outcomes: ['failed'],
    postings: 0,
    answer: ({ response, at }) => html(response, '', { location: `${at}again${Math.random()}` }, 302),
  },
  {
    name: 'led to another site',
    outcomes: ['failed', 'gone'],
    postings: 0,
    answer: ({ response }) => html(response, '', { location: 'http://127.0.0.99:9/' }, 302),
  },
  {
    name: 'the same page again and again',
    outcomes: ['partial'],
    postings: 12,
    answer: board(({ response, at, path }) => html(response, list(at, upTo(12), nextLink(`${at}page/${pageOf(path) + 1}`)))),
  },
  { name: 'rows that shift between pages', outcomes: ['complete', 'partial'], postings: 41, answer: board(paged(4, 11, 1)) },
  {
    name: 'postings that are gone by then',
    outcomes: ['complete'],
    postings: 8,
    answer: board(plainList(8), ({ response, at }, n) =>
      n % 3 === 0 ? html(response, frame('Gone'), {}, 410) : html(response, posting(at, n)),
    ),
  },
  {
    name: 'pages that fail every third time',
    outcomes: ['complete'],
    postings: 9,
    answer: board(plainList(9), ({ response, at, times }, n) =>
      times('page') % 3 === 0 ? html(response, frame('Error'), {}, 500) : html(response, posting(at, n)),
    ),
  },
  {
    name: 'titles that mean harm',
    outcomes: ['complete'],
    postings: 3,
    answer: board(({ response, at }) =>
      html(
        response,
        frame(
          ['\u001b[2J\u001b]0;owned\u0007', '&lt;script&gt;alert(1)&lt;/script&gt;', '\u202egnp.exe']
            .map((words, n) => `<li class="job"><a href="${at}job/${n}">${words} Rehab Liaison ${n}</a></li>`)
            .join(''),
        ),
      ),
    ),
  },
  {
    name: 'another encoding',
    outcomes: ['complete'],
    postings: 5,
    answer: board(({ response, at }) =>
      html(response, Buffer.from(list(at, upTo(5)).replaceAll('Dayton', 'Montr\u00e9al'), 'latin1'), { 'content-type': 'text/html' }),
    ),
  },
  {
    name: 'a sitemap',
    outcomes: ['complete'],
    postings: 25,
    answer: board(({ response, at }) => xml(response, sitemap(upTo(25).map(n => `${at}job/${n}`)))),
  },
  {
    name: 'a sitemap of sitemaps',
    outcomes: ['complete'],
    postings: 40,
    answer: board(({ response, at, path }) => {
      const part = /^part\/(\d)$/.exec(path)?.[1];
      if (part === undefined)
        return xml(
          response,
          sitemap(
            upTo(4).map(n => `${at}part/${n}`),
            'sitemapindex',
          ),
        );
      return xml(response, sitemap(upTo(10, Number(part) * 10).map(n => `${at}job/${n}`)));
    }),
  },
  { name: 'a feed', outcomes: ['complete'], postings: 20, answer: ({ response, at }) => xml(response, feedOf(at, 20)) },
  {
    name: 'a feed that breaks off',
    outcomes: ['failed'],
    postings: 0,
    answer: ({ response, at }) => xml(response, feedOf(at, 20).slice(0, 700)),
  },
];

const BOMB = gzipSync(Buffer.alloc(200 * 1024 * 1024));

/** The registry's target of a board: how a row would tell Ombre to read it. */
export function targetOf(shape: Shape, at: string): { system: string; target: object } {
  if (shape.name.startsWith('a sitemap')) return { system: 'jsonld', target: { sitemap: at, include: '/job/' } };
  if (shape.name.startsWith('a feed')) return { system: 'feed', target: { feed: at } };
  return {
    system: 'html',
    target: { list: at, item: '.job', title: 'a', place: '.place', next: 'a.next', empty: { text: 'No openings' }, detail: {} },
  };
}

/** What the server saw: requests of each host and board, the most at the same time on one host, and the shortest time between two. */
export type Seen = { requests: number; robots: number; mostAtOnce: number; shortestGapMs: Record<string, number> };

const times = new Map<string, number>();
const open = new Map<string, number>();
const last = new Map<string, number>();
const seen: Seen = { requests: 0, robots: 0, mostAtOnce: 0, shortestGapMs: {} };

function count(key: string): number {
  const now = (times.get(key) ?? 0) + 1;
  times.set(key, now);
  return now;
}

function watch(host: string, response: ServerResponse): void {
  const atOnce = (open.get(host) ?? 0) + 1;
  open.set(host, atOnce);
  seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce);
  response.on('close', () => open.set(host, (open.get(host) ?? 1) - 1));
  const now = performance.now();
  const gap = now - (last.get(host) ?? Number.NEGATIVE_INFINITY);
  last.set(host, now);
  seen.shortestGapMs[host] = Math.min(seen.shortestGapMs[host] ?? Number.MAX_SAFE_INTEGER, Math.round(gap));
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? '';
  const number = Number(/^127\.0\.0\.(\d+)/.exec(host)?.[1]) - 1;
  const { pathname } = new URL(request.url ?? '/', 'http://board');
  if (pathname === '/robots.txt') {
    seen.robots += 1;
    if (number === ROBOTS_FAILS) return void response.writeHead(500).end();
    const delay = number === SLOW_ROBOTS ? 'Crawl-delay: 1\n' : '';
    return void response.writeHead(200, { 'content-type': 'text/plain' }).end(`User-agent: *\n${delay}Disallow: /refused/\n`);
  }
  const [, folder, id, path = ''] = /^\/(boards|refused)\/(\d+)\/(.*)$/.exec(pathname) ?? [];
  const shape = SHAPES[Number(id) % SHAPES.length];
  if (!folder || !shape) return void response.writeHead(404).end();
  seen.requests += 1;
  watch(host, response);
  const at = `http://${host}/${folder}/${id}/`;
  const asked: Asked = { id: Number(id), path, at, response, times: what => count(`${id} ${what} ${what === 'page' ? '' : path}`) };
  void shape.answer(asked);
}

process.on('message', async (message: 'start' | 'seen') => {
  if (message === 'seen') return void process.send?.(seen);
  let port = 0;
  for (let host = 1; host <= HOSTS; host += 1) {
    const server = createServer(answer);
    await new Promise<void>(resolve => server.listen(port, `127.0.0.${host}`, resolve));
    port = (server.address() as { port: number }).port;
  }
  process.send?.(port);
});
process.on('disconnect', () => process.exit(0));
