import { expect, test } from 'vitest';
import { type Adapter, DEFAULTS, type PageReading, type RawPosting } from '../../../src/crawlers/adapter.ts';
import type { Fetcher } from '../../../src/crawlers/engine/fetching.ts';
import type { VisitStep } from '../../../src/crawlers/visit/board.ts';
import { visitBoard } from '../../../src/crawlers/visit/visit-board.ts';

/** A board of four postings on two list pages, each posting with a page of its own. */
const adapter = {
  ...DEFAULTS,
  system: 'paged',
  details: true,
  hosts: [],
  recognise: () => null,
  home: () => 'https://acme.example/',
  start: () => [{ kind: 'list', url: 'https://acme.example/?page=1' }],
  read: ({ request: { kind, url } }) => {
    const reading: PageReading = { marker: 'board', why: '', total: 4, rows: 2, postings: [], follow: [], split: false, shortfall: null };
    if (kind === 'detail') return { ...reading, postings: [posting(url)] };
    const page = Number(url.at(-1));
    const keys = page === 1 ? ['a', 'b'] : ['c', 'd'];
    const postings = keys.map(key => ({ ...posting(key), detail: { kind: 'detail' as const, url: `https://acme.example/${key}` } }));
    return { ...reading, postings, follow: page === 1 ? [{ kind: 'list', url: 'https://acme.example/?page=2' }] : [] };
  },
} as Pick<Adapter, 'start' | 'read' | 'home'> as Adapter;

const posting = (key: string): RawPosting => ({
  key,
  title: `Posting ${key}`,
  places: [],
  url: `https://acme.example/${key}`,
  body: [{ text: 'x' }],
});

const fetcher: Fetcher = {
  fetch: async request => ({
    kind: 'page',
    page: { request, url: request.url, status: 200, headers: {}, body: '', fetchedAt: '2026-11-28T00:00:00Z' },
  }),
  close: async () => undefined,
};

test('a visit tells after each list page what it listed, and after each detail how many are done', async () => {
  const steps: VisitStep[] = [];
  const board = {
    adapter,
    target: {},
    slug: 'acme',
    fetcher,
    signal: new AbortController().signal,
    onStep: (step: VisitStep) => steps.push(step),
  };
  await visitBoard(board, {
    known: new Map(),
    validators: null,
    listHash: raw => raw.key,
    triage: raw => ({ keep: raw.key !== 'd', reason: '', version: '1' }),
    save: async () => undefined,
    touch: async () => undefined,
  });
  expect(steps).toEqual([
    { kind: 'listing', postings: 2, total: 4 },
    { kind: 'listing', postings: 4, total: 4 },
    { kind: 'details', wanted: 3, done: 0 },
    { kind: 'details', wanted: 3, done: 1 },
    { kind: 'details', wanted: 3, done: 2 },
    { kind: 'details', wanted: 3, done: 3 },
  ]);
});
