import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS } from '../../../src/posting/taxonomy.ts';
import { insertPostings, type TestPosting } from '../../support/postings.ts';
import { getter, linkedIds, newestIds, POLICY } from '../_get.ts';
import { manyPostings, said, type TestSite, testSite } from '../_site.ts';

const nobody = Object.fromEntries(CREDENTIALS.map(credential => [credential, 'barred' as const]));
const [model] = manyPostings(1);
const DAY = 86_400_000;

/** Jobs of one path: `paid` a year, open to OT. */
function jobsOf(path: NonNullable<TestPosting['paths']>[number], paid: readonly number[], company = 'Harborline Health'): TestPosting[] {
  return paid.map((amount, i) => ({
    ...model!,
    id: `${path}-${i}`,
    title: `Reviewer ${i}`,
    company,
    paths: [path],
    roles: [],
    pay: { min: amount - 1000, max: amount + 1000, currency: 'USD', interval: 'year' },
    posted_at: new Date(Date.now() - i * 10 * DAY).toISOString(),
    first_seen: new Date(Date.now() - DAY - i * 1000).toISOString(),
    verdicts: { OT: 'named', OTA: i === 0 ? 'named' : 'barred', PT: 'barred', PTA: 'barred', SLP: 'unknown' },
    evidence: { OT: [said('OT')], OTA: [said('COTA')] },
  }));
}

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true }, { PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(site.db, [
    ...jobsOf('sales', [60_000, 70_000, 80_000]),
    ...jobsOf('research', [60_000, 70_000, 80_000, 90_000, 100_000, 110_000]),
    ...jobsOf('education', [60_000, 70_000, 80_000, 90_000, 100_000]),
    ...jobsOf('writing', [60_000]).map(job => ({ ...job, pay: { min: 2_400, max: 2_600, currency: 'USD', interval: 'week' as const } })),
    ...[1, 2].map(i => ({
      ...jobsOf('education', [60_000])[0]!,
      id: `travel-${i}`,
      pay: { min: 2_400, max: 2_600, currency: 'USD', interval: 'week' as const },
    })),
    { ...model!, id: 'nurse', title: 'Nurse only', paths: ['sales'], roles: [], verdicts: nobody },
  ]);
});
afterAll(() => site.close());
const get = getter(() => site);

