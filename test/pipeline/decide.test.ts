import { describe, expect, test } from 'vitest';
import type { ListingEnd } from '../../src/crawlers/visit/listing.ts';
import type { Visited } from '../../src/crawlers/visit/visit-board.ts';
import { decide, HOLD_ABOVE } from '../../src/pipeline/decide.ts';

const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`);

/** @param answers what the pages of single postings answered; by default those of `gone` alone were asked */
function visited(
  end: ListingEnd,
  seen: string[],
  gone: string[] = [],
  answers: readonly (readonly [string, 'there' | 'gone'])[] = [],
): Visited {
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
    answers: new Map(answers),
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

test('a partial visit lets what was held wait on, and lets go of what it shows', () => {
  const decision = decide(visited('partial', ['k0']), { ...authoritative, open: new Set(keys(12)), held: [...keys(8), 'closed-since'] });
  expect(decision).toMatchObject({ outcome: 'partial', close: [], gone: [], hold: keys(8).slice(1) });
});

describe('what an operator keeps open', () => {
  const open = new Set(keys(20));
  const kept = keys(20).slice(8);

  test('is neither closed nor held again while the board stays as it was judged', () => {
    const decision = decide(visited('complete', keys(8)), { ...authoritative, open, kept });
    expect(decision).toMatchObject({ outcome: 'complete', close: [], gone: [], hold: [], keep: kept });
    expect(decision.reason).toBe('an operator keeps 12 postings open that it does not list');
    const said = decide(visited('partial', keys(8), kept), { ...authoritative, open, kept });
    expect(said).toMatchObject({ outcome: 'partial', gone: [], hold: [], keep: kept });
  });

  test('does not keep what else is missing by now', () => {
    const decision = decide(visited('complete', keys(7)), { ...authoritative, open, kept });
    expect(decision).toMatchObject({ outcome: 'complete', close: ['k7'], keep: kept });
  });

  test('is judged anew as soon as the board shows one of it again', () => {
    const most = decide(visited('complete', keys(9)), { ...authoritative, open, kept });
    expect(most).toMatchObject({ outcome: 'suspicious', close: [], keep: [] });
    expect(most.hold).toHaveLength(11);
    const few = decide(visited('complete', keys(18)), { ...authoritative, open, kept });
    expect(few).toMatchObject({ outcome: 'complete', close: ['k18', 'k19'], hold: [], keep: [] });
  });

  test('stays so by a listing that has not changed, which shows nothing', () => {
    const decision = decide(visited('unmodified', keys(20)), { ...authoritative, open, kept });
    expect(decision).toMatchObject({ outcome: 'complete', close: [], hold: [], keep: kept });
  });

  test('is forgotten when it has closed in another way', () => {
    const decision = decide(visited('complete', keys(8)), { ...authoritative, open: new Set(keys(10)), kept });
    expect(decision.keep).toEqual(['k8', 'k9']);
  });
});

describe('postings that are said to be gone', () => {
  const said = (count: number, answer: 'there' | 'gone', from = 0) =>
    keys(from + count)
      .slice(from)
      .map(key => [key, answer] as const);
  const truncated = { completeness: 'truncated' as const, held: null, open: new Set(keys(100)) };

  test('are held when they are more than half of the open ones, whatever says so', () => {
    const open = new Set(keys(12));
    const first = decide(visited('complete', keys(12), keys(8)), { ...authoritative, open });
    expect(first).toMatchObject({ outcome: 'suspicious', gone: [], close: [] });
    expect(new Set(first.hold)).toEqual(new Set(keys(8)));
    const second = decide(visited('complete', keys(12), keys(8)), { ...authoritative, open, held: first.hold });
    expect(second).toMatchObject({ outcome: 'complete', gone: keys(8), close: [], hold: [] });
  });

  test('count together with those that are missing', () => {
    const open = new Set(keys(12));
    const decision = decide(visited('complete', keys(8), keys(4)), { ...authoritative, open });
    expect(decision).toMatchObject({ outcome: 'suspicious', gone: [], close: [] });
    expect(decision.hold).toHaveLength(8);
  });

  test.each(['complete', 'partial'] as const)('are held when most pages of a %s visit answer so, however many postings are open', end => {
    const answers = [...said(7, 'gone'), ...said(6, 'there', 7)];
    const first = decide(visited(end, [], keys(7), answers), truncated);
    expect(first).toMatchObject({ outcome: 'suspicious', gone: [], reason: expect.stringContaining('7 of 13') });
    const second = decide(visited(end, [], keys(7), answers), { ...truncated, held: first.hold });
    expect(second).toMatchObject({ outcome: end, gone: keys(7), hold: [] });
  });

  test('are closed at once when they are few, or when more pages are there', () => {
    expect(decide(visited('complete', [], keys(HOLD_ABOVE), said(HOLD_ABOVE, 'gone')), truncated)).toMatchObject({
      outcome: 'complete',
      gone: keys(HOLD_ABOVE),
    });
    const answers = [...said(7, 'gone'), ...said(7, 'there', 7)];
    expect(decide(visited('complete', [], keys(7), answers), truncated)).toMatchObject({ outcome: 'complete', gone: keys(7), hold: [] });
  });

  test('wait for the next look at them, and are held no longer when their pages are there again', () => {
    const held = keys(8);
    const other = decide(visited('complete', ['k7'], [], said(1, 'there', 6)), { ...truncated, held });
    expect(other).toMatchObject({ outcome: 'complete', gone: [] });
    expect(other.hold).toEqual(keys(6));
    const more = decide(visited('complete', [], keys(16).slice(8), said(8, 'gone', 8)), { ...truncated, held });
    expect(more.outcome).toBe('suspicious');
    expect(new Set(more.hold)).toEqual(new Set(keys(16)));
  });
});
