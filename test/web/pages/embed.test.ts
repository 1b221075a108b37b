import { load } from 'cheerio';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likelyFilter } from '../../support/filters.ts';
import { insertPostings } from '../../support/postings.ts';
import { apiIds, getter, linkedIds, POLICY } from '../_get.ts';
import { hostilePostings } from '../_hostile.ts';
import { manyPostings, type TestSite, testSite } from '../_site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite({}, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, [...manyPostings(60), ...hostilePostings()]);
});
afterAll(() => site.close());
const get = getter(() => site);

describe('the list for frames', () => {
  it('may be shown by anybody, runs nothing, and is in no search engine', async () => {
    const { status, headers, $ } = await get('/embed?credential=OTA&limit=10');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *",
    );
    expect(headers.get('x-frame-options')).toBeNull();
    expect($('script, style, [style], form, iframe, img')).toHaveLength(0);
    expect($('meta[name=robots]').attr('content')).toBe('noindex, follow');
    expect($('link[rel=canonical]').attr('href')).toBe('https://ombre.example/jobs?credential=OTA');
    expect($('li')).toHaveLength(10);
    for (const link of $('a').get()) expect([$(link).attr('target'), $(link).attr('rel')]).toEqual(['_blank', 'noopener']);
    expect($('li b').first().text()).toBe('✓ Yes:');
    expect($('li mark').first().text()).toBe('COTA');
  });

  it('keeps its policy on an answer that has not changed, and leaves that of all other pages as it is', async () => {
    const first = await get('/embed?path=sales');
    const again = await get('/embed?path=sales', { 'if-none-match': first.headers.get('etag')! });
    expect([again.status, again.headers.get('content-security-policy')]).toEqual([304, first.headers.get('content-security-policy')]);
    expect((await get('/jobs?path=sales')).headers.get('content-security-policy')).toBe(POLICY);
  });

  it('shows the ids of the API in the same order, for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(likelyFilter(), async query => {
        const page = load(await (await fetch(`${site.origin}/embed?${query}`)).text());
        expect(linkedIds(page, 'li > a')).toEqual(await apiIds(site, query));
      }),
      { numRuns: 30 },
    );
  });

  it('moves to the one spelling of a filter, and refuses a wrong value', async () => {
    const { status, headers } = await get('/embed?work_mode=remote&credential=cota');
    expect([status, headers.get('location')]).toEqual([301, '/embed?credential=OTA&work_mode=remote']);
    expect((await get('/embed?credential=nothing')).status).toBe(400);
  });
});

describe('the texts for curators', () => {
  const textsOf = async (query: string) => {
    const { $, headers } = await get(`/feeds?${query}`);
    expect(headers.get('content-security-policy')).toBe(POLICY);
    return { asHtml: $('#as-html').text(), asMarkdown: $('#as-markdown').text(), asFrame: $('#as-frame').text() };
  };

  it('hold the week of the filter, the same in HTML and in Markdown', async () => {
    const { asHtml, asMarkdown, asFrame } = await textsOf('credential=OTA');
    const ids = (await apiIds(site, 'credential=OTA&since=7d&limit=25')) ?? [];
    const page = load(asHtml);
    expect(linkedIds(page, 'li > a')).toEqual(ids);
    expect(Array.from(asMarkdown.matchAll(/\(<https:\/\/ombre\.example\/jobs\/([^?>]+)/g), ([, id]) => id)).toEqual(ids);
    expect(page('h2').text()).toMatch(/^New this week: /);
    expect(page('li strong').first().text()).toBe('COTA');
    expect(page('li b').first().text()).toBe('✓ Yes:');
    expect(page('small a').attr('href')).toBe('https://ombre.example/for/cota');
    expect(page('[style], style, script')).toHaveLength(0);
    expect(asMarkdown).toContain('“Licensed PT, PTA, OT, **COTA** or SLP with three years of practice”');
    expect(asMarkdown).toContain('Free to republish with this line.');
    expect(load(asFrame)('iframe').attr('src')).toBe('https://ombre.example/embed?credential=OTA');
  });

  it('say who can apply in a line where no credential is chosen', async () => {
    const { asHtml } = await textsOf('path=writing');
    expect(load(asHtml)('li b').first().text()).toMatch(/✓ Yes: .*OT/);
  });

  it('hold hostile postings as text, in both', async () => {
    const { asHtml, asMarkdown } = await textsOf('path=sales');
    const page = load(asHtml);
    expect(page('script, img, style, svg, form, iframe, object, base, meta')).toHaveLength(0);
    expect(page('a').filter((_, link) => !/^https:\/\/ombre\.example\//.test(page(link).attr('href') ?? ''))).toHaveLength(0);
    expect(asMarkdown).not.toMatch(/(?<!\\)<(?!https:\/\/ombre\.example)/);
    expect(asMarkdown.split('\n').filter(line => line.startsWith('- '))).toHaveLength(page('li').length);
  });
});
