import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/adpmyjobs.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { site: 'harborviewcare' };
const site = await fixture('adpmyjobs', 'site.json');
const list = await fixture('adpmyjobs', 'list.json');

/** The first page of the list, as the career site leads to it. */
function firstPage(): PageRequest {
  const [request] = readList(adapter, target, site).follow;
  if (!request) throw new Error('the career site leads to no list');
  return request;
}

describe('adpmyjobs', () => {
  test('asks the list with the session of the career site', () => {
    expect(readList(adapter, target, site)).toMatchObject({ marker: 'board', postings: [], total: null });
    const request = firstPage();
    expect(request).toMatchObject({
      kind: 'list',
      redirects: 'none',
      headers: { myjobstoken: 'EXAMPLE_SESSION', orgoid: 'G3ZZ0000EXAMPLE1', rolecode: 'manager', origin: 'https://myjobs.adp.com' },
    });
    expect(request.url).toMatch(/^https:\/\/my\.adp\.com\/.+\/apply-custom-filters\?\$orderby=postingDate%20desc&.*&\$top=100&\$skip=0&/);
  });

  test('reads whole postings, of the employer that the career site names', () => {
    const reading = adapter.read(answer(firstPage(), list), target);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toEqual({
      key: '5001217800101',
      title: 'Clinical Liaison',
      company: 'Harborview Care Partners',
      requisition: '41877',
      places: [{ raw: 'Ashwater, WV', city: 'Ashwater', region: 'WV', country: 'USA' }],
      employment: ['Full-time'],
      posted: { value: '2026-11-12T14:03:22.000Z', from: 'postingDate' },
      url: 'https://myjobs.adp.com/harborviewcare/cx/job-details?reqId=5001217800101',
      applyUrl: 'https://myjobs.adp.com/harborviewcare/cx/job-details?reqId=5001217800101',
      body: [
        { html: '<p>Assess inpatients for <strong>rehabilitation</strong>.</p>' },
        { html: '<p><strong>Requirements:</strong></p>\n<ul>\n<li>PT, OT or SLP license</li>\n</ul>' },
      ],
    });
  });

  test('has no date where the employer hides it, and the name of the site where there is no town', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      posted: null,
      places: [{ raw: 'Work from home - Ohio', city: null, region: 'OH', country: 'USA' }],
      body: [{ html: '<p>Review requests for therapy against criteria.</p>' }],
    });
  });

  test('pages by the rows it got until the count is reached', async () => {
    const body = await altered('adpmyjobs', 'list.json', page => {
      page.count = 5;
    });
    const [second] = adapter.read(answer(firstPage(), body), target).follow;
    expect(second?.url).toContain('&$skip=2&');
    expect(second?.headers).toEqual(firstPage().headers);
    const [third] = adapter.read(answer(second!, body), target).follow;
    expect(third?.url).toContain('&$skip=4&');
    expect(adapter.read(answer(third!, '{"count":5,"jobRequisitions":[]}'), target)).toMatchObject({
      marker: 'board',
      rows: 0,
      follow: [],
    });
  });

  test('says "gone" for an unknown career site, which answers 400, but for no other 400', async () => {
    expect(readList(adapter, target, await fixture('adpmyjobs', 'unknown-site.json'), { status: 400 }).marker).toBe('gone');
    expect(readList(adapter, target, '{"message":"bad headers"}', { status: 400 }).marker).toBe('unknown');
  });

  test('asks nothing of a career site that is switched off, has no session, or is another one', async () => {
    const changed = (change: (page: Record<string, unknown>) => unknown) => altered('adpmyjobs', 'site.json', change);
    const bodies = await Promise.all([
      changed(page => ({ ...page, active: false })),
      changed(page => ({ ...page, myJobsToken: '' })),
      changed(page => ({ ...page, myJobsToken: 'two\r\nlines' })),
      changed(page => ({ ...page, orgoid: null })),
      changed(page => ({ ...page, domain: 'ledgerhealth' })),
    ]);
    for (const body of bodies) expect(readList(adapter, target, body)).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('never takes a row of another career site', async () => {
    const body = await altered('adpmyjobs', 'list.json', page => {
      page.jobRequisitions[0].careerSiteDomains = ['ledgerhealth'];
    });
    expect(readList(adapter, target, body)).toMatchObject({
      marker: 'board',
      postings: [{ key: '5001217800202' }],
      shortfall: '1 of 2 rows could not be read',
    });
    expect(readList(adapter, { site: 'ledgerhealth' }, list).why).toContain('another board');
  });

  test('says "empty" only for a count of 0', () => {
    const none = (page: object) => adapter.read(answer(firstPage(), JSON.stringify(page)), target).marker;
    expect(none({ count: 0, jobRequisitions: [] })).toBe('empty');
    expect(none({ jobRequisitions: [] })).toBe('unknown');
    expect(none({ count: 9, jobRequisitions: [] })).toBe('unknown');
    expect(none({ count: 0 })).toBe('unknown');
  });

  test('marks a listing without a count as not provably whole', async () => {
    const body = await altered('adpmyjobs', 'list.json', page => {
      delete page.count;
    });
    expect(readList(adapter, target, body).shortfall).toContain('does not say how many');
  });

  test.each([
    ['https://myjobs.adp.com/', null],
    ['https://myjobs.adp.com/public/staffing/v1/other', null],
    ['https://my.adp.com/static/redbox/login.html', null],
    ['https://myjobs.adp.com/acme', 'acme'],
  ])('recognises %s', (url, site) => {
    expect(adapter.recognise(new URL(url))).toEqual(site === null ? null : { site });
  });
});
