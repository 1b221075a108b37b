import { readFile } from 'node:fs/promises';
import type { Adapter, Page, PageReading, PageRequest, RawPosting } from '../../../src/crawlers/adapter.ts';

export const FETCHED_AT = '2026-11-22T03:00:00.000Z';

/** A fixture's text: `fixture('greenhouse', 'list.json')`. */
export function fixture(system: string, file: string): Promise<string> {
  return readFile(new URL(`../../fixtures/${system}/${file}`, import.meta.url), 'utf8');
}

/** The page a body makes as the answer to a request. */
export function answer(request: PageRequest, body: string, over: Partial<Omit<Page, 'request' | 'body'>> = {}): Page {
  return { request, url: request.url, status: 200, headers: {}, fetchedAt: FETCHED_AT, body, ...over };
}

/** What an adapter reads out of a body as the answer to its first list request. */
export function readList<T>(adapter: Adapter<T>, target: T, body: string, over: Partial<Omit<Page, 'body'>> = {}): PageReading {
  const request = over.request ?? adapter.start(target)[0];
  if (!request) throw new Error(`${adapter.system} starts with no request`);
  return adapter.read(answer(request, body, over), target);
}

/** What an adapter reads out of a body as the answer to a posting's detail request. */
export function readDetail<T>(
  adapter: Adapter<T>,
  target: T,
  body: string,
  over: Partial<PageRequest> = {},
  page: Partial<Omit<Page, 'request' | 'body'>> = {},
): PageReading {
  const request: PageRequest = { kind: 'detail', url: 'https://board.example/detail', ...over };
  return adapter.read(answer(request, body, page), target);
}

/** The only posting of a reading. */
export function only(reading: PageReading): RawPosting {
  if (reading.postings.length !== 1) throw new Error(`${reading.postings.length} postings: ${reading.why}`);
  return reading.postings[0] as RawPosting;
}

/** A fixture's JSON, changed: `altered('lever', 'list.json', list => { delete list[0].text; })`. */
// The fixture's shape is the test's own knowledge.
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function altered(system: string, file: string, change: (json: any) => unknown): Promise<string> {
  const json = JSON.parse(await fixture(system, file));
  return JSON.stringify(change(json) ?? json);
}
