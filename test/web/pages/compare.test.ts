import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPostings } from '../../support/postings.ts';
import { getter, linkedIds, POLICY } from '../_get.ts';
import { hostilePostings } from '../_hostile.ts';
import { manyPostings, type TestSite, testSite } from '../_site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite({}, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, [
    ...manyPostings(10),
    { id: 'gone', title: 'Closed Reviewer', first_seen: '2026-10-01T00:00:00Z', closed_at: '2026-11-02T00:00:00Z', paths: ['sales'] },
    ...hostilePostings(),
  ]);
});
afterAll(() => site.close());
const get = getter(() => site);
const rowsOf = ($: Awaited<ReturnType<typeof get>>['$']) =>
  $('.compare tbody th')
    .map((_, cell) => $(cell).text())
    .get();

describe('a comparison', () => {
  it('shows the jobs of its address in their order, for no search engine', async () => {
    const { status, headers, $ } = await get('/compare?ids=job003,job000,job001');
    expect([status, headers.get('content-security-policy')]).toEqual([200, POLICY]);
    expect(linkedIds($, '.compare .name')).toEqual(['job003', 'job000', 'job001']);
    expect($('meta[name=robots]').attr('content')).toBe('noindex, follow');
    expect($('link[rel=canonical]').attr('href')).toBe('https://ombre.example/compare?ids=job003,job000,job001');
    expect($('h1').text()).toBe('Compare 3 jobs');
    expect(rowsOf($)).toEqual([
      'Can I apply?',
      'Pay',
      'Where',
      'Patient contact',
      'Experience',
      'Degree',
      'Certifications',
      'Schedule',
      'Travel',
      'Lifting',
      'Date',
      'Actions',
    ]);
    const first = $('.compare tbody td').eq(1);
    expect(
      first
        .find('b')
        .map((_, label) => $(label).text())
        .get(),
    ).toEqual(['Yes: OT, COTA', 'Included: PTA', 'No license needed: SLP', 'A plus: PT']);
    expect(first.find('.named mark').text()).toBe('OT, COTA');
    expect((await get('/robots.txt')).text).toContain('Disallow: /compare?');
  });

  it('says first whether the credential may apply, with the words', async () => {
    const { $ } = await get('/compare?credential=OTA&ids=job000,job001');
    expect($('h1').text()).toBe('Compare 2 jobs as a COTA');
    expect(rowsOf($).slice(0, 2)).toEqual(['Can I apply as a COTA?', 'All five']);
    const cells = $('.compare tbody tr').first().find('td');
    expect(cells.eq(0).find('b').text()).toBe('Yes');
    expect(cells.eq(0).find('mark').text()).toBe('COTA');
    expect(cells.eq(1).find('b').text()).toBe('No');
    expect($('.switch a[aria-current]').text()).toBe('COTA');
    expect($('.switch a').first().attr('href')).toBe('/compare?credential=OT&ids=job000,job001');
  });

  it('tells which addresses nobody knows and which job has closed, and takes one away by a link', async () => {
    const { status, $ } = await get('/compare?ids=job000,nothing,gone');
    expect(status).toBe(200);
    expect($('.head [role=note]').text()).toContain('No posting has the address “nothing”, so it is left out.');
    expect($('.compare thead').text()).toContain('Closed on Nov 2, 2026');
    const removed = $('.compare .remove').first().attr('href')!;
    expect(removed).toBe('/compare?ids=nothing,gone');
    expect($('.compare tbody tr').last().find('td').last().find('a.button')).toHaveLength(0);
  });

  it('is not found when it knows none of them, and explains itself without any', async () => {
    expect((await get('/compare?ids=nothing,nowhere')).status).toBe(404);
    const { status, $ } = await get('/compare');
    expect([status, $('h1').text()]).toEqual([200, 'Compare jobs']);
    expect((await get('/compare?ids=%00,job000')).status).toBe(301);
    expect((await get('/compare?ids=job000')).$('.know').text()).toContain('One job is no comparison');
  });

  it('holds six, each once, and says so', async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `job00${i}`);
    const { $ } = await get(`/compare?ids=${ids.join(',')}`);
    expect(linkedIds($, '.compare .name')).toEqual(ids.slice(0, 6));
    expect($('.head [role=note]').text()).toContain('A comparison holds 6 jobs: the last 2 of this address are left out.');
    const { status, headers } = await get('/compare?ids=job001&ids=job001,job002&credential=cota');
    expect([status, headers.get('location')]).toEqual([301, '/compare?credential=OTA&ids=job001,job002']);
  });

  it('takes escaped commas as they are', async () => {
    expect((await get('/compare?ids=job001%2Cjob002')).status).toBe(200);
  });

  it('shows hostile postings as text', async () => {
    const ids = hostilePostings()
      .slice(0, 6)
      .map(({ id }) => id);
    const { $, text } = await get(`/compare?ids=${ids.join(',')}`);
    expect($('main :is(script, style, iframe, object, img, form)')).toHaveLength(0);
    expect(text).not.toContain('href="javascript:');
    expect(text).not.toContain('href="data:');
  });
});
