import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hospitalTitles } from './_titles.ts';

// Boards of many postings on ten addresses of the loopback network, in a process of their own: three of four are feeds that hold whole postings, the
// fourth lists titles and has a page for each. A board is /{number}/.

export const ADDRESSES = 10;
export const isFeed = (board: number) => board % 4 !== 3;
/** About 4 kB a posting, as real ones are. */
const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, n) =>
    `<p>Part ${n}: reviews requests for therapy with nurses, physicians and families, writes what was decided and why, and answers appeals of members and employers within the time the state sets. A current license as OT, PT or SLP and two years of practice are required; the pay is $72,000 to $88,000 a year.</p>`,
).join('');

let each = 0;
const { titles } = hospitalTitles();
const titleOf = (board: number, n: number) => `${titles[(board * 997 + n) % titles.length]} ${board}-${n}`.replaceAll(/[<>&]/g, ' ');

function feed(at: string, board: number): string {
  const items = Array.from(
    { length: each },
    (_, n) =>
      `<item><title>${titleOf(board, n)}</title><link>${at}job/${n}</link><guid>${at}job/${n}</guid><description><![CDATA[${PARAGRAPHS}]]></description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title><link>${at}</link><description>Jobs</description>${items.join('')}</channel></rss>`;
}

function list(at: string, board: number): string {
  const rows = Array.from(
    { length: each },
    (_, n) => `<li class="job"><a href="${at}job/${n}">${titleOf(board, n)}</a><span class="place">Dayton, OH</span></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>Careers</title></head><body><main><ul>${rows.join('')}</ul></main></body></html>`;
}

function page(board: number, n: number): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: titleOf(board, n),
    description: PARAGRAPHS,
    datePosted: '2026-11-20',
    hiringOrganization: { '@type': 'Organization', name: `Acme ${board}` },
    jobLocation: { '@type': 'Place', address: { addressLocality: 'Dayton', addressRegion: 'OH', addressCountry: 'US' } },
  };
  return `<!doctype html><html lang="en"><body><h1>${titleOf(board, n)}</h1><script type="application/ld+json">${JSON.stringify(data)}</script></body></html>`;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, number, job] = /^\/(\d+)\/(?:job\/(\d+))?$/.exec(request.url ?? '') ?? [];
  if (number === undefined) return void response.writeHead(404).end();
  const board = Number(number);
  const at = `http://${request.headers.host}/${board}/`;
  if (job !== undefined) return void response.writeHead(200, { 'content-type': 'text/html' }).end(page(board, Number(job)));
  if (isFeed(board)) return void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(at, board));
  response.writeHead(200, { 'content-type': 'text/html' }).end(list(at, board));
}

process.on('message', async (message: { each: number }) => {
  each = message.each;
  let port = 0;
  for (let address = 1; address <= ADDRESSES; address++) {
    const server = createServer(answer);
    await new Promise<void>(resolve => server.listen(port, `127.0.0.${address}`, resolve));
    port = (server.address() as AddressInfo).port;
  }
  process.send?.(port);
});
process.on('disconnect', () => process.exit(0));
