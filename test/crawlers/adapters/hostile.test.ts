import { describe, expect, test } from 'vitest';
import type { Page, PageRequest } from '../../../src/crawlers/adapter.ts';
import { loadSystems } from '../../../src/crawlers/systems.ts';
import { PAGES, type PageCase, unmatched } from '../cases.ts';
import { checkMutations, checkTruncations } from './_mutations.ts';
import { answer, fixture } from './_support.ts';

const systems = await loadSystems();

/** Mutated pages in this run; the slow suite takes more. */
const MUTATIONS = 2_000;

function adapterOf(row: PageCase) {
  const adapter = systems.get(row.system);
  if (!adapter) throw new Error(`no adapter reads ${row.system}`);
  return adapter;
}

/** The requests an adapter makes whose answers may be hostile: its first list page, and a detail where it has any. */
function requestsOf(row: PageCase): PageRequest[] {
  const adapter = adapterOf(row);
  const list = adapter.start(row.target)[0] as PageRequest;
  return row.detail ? [list, { kind: 'detail', url: `${adapter.home(row.target)}#detail` }] : [list];
}

const read = (row: PageCase, request: PageRequest, body: string, over: Partial<Omit<Page, 'request' | 'body'>> = {}) =>
  adapterOf(row).read(answer(request, body, over), row.target);

const html = (head: string, body: string) => `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`;
const WALLS: [what: string, page: { status: number; body: string; headers?: Record<string, string> }][] = [
  ['Cloudflare, 403', { status: 403, body: html('<title>Just a moment...</title>', '<script>window._cf_chl_opt={cvId:"3"};</script>') }],
  [
    'Cloudflare, 200',
    { status: 200, body: html('<title>Just a moment...</title>', '<div id="challenge-error-text">Enable JavaScript</div>') },
  ],
  ['Cloudflare by its header', { status: 403, body: '', headers: { 'cf-mitigated': 'challenge' } }],
  ['Cloudflare, blocked', { status: 403, body: html('<title>Attention Required! | Cloudflare</title>', '') }],
  [
    'Akamai, 403',
    {
      status: 403,
      body: html('<TITLE>Access Denied</TITLE>', 'Reference&#32;&#35;18.3f 1763780000 https&#58;&#47;&#47;errors&#46;edgesuite&#46;net'),
    },
  ],
  ['Akamai, 200', { status: 200, body: html('', '<div id="sec-if-cpt-container"></div>') }],
  [
    'Imperva, 200',
    {
      status: 200,
      body: html(
        '',
        '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=1-2">Request unsuccessful. Incapsula incident ID: 1-2</iframe>',
      ),
    },
  ],
  ['DataDome, 403', { status: 403, body: html('', "<script>var dd={'host':'geo.captcha-delivery.com'}</script>") }],
  ['DataDome for scripts, 403', { status: 403, body: '{"url":"https://geo.captcha-delivery.com/captcha/?initialCid=AHrlqAAAAAMA"}' }],
  ['PerimeterX, 403', { status: 403, body: html('', '<div id="px-captcha"></div>') }],
  ['AWS WAF, 202', { status: 202, body: '', headers: { 'x-amzn-waf-action': 'challenge' } }],
  [
    'F5, 200',
    {
      status: 200,
      body: html('<title>Request Rejected</title>', 'The requested URL was rejected. Please consult with your administrator.'),
    },
  ],
  ['a plain 403', { status: 403, body: 'Forbidden' }],
  ['a check for people, 200', { status: 200, body: html('', '<p>Please verify you are human to continue.</p>') }],
];

const NONSENSE: [what: string, page: { status: number; body: string }][] = [
  ['an empty body', { status: 200, body: '' }],
  ['blanks only', { status: 200, body: ' \r\n\t ' }],
  ['a page of maintenance', { status: 200, body: html('<title>Be right back</title>', '<p>We are upgrading our systems.</p>') }],
  ['an error object', { status: 200, body: '{"error":"internal","code":500}' }],
  ['null', { status: 200, body: 'null' }],
  ['a number', { status: 200, body: '0' }],
  ['an array of nothing useful', { status: 200, body: '[null,[],{},"x",7]' }],
  ['another XML document', { status: 200, body: '<?xml version="1.0"?><note><to>You</to></note>' }],
  ['binary', { status: 200, body: '\u0000\u0001\uFFFD\uFFFDPNG\r\n' }],
  ['deeply nested JSON', { status: 200, body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }],
  ['a bad request', { status: 400, body: '{"message":"Bad Request"}' }],
  ['a login', { status: 302, body: '' }],
];

/** Pages that a pattern which looks twice at a character would need hours for. */
const SLOW: [what: string, body: string][] = [
  ['opened tags', '<'.repeat(300_000)],
  ['opened frames', '<iframe '.repeat(60_000)],
  ['blanks inside a script', html(`<script type="application/ld+json">{"a":1${' '.repeat(300_000)}x</script>`, '')],
  ['opened comments in a script', html(`<script type="application/ld+json">${'/*'.repeat(100_000)}</script>`, '')],
  ['entities', `<p>${'&amp;'.repeat(60_000)}`],
  ['blanks between tags', `<ul>${'<li> '.repeat(20_000)}${' '.repeat(200_000)}`],
];

