import { load } from 'cheerio';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { openTagReports } from '../../src/store/tags/tag-reports.ts';
import { QUESTIONS } from '../../src/web/questions.ts';
import { likelyFilter } from '../support/filters.ts';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';
import { xmlComplaints } from './_xml.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite({}, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, [
    ...manyPostings(60),
    {
      id: 'gone',
      title: 'Closed Reviewer',
      first_seen: '2026-10-01T00:00:00Z',
      closed_at: '2026-11-02T00:00:00Z',
      paths: ['utilization-review'],
    },
    { id: 'soon', title: 'Closing Soon', paths: ['writing'], first_seen: '2026-01-02T00:00:00Z', confidence: 0.91 },
    { id: 'doubt', title: 'Member Analyst', paths: ['informatics'], first_seen: '2026-01-03T00:00:00Z', confidence: 0.55 },
    {
      id: 'bad-link',
      title: 'Odd Link',
      url: 'javascript:alert(1)',
      apply_url: 'javascript:alert(2)',
      paths: ['writing'],
      first_seen: '2026-01-01T00:00:00Z',
    },
  ]);
  await site.db
    .updateTable('postings')
    .set({ closes_at: new Date(Date.now() + 3 * 86_400_000) })
    .where('id', '=', 'soon')
    .execute();
});
afterAll(() => site.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${site.origin}${path}`, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, $: load(text) };
};
const idsOf = ($: ReturnType<typeof load>) =>
  $('.results .job h3 a')
    .map((_, link) => decodeURIComponent($(link).attr('href')!.slice('/jobs/'.length).split('?')[0]!))
    .get();

/** Without those below the list that say no. */
const listed = ($: ReturnType<typeof load>) =>
  idsOf(load($('.results > .jobs').html() ? `<section class="results">${$('.results > .jobs').html()}</section>` : ''));

it('tells people to look for themselves where it is unsure that a posting is a job outside patient care', async () => {
  const marked = async (id: string) => (await get(`/jobs/${id}`)).$('.head .flag.unsure').text();
  expect(await marked('doubt')).toBe('Check the posting');
  expect(await marked('soon')).toBe('');
  const { $ } = await get('/feed.atom?path=informatics&q=member+analyst');
  expect($('summary').text()).toContain('Check the posting: it may not be a job outside patient care.');
});

it('says of a source whether it was read in full yet', async () => {
  const add = (slug: string, more: object = {}) =>
    site.db
      .insertInto('sources')
      .values({ slug, name: `Name of ${slug}`, system: 'lever', target: '{}', disabled_reason: null, domain: null, notes: null, ...more })
      .execute();
  await add('waiting');
  await add('read', { last_complete_at: new Date() });
  await add('switched-off', { enabled: false, disabled_reason: 'its terms' });
  const { $ } = await get('/sources');
  const cell = (slug: string) => $(`th:contains("Name of ${slug}")`).closest('tr').find('td').eq(2).text();
  expect(cell('waiting')).toBe('not read yet');
  expect(cell('read')).not.toMatch(/not read yet|never/);
  expect(cell('switched-off')).toBe('never');
  const waiting = $('td:contains("not read yet")').length;
  expect($('.lead').text()).toContain(`${waiting} of them haven’t been read in full yet.`);
  await site.db.deleteFrom('sources').where('slug', 'in', ['waiting', 'read', 'switched-off']).execute();
});

describe('every page', () => {
  const pages = [
    '/',
    '/jobs',
    '/jobs?credential=OTA',
    '/jobs/job000',
    '/paths',
    ...PATH_SLUGS.map(path => `/paths/${path}`),
    '/for/cota',
    '/employers',
    '/employers/fernleaf-health',
    '/compare?ids=job000,job001',
    '/start',
    '/feeds',
    '/about',
    '/bot',
    '/sources',
  ];

  it.each(pages)('%s has one heading, a title, a description, feeds to discover, and nothing inline or from elsewhere', async path => {
    const { status, headers, $ } = await get(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect($('h1')).toHaveLength(1);
    expect($('title').text()).toMatch(/. · Ombre$/);
    expect($('meta[name=description]').attr('content')).not.toBe('');
    expect(
      $('link[rel=alternate]')
        .map((_, link) => $(link).attr('type'))
        .get(),
    ).toEqual(['application/rss+xml', 'application/atom+xml', 'application/feed+json']);
    expect($('link[rel=alternate]').first().attr('href')).toMatch(/^https:\/\/ombre\.example\/feed\.rss/);
    expect($('script:not([src]), style, [style], [onclick], [onload], iframe')).toHaveLength(0);
    const loaded = $('script[src], link[rel=stylesheet], link[rel=icon], img')
      .map((_, element) => $(element).attr('src') ?? $(element).attr('href'))
      .get();
    for (const url of loaded) expect(url).toMatch(/^\/[^/]/);
    const ids = $('[id]')
      .map((_, element) => $(element).attr('id'))
      .get();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no link of its own that leads nowhere', async () => {
    const links = new Set<string>();
    for (const path of [
      '/',
      '/jobs',
      '/jobs?credential=OTA',
      '/jobs/job000',
      '/jobs/job000?credential=OTA',
      '/paths',
      '/paths/sales',
      '/paths/sales?credential=OTA',
      '/for/cota',
      '/employers',
      '/employers/fernleaf-health',
      '/compare?ids=job000,job001',
      '/start',
      '/feeds',
      '/about',
      '/bot',
      '/sources',
    ]) {
      const { $ } = await get(path);
      $('a[href^="/"], link[href^="/"], script[src^="/"]').each(
        (_, element) => void links.add(($(element).attr('href') ?? $(element).attr('src'))!.split('#')[0]!),
      );
    }
    expect(links.size).toBeGreaterThan(150);
    for (const expected of ['/for/ot', '/for/cota', '/for/pt', '/for/pta', '/for/slp', '/employers', '/employers/fernleaf-health'])
      expect(links).toContain(expected);
    const dead = await Promise.all([...links].map(async link => ((await get(link)).status === 200 ? [] : [link])));
    expect(dead.flat()).toEqual([]);
  });

  it('is not sent again while nothing has changed', async () => {
    const first = await get('/jobs?path=sales');
    const tag = first.headers.get('etag')!;
    expect((await get('/jobs?path=sales', { 'if-none-match': tag })).status).toBe(304);
    await insertPostings(site.db, [{ id: 'later', title: 'Later', paths: ['sales'], first_seen: '2026-01-03T00:00:00Z' }]);
    expect((await get('/jobs?path=sales', { 'if-none-match': tag })).status).toBe(200);
  });
});

describe('the list', () => {
  it('shows the ids of the API in the same order where that is asked for, for any filter, page after page', async () => {
    await fc.assert(
      fc.asyncProperty(likelyFilter(), async given => {
        const query = given.includes('limit=') ? given : `${given}&limit=25`;
        const api = (await (await fetch(`${site.origin}/api/v1/postings?${query}`)).json()) as { items: { id: string }[] };
        const page = await fetch(`${site.origin}/jobs?${query}&sort=found`);
        expect(listed(load(await page.text()))).toEqual(api.items.map(({ id }) => id));
      }),
      { numRuns: 60 },
    );
    const first = await get('/jobs?limit=20&sort=found');
    const second = await get(first.$('a[rel=next]').attr('href')!);
    const api = (await (await fetch(`${site.origin}/api/v1/postings?limit=40`)).json()) as { items: { id: string }[] };
    expect([...idsOf(first.$), ...idsOf(second.$)]).toEqual(api.items.map(({ id }) => id));
  });

  it('sends another spelling of a filter to the one spelling, without fields that say nothing', async () => {
    const { status, headers } = await get('/jobs?work_mode=remote&credential=OTA&near=&radius=25&pay_interval=hour&pay_min=');
    expect([status, headers.get('location')]).toEqual([301, '/jobs?credential=OTA&work_mode=remote']);
  });

  it('asks who, where and which path in one form that keeps what it does not show, with what else there is and how many', async () => {
    const { $ } = await get('/jobs?credential=OTA&path=sales&since=2026-10-15&work_mode=remote,hybrid');
    const chosen = (name: string) => $(`.find select[name=${name}] option[selected]`).attr('value');
    expect(['credential', 'work_mode', 'path', 'state'].map(chosen)).toEqual(['OTA', 'remote', 'sales', undefined]);
    expect(
      $('.find input[type=hidden]')
        .toArray()
        .map(field => [$(field).attr('name'), $(field).attr('value')]),
    ).toEqual([['since', '2026-10-15']]);
    expect($('.find input[name=work_mode][checked]').attr('value')).toBe('hybrid');
    expect([$('.find .more').attr('open'), $('.find .more > summary').text()]).toEqual([undefined, 'More filters, 1 on']);
    const plain = await get('/jobs?path=sales');
    expect([plain.$('.find .more').attr('open'), plain.$('.find .more > summary').text()]).toEqual([undefined, 'More filters']);
    const tick = plain.$('.find .tick:has(input[name=employment_type])').first();
    const narrowed = await get(`/jobs?employment_type=${tick.find('input').attr('value')}&path=sales`);
    expect(listed(narrowed.$)).toHaveLength(Number(tick.find('.n').text()));
  });

  it('keeps the panel closed, tells what is on in it, and takes several boxes of one kind', async () => {
    const moved = await get('/jobs?credential=OTA&employment_type=part_time&employment_type=contract&q=&near=&radius=25&work_mode=&path=');
    expect(moved.headers.get('location')).toBe('/jobs?credential=OTA&employment_type=part_time,contract');
    const { $ } = await get(moved.headers.get('location')!);
    expect($('.find .more > summary').text()).toBe('More filters, 2 on');
    expect($('.find input[name=employment_type][checked]')).toHaveLength(2);
    const chips = (page: typeof $) =>
      page('.chips a')
        .toArray()
        .map(link => [page(link).text().replace('Remove: ', '').replace('×', ''), page(link).attr('href')]);
    expect(chips($)).toEqual([
      ['Part-time', '/jobs?credential=OTA&employment_type=contract'],
      ['Contract', '/jobs?credential=OTA&employment_type=part_time'],
      ['Clear all', '/jobs?credential=OTA'],
    ]);
    const several = await get('/jobs?path=writing,sales&posted_since=30d&work_mode=remote');
    expect(chips(several.$)).toEqual([['Sales', '/jobs?path=writing&posted_since=30d&work_mode=remote']]);
  });

  it('lets a reader check jobs of the list to compare, with the credential they hold', async () => {
    const { $ } = await get('/jobs?credential=OTA');
    const ids = $('.compare-picker input[name=ids]')
      .toArray()
      .map(box => $(box).attr('value'));
    expect(ids).toEqual(listed($));
    expect($('#compare').attr('action')).toBe('/compare');
    const compared = await get(`/compare?ids=${ids[0]}&ids=${ids[2]}&credential=${$('#compare input[name=credential]').attr('value')}`);
    expect(compared.headers.get('location')).toBe(`/compare?credential=OTA&ids=${ids[0]},${ids[2]}`);
    expect((await get('/compare?credential=OTA')).$('.know a.button').attr('href')).toBe('/jobs?credential=OTA#compare');
  });

  it('carries the credential on from a posting, a path and the page of a credential', async () => {
    for (const path of [
      `/jobs/${listed((await get('/jobs?credential=OTA')).$)[0]}?credential=OTA`,
      '/paths/sales?credential=OTA',
      '/for/cota',
    ]) {
      const { $ } = await get(path);
      expect([path, $('.top li a').first().attr('href')]).toEqual([path, '/jobs?credential=OTA']);
    }
  });

  it('says which page a reader is on, and of other pages only the part they belong to', async () => {
    const current = async (path: string) => {
      const { $ } = await get(path);
      return $('.top [aria-current]')
        .toArray()
        .map(link => [$(link).text(), $(link).attr('aria-current')]);
    };
    expect(await current('/')).toEqual([]);
    expect(await current('/jobs?credential=OTA')).toEqual([['Jobs', 'page']]);
    expect(await current('/jobs?path=sales')).toEqual([['Jobs', 'true']]);
    expect(await current('/employers')).toEqual([['Jobs', 'true']]);
    expect(await current('/paths')).toEqual([['Paths', 'page']]);
  });

  it('carries the credential on: to postings, to the quiz, to the feeds, through every order', async () => {
    const { $ } = await get('/jobs?credential=OTA');
    const links = $('.results > .jobs h3 a, .bar a, .top a[href^="/start"], .top a[href^="/jobs"]').toArray();
    expect(links.length).toBeGreaterThan(30);
    for (const link of links) expect($(link).attr('href')).toContain('credential=OTA');
  });

  it('takes the verdict away together with the credential it is of', async () => {
    const { $ } = await get('/feeds?credential=OTA&verdict=named');
    expect(
      $('.chips a')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual(['/feeds', '/feeds?credential=OTA', '/feeds']);
  });

  it('says whether I may apply in one sentence of the posting, my words marked', async () => {
    const { $ } = await get('/jobs?credential=OTA&path=utilization-review');
    const line = $('.job .v').first();
    expect([line.attr('class'), line.find('b').text(), line.find('q').text()]).toEqual([
      'v named',
      'Yes',
      'Licensed PT, PTA, OT, COTA or SLP with three years of practice',
    ]);
    expect(
      line
        .find('mark')
        .toArray()
        .map(mark => $(mark).text()),
    ).toEqual(['COTA']);
  });

  it('shows the sentence that names most without marks, and all five in a line, to those who did not say what they hold', async () => {
    const { $ } = await get('/jobs?path=utilization-review');
    const card = $('.job:has(a[href="/jobs/job009"])');
    expect(card.find('.said').text()).toBe('Licensed PT, PTA, OT, COTA or SLP with three years of practice');
    expect(card.find('mark')).toHaveLength(0);
    expect(card.find('.who').text().replace(/\s+/g, ' ').trim()).toBe('Yes: OT; Included: PTA; A plus: PT; Not stated: SLP; No: COTA');
  });

  it('says what is asked for where no license is', async () => {
    const { $ } = await get('/jobs?credential=SLP&verdict=open&limit=100');
    expect($('.job:has(a[href^="/jobs/job004"]) .v').text().replace(/\s+/g, ' ')).toBe(
      'No license needed: It asks for 4 years of experience.',
    );
    expect($('.job:has(a[href^="/jobs/job000"]) .v').text().replace(/\s+/g, ' ')).toBe('No license needed: Your experience counts.');
  });

  it('tells below a short list which jobs of the path say no, and where there are more', async () => {
    const { $ } = await get('/jobs?credential=OTA&path=utilization-review');
    expect($('.says-no > summary').text()).toMatch(/^\d more on this path don.t take a COTA$/);
    expect($('.says-no .v.barred').length).toBe(Number(/^\d/.exec($('.says-no > summary').text())![0]));
    const more = $('.rows a').first();
    expect([more.attr('href'), more.find('b').text()]).toEqual(['/jobs?credential=OTA', 'Without “Utilization review”']);
    const { $: wider } = await get(more.attr('href')!);
    expect(wider('.total').text()).toBe(more.find('span').text());
    expect(wider('.says-no')).toHaveLength(0);
  });

  it('marks what is new and what closes soon', async () => {
    const { $ } = await get('/jobs?limit=100&path=writing');
    expect($('.job:contains("Closing Soon") .flag.soon').text()).toBe('Closes in 3 days');
    expect((await get('/jobs?limit=1')).$('.flag.fresh').text()).toBe('New');
  });

  it('says what to let go of when nothing matches, most helpful first', async () => {
    const { $ } = await get('/jobs?credential=OTA&path=sales&q=zeppelin');
    expect([$('.total').text(), $('.mailbox').length]).toEqual(['No jobs match today', 0]);
    expect($('.empty').text()).not.toContain('COTA');
    const first = $('.empty li a').first();
    expect([first.find('b').text(), first.attr('href')]).toEqual(['Without “zeppelin”', '/jobs?credential=OTA&path=sales']);
    expect(idsOf((await get(first.attr('href')!)).$).length).toBeGreaterThan(0);
  });

  it('tells a wrong value on a page of its own', async () => {
    const { status, $ } = await get('/jobs?near=Nowhere');
    expect(status).toBe(400);
    expect($('main').text()).toContain('near can’t be “Nowhere”');
    expect((await get(`/jobs?q=${'x'.repeat(3000)}`)).status).toBe(400);
  });

  it('caps the count', async () => {
    expect((await get('/jobs')).$('.total').text()).toMatch(/^\d+ jobs$/);
  });
});

describe('a posting', () => {
  it('shows facts, whom it takes with its words, and marks them in the text', async () => {
    const { $ } = await get('/jobs/job000');
    expect(
      $('.decision dt')
        .map((_, term) => $(term).text())
        .get(),
    ).toEqual(expect.arrayContaining(['Patient contact', 'Certifications', 'Not stated']));
    expect(
      $('.groups li')
        .map((_, group) => $(group).text().trim())
        .get(),
    ).toEqual(['Yes: OT, COTA', 'Included: PTA', 'No license needed: SLP', 'A plus: PT']);
    // A demand that runs over a tag of the text is marked on both sides of it.
    expect(
      $('.text mark')
        .map((_, mark) => $(mark).text())
        .get(),
    ).toEqual(['PT, PTA,', ' OT, COTA']);
    expect($(`.text ${$('.band a[href^="#"]').attr('href')}`)).toHaveLength(1);
    expect($('.text strong').text()).toBe('medical necessity');
    expect($('.act a').attr('rel')).toContain('noopener');
    expect($('.similar .job').length).toBeGreaterThan(0);
    expect($('.similar a[href="/jobs/job000"]')).toHaveLength(0);
  });

  it('stays as a page with its facts, and the status 410, when it has closed', async () => {
    const { status, $, headers } = await get('/jobs/gone');
    expect([status, headers.get('cache-control')]).toEqual([410, 'no-store']);
    expect($('.closed-note').text()).toContain('Closed on Nov 2, 2026: the employer’s list no longer has it');
    expect($('.act, .report')).toHaveLength(0);
  });

  it('is not found when it never was', async () => {
    expect((await get('/jobs/nothing')).status).toBe(404);
    expect((await get('/jobs/%00')).status).toBe(404);
    expect((await get('/paths/nothing')).status).toBe(404);
    expect((await get('/nothing')).$('h1').text()).toBe('Not found');
    const problem = await fetch(`${site.origin}/nothing`);
    expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it('never makes a link of what is not a web address', async () => {
    expect((await get('/jobs/bad-link')).text).not.toContain('javascript:');
  });

  it('carries JobPosting data only where that is switched on, and cannot break out of it', async () => {
    expect((await get('/jobs/job000')).text).not.toContain('ld+json');
    const on = await testSite({ structuredData: true, subscriptions: true });
    try {
      await insertPostings(on.db, [
        { id: 'x', title: '</script><b>Reviewer', posted_at: '2026-11-01T00:00:00Z', paths: ['sales'], work_mode: 'remote' },
      ]);
      const text = await (await fetch(`${on.origin}/jobs/x`)).text();
      const script = load(text)('script[type="application/ld+json"]').text();
      expect(JSON.parse(script)).toMatchObject({ '@type': 'JobPosting', title: '</script><b>Reviewer', jobLocationType: 'TELECOMMUTE' });
      const list = load(await (await fetch(`${on.origin}/jobs?path=sales`)).text());
      expect([list('form.subscribe').attr('action'), list('form.subscribe input[name=filter]').attr('value')]).toEqual([
        '/subscribe',
        'path=sales',
      ]);
    } finally {
      await on.close();
    }
    expect((await get('/jobs')).$('form.subscribe')).toHaveLength(0);
  });
});

describe('a report of a wrong tag', () => {
  const report = (id: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${site.origin}/jobs/${id}/report`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'text/html', ...headers },
      redirect: 'manual',
    });

  it('is kept for the operator, with control characters taken out and without anything about the reader', async () => {
    const answer = await report('job001', { tag: 'verdict:OTA', expected: 'named', note: 'It says\r\nCOTA \u001b[31m', website: '' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/jobs/job001?reported=1#report']);
    expect(await openTagReports(site.db)).toMatchObject([
      { posting_id: 'job001', tag: 'verdict:OTA', expected: 'named', note: 'It says COTA [31m', rules_version: 'test' },
    ]);
    expect((await get('/jobs/job001?reported=1')).$('.thanks')).toHaveLength(1);
  });

  it('is refused for what is not on the list, from other sites, and when it is too long', async () => {
    expect((await report('job002', { tag: 'anything' })).status).toBe(400);
    expect((await report('job002', { tag: 'facet:pay' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await report('job002', { tag: 'facet:pay', note: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await report('nothing', { tag: 'facet:pay' })).status).toBe(404);
    expect(
      (await fetch(`${site.origin}/jobs/job002/report`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))
        .status,
    ).toBeGreaterThanOrEqual(400);
    expect((await openTagReports(site.db)).filter(({ posting_id }) => posting_id === 'job002')).toEqual([]);
  });

  it('is thanked for and dropped when a field that people do not see is filled in', async () => {
    expect((await report('job003', { tag: 'facet:pay', website: 'https://spam.example' })).status).toBe(303);
    expect((await openTagReports(site.db)).filter(({ posting_id }) => posting_id === 'job003')).toEqual([]);
  });

  it('is kept at most 25 times for one posting', async () => {
    for (let i = 0; i < 27; i++) expect((await report('job004', { tag: 'facet:pay' })).status).toBe(303);
    expect((await openTagReports(site.db)).filter(({ posting_id }) => posting_id === 'job004')).toHaveLength(25);
  });
});

describe('a path', () => {
  it('shows the numbers of the API beside the guide', async () => {
    const { $ } = await get('/paths/sales');
    const api = (await (await fetch(`${site.origin}/api/v1/paths/sales`)).json()) as { open: number; remote: number };
    const numbers = $('.numbers dd')
      .map((_, cell) => $(cell).text())
      .get();
    expect([numbers[0], numbers[2]]).toEqual([String(api.open), String(api.remote)]);
    expect(
      $('.guide h2')
        .map((_, heading) => $(heading).text())
        .get(),
    ).toEqual(
      expect.arrayContaining(['What the job is', 'A typical day', 'How to get there', 'Titles to search for', 'Keep your license active']),
    );
    expect($('figcaption').text()).toMatch(/^\d jobs posted in the weeks from /);
    expect($('link[rel=alternate]').first().attr('href')).toBe('https://ombre.example/feed.rss?path=sales');
  });

  it('stands also when nothing is open', async () => {
    const empty = await testSite();
    try {
      const text = await (await fetch(`${empty.origin}/paths/business-owner`)).text();
      expect(text).toContain('Nothing is open on this path today');
      expect((await fetch(`${empty.origin}/`)).status).toBe(200);
      expect((await fetch(`${empty.origin}/start?${QUESTIONS.map(({ name }) => `${name}=any`).join('&')}`)).status).toBe(200);
    } finally {
      await empty.close();
    }
  });
});

describe('what search engines read', () => {
  it('is well-formed, holds the pages and every open posting, and leaves filters out', async () => {
    const index = await get('/sitemap.xml');
    expect(index.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    const files = Array.from(index.text.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url]) => url!);
    expect(files).toEqual(['https://ombre.example/sitemap-pages.xml', 'https://ombre.example/sitemap-jobs-1.xml']);
    const urls: string[] = [];
    for (const file of files) {
      const { status, text } = await get(new URL(file).pathname);
      expect([status, xmlComplaints(text)]).toEqual([200, []]);
      urls.push(...Array.from(text.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url]) => url!));
    }
    expect(urls).toContain('https://ombre.example/paths/sales');
    expect(urls).toContain('https://ombre.example/jobs/job000');
    expect(urls).not.toContain('https://ombre.example/jobs/gone');
    expect((await get('/sitemap-jobs-2.xml')).status).toBe(404);
    const robots = await get('/robots.txt');
    expect(robots.text).toContain('Sitemap: https://ombre.example/sitemap.xml');
    expect(robots.text).toContain('Disallow: /jobs?');
    expect((await get('/jobs?path=sales')).$('meta[name=robots]').attr('content')).toBe('noindex, follow');
    expect((await get('/jobs/job000')).$('meta[name=robots]')).toHaveLength(0);
  });
});
