import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { employerSlug } from '../../../src/feed/employer.ts';
import { insertPostings } from '../../support/postings.ts';
import { apiIds, getter, linkedIds, newestIds, POLICY } from '../_get.ts';
import { hostilePostings } from '../_hostile.ts';
import { manyPostings, type TestSite, testSite } from '../_site.ts';

const [model] = manyPostings(1);

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true }, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, [
    ...manyPostings(20),
    { ...model!, id: 'comma', company: 'Fernleaf Health, Inc.' },
    { ...model!, id: 'plain', company: 'FERNLEAF HEALTH INC' },
    { id: 'gone', company: 'Once Here', closed_at: '2026-11-02T00:00:00Z', paths: ['sales'] },
    { id: 'signs', company: '!!!', paths: ['sales'] },
    { ...hostilePostings()[0]!, company: '<b onclick="alert(1)">Bold & Co</b>' },
  ]);
});
afterAll(() => site.close());
const get = getter(() => site);

describe('the slug of an employer', () => {
  it.each([
    ['Smith & Jones, Inc.', 'smith-jones-inc'],
    ['Clínica São José', 'clinica-sao-jose'],
    ['  --  ', ''],
    ['北京', '北京'],
  ])('of %j is %j', (name, slug) => expect(employerSlug(name)).toBe(slug));

  it('is short enough for an address in any script', () => {
    for (const letter of ['a', 'ж', '北', '\u{20000}'])
      expect(encodeURIComponent(employerSlug(letter.repeat(500))).length).toBeLessThanOrEqual(120);
  });
});

describe('the page of an employer', () => {
  it('shows the open jobs of the API, who can apply, paths, states and when it was read', async () => {
    const { status, headers, $ } = await get('/employers/fernleaf-health');
    expect([status, headers.get('content-security-policy')]).toEqual([200, POLICY]);
    expect($('link[rel=canonical]').attr('href')).toBe('https://ombre.example/employers/fernleaf-health');
    expect($('h1').text()).toBe('Fernleaf Health');
    const ids = await newestIds(site, 'company=Fernleaf+Health');
    expect(linkedIds($, '.job h3 a')).toEqual(ids);
    expect($('.lead').text()).toContain(`${ids.length} open jobs`);
    const cota = (await apiIds(site, 'company=Fernleaf+Health&credential=OTA')).length;
    expect($('.share tbody tr').eq(1).find('td.num').text()).toContain(`${cota} of ${ids.length}`);
    expect($('#who').parent().text()).toContain(`COTA in ${cota}`);
    expect($('aside').text()).toContain('Texas');
    expect($('aside').text()).toContain('not read in full yet');
    expect($('form.subscribe input[name=filter]').attr('value')).toBe('company=fernleaf%20health');
  });

  it('joins spellings that make one address', async () => {
    const { $ } = await get('/employers/fernleaf-health-inc');
    expect(linkedIds($, '.job h3 a').sort()).toEqual(['comma', 'plain']);
  });

  it('stands, but for no search engine, when nothing is open', async () => {
    const { status, $ } = await get('/employers/once-here');
    expect([status, $('meta[name=robots]').attr('content')]).toEqual([200, 'noindex, follow']);
    expect($('.lead').text()).toBe('No job outside patient care is open here today.');
  });

  it('moves to the one spelling, and is not found for nobody', async () => {
    const { status, headers } = await get('/employers/Fernleaf%20Health');
    expect([status, headers.get('location')]).toEqual([301, '/employers/fernleaf-health']);
    expect((await get('/employers/nobody')).status).toBe(404);
    expect((await get('/employers/%21%21')).status).toBe(404);
  });

  it('shows a hostile name as text', async () => {
    const slug = employerSlug('<b onclick="alert(1)">Bold & Co</b>');
    const { $ } = await get(`/employers/${slug}`);
    expect($('h1').text()).toBe('<b onclick="alert(1)">Bold & Co</b>');
    expect($('main [onclick], main script, main img')).toHaveLength(0);
  });
});

describe('the list of employers', () => {
  it('names those with open jobs, by name, and leads to pages that are there', async () => {
    const { status, $ } = await get('/employers');
    expect(status).toBe(200);
    const names = $('.rows b')
      .map((_, name) => $(name).text())
      .get();
    expect(names).toContain('Fernleaf Health');
    expect(names).not.toContain('Once Here');
    expect([...names].sort((a, b) => a.localeCompare(b, 'en-US', { sensitivity: 'base' }))).toEqual(names);
    for (const link of $('.rows a').get()) expect((await get($(link).attr('href')!)).status).toBe(200);
  });

  it('is in the sitemap with its employers', async () => {
    const { text } = await get('/sitemap-pages.xml');
    expect(text).toContain('<loc>https://ombre.example/employers</loc>');
    expect(text).toContain('<loc>https://ombre.example/employers/fernleaf-health</loc>');
    expect(text).not.toContain('once-here');
  });
});
