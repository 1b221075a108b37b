import { expect, test } from 'vitest';
import type { Fetcher } from '../../../src/crawlers/engine/fetching.ts';
import { systemOf } from '../../../src/crawlers/systems.ts';
import { readListing } from '../../../src/crawlers/visit/listing.ts';
import { fixture } from '../adapters/_support.ts';
import { HOSTILE, type HostileCase, type Served } from '../cases.ts';

/** A reader that goes round in circles is stopped here: no row needs more. */
const MOST_REQUESTS = 12;

async function bodyOf(system: string, { file, text = '', upTo, swap = {} }: Served): Promise<string> {
  let body = file === undefined ? text : await fixture(system, file);
  for (const [from, to] of Object.entries(swap)) {
    expect(body, `${system}/${file}`).toContain(from);
    body = body.replaceAll(from, to);
  }
  if (upTo === undefined) return body;
  const end = body.lastIndexOf(upTo);
  expect(end, `${system}/${file}: ${upTo}`).toBeGreaterThan(0);
  return body.slice(0, end);
}

async function visit({ system, target, answers }: HostileCase) {
  const bodies = await Promise.all(answers.map(answer => bodyOf(system, answer)));
  let asked = 0;
  const fetcher: Fetcher = {
    fetch: async request => {
      const turn = Math.min(asked, answers.length - 1);
      asked += 1;
      const { status = 200 } = answers[turn] as Served;
      const page = { request, url: request.url, status, headers: {}, body: bodies[turn] as string, fetchedAt: '2026-11-28T00:00:00Z' };
      return { kind: 'page', page };
    },
    close: async () => undefined,
  };
  const board = { adapter: await systemOf(system), target, slug: 'acme', fetcher, signal: new AbortController().signal };
  const listing = await readListing(board, { mostRequests: MOST_REQUESTS + 1 });
  return { listing, asked };
}

test.each(HOSTILE.map((row, index) => [row.kind, row.system, index, row] as const))(
  '%s: %s is not taken in (%i)',
  async (_kind, _system, _index, row) => {
    const { listing, asked } = await visit(row);
    const said = `${listing.end}: ${listing.reason}`;
    expect(asked, said).toBeLessThanOrEqual(MOST_REQUESTS);
    for (const key of row.foreign ?? []) expect([...listing.postings.keys()], said).not.toContain(key);
    if (row.kind === 'row of another employer') return;
    if (row.kind === 'short page') {
      expect([listing.end, listing.postings.size], said).toEqual(['complete', row.listed]);
      return;
    }
    expect(['partial', 'failed'], said).toContain(listing.end);
    expect(listing.reason).not.toBe('');
    if (row.kind === 'empty without proof') expect(listing.postings.size).toBe(0);
  },
);