describe('a path', () => {
  it('has the policy and the canonical address of a page, for any credential', async () => {
    for (const path of ['/paths/sales', '/paths/sales?credential=OTA']) {
      const { status, headers, $ } = await get(path);
      expect([status, headers.get('content-security-policy')]).toEqual([200, POLICY]);
      expect($('link[rel=canonical]').attr('href')).toBe('https://ombre.example/paths/sales');
    }
  });

  it('keeps the credential where it moves to the one spelling of a path', async () => {
    const { status, headers } = await get('/paths/Utilization%20Review?credential=cota');
    expect([status, headers.get('location')]).toEqual([301, '/paths/utilization-review?credential=OTA']);
  });

  it('shows the newest ids of the API, without jobs barred to all, and for a credential only what it may apply to', async () => {
    for (const query of ['path=sales', 'credential=OTA&path=sales', 'credential=PT&path=sales']) {
      const { $ } = await get(`/paths/sales?${query.replace(/&?path=sales/, '')}`);
      expect(linkedIds($, '.job h3 a')).toEqual((await newestIds(site, query)).slice(0, 5));
      expect(linkedIds($, '.job h3 a')).not.toContain('nurse');
      expect($('form.subscribe input[name=filter]').attr('value')).toBe(query);
      expect($('link[rel=alternate]').first().attr('href')).toBe(`https://ombre.example/feed.rss?${query}`);
    }
    const { $ } = await get('/paths/sales?credential=OTA');
    expect($('.job q mark').first().text()).toBe('COTA');
    expect($('.switch a[aria-current]').text()).toBe('COTA');
  });

  it('says who can apply, one block a job, and how many more take none of the five', async () => {
    const { $ } = await get('/paths/sales');
    expect($('.share tbody tr').first().find('rect.on')).toHaveLength(3);
    expect($('.share tbody tr').eq(1).find('td.num').text()).toContain('1 of 3');
    expect($('.share tbody tr').eq(2).find('td.num').text()).toBe('0 of 3');
    expect($('#who').parent().text()).toContain('1 more takes none of the five');
    expect($('.numbers').text()).toContain('open jobs, 1 more for none of the five');
  });

  it('tells the range of fewer than five postings, and neither shares nor quarters', async () => {
    const { $ } = await get('/paths/sales');
    expect($('.numbers').text()).toContain('$59,000–$81,000');
    expect($('.numbers').text()).toContain('the range of 3 postings');
    expect($('.numbers').text()).not.toContain('%');
    expect(
      $('#pay')
        .parent()
        .find('thead th')
        .map((_, cell) => $(cell).text())
        .get(),
    ).toEqual(['Open to', 'Range', 'Clinical median', 'Postings']);
    expect($('#pay').parent().text()).not.toContain('Half of the');
    expect((await get('/paths')).$('.tiles li:contains("Sales")').text()).not.toMatch(/median|%/);
  });

  it('tells the median of the API where five or more state their pay, beside the clinical median with its source', async () => {
    const api = (await (await fetch(`${site.origin}/api/v1/paths/research`)).json()) as { pay: { median: number; n: number } };
    const { $ } = await get('/paths/research?credential=OT');
    expect($('.numbers').text()).toContain(`$${api.pay.median.toLocaleString('en-US')}`);
    expect($('.numbers').text()).toContain('median of 6 postings, for OT');
    const told = $('#pay').parent().find('p').first();
    expect(told.text()).toContain(
      'offer more than $85,000 a year: about 15% below the US median of all occupational therapists, $98,340 (BLS, May 2024)',
    );
    expect(told.find('a').attr('href')).toMatch(/^https:\/\/www\.bls\.gov\//);
    expect($('#pay').parent().find('thead').text()).toContain('Lower quarter');
    expect($('#pay').parent().find('tbody tr:contains("COTA")').text()).toContain('$59,000–$61,000 (range)');
    const assistants = await get('/paths/research?credential=OTA');
    expect(assistants.$('#pay').parent().text()).not.toContain('US median of all');
  });

  it('says of the figures of assistants that one public table gives them, and never tells two releases as one', async () => {
    const { $ } = await get('/paths/research');
    const medians = $('#pay').parent().find('tbody tr');
    const cell = (name: string) =>
      medians
        .filter((_, row) => $(row).find('th').text() === name)
        .find('td')
        .eq(-2)
        .text();
    expect(cell('OT')).toBe('$98,340 May 2024');
    expect(cell('COTA')).toBe('$72,300 May 2025');
    const note = $('#pay').parent().find('.note').last().text();
    expect(note).toContain('May 2024: OT, PT, SLP; May 2025: COTA, PTA');
    expect(note).toContain('These are different releases');
    expect(note).toContain('Those for COTA and PTA were read in one public table (its COTA page and PTA page) and not compared with BLS.');
  });

  it('leaves pay by the week out of its median, its range and the list of paths, and says how many postings that are', async () => {
    const { $ } = await get('/paths/education?credential=OT');
    expect($('.numbers').text()).toContain('$80,000');
    expect($('.numbers').text()).toContain('median of 5 postings, for OT');
    expect($('#pay').parent().text()).toContain('2 more postings pay by the week, as contracts and travel jobs do');
    expect((await get('/paths')).$('.tiles li:contains("Education")').text()).toContain('median pay $80,000');
    const weekly = await get('/paths/writing');
    expect(weekly.$('.numbers').text()).toContain('pay is stated by the week only');
    expect(weekly.$('#pay').parent().text()).toContain('1 posting pays by the week');
    expect(weekly.$('#pay').parent().find('table')).toHaveLength(0);
    expect((await get('/paths/sales')).$('#pay').parent().text()).not.toContain('by the week');
  });

  it('names who is hiring, with what they have for the credential', async () => {
    const { $ } = await get('/paths/sales?credential=OTA');
    const employer = $('aside a[href="/employers/harborline-health"]');
    expect(employer.parent().text()).toBe('Harborline Health 3 jobs, 1 for a COTA');
    expect((await get('/employers/harborline-health')).status).toBe(200);
    expect($('aside a[href="/start"]')).toHaveLength(1);
  });

  it('counts by the date of the employer and says since when it collects', async () => {
    const { $ } = await get('/paths/research');
    expect($('.chart rect').length).toBeGreaterThan(3);
    expect($('figcaption').text()).toMatch(
      /^6 jobs posted in the weeks from .* Collecting since \w+ \d+, \d{4}, so weeks before count only what was still open then\.$/,
    );
    expect($('.chart').attr('aria-labelledby')).toBe($('figcaption').attr('id'));
  });
});
