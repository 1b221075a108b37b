import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Each host is an address of the loopback network of its own. */
const onLoopback = (n: number) => `127.0.1.${n + 1}`;
const TITLES = ['Utilization Review Therapist', 'Rehab Liaison', 'Clinical Trainer (PT, OT)', 'Therapy Documentation Reviewer'];

export type SlowSite = {
  port: number;
  /** Names and ports of all hosts, as ALLOW_PRIVATE_HOSTS wants them. */
  hosts: string[];
  /** The row of the registry of each board. */
  rows: { slug: string; name: string; system: string; target: object }[];
  /** Requests that were answered or cut; those whose asker was gone before the answer; the most at the same time on one host. */
  seen: { requests: number; cut: number; mostAtOnce: number };
  /** Requests under way at this moment, of askers whose user agent holds this. */
  open(agent?: string): number;
  close(): Promise<void>;
};

/** So many boards on so many hosts, each with a list and a page for each posting, which take `answerMs` by half, more or less, to answer. `hostOf` says where the nth host is. */
export async function slowSite(
  size: { boards: number; hosts: number; postings: number; answerMs: number },
  hostOf: (n: number) => string = onLoopback,
): Promise<SlowSite> {
  const underWay = new Map<string, number>();
  const agents = new Map<object, string>();
  const seen = { requests: 0, cut: 0, mostAtOnce: 0 };
  const server = createServer(async (request, response) => {
    const host = request.headers.host ?? '';
    const now = (underWay.get(host) ?? 0) + 1;
    underWay.set(host, now);
    seen.requests += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, now);
    agents.set(request, request.headers['user-agent'] ?? '');
    response.once('close', () => {
      agents.delete(request);
      underWay.set(host, (underWay.get(host) ?? 1) - 1);
      if (!response.writableFinished) seen.cut += 1;
    });
    await sleep(size.answerMs * (0.5 + Math.random()));
    if (response.destroyed) return;
    const page = pageOf(request.url ?? '/', size.postings);
    response.writeHead(page === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
  });
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  const rows = Array.from({ length: size.boards }, (_, n) => ({
    slug: `board-${n}`,
    name: `Acme ${n}`,
    system: 'html',
    target: { list: `http://${hostOf(n % size.hosts)}:${port}/${n}/`, item: '.job', title: 'a', place: '.place', detail: {} },
  }));
  return {
    port,
    hosts: Array.from({ length: size.hosts }, (_, n) => `${hostOf(n)}:${port}`),
    rows,
    seen,
    open: (agent = '') => [...agents.values()].filter(name => name.includes(agent)).length,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The list of a board (`/7/`), or one of its postings (`/7/job/3`); null for anything else, robots.txt too. */
function pageOf(path: string, postings: number): string | null {
  const [, board, posting] = /^\/(\d+)\/(?:job\/(\d+))?$/.exec(path) ?? [];
  if (board === undefined) return null;
  const title = (n: number) => `${TITLES[n % TITLES.length]} ${board}-${n}`;
  if (posting === undefined) {
    const row = (n: number) => `<li class="job"><a href="/${board}/job/${n}">${title(n)}</a><span class="place">Dayton, OH</span></li>`;
    return frame(`<ul>${Array.from({ length: postings }, (_, n) => row(n)).join('')}</ul>`);
  }
  const data = {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: title(Number(posting)),
    description: `<p>Reviews requests for therapy, number ${posting} of board ${board}.</p><ul><li>Licensed OT, PT or SLP</li></ul>`,
    datePosted: '2026-11-20',
    hiringOrganization: { '@type': 'Organization', name: `Acme ${board}` },
    jobLocation: { '@type': 'Place', address: { addressLocality: 'Dayton', addressRegion: 'OH', addressCountry: 'US' } },
  };
  return frame(`<h1>${data.title}</h1><script type="application/ld+json">${JSON.stringify(data)}</script>`);
}

function frame(inner: string): string {
  return `<!doctype html><html lang="en"><head><title>Careers</title></head><body><main>${inner}</main></body></html>`;
}
