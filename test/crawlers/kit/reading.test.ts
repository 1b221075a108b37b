import { describe, expect, test } from 'vitest';
import type { Page, RawPosting } from '../../../src/crawlers/adapter.ts';
import { anotherBoard, judge, listReading, mergeByKey } from '../../../src/crawlers/kit/reading.ts';
import { wallOf } from '../../../src/crawlers/kit/walls.ts';

const page = (over: Partial<Page> = {}): Page => ({
  request: { kind: 'list', url: 'https://board.example/' },
  url: 'https://board.example/',
  status: 200,
  headers: {},
  body: '{}',
  fetchedAt: '2026-11-22T03:00:00.000Z',
  ...over,
});
const posting = (key: string, over: Partial<RawPosting> = {}): RawPosting => ({
  key,
  title: `Job ${key}`,
  places: [],
  url: 'https://board.example/',
  ...over,
});

describe('judging a page', () => {
  test.each([
    [{ status: 404 }, 'gone'],
    [{ status: 410 }, 'gone'],
    [{ status: 401 }, 'challenge'],
    [{ status: 403 }, 'challenge'],
    [{ status: 302, headers: { location: 'https://vendor.example/' } }, 'unknown'],
    [{ status: 400 }, 'unknown'],
    [{ status: 204, body: '' }, 'unknown'],
    [{ body: ' \n' }, 'unknown'],
  ] as const)('%o is %s', (over, marker) => {
    expect(judge(page(over))?.marker).toBe(marker);
  });

  const AWAY = '<html><head><title>Sorry</title></head><body><h1>We are down for scheduled maintenance.</h1></body></html>';
  const led = (location: string) => judge(page({ status: 302, headers: { location } }), { redirect: 'gone' })?.marker;

  test('takes no page that stands in for a service that is away for a posting or a board that is gone', () => {
    for (const status of [404, 410]) expect(judge(page({ status, body: AWAY }))?.marker).toBe('unknown');
    expect(judge(page({ status: 404, url: 'https://board.example/maintenance.html' }))?.marker).toBe('unknown');
    expect(led('/maintenance')).toBe('unknown');
    expect(led('https://vendor.example/')).toBe('gone');
  });

  test('takes a 404 that only names all that may be the matter for one that is gone', () => {
    const why = 'The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.';
    expect(
      judge(page({ status: 404, body: `<html><body><h2>404 - File or directory not found.</h2><p>${why}</p></body></html>` }))?.marker,
    ).toBe('gone');
  });

  test('lets a 200 with a body through, and a redirect be the end of a tenant where the system says so', () => {
    expect(judge(page())).toBeNull();
    expect(judge(page({ status: 302 }), { redirect: 'gone' })?.marker).toBe('gone');
  });

  test('does not take the scripts that walls leave in ordinary pages for a wall', () => {
    const scripts =
      '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><script src="https://x.token.awswaf.com/challenge.js"></script>';
    const turnstile = '<div id="cf-chl-widget-abc"></div><script src="/_Incapsula_Resource?SWJIYLWA=719"></script>';
    expect(wallOf(page({ body: `<html><body>${scripts}${turnstile}<h1>Jobs</h1></body></html>` }))).toBeNull();
  });

  test('does not take a posting, a feed or JSON that speaks of walls for one', () => {
    expect(
      wallOf(page({ body: '<script type="application/ld+json">{"@type":"JobPosting"}</script>Please verify you are human' })),
    ).toBeNull();
    expect(wallOf(page({ body: '<?xml version="1.0"?><rss>checking your browser before</rss>' }))).toBeNull();
    expect(wallOf(page({ body: '[{"text":"Are you a robot?"}]' }))).toBeNull();
  });
});

describe('a list page', () => {
  test('counts rows of one key once, unless the system counts them per place', () => {
    const rows = [posting('1', { places: [{ raw: 'A' }] }), posting('1', { places: [{ raw: 'B' }] }), posting('2')];
    expect(listReading({ rows })).toMatchObject({ marker: 'board', rows: 2, postings: [{ places: [{ raw: 'A' }, { raw: 'B' }] }, {}] });
    expect(listReading({ rows, perLocation: true }).rows).toBe(3);
  });

  test('is empty only with proof', () => {
    expect(listReading({ rows: [] }).marker).toBe('unknown');
    expect(listReading({ rows: [], total: 4 }).marker).toBe('unknown');
    expect(listReading({ rows: [], total: 4, emptyIsProof: true }).marker).toBe('unknown');
    expect(listReading({ rows: [null], total: 0 }).marker).toBe('unknown');
    expect(listReading({ rows: [], total: 0 }).marker).toBe('empty');
    expect(listReading({ rows: [], emptyIsProof: true }).marker).toBe('empty');
    expect(listReading({ rows: ['unlisted'] })).toMatchObject({ marker: 'empty', rows: 1 });
    expect(listReading({ rows: [], later: true })).toMatchObject({ marker: 'board', rows: 0 });
  });

  test('names rows it could not read beside other shortfalls', () => {
    expect(listReading({ rows: [posting('1'), null, 'unlisted'], shortfall: 'a cap' }).shortfall).toBe(
      'a cap; 1 of 3 rows could not be read',
    );
  });

  test('merges by key without changing what it was given', () => {
    const first = posting('1', { places: [{ raw: 'A' }], workMode: 'remote' });
    const merged = mergeByKey([first, posting('1', { places: [{ raw: 'A' }, { raw: 'B' }], workMode: 'onsite' })]);
    expect(merged).toMatchObject([{ places: [{ raw: 'A' }, { raw: 'B' }], workMode: null }]);
    expect(first).toMatchObject({ places: [{ raw: 'A' }], workMode: 'remote' });
  });

  test('belongs to another board only when every row that names one names another', () => {
    expect(anotherBoard(['acme', null], 'ACME')).toBeNull();
    expect(anotherBoard([null, null], 'acme')).toBeNull();
    expect(anotherBoard(['other', 'acme'], 'acme')).toBeNull();
    expect(anotherBoard(['other', null], 'acme')?.why).toContain('other instead of acme');
  });
});
