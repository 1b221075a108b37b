import { expect, test } from 'vitest';
import type { ListingEnd } from '../../src/crawlers/visit/listing.ts';
import type { Visited } from '../../src/crawlers/visit/visit-board.ts';
import { decide, HOLD_ABOVE } from '../../src/pipeline/decide.ts';

const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`);

function visited(end: ListingEnd, seen: string[], gone: string[] = []): Visited {
  return {
    listing: {
      end,
      reason: 'why',
      code: null,
      retryAt: null,
      requests: 1,
      rows: seen.length,
      total: null,
      postings: new Map(),
      validators: null,
    },
    details: { wanted: 0, read: 0, failed: 0 },
    requests: 1,
    seen: new Set(seen),
    gone: new Set(gone),
    unchanged: 0,
  };
}

const authoritative = { completeness: 'authoritative' as const, held: null };

test('a complete visit closes what it does not list any more', () => {
  const decision = decide(visited('complete', keys(9)), { ...authoritative, open: new Set([...keys(9), 'left']) });
  expect(decision).toMatchObject({ outcome: 'complete', close: ['left'], hold: [] });
});

test.each(['partial', 'gone', 'blocked', 'failed'] as const)('a %s visit closes nothing by absence', end => {
  const decision = decide(visited(end, []), { ...authoritative, open: new Set(keys(20)) });
  expect(decision).toMatchObject({ outcome: end, close: [], hold: [] });
});

test('what the board itself says is gone closes even in a partial visit', () => {
  const decision = decide(visited('partial', keys(2), ['k1', 'never-stored']), { ...authoritative, open: new Set(keys(20)) });
  expect(decision).toMatchObject({ outcome: 'partial', close: [], gone: ['k1'] });
});

test('an unmodified listing closes nothing', () => {
  expect(decide(visited('unmodified', []), { ...authoritative, open: new Set(keys(20)) })).toMatchObject({
    outcome: 'complete',
    close: [],
  });
});

test('a listing that is not authoritative never closes by absence', () => {
  for (const completeness of ['truncated', 'sampled'] as const) {
    expect(decide(visited('complete', []), { completeness, held: null, open: new Set(keys(3)) })).toMatchObject({
      outcome: 'complete',
      close: [],
    });
  }
});

test('a visit that would close more than half, and more than the floor, is held', () => {
  const open = new Set(keys(12));
  const decision = decide(visited('complete', keys(4)), { ...authoritative, open });
  expect(decision).toMatchObject({ outcome: 'suspicious', close: [] });
  expect(decision.hold).toHaveLength(8);
});

test('a small source may lose all of its postings at once, up to the floor', () => {
  const decision = decide(visited('complete', []), { ...authoritative, open: new Set(keys(HOLD_ABOVE)) });
  expect(decision).toMatchObject({ outcome: 'complete', hold: [] });
  expect(decision.close).toHaveLength(HOLD_ABOVE);
});

test('a second visit that misses the same postings closes them', () => {
  const open = new Set(keys(12));
  const first = decide(visited('complete', keys(2)), { ...authoritative, open });
  const second = decide(visited('complete', keys(2)), { ...authoritative, open, held: first.hold });
  expect(second.outcome).toBe('complete');
  expect(new Set(second.close)).toEqual(new Set(first.hold));
});

test('a second visit that misses quite other postings is held again', () => {
  const open = new Set(keys(20));
  const first = decide(visited('complete', keys(9)), { ...authoritative, open });
  const second = decide(visited('complete', keys(20).slice(9, 11)), { ...authoritative, open, held: first.hold });
  expect(first.outcome).toBe('suspicious');
  expect(second).toMatchObject({ outcome: 'suspicious', close: [] });
});