/** A 200 that says that the posting is closed, or null where the system has no such page. */
async function closedPage({ system, detail, closed }: PageCase): Promise<string | null> {
  if (closed === undefined) return detail ? html('', '<h1>Sorry</h1><p>This position has been filled.</p>') : null;
  if (typeof closed === 'string') return null;
  const body = await fixture(system, closed.file);
  if (closed.from === undefined) return body;
  expect(body, `${system}/${closed.file}`).toContain(closed.from);
  return body.replace(closed.from, closed.to ?? '');
}

test('every system is tried', () => {
  expect(unmatched([...systems.keys()])).toEqual([]);
});

test('a system that is not tried, and cases without a system, are named', () => {
  expect(unmatched(['ashby', 'hiretide', 'lever'], ['ashby', 'gone', 'lever'])).toEqual([
    'hiretide has no cases: write test/fixtures/hiretide/cases.yaml',
    'test/fixtures/gone/cases.yaml is of no system: no adapter reads gone',
  ]);
});

describe.each(PAGES.map(row => [row.system, row] as const))('%s', (_system, row) => {
  test('reads its own list and detail', async () => {
    for (const request of requestsOf(row)) {
      const reading = read(row, request, await fixture(row.system, request.kind === 'list' ? row.list : (row.detail ?? '')));
      expect(reading.marker, reading.why).toBe('board');
      expect(reading.postings.length).toBeGreaterThan(0);
    }
  });

  test.each(WALLS)('takes %s for a wall, on lists and details', (_what, page) => {
    for (const request of requestsOf(row)) {
      const reading = read(row, request, page.body, { status: page.status, headers: page.headers ?? {} });
      expect(reading, reading.why).toMatchObject({ marker: 'challenge', postings: [], follow: [] });
    }
  });

  test.each(NONSENSE)('never takes %s for an empty board or a posting', (_what, page) => {
    for (const request of requestsOf(row)) {
      const reading = read(row, request, page.body, { status: page.status });
      expect(reading, reading.why).toMatchObject({ postings: [], follow: [] });
      expect(['unknown', 'gone'], reading.why).toContain(reading.marker);
      expect(reading.why).not.toBe('');
    }
  });

  test.each(SLOW)('is not slowed down by %s', (_what, body) => {
    for (const request of requestsOf(row)) {
      const reading = read(row, request, body);
      expect(reading, reading.why).toMatchObject({ marker: 'unknown', postings: [] });
    }
  });

  test('is not sure of a page that is cut anywhere', async () => {
    for (const request of requestsOf(row)) {
      checkTruncations(
        adapterOf(row),
        row.target,
        request,
        await fixture(row.system, request.kind === 'list' ? row.list : (row.detail ?? '')),
      );
    }
  });

  test('refuses the page of another employer, or its pages cannot tell', async () => {
    if (typeof row.stranger === 'string') return;
    const adapter = adapterOf(row);
    const request = adapter.start(row.stranger)[0] as PageRequest;
    const reading = adapter.read(answer(request, await fixture(row.system, row.list)), row.stranger);
    expect(reading).toMatchObject({ marker: 'unknown', postings: [], follow: [] });
    expect(reading.why).toContain('another board');
  });

  test('says "gone" for a posting that is closed although it answers 200, or has no such page', async () => {
    const body = await closedPage(row);
    if (body === null) return;
    const [, detail] = requestsOf(row);
    const reading = read(row, detail as PageRequest, body);
    expect(reading, reading.why).toMatchObject({ marker: 'gone', postings: [] });
  });

  test.each(PAGES.filter(other => other.system !== row.system).map(other => [other.system, other] as const))(
    'does not take a list of %s for its own',
    async (_other, other) => {
      const [list] = requestsOf(row);
      const reading = read(row, list as PageRequest, await fixture(other.system, other.list));
      expect(reading, reading.why).toMatchObject({ marker: 'unknown', postings: [] });
    },
  );

  test('describes itself', () => {
    const adapter = adapterOf(row);
    expect(adapter.target.safeParse(adapter.example).success).toBe(true);
    expect(adapter.target.safeParse(row.target).success).toBe(true);
    if (adapter.kind === 'ats') expect(adapter.target.safeParse({}).success).toBe(false);
    expect(adapter.hosts.length).toBeGreaterThan(0);
    expect(new URL(adapter.home(row.target)).protocol).toBe('https:');
    if (adapter.kind === 'ats') expect(adapter.recognise(new URL(adapter.home(row.target)))).toEqual(row.target);
  });
});

test(`bears ${MUTATIONS} mutated pages: no crash, nothing proven empty, nothing missed in silence`, async () => {
  await checkMutations(systems, PAGES, MUTATIONS);
});

describe('what cases.yaml says of details', () => {
  test.each(PAGES.map(row => [row.system, row] as const))(
    '%s: postings that ask for one are of a system with details, or are whole without it, and one is tried',
    async (_, row) => {
      const adapter = adapterOf(row);
      const reading = read(row, requestsOf(row)[0] as PageRequest, await fixture(row.system, row.list));
      const asking = reading.postings.filter(posting => posting.detail !== undefined);
      const [asks, needs] = [asking.length > 0, asking.some(({ detailAdds }) => detailAdds !== true)];
      const tried = PAGES.some(({ system, detail }) => system === row.system && detail !== undefined);
      expect({ details: adapter.details || !needs, tried: tried || !asks }).toEqual({ details: true, tried: true });
    },
  );
});
