import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS, type Verdict } from '../../src/posting/taxonomy.ts';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, said, type TestSite, testSite } from './_site.ts';

const TRACKED = 'utm_source=newsletter&fbclid=IwAR0&ref=share&_=1';
const barred = Object.fromEntries(CREDENTIALS.map(credential => [credential, 'barred' as Verdict]));

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true }, { PUBLIC_URL: 'https://ombre.example' });
  const [model] = manyPostings(1);
  const nurse = { ...model!, title: 'Utilization Review Nurse', company: 'Nurses Only', paths: ['utilization-review' as const], roles: [] };
  await insertPostings(site.db, [
    ...manyPostings(20),
    {
      ...nurse,
      id: 'nurse',
      text: 'Current RN license required.',
      html: '<p>Current RN license required.</p>',
      verdicts: barred,
      evidence: Object.fromEntries(CREDENTIALS.map(name => [name, [{ field: 'text' as const, start: 8, end: 18, text: 'RN license' }]])),
    },
    { ...nurse, id: 'silent', title: 'Silent Posting', verdicts: {}, evidence: {} },
    { ...nurse, id: 'taken', title: 'Taken Posting', verdicts: { OTA: 'named' }, evidence: { OTA: [said('COTA')] } },
  ]);
});
afterAll(() => site.close());

async function get(path: string, init: RequestInit = {}) {
  const answer = await fetch(`${site.origin}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual', ...init });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, $: load(text) };
}
const titles = ($: ReturnType<typeof load>) =>
  $('.results .job h3 a')
    .toArray()
    .map(link => $(link).text());

describe('a link with what others add to it', () => {
  it.each([
    '/',
    '/jobs',
    '/jobs?credential=OTA',
    '/jobs/job000',
    '/paths',
    '/paths/sales',
    '/start',
    '/start?credential=OTA',
    '/feeds',
    '/jobs/',
    '/paths/sales/',
    '/feeds?path=sales',
    '/about',
    '/bot',
    '/sources',
    '/sitemap.xml',
    '/sitemap-pages.xml',
    '/sitemap-jobs-1.xml',
    '/robots.txt',
    '/favicon.svg',
  ])('%s is the same page', async path => {
    const plain = await get(path);
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}${TRACKED}`);
    expect([plain.status, answer.status]).toEqual([200, 200]);
    expect(answer.headers.get('etag')).toBe(plain.headers.get('etag'));
    expect(answer.text).not.toContain('newsletter');
    expect(answer.$('link[rel=canonical]').attr('href')).toBe(plain.$('link[rel=canonical]').attr('href'));
  });

  it('shows the jobs also when it has a name nobody knows, and says what was not understood', async () => {
    for (const path of ['/jobs', '/', '/feeds']) {
      const { status, $ } = await get(`${path}?credential=OTA&colour=red&hue=7`);
      expect(status, path).toBe(200);
      const note = $('.not-understood').text();
      expect(note).toContain('colour');
      expect(note).toContain('hue');
      expect($('link[rel=canonical]').attr('href')).toBe(`https://ombre.example${path === '/' ? '/jobs' : path}?credential=OTA`);
      if (path !== '/feeds') expect(titles($)).toEqual(titles((await get('/jobs?credential=OTA')).$));
    }
    expect((await get('/jobs?credential=OTA')).$('.not-understood')).toHaveLength(0);
    const hostile = await get(`/jobs?${encodeURIComponent('<script>alert(1)</script>')}=1`);
    expect([hostile.status, hostile.text.includes('<script>alert')]).toEqual([200, false]);
    const start = await get('/start?credential=OTA&colour=red');
    expect([start.status, start.$('.not-understood').text().includes('colour')]).toEqual([200, true]);
  });

  it('leads on without a value that is wrong', async () => {
    const { status, $ } = await get('/jobs?credential=RN&work_mode=remote');
    expect(status).toBe(400);
    expect($('main a[href="/jobs?work_mode=remote"]')).toHaveLength(1);
  });
});

