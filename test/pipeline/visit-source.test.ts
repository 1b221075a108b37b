import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageRequest } from '../../src/crawlers/adapter.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadHtml } from '../../src/crawlers/kit/html.ts';
import { detailReading, listReading } from '../../src/crawlers/kit/reading.ts';
import { OmbreError } from '../../src/errors.ts';
import type { Prepared } from '../../src/pipeline/prepare.ts';
import { type VisitStore, visitSource } from '../../src/pipeline/visit-source.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const at = (key: string) => `https://acme.example/jobs/${key}`;

/** A board of nine postings whose pages are read by `read`. */
function board(read: (key: string) => void, list: () => void = () => undefined): Adapter<null> {
  const posting = (key: string) => ({ key, title: 'Ergonomist', places: [], url: at(key) });
  return {
    ...DEFAULTS,
    system: 'acme',
    details: true,
    hosts: [],
    target: z.null(),
    recognise: () => null,
    home: () => 'https://acme.example/',
    start: () => [{ kind: 'list', url: 'https://acme.example/jobs' }],
    read({ request }) {
      if (request.kind === 'list') {
        list();
        const detail = (key: string): PageRequest => ({ kind: 'detail', url: at(key), key });
        return listReading({ rows: KEYS.map(key => ({ ...posting(key), detail: detail(key) })) });
      }
      const key = request.key ?? '';
      read(key);
      return detailReading({ ...posting(key), body: [{ text: 'You teach people how to lift.' }] });
    },
  };
}

async function visit(adapter: Adapter<null>, fetch?: Fetcher['fetch']) {
  const saved: Prepared[] = [];
  const errors: unknown[] = [];
  const store: VisitStore = {
    deaths: 0,
    known: async () => new Map(),
    validators: async () => null,
    save: async batch => {
      saved.push(...batch);
      return { new: batch.length, changed: 0, unchanged: 0 };
    },
    touch: async () => undefined,
    openKeys: async () => new Set(),
    usual: async () => null,
    unseen: async () => [],
    countLooks: async () => [],
    finish: async ({ decision, visited, counts }) => ({
      source: 'acme',
      system: 'acme',
      outcome: decision.outcome,
      reason: decision.reason,
      requests: visited.requests,
      details: visited.details,
      postings: { ...counts, closed: 0, held: 0 },
    }),
  };
  const fetcher: Fetcher = {
    fetch:
      fetch ??
      (async request => ({
        kind: 'page',
        page: { request, url: request.url, status: 200, headers: {}, body: '', fetchedAt: '2026-11-28T00:00:00Z' },
      })),
    close: async () => undefined,
  };
  const source = { slug: 'acme', name: 'Acme', system: 'acme', target: null, heldKeys: null };
  const report = await visitSource(source, adapter as Adapter, {
    fetcher,
    limits: { requests: 1_000, bytes: 1e9, ms: 1e9 },
    store,
    triage: () => ({ keep: true, reason: '', version: 'v' }),
    triageVersion: 'v',
    signal: new AbortController().signal,
    onError: error => errors.push(error),
  });
  return { report, errors, saved };
}

const broken = () => Object.keys(null as never);

test('a page that breaks its reader costs its own posting alone, and the visit says so', async () => {
  const { report, errors, saved } = await visit(board(key => key === '4' && broken()));
  expect(report).toMatchObject({ outcome: 'complete', details: { wanted: 9, read: 8, failed: 1 } });
  expect(report.reason).toMatch(/^the page of 1 posting broke its reader: Cannot convert/);
  expect(errors).toEqual([expect.any(TypeError)]);
  expect(saved).toHaveLength(9);
});

test('a reader that breaks on every page is told of once, and the host is not left alone for it', async () => {
  const { report, errors } = await visit(board(broken));
  expect(report).toMatchObject({ details: { wanted: 9, read: 0, failed: 9 }, requests: 10 });
  expect(report.reason).toContain('the page of 9 postings broke its reader');
  expect(errors).toHaveLength(1);
});

test('a page too large to be parsed is no fault of ours', async () => {
  const { report, errors } = await visit(board(key => key === '4' && loadHtml('<div>'.repeat(1_000))));
  expect(report).toMatchObject({ outcome: 'complete', reason: '', details: { read: 8, failed: 1 } });
  expect(errors).toEqual([]);
});

test('a list that breaks its reader ends the visit, and one too large to be parsed fails it with the reason', async () => {
  const bug = await visit(board(() => undefined, broken));
  expect(bug.report).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('Cannot convert') });
  expect(bug.errors).toHaveLength(1);
  const large = await visit(
    board(
      () => undefined,
      () => void loadHtml('<div>'.repeat(1_000)),
    ),
  );
  expect(large.report).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('500 elements within each other') });
  expect(large.errors).toEqual([]);
});

test('an engine that was closed under a visit breaks it off: it is no fault that the source waits a day for', async () => {
  const closed = async () => Promise.reject(new OmbreError('E_STOPPED', 'the engine is closed'));
  await expect(
    visit(
      board(() => undefined),
      closed,
    ),
  ).rejects.toMatchObject({ code: 'E_STOPPED' });
});
