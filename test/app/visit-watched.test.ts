import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitor } from '../../src/app/visitor.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import type { VisitStep } from '../../src/crawlers/visit/board.ts';
import { type Visiting, visiting } from '../support/visits.ts';

let at: Visiting;
beforeAll(async () => {
  at = await visiting();
});
afterAll(() => at.close());

const LIST =
  '<ul><li class="job"><a href="/jobs/1">Utilization Reviewer</a></li><li class="job"><a href="/jobs/2">Care Coordinator</a></li></ul></body></html>';
const DETAIL = JSON.stringify({ '@context': 'https://schema.org', '@type': 'JobPosting', title: 'Reviewer', description: 'Licensed OT.' });

/** Visits made so that every one is watched, and what was told. */
function watching(systems: Awaited<ReturnType<typeof loadSystems>>, onStep: (step: VisitStep) => void = () => undefined) {
  const told: unknown[] = [];
  const watch = {
    begin: (source: string) => void told.push(`begin ${source}`),
    step: (_source: string, step: VisitStep) => {
      told.push(step);
      onStep(step);
    },
    end: (source: string, listed: number | null) => void told.push(`end ${source} ${listed}`),
  };
  return { told, visit: visitor({ db: at.database.db, systems }, at.fetcher, { watch }) };
}

test('whoever watches visits is told when one begins, how far it is, and how many postings it listed', async () => {
  at.answers((_, { pathname }) => ({ text: pathname === '/' ? LIST : `<script type="application/ld+json">${DETAIL}</script>` }));
  const source = await at.source('fernleaf', 'html', { list: 'https://fernleaf.example/', item: '.job' });
  const { told, visit } = watching(await loadSystems());
  expect(await visit(source.id, new AbortController().signal)).toMatchObject({ outcome: 'complete' });
  expect(told).toEqual([
    'begin fernleaf',
    { kind: 'listing', postings: 2, total: null },
    { kind: 'details', wanted: 2, done: 0 },
    { kind: 'details', wanted: 2, done: 1 },
    { kind: 'details', wanted: 2, done: 2 },
    'end fernleaf 2',
  ]);
});

test('of a visit that was stopped they are told that it broke off', async () => {
  at.answers(() => ({ text: LIST }));
  const source = await at.source('halfway', 'html', { list: 'https://halfway.example/', item: '.job' });
  const stop = new AbortController();
  const { told, visit } = watching(await loadSystems(), () => stop.abort(new Error('enough')));
  await expect(visit(source.id, stop.signal)).rejects.toThrow();
  expect(told).toEqual(['begin halfway', { kind: 'listing', postings: 2, total: null }, expect.anything(), 'end halfway null']);
});

test('of a source that is not there they are told nothing', async () => {
  const { told, visit } = watching(await loadSystems());
  expect(await visit(999_999, new AbortController().signal)).toBeNull();
  expect(told).toEqual([]);
});
