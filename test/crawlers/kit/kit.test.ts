import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page, RawPosting } from '../../../src/crawlers/adapter.ts';
import {
  amount,
  anotherBoard,
  at,
  cutHtml,
  httpUrl,
  intervalOf,
  type Json,
  judge,
  listing,
  mergeByKey,
  parseJson,
  payOf,
  placeIn,
  segments,
  splitPlaces,
  tenantOf,
  text,
  unescapeHtml,
  workModeOf,
} from '../../../src/crawlers/kit/kit.ts';
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

describe('walking JSON', () => {
  test('finds own values only, never those of a prototype', () => {
    const json = { jobs: [{ name: 'One' }], empty: null };
    expect(at(json, 'jobs', 0, 'name')).toBe('One');
    for (const path of [['constructor'], ['jobs', 'length'], ['jobs', 5, 'name'], ['empty', 'name'], ['__proto__', 'toString']]) {
      expect(at(json, ...path)).toBeUndefined();
    }
  });

  test('reads texts and numbers, and null out of everything else', () => {
    expect([' x ', 7, '', '  ', null, true, {}, [], Number.NaN].map(text)).toEqual(['x', '7', null, null, null, null, null, null, null]);
    expect([7, '70,000.50', '$45', 'USD 45', '', 'about 5', '1,2', null, Number.POSITIVE_INFINITY].map(amount)).toEqual([
      7,
      70_000.5,
      45,
      45,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('never throws, whatever it walks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.nat())), (value, path) => {
        const found = at(value as Json, ...path);
        text(found);
        amount(found);
      }),
    );
    fc.assert(
      fc.property(fc.string(), body => {
        const parsed = parseJson(body);
        expect('json' in parsed || parsed.why.length > 0).toBe(true);
      }),
    );
  });
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
    expect(listing({ rows })).toMatchObject({ marker: 'board', rows: 2, postings: [{ places: [{ raw: 'A' }, { raw: 'B' }] }, {}] });
    expect(listing({ rows, perLocation: true }).rows).toBe(3);
  });

  test('is empty only with proof', () => {
    expect(listing({ rows: [] }).marker).toBe('unknown');
    expect(listing({ rows: [], total: 4 }).marker).toBe('unknown');
    expect(listing({ rows: [], total: 4, emptyIsProof: true }).marker).toBe('unknown');
    expect(listing({ rows: [null], total: 0 }).marker).toBe('unknown');
    expect(listing({ rows: [], total: 0 }).marker).toBe('empty');
    expect(listing({ rows: [], emptyIsProof: true }).marker).toBe('empty');
    expect(listing({ rows: ['unlisted'] })).toMatchObject({ marker: 'empty', rows: 1 });
    expect(listing({ rows: [], later: true })).toMatchObject({ marker: 'board', rows: 0 });
  });

  test('names rows it could not read beside other shortfalls', () => {
    expect(listing({ rows: [posting('1'), null, 'unlisted'], shortfall: 'a cap' }).shortfall).toBe('a cap; 1 of 3 rows could not be read');
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

describe('values', () => {
  test.each([
    ['1 YEAR', 'year'],
    ['per-year-salary', 'year'],
    ['per-hour-wage', 'hour'],
    ['ANNUAL', 'year'],
    ['Hourly', 'hour'],
    ['HOUR', 'hour'],
    ['hr', 'hour'],
    ['weekly', 'week'],
    ['Daily', 'day'],
    ['DAY', 'day'],
    ['month', 'month'],
    ['per visit', 'visit'],
    ['NONE', null],
    ['two_weeks', null],
    ['bi-weekly', null],
    ['2 WEEK', null],
    ['', null],
    [null, null],
  ])('the interval %s is %s', (word, interval) => {
    expect(intervalOf(word)).toBe(interval);
  });

  test('makes pay of whole and possible figures only', () => {
    const year = { currency: 'usd', interval: 'year' };
    expect(payOf({ min: 60_000, max: '75,000', ...year })).toEqual({ min: 60_000, max: 75_000, currency: 'USD', interval: 'year' });
    expect(payOf({ min: 0, max: 75_000, ...year })).toMatchObject({ min: null, max: 75_000 });
    expect(payOf({ min: 75_000, max: 60_000, ...year })).toMatchObject({ min: 60_000, max: 75_000 });
    for (const wrong of [
      { min: 0, max: 0, ...year },
      { min: 45, max: 60, ...year },
      { min: 45, max: 60, currency: '$', interval: 'hour' },
      { min: 95_000, max: null, currency: 'USD', interval: 'hour' },
      { min: 45, max: 60, currency: 'USD', interval: 'fortnight' },
    ]) {
      expect(payOf(wrong)).toBeNull();
    }
  });

  test.each([
    ['Remote', 'remote'],
    ['fully', 'remote'],
    ['Fully Remote', 'remote'],
    ['ON_SITE', 'onsite'],
    ['OnSite', 'onsite'],
    ['In-office', 'onsite'],
    ['Hybrid', 'hybrid'],
    ['Flexible', null],
    ['Remote - Texas', null],
    ['none', null],
    ['unspecified', null],
  ])('the work mode %s is %s', (word, mode) => {
    expect(workModeOf(word)).toBe(mode);
  });

  test('decodes escaped HTML until tags show, two rounds at most, and leaves text as it was', () => {
    expect(unescapeHtml('&lt;p&gt;R&amp;amp;D&lt;/p&gt;')).toBe('<p>R&amp;D</p>');
    expect(unescapeHtml('&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;')).toBe('<p>x</p>');
    expect(unescapeHtml('<p>&lt;b&gt;</p>')).toBe('<p>&lt;b&gt;</p>');
    expect(unescapeHtml('wages &lt; $20')).toBe('wages &lt; $20');
  });

  test('takes only http(s) addresses, without their fragment', () => {
    expect(httpUrl('/jobs/1#apply', 'https://board.example/x')).toBe('https://board.example/jobs/1');
    for (const wrong of ['javascript:alert(1)', 'mailto:x@y.example', 'ftp://x.example/', 'not a url', '', null, 7])
      expect(httpUrl(wrong)).toBeNull();
  });

  test('reads the tenant of a host, and none of reserved or deeper ones', () => {
    const tenant = (url: string) => tenantOf(new URL(url), 'breezy.hr', ['developer']);
    expect(tenant('https://Oakline.breezy.hr/p/1')).toBe('oakline');
    for (const url of [
      'https://www.breezy.hr/',
      'https://breezy.hr/',
      'https://developer.breezy.hr/',
      'https://a.b.breezy.hr/',
      'https://oaklinebreezy.hr/',
    ]) {
      expect(tenant(url)).toBeNull();
    }
  });

  test('decodes the segments of a path, and bears a stray percent sign', () => {
    expect(segments(new URL('https://x.example/a%20b/100%/c/'))).toEqual(['a b', '100%', 'c']);
  });

  test('splits places and gives the country where the words name none', () => {
    expect(splitPlaces(' Austin, TX ; Remote | ')).toEqual(['Austin, TX', 'Remote']);
    expect(placeIn('Head office', 'US')).toEqual({ raw: 'Head office', country: 'US' });
    expect(placeIn('Austin, TX', 'US')).toEqual({ raw: 'Austin, TX' });
  });

  test('knows a cut HTML page by its missing end', () => {
    expect(cutHtml('<html><body>x</body></html>')).toBeNull();
    expect(cutHtml('<html><body>x</bo')).toContain('cut off');
  });
});
