import { readFile } from 'node:fs/promises';
import { OmbreError } from '../../errors.ts';
import { bodyFile, canonicalBody, canonicalQuery, loadManifest, type RecordedBoard, type RecordedResponse } from './recordings.ts';
import type { Answer, Exchange, Transport } from './transport.ts';

export type ReplayBoard = {
  source: { slug: string; name: string; system: string; target: unknown };
  expect: (Record<string, unknown> & { outcome?: string | string[] }) | null;
};

/** The boards of a folder of recordings, with what a truthful visit of each ends with. Throws E_INPUT when the folder is not one. */
export async function readReplay(dir: string): Promise<ReplayBoard[]> {
  return loadManifest(dir).map(({ source, expect }) => ({
    source: { slug: source.slug, name: source.name ?? source.slug, system: source.system, target: source.target },
    expect: expect ?? null,
  }));
}

/**
 * A transport that answers from a folder of recordings and opens no connection. robots.txt of every host answers 404 unless it is recorded; anything
 * else that is not recorded throws E_NOT_RECORDED. `visit` is the number of the visit now made, for answers that differ from visit to visit.
 * Throws E_INPUT at once when the folder has no readable manifest.
 */
export function replayTransport(dir: string, options: { visit?: () => number } = {}): Transport {
  const shelf = new Map<string, Recorded[]>();
  for (const board of loadManifest(dir)) {
    for (const recorded of recordedOf(board)) shelf.set(recorded.address, [...(shelf.get(recorded.address) ?? []), recorded]);
  }
  return {
    live: false,
    async send(exchange, signal) {
      signal.throwIfAborted();
      const found = choose(shelf.get(addressOf(exchange.method, exchange.url)) ?? [], exchange, options.visit?.() ?? 1);
      if (found) return await answer(dir, found.response, exchange);
      if (exchange.url.pathname === '/robots.txt') return spoken(404, { 'content-type': 'text/plain' }, new Uint8Array());
      throw new OmbreError('E_NOT_RECORDED', `${exchange.method} ${exchange.url.href}`);
    },
    close: async () => {},
  };
}

type Recorded = { address: string; source: string; query: string | null; body: string | null; response: RecordedResponse };

function recordedOf({ source, responses }: RecordedBoard): Recorded[] {
  return responses.map(response => {
    const url = new URL(response.url);
    const query = response.query ?? (url.search ? url.search : null);
    return {
      address: addressOf(response.method, url),
      source: source.slug,
      query: query === null ? null : canonicalQuery(query),
      body: response.request_body === undefined ? null : canonicalBody(response.request_body),
      response,
    };
  });
}

function addressOf(method: string, url: URL): string {
  return `${method} ${url.origin}${url.pathname}`;
}

/** The answer that fits best: this source's before another's, said for this visit before said for any, exact query and body before any. */
function choose(candidates: Recorded[], exchange: Exchange, visit: number): Recorded | null {
  const query = canonicalQuery(exchange.url.search);
  const body = canonicalBody(exchange.body ?? '');
  const fitting = candidates.filter(({ response, ...asked }) => {
    if (response.visits && !response.visits.includes(visit)) return false;
    return (asked.query === null || asked.query === query) && (asked.body === null || asked.body === body);
  });
  const worth = ({ response, source, ...asked }: Recorded) =>
    (source === exchange.source ? 8 : 0) + (response.visits ? 4 : 0) + (asked.query === null ? 0 : 2) + (asked.body === null ? 0 : 1);
  return fitting.reduce<Recorded | null>((best, one) => (best === null || worth(one) > worth(best) ? one : best), null);
}

async function answer(dir: string, response: RecordedResponse, exchange: Exchange): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers ?? {})) headers[name.toLowerCase()] = value;
  if (response.content_type) headers['content-type'] = response.content_type;
  if (headers.etag && headers.etag === exchange.headers['if-none-match']) return spoken(304, headers, new Uint8Array());
  const bytes = isFirstPage(response, exchange) ? await bodyOf(dir, response) : Buffer.from(response.after ?? '');
  return spoken(response.status, headers, bytes, response.recorded_at);
}

async function bodyOf(dir: string, { file, body }: RecordedResponse): Promise<Uint8Array> {
  return file === undefined ? Buffer.from(body ?? '') : await readFile(bodyFile(dir, file));
}

function isFirstPage({ first_page: page }: RecordedResponse, exchange: Exchange): boolean {
  if (!page) return true;
  if (page.param !== undefined) return page.values.includes(exchange.url.searchParams.get(page.param));
  const field = (JSON.parse(exchange.body || '{}') as Record<string, unknown>)[page.body_field as string] ?? null;
  return page.values.some(value => value === field);
}

function spoken(status: number, headers: Record<string, string>, bytes: Uint8Array, answeredAt: string | null = null): Answer {
  return { status, headers, body: chunks(bytes), discard() {}, answeredAt };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}
