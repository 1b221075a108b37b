import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS } from '../../../src/posting/taxonomy.ts';
import { insertPostings } from '../../support/postings.ts';
import { apiIds, getter, linkedIds, newestIds, POLICY } from '../_get.ts';
import { hostilePostings } from '../_hostile.ts';
import { manyPostings, type TestSite, testSite } from '../_site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true }, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, manyPostings(60));
});
afterAll(() => site.close());
const get = getter(() => site);

describe('the page of a credential', () => {
  it.each(['cota', 'ot', 'pt', 'pta', 'slp'])(
    'stands at /for/%s for search engines, with one heading and a canonical address',
    async name => {
      const { status, headers, $ } = await get(`/for/${name}`);
      expect([status, headers.get('content-security-policy')]).toEqual([200, POLICY]);
      expect($('link[rel=canonical]').attr('href')).toBe(`https://ombre.example/for/${name}`);
      expect($('meta[name=robots]')).toHaveLength(0);
      expect($('h1').text()).toMatch(/^Non-clinical jobs for an? (COTA|OT|PT|PTA|SLP)$/);
      expect($('script:not([src]), style, [style]')).toHaveLength(0);
    },
  );

  it.each(['ota', 'OTA', 'COTA', 'OTA%2FL', 'occupational%20therapy%20assistant'])('is found under another name too: %s', async name => {
    const { status, headers } = await get(`/for/${name}`);
    expect([status, headers.get('location')]).toEqual([301, '/for/cota']);
  });

  it('is not found for what is no credential', async () => {
    expect((await get('/for/rn')).status).toBe(404);
    expect((await get('/for/%00')).status).toBe(404);
  });

  it('shows the newest jobs of the API, and its numbers', async () => {
    for (const credential of CREDENTIALS) {
      const { $ } = await get(`/for/${credential === 'OTA' ? 'cota' : credential.toLowerCase()}`);
      const ids = await newestIds(site, `credential=${credential}`);
      expect(linkedIds($, '.job h3 a')).toEqual(ids.slice(0, 5));
      expect($('.lead').text()).toMatch(new RegExp(`^${ids.length} open jobs take an? `));
      const remote = (await apiIds(site, `credential=${credential}&work_mode=remote&limit=100`)).length;
      expect($('.lead').text()).toContain(remote === 0 ? 'None of them is remote' : `${remote} of them`);
    }
  });

  it('counts the six verdicts in a bar and explains them in its legend', async () => {
    const { $ } = await get('/for/cota');
    expect(
      $('.legend b')
        .map((_, label) => $(label).text())
        .get(),
    ).toEqual(['30 Yes', '0 Included', '0 No license needed', '0 A plus', '0 Not stated', '30 No']);
    expect($('.stackbar').attr('aria-label')).toBe('Of 60 jobs: 30 yes, 30 no');
    expect($('.stackbar rect')).toHaveLength(2);
    expect($('.legend').text()).toContain('COTA is on the list');
    expect((await apiIds(site, 'credential=OTA&verdict=barred&limit=100')).length).toBe(30);
  });

  it('quotes real postings with the deciding word marked, no sentence twice', async () => {
    const { $ } = await get('/for/cota');
    const quote = $('.quotes li').first();
    expect(quote.find('q').text()).toBe('Licensed PT, PTA, OT, COTA or SLP with three years of practice');
    expect(quote.find('mark').text()).toBe('COTA');
    expect(quote.find('a').attr('href')).toMatch(/^\/jobs\/job\d+\?credential=OTA$/);
    expect($('.quotes li')).toHaveLength(1);
  });

  it('orders paths by the share that is open, and gives no share of fewer than five', async () => {
    const { $ } = await get('/for/pt');
    expect($('#open-paths').text()).toBe('Paths that take a PT');
    const told = $('.rows span')
      .map((_, cell) => $(cell).text())
      .get();
    expect(told.length).toBe(19);
    for (const text of told) expect(text).toMatch(/^\d jobs?$/);
    await insertPostings(
      site.db,
      ['OTA', 'OTA', 'OTA'].map((_, i) => ({ id: `more${i}`, title: 'One more', paths: ['sales'], first_seen: '2026-01-01T00:00:00Z' })),
    );
    const { $: later } = await get('/for/pt');
    expect(later('.rows a').first().text()).toMatch(/^Sales \d of \d$/);
  });

  it('tells what is asked besides, and three things to know', async () => {
    const { $ } = await get('/for/cota');
    expect($('.asked dt').first().text()).toBe('Experience');
    expect($('.asked').text()).toContain('stated in 30 of 30');
    expect($('#good').parent().find('li')).toHaveLength(3);
    expect($('#good').parent().text()).toContain('NBCOT');
  });

  it('takes an address for this credential', async () => {
    const { $ } = await get('/for/cota');
    expect($('form.subscribe input[name=filter]').attr('value')).toBe('credential=OTA');
  });

  it('is in the sitemap', async () => {
    const { text } = await get('/sitemap-pages.xml');
    for (const name of ['cota', 'ot', 'pt', 'pta', 'slp']) expect(text).toContain(`<loc>https://ombre.example/for/${name}</loc>`);
  });
});

describe('the page of a credential with nothing or with anything', () => {
  it('stands on an empty database, without a bar', async () => {
    const empty = await testSite();
    try {
      const text = await (await fetch(`${empty.origin}/for/cota`)).text();
      expect(text).toContain('No open job takes a COTA today');
      expect(text).not.toContain('stackbar');
    } finally {
      await empty.close();
    }
  });

  it('shows hostile titles, employers and certifications as text', async () => {
    const hostile = await testSite();
    try {
      await insertPostings(hostile.db, hostilePostings());
      const { $, status } = await getter(() => hostile)('/for/ot');
      expect(status).toBe(200);
      expect($('main :is(script, style, iframe, object, img, form)')).toHaveLength(0);
      expect($('main *').filter((_, one) => Object.keys($(one).attr() ?? {}).some(name => name.startsWith('on')))).toHaveLength(0);
      expect($('.job h3').first().text()).toContain('<script>alert(1)</script>');
    } finally {
      await hostile.close();
    }
  });
});