describe('another spelling of a filter', () => {
  it.each([
    ['/jobs?credential=cota', '/jobs?credential=OTA'],
    ['/jobs?credential=PTA,OT', '/jobs?credential=OT,PTA'],
    ['/?credential=ota&q=', '/?credential=OTA'],
    ['/jobs?state=texas&work_mode=Remote', '/jobs?state=TX&work_mode=remote'],
    ['/feeds?path=Utilization%20Review', '/feeds?path=utilization-review'],
    ['/paths/Utilization_Review', '/paths/utilization-review'],
    ['/paths/UX%20Product', '/paths/ux-product'],
  ])('%s moves to %s', async (from, to) => {
    const { status, headers } = await get(from);
    expect([status, headers.get('location')]).toEqual([301, to]);
    expect((await get(to)).status).toBe(200);
  });

  it('is understood in the self-assessment', async () => {
    expect((await get('/start?credential=ota&move=tx')).status).toBe(200);
  });

  it('is kept in the pages of other methods: a form is answered 405 where none is taken', async () => {
    const answer = await get('/jobs', { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('leads back to the form of a report when a browser loads its address anew', async () => {
    const { status, headers } = await get('/jobs/job000/report');
    expect([status, headers.get('location')]).toEqual([303, '/jobs/job000#report']);
  });
});

describe('a posting that none of the five may take', () => {
  it('is not in the list, which says how many there are and leads to them', async () => {
    const { $ } = await get('/jobs?path=utilization-review');
    expect(titles($)).not.toContain('Utilization Review Nurse');
    const more = $('.none-of-five');
    expect(more.text()).toBe('1 more takes none of the five credentials.');
    const { $: asked } = await get(more.find('a').attr('href')!);
    expect(titles(asked)).toContain('Utilization Review Nurse');
    expect(asked('.none-of-five')).toHaveLength(0);
    expect((await get('/jobs?credential=OTA')).$('.none-of-five')).toHaveLength(0);
    expect((await get('/jobs?path=writing')).$('.none-of-five')).toHaveLength(0);
  });

  it('says so on its card with the words of the posting, which a silent posting does not', async () => {
    const { $ } = await get('/jobs?include=barred&path=utilization-review');
    const card = (title: string) => $(`.job:contains("${title}")`);
    const who = (title: string) => card(title).find('.who').text().trim();
    expect([card('Utilization Review Nurse').find('.said').text(), who('Utilization Review Nurse')]).toEqual([
      'Current RN license required.',
      'No: all five',
    ]);
    expect([card('Silent Posting').find('.said').length, who('Silent Posting')]).toEqual([0, 'Not stated: all five']);
    expect(who('Taken Posting')).toContain('Yes: COTA');
  });

  it('keeps its own page, and is nowhere beside others', async () => {
    const { status, $ } = await get('/jobs/nurse');
    expect(status).toBe(200);
    expect($('.band.barred h2').text()).toBe('No. It takes a nurse.');
    expect($('.band.barred mark').text()).toBe('RN license');
    expect($('meta[name=robots]').attr('content')).toContain('noindex');
    const other = await get('/jobs/silent');
    expect(other.$('.band.unknown h2').text()).toBe('Not stated. The posting doesn’t name a license.');
    expect(other.$('.similar').text()).not.toContain('Utilization Review Nurse');
    expect((await get('/jobs/taken')).$('.band.barred, .band.unknown')).toHaveLength(0);
    expect((await get('/sitemap-jobs-1.xml')).text).not.toContain('/jobs/nurse');
    expect((await get('/paths/utilization-review')).text).not.toContain('Utilization Review Nurse');
  });
});

describe('what would open more', () => {
  it('never lets go of the credential, which nobody can change', async () => {
    const { $ } = await get('/jobs?credential=PTA&path=sales&q=zeppelin');
    const offered = $('.empty li').text();
    expect(offered).toContain('zeppelin');
    const answers = 'credential=OTA&reason=any&care=any&move=remote&pay=any&gap=any&certification=any&small=any&body=any&ready=any';
    const told = (await get(`/start?${answers}`)).$('aside').text();
    expect(told).toContain('Without');
    expect(told).not.toContain('Without “For OTA”');
    const none = (await get('/jobs?credential=SLP&verdict=preferred')).$('.empty').text();
    expect(none).not.toContain('For SLP');
  });
});

describe('too many reports', () => {
  it('are refused by the limit of reports, which names itself', async () => {
    const limited = await testSite({}, { RATE_LIMIT: '1000' });
    try {
      await insertPostings(limited.db, manyPostings(1));
      const report = () =>
        fetch(`${limited.origin}/jobs/job000/report`, {
          method: 'POST',
          body: new URLSearchParams({ tag: 'facet:pay' }),
          redirect: 'manual',
        });
      for (let i = 0; i < 20; i++) expect((await report()).status).toBe(303);
      const refused = await report();
      expect([refused.status, Number(refused.headers.get('retry-after')) > 3000]).toEqual([429, true]);
      expect(await refused.text()).toMatch(/At most 20 reports an hour from one network address; come back in \d+ minutes/);
    } finally {
      await limited.close();
    }
  });
});

describe('titles', () => {
  it('write money, states and roles as people do', async () => {
    const title = (await get('/jobs?pay_min=120000&role=pre-service-coordinator&state=NV')).$('h1').text();
    expect(title).toBe('Non-clinical jobs, as Pre-service coordinator, in Nevada, from $120,000 a year');
    expect((await get('/feeds?role=pre-service-coordinator')).$('.chips').text()).toContain('Pre-service coordinator');
  });
});
