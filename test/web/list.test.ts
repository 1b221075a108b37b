import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true });
});
afterAll(() => site.close());

const get = async (path: string) => {
  const answer = await fetch(`${site.origin}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location'), $: load(await answer.text()) };
};
type Page = ReturnType<typeof load>;
const idsOf = ($: Page) =>
  $('.results > .jobs h3 a')
    .toArray()
    .map(link => $(link).attr('href')!.slice('/jobs/'.length).split('?')[0]!);

describe('before the first job', () => {
  it('every list says what is going on, how far it is, and what works already', async () => {
    expect((await get('/')).$('main').text()).toContain('knows no employer’s site yet');
    const add = (slug: string, more: object) =>
      site.db
        .insertInto('sources')
        .values({ slug, name: slug, system: 'lever', target: '{}', disabled_reason: null, domain: null, notes: null, ...more })
        .execute();
    await add('read', { last_complete_at: new Date() });
    await add('waiting', {});
    await add('off', { enabled: false, disabled_reason: 'its terms' });
    for (const path of ['/', '/jobs', '/jobs?credential=OTA']) {
      const { status, $ } = await get(path);
      expect([path, status, $('h1').text()]).toEqual([path, 200, 'Jobs are on their way']);
      expect([$('progress').attr('value'), $('progress').attr('max'), $('.empty b').text()]).toEqual([
        '1',
        '2',
        '1 of 2 employer sites read',
      ]);
      expect($('main').text()).not.toContain('match');
      expect($($('.skip').attr('href')!)).toHaveLength(1);
    }
    await site.db.updateTable('sources').set({ last_complete_at: new Date() }).where('slug', '=', 'waiting').execute();
    expect((await get('/jobs?path=sales')).$('main').text()).toContain('none of them lists a non-clinical job today');
  });
});

describe('the order of the list', () => {
  beforeAll(async () => {
    await insertPostings(site.db, [
      ...manyPostings(60),
      { id: 'undated', posted_at: null, first_seen: new Date(Date.now() - 3.5 * 86_400_000).toISOString(), paths: ['sales'] },
    ]);
  });

  it('is by the day that stands on the card, page after page, none twice and none left out', async () => {
    const ids: string[] = [];
    const days: string[] = [];
    for (let path: string | undefined = '/jobs'; path; ) {
      const { $ }: { $: Page } = await get(path);
      ids.push(...idsOf($));
      days.push(
        ...$('.results > .jobs time')
          .toArray()
          .map(time => $(time).attr('datetime')!),
      );
      path = $('.pager a[rel=next]').attr('href');
      if (path) expect(idsOf($)).toHaveLength(25);
    }
    expect([ids.length, new Set(ids).size]).toEqual([61, 61]);
    expect(days).toEqual(days.toSorted().reverse());
    expect(ids.indexOf('undated')).toBe(2);
  });

  it('can be by pay, by day of closing and, near a place, by distance', async () => {
    const pay = await get('/jobs?sort=pay');
    const tops = pay
      .$('.results > .jobs .pay')
      .toArray()
      .map(cell => Number(pay.$(cell).text().split('–')[1]!.replace(/\D/g, '')));
    expect(tops).toEqual(tops.toSorted((a, b) => b - a));
    expect(pay.$('.sort [aria-current]').text()).toBe('Pay');
    expect((await get('/jobs?sort=closing')).status).toBe(200);
    const { $ } = await get('/jobs?near=Austin%2C%20TX&sort=near');
    expect($('.results > .jobs .at').first().text()).toContain('(0 mi)');
    expect((await get('/jobs')).$('.sort').text()).not.toContain('Distance');
    expect((await get('/jobs?near=Austin%2C%20TX')).$('.sort').text()).toContain('Distance');
  });

  it('goes where it is asked for in one spelling, and what is none is left out', async () => {
    expect((await get('/jobs?sort=posted')).location).toBe('/jobs');
    expect((await get('/jobs?sort=anything&credential=cota')).location).toBe('/jobs?credential=OTA');
    expect((await get('/jobs?sort=near')).location).toBe('/jobs');
    expect((await get('/jobs?after=nothing')).location).toBe('/jobs');
    const next = (await get('/jobs?limit=7')).$('.pager a[rel=next]').attr('href')!;
    const { status, $ } = await get(next);
    expect([status, $('.pager a[rel=first]').attr('href'), $('meta[name=robots]').attr('content')]).toEqual([
      200,
      '/jobs?limit=7',
      'noindex, follow',
    ]);
    const spoilt = Buffer.from("2026-13-01T00:00:00.000000Z a'b").toString('base64url');
    expect((await get(`/jobs?after=${spoilt}`)).location).toBe('/jobs');
    // A link of before lists had an order of their own.
    const api = (await (await fetch(`${site.origin}/api/v1/postings?limit=30`)).json()) as { next: string };
    const cursor = new URL(api.next, site.origin).searchParams.get('cursor') ?? api.next;
    expect((await get(`/jobs?cursor=${cursor}`)).location).toBe(`/jobs?cursor=${cursor}&sort=found`);
    expect(idsOf((await get(`/jobs?cursor=${cursor}&sort=found`)).$)).toHaveLength(25);
  });

  it('stands above the jobs beside the days, the mail box and the feed of this very filter', async () => {
    const { $ } = await get('/jobs?credential=PT&posted_since=7d');
    expect($('.skip').attr('href')).toBe('#jobs');
    expect([$('h2#jobs').attr('tabindex'), $('h2#jobs').text()]).toEqual(['-1', `${$('.results > .jobs > li').length} jobs`]);
    // From the skip link, the next tab is the first job.
    const tabs = $('.results a, .results summary, .results button, #jobs').toArray();
    expect($(tabs[tabs.indexOf($('#jobs')[0]!) + 1]).closest('.job')).toHaveLength(1);
    expect($('.follow a').first().attr('href')).toBe('/feed.rss?credential=PT&posted_since=7d');
    expect($('.mailbox input[name=filter]').attr('value')).toBe('credential=PT&posted_since=7d');
    expect(
      $('.recent a')
        .toArray()
        .map(link => $(link).attr('href')),
    ).toEqual(['/jobs?credential=PT&posted_since=1d#jobs', '/jobs?credential=PT#jobs', '/jobs?credential=PT&posted_since=30d#jobs']);
    const levels = $('h1, h2, h3')
      .toArray()
      .map(heading => Number(heading.tagName[1]));
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('offers the mail box after the ways out where no job matches', async () => {
    const { $ } = await get('/jobs?credential=PT&path=sales&q=zeppelin');
    expect($('.bar .mailbox')).toHaveLength(0);
    expect($('.empty + .mailbox input[name=filter]').attr('value')).toBe('credential=PT&path=sales&q=zeppelin');
    expect(
      $('.empty a')
        .toArray()
        .every(link => $(link).attr('href')!.includes('credential=PT')),
    ).toBe(true);
  });

  it('has an address to keep for what is new since', async () => {
    const { $ } = await get('/jobs?credential=PT&since=7d');
    const today = new Date().toISOString().slice(0, 10);
    expect($('a:contains("New since today")').attr('href')).toBe(`/jobs?credential=PT&since=${today}`);
    expect($('.sort').text()).toContain('Last found');
  });
});

describe('text of others', () => {
  it('is cut, kept in its own direction and never without a name to press', async () => {
    await insertPostings(site.db, [
      { id: 'long', title: 'x'.repeat(400), company: 'y'.repeat(90), paths: ['writing'] },
      { id: 'turned', title: '\u202Edesrever', company: '<b>Acme</b>', paths: ['writing'] },
      { id: 'silent', title: ' ', company: null, paths: ['writing'] },
    ]);
    const { $ } = await get('/jobs?path=writing&limit=100');
    const link = (id: string) => $(`h3 a[href="/jobs/${id}"]`);
    expect(link('long').text()).toHaveLength(160);
    const turned = link('turned').closest('.job');
    expect([turned.find('h3 bdi').length, turned.find('.by bdi').text()]).toEqual([1, '<b>Acme</b>']);
    expect(link('silent').text()).toBe('A job without a title');
  });
});
