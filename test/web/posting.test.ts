import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPostings } from '../support/postings.ts';
import { type TestSite, testSite } from './_site.ts';

const TEXT = `Fernleaf Health reviews therapy requests. This is a fully remote position.

Requirements
- Current, unrestricted PT, OT, or COTA license in any state
- SLP clinicians cannot be considered for this team
- At least 2 years of clinical practice
- There is no patient contact in this role`;
const NURSE_TEXT = 'We review charts. Active, unrestricted RN license required; compact license strongly preferred.';
const SILENT_TEXT = 'Join our team. Clinical background in post-acute care is expected. More on request.';

const inText = (text: string, words: string) => {
  const start = text.indexOf(words);
  return { field: 'text' as const, start, end: start + words.length, text: words };
};
const said = (words: string) => inText(TEXT, words);
const rn = inText(NURSE_TEXT, 'RN');

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true }, { PUBLIC_URL: 'https://ombre.example' });
  const paths = ['utilization-review' as const];
  const named = { OT: 'named', OTA: 'named', PT: 'named', PTA: 'unknown', SLP: 'barred' } as const;
  const all = (verdict: 'barred' | 'unknown' | 'open') => ({ OT: verdict, OTA: verdict, PT: verdict, PTA: verdict, SLP: verdict });
  await insertPostings(site.db, [
    {
      id: 'yes',
      title: 'Review Clinician',
      company: 'Fernleaf Health',
      text: TEXT,
      paths,
      roles: ['utilization-reviewer'],
      places: [{ raw: 'Remote, US', city: null, region: null, country: 'US' }],
      work_mode: 'remote',
      employment_types: ['full_time'],
      pay: { min: 68_000, max: 79_500, currency: 'USD', interval: 'year' },
      apply_url: 'https://apply.example/1?a=b&c=d',
      verdicts: named,
      evidence: { OT: [said('OT')], OTA: [said('COTA')], PT: [said('PT')], SLP: [said('SLP')] },
      facets: { patient_contact: 'none', min_years: 2 },
    },
    {
      id: 'doubtful',
      title: 'Review Partner',
      company: 'Doubtful Care',
      text: TEXT,
      paths,
      verdicts: named,
      confidences: { OT: 0.97, OTA: 0.71, PT: 0.97, SLP: 0.93 },
      evidence: { OT: [said('OT')], OTA: [said('COTA')], PT: [said('PT')], SLP: [said('SLP')] },
    },
    {
      id: 'nurse',
      title: 'Review Nurse',
      text: NURSE_TEXT,
      paths,
      verdicts: all('barred'),
      evidence: { OT: [rn], OTA: [rn], PT: [rn], PTA: [rn], SLP: [rn] },
    },
    { id: 'silent', title: 'Care Specialist', text: SILENT_TEXT, paths, verdicts: all('unknown') },
    { id: 'open', title: 'Coordinator', paths, verdicts: all('open'), facets: { min_years: 3 } },
    { id: 'pt-only', title: 'PT Reviewer', paths, verdicts: { ...all('barred'), PT: 'named' } },
    {
      id: 'odd',
      title: '  ',
      company: 'W'.repeat(300),
      url: 'javascript:alert(1)',
      apply_url: 'mailto:jobs@example.org',
      paths,
      verdicts: all('open'),
    },
    { id: 'gone', title: 'Closed Reviewer', paths, closed_at: '2026-11-02T00:00:00Z', verdicts: named },
  ]);
  await site.db
    .insertInto('posting_tags')
    .values(
      [
        ['patient_contact', said('no patient contact')],
        ['min_years', said('2 years')],
        ['work_mode', said('fully remote')],
        ['utilization-review', said('therapy requests')],
      ].map(([name, span]) => ({
        posting_id: 'yes',
        kind: name === 'utilization-review' ? ('path' as const) : ('facet' as const),
        name: name as string,
        value: '',
        rule: 'test',
        evidence: JSON.stringify([span]),
      })),
    )
    .execute();
});
afterAll(() => site.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${site.origin}${path}`, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, $: load(text) };
};
type Page = Awaited<ReturnType<typeof get>>['$'];
const textsOf = ($: Page, selector: string) =>
  $(selector)
    .toArray()
    .map(element => $(element).text().replace(/\s+/g, ' ').trim());

describe('the page of a posting for a reader who holds a credential', () => {
  it('says first whether it takes them, in the words of the employer, and leads to those in the text', async () => {
    const { $ } = await get('/jobs/yes?credential=OTA');
    expect($('.head').next().is('.band.named')).toBe(true);
    expect(textsOf($, '.band h2')).toEqual(['Yes. COTA is on the list.']);
    expect(textsOf($, '.band q')).toEqual(['Current, unrestricted PT, OT, or COTA license in any state']);
    expect(textsOf($, '.band mark')).toEqual(['COTA']);
    const place = $('.band a:contains("Read it in the posting")').attr('href')!;
    expect(textsOf($, `.text ${place}`)).toEqual(['COTA']);
    expect(textsOf($, '.text mark')).toEqual(['COTA']);
    expect($('.crumbs a').first().attr('href')).toBe('/jobs?credential=OTA');
  });

  it('says probably where it is not sure, in the head, in the groups, in lists, feeds and data', async () => {
    const own = await get('/jobs/doubtful?credential=OTA');
    expect(textsOf(own.$, '.band h2')).toEqual(['Probably yes. Read the posting to be sure.']);
    expect(textsOf(own.$, '.band q')).toEqual(['Current, unrestricted PT, OT, or COTA license in any state']);
    expect(textsOf(own.$, '.others li')[0]).toBe('OT and PT: yes, in the same sentence.');
    expect(textsOf((await get('/jobs/doubtful')).$, '.band .groups li')).toEqual([
      'Yes: OT, PT',
      'Probably yes: COTA',
      'Not stated: PTA',
      'No: SLP',
    ]);
    const list = await get('/jobs?credential=OTA&q=review+partner');
    expect(textsOf(list.$, '.results .job .v b')).toEqual(['Probably yes']);
    expect((await get('/feed.atom?credential=OTA&q=review+partner')).$('summary').text()).toContain('✓ Probably yes: COTA');
    const data = await fetch(`${site.origin}/api/v1/postings/doubtful`, { headers: { accept: 'application/json' } });
    expect(((await data.json()) as { verdicts: object }).verdicts).toMatchObject({
      OTA: { verdict: 'named', confidence: 0.71 },
      PTA: { verdict: 'unknown', confidence: null },
    });
  });

  it('has the way to apply once for each width of a screen, and on paper as an address', async () => {
    const { $ } = await get('/jobs/yes?credential=OTA');
    for (const button of ['.band .act a.button', '.stick a.button']) {
      expect($(button).attr('href')).toBe('https://apply.example/1?a=b&c=d');
      expect($(button).attr('rel')).toContain('noopener');
    }
    expect($('.act').text()).toMatch(/employer’s site\s+apply\.example\s+First seen/);
    expect($('.on-paper').text()).toBe('At the employer’s: https://apply.example/1?a=b&c=dOn Ombre: https://ombre.example/jobs/yes');
    expect($('.on-paper br')).toHaveLength(1);
  });

  it('tells the others by distinct reasons', async () => {
    const { $ } = await get('/jobs/yes?credential=OTA');
    expect(textsOf($, '.others li')).toEqual([
      'OT and PT: yes, in the same sentence.',
      'PTA: not stated.',
      'SLP: no, SLP clinicians cannot be considered for this team',
    ]);
    expect(textsOf((await get('/jobs/nurse?credential=PT')).$, '.others')).toEqual(['OT, COTA, PTA, and SLP: no, for the same reason.']);
    expect(textsOf((await get('/jobs/silent?credential=PT')).$, '.others')).toEqual(['OT, COTA, PTA, and SLP: not stated either.']);
  });

  it('says no with whom it is for, leads to jobs that say yes, and asks nobody to apply', async () => {
    const { $ } = await get('/jobs/nurse?credential=OTA');
    expect(textsOf($, '.band h2')).toEqual(['No. It takes a nurse.']);
    expect(textsOf($, '.band mark')).toEqual(['RN']);
    expect($('a.button:contains("employer")')).toHaveLength(0);
    expect($('.elsewhere a').attr('href')).toBe('https://jobs.example/nurse');
    expect($('.similar').nextAll('.split')).toHaveLength(1);
    expect(textsOf($, '.similar h2')).toEqual(['Take a look at these instead']);
    // It says nothing about PTAs, so whom it takes is not told as if that were all.
    const { $: other } = await get('/jobs/yes?credential=SLP');
    expect(textsOf(other, '.band h2')).toEqual(['No. It asks for a license or degree an SLP doesn’t have.']);
  });

  it('quotes what comes closest where nothing is stated, says that it decides nothing, and gives a sentence to ask with', async () => {
    const { $ } = await get('/jobs/silent?credential=OTA');
    expect(textsOf($, '.band h2')).toEqual(['Not stated. The posting doesn’t name a license.']);
    expect(textsOf($, '.band q')).toEqual(['Clinical background in post-acute care is expected.']);
    expect($('.band mark, .text mark')).toHaveLength(0);
    expect($('.band').text()).toContain('This is the closest it comes, and it decides nothing: it may or may not include a COTA.');
    expect($('.band').text()).toContain('“I’m a COTA. The posting for Care Specialist doesn’t say which licenses you accept.');
    expect($('.act a.button.quiet, .stick a.button.quiet')).toHaveLength(2);
    expect(textsOf($, '.similar h2')).toEqual(['These say yes to a COTA']);
    expect(textsOf($, '.also p').slice(0, 2)).toEqual([
      'Example Health has 3 other open jobs here: 1 asks for no license, 2 don’t take a COTA.',
      'See all of this employer’s jobs',
    ]);
    expect((await get($('.also a').attr('href')!)).status).toBe(200);
    expect((await get('/jobs/yes?credential=OTA')).text).not.toContain('How this employer has answered');
  });

  it('says in the head how its pay stands to the clinical median, and below how that was reckoned and from what', async () => {
    const { $ } = await get('/jobs/yes?credential=OTA');
    const short = $('.head .line a[href="#pay-beside"]');
    expect(short.text()).toBe('about the same as the COTA median');
    expect(textsOf($, '#pay-beside')).toEqual([
      'PayAbout the same as the COTA median: The midpoint of the posted range is $73,750 a year. Half of all occupational therapy assistants in the US earn less than $72,300 a year (BLS, May 2025, as one public table gives it).',
    ]);
    expect((await get('/jobs/yes?credential=PT')).$('.head').text()).toContain('about 25% below the PT median');
    for (const path of ['/jobs/yes', '/jobs/yes?credential=SLP', '/jobs/open?credential=OTA'])
      expect([path, (await get(path)).$('#pay-beside, a[href="#pay-beside"]').length]).toEqual([path, 0]);
  });

  it('leads to its employer, to the page of the credential and to its path', async () => {
    const { $ } = await get('/jobs/open?credential=OTA');
    expect($('.head a[href="/employers/example-health"]').text()).toBe('Example Health');
    expect(textsOf($, 'aside a')).toEqual([
      'About this path: Utilization review',
      'Set it up: email of new jobs',
      expect.stringMatching(/^All \d jobs at Example Health$/),
      'What is open to a COTA',
    ]);
    for (const link of $('aside a:not(.button)').toArray()) expect((await get($(link).attr('href')!)).status).toBe(200);
    expect((await get('/jobs/yes')).$('aside a[href^="/for/"]')).toHaveLength(0);
  });

  it('says for which words it is on its path', async () => {
    const { $ } = await get('/jobs/yes');
    expect(textsOf($, '.decision > div:contains("Path")')).toEqual(['PathUtilization review: Because it says therapy requests']);
    expect(textsOf((await get('/jobs/open')).$, '.decision > div:contains("Path")')).toEqual(['PathUtilization review']);
  });

  it('says what an open posting asks for where no words decided', async () => {
    const { $ } = await get('/jobs/open?credential=OTA');
    expect(textsOf($, '.band h2, .band .asked')).toEqual([
      'No license needed. Your experience counts.',
      'It asks for 3 years of experience.',
    ]);
  });

  it('shows similar jobs that take them only', async () => {
    const titles = async (credential: string) => textsOf((await get(`/jobs/open?credential=${credential}`)).$, '.similar h3 a');
    expect(await titles('PT')).toContain('PT Reviewer');
    expect(await titles('OTA')).toContain('Review Clinician');
    expect(await titles('OTA')).not.toContain('PT Reviewer');
    expect(await titles('OTA')).not.toContain('Review Nurse');
  });

  it('takes the credential in any spelling, and does without what nobody knows', async () => {
    const plain = await get('/jobs/yes');
    const mine = await get('/jobs/yes?credential=OTA');
    expect((await get('/jobs/yes?credential=cota')).headers.get('etag')).toBe(mine.headers.get('etag'));
    for (const other of ['RN', 'OT,PT', '', '%00']) {
      const answer = await get(`/jobs/yes?credential=${other}`);
      expect([other, answer.status, answer.headers.get('etag')]).toEqual([other, 200, plain.headers.get('etag')]);
    }
    expect(mine.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    expect(mine.$('link[rel=canonical]').attr('href')).toBe('https://ombre.example/jobs/yes');
    expect(mine.$('.share input').attr('value')).toBe('https://ombre.example/jobs/yes');
    expect(decodeURIComponent(mine.$('a[href^="mailto:"]').attr('href')!)).toBe(
      'mailto:?subject=Review Clinician (Fernleaf Health)&body=https://ombre.example/jobs/yes',
    );
  });

  it('keeps the credential when a report is sent', async () => {
    const { $ } = await get('/jobs/yes?credential=OTA');
    const form = new URLSearchParams({ tag: 'facet:patient_contact', credential: $('#report input[name=credential]').attr('value')! });
    const answer = await fetch(`${site.origin}/jobs/yes/report`, { method: 'POST', body: form, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/jobs/yes?credential=OTA&reported=1#report']);
    const thanked = await get('/jobs/yes?credential=OTA&reported=1');
    expect(textsOf(thanked.$, '#report.thanks, .band h2')).toEqual([
      'Yes. COTA is on the list.',
      'Thank you. Somebody will look at it, and at the rule behind it.',
    ]);
  });
});

describe('the page of a posting for anybody', () => {
  it('tells the groups with the sentence that names most, and offers the five credentials', async () => {
    const { $ } = await get('/jobs/yes');
    expect(textsOf($, '.band h2')).toEqual(['Who may apply']);
    expect(textsOf($, '.band .groups li')).toEqual(['Yes: OT, COTA, PT', 'Not stated: PTA', 'No: SLP']);
    expect(textsOf($, '.band q')).toEqual(['Current, unrestricted PT, OT, or COTA license in any state']);
    expect(textsOf($, '.band mark')).toEqual(['PT, OT, or COTA']);
    expect(
      $('.which a')
        .toArray()
        .map(link => [$(link).text(), $(link).attr('href')]),
    ).toEqual([
      ['OT', '/jobs/yes?credential=OT'],
      ['COTA', '/jobs/yes?credential=OTA'],
      ['PT', '/jobs/yes?credential=PT'],
      ['PTA', '/jobs/yes?credential=PTA'],
      ['SLP', '/jobs/yes?credential=SLP'],
    ]);
    expect(textsOf((await get('/jobs/nurse')).$, '.band h2')).toEqual(['No. It takes a nurse.']);
    expect(textsOf($, '.others')).toEqual(['SLP: no, SLP clinicians cannot be considered for this team']);
  });

  it('shows the facts a person decides by, each with its words, and names what is not stated', async () => {
    const { $ } = await get('/jobs/yes');
    expect(textsOf($, '.decision > div').slice(0, 4)).toEqual([
      'Patient contactNone: There is no patient contact in this role',
      'Remote Current, unrestricted PT, OT, or COTA license in any state',
      'Experience2 years: At least 2 years of clinical practice',
      'ScheduleFull-time',
    ]);
    expect(textsOf($, '.decision .unsaid dd')).toEqual(['Certifications, degree, lifting, travel']);
    expect($('.decision mark')).toHaveLength(0);
  });

  it('tells the path in two sentences', async () => {
    const { $ } = await get('/jobs/yes');
    expect(textsOf($, '.also p')[0]).toMatch(/^You read charts .*\. 1 of \d open jobs is remote\.$/);
    expect($('.also a.button').attr('href')).toBe('/subscribe?path=utilization-review');
  });

  it('says first that it is closed, and has no way to apply then', async () => {
    const { status, $ } = await get('/jobs/gone?credential=OTA');
    expect(status).toBe(410);
    expect($('.posting .head').children().first().text()).toContain('Closed on Nov 2, 2026');
    expect($('title').text()).toMatch(/^Closed: /);
    expect($('.act, .stick, .elsewhere, #report')).toHaveLength(0);
  });

  it('stands without a title and without a web address', async () => {
    const { $, text } = await get('/jobs/odd');
    expect(textsOf($, 'h1 bdi')).toEqual(['A job without a title']);
    expect($('.act').text()).toContain('gives no web address');
    expect($('.stick')).toHaveLength(0);
    expect(text).not.toContain('javascript:');
    expect(text).not.toContain('jobs@example.org');
  });
});
