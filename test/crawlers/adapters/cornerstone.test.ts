import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/cornerstone.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { tenant: 'prairiehealth', site: 4 };
const site = await fixture('cornerstone', 'site.html');
const list = await fixture('cornerstone', 'list.json');
const ad = await fixture('cornerstone', 'ad.json');
const details = await fixture('cornerstone', 'detail.json');

const COOKIES = 'cscx=prairiehealth|-100|1; path=/, ASP.NET_SessionId=k2invented7; path=/; secure; HttpOnly';

/** The search that the career site's page leads to. */
function searchOf(headers: Record<string, string> = {}): PageRequest {
  const [request] = readList(adapter, target, site, { headers }).follow;
  if (!request) throw new Error('the page leads to no search');
  return request;
}

/** A page of `count` rows out of `totalCount`. */
function rowsOf(count: number, totalCount?: number): string {
  const requisitions = Array.from({ length: count }, (_, i) => ({ requisitionId: 500 + i, displayJobTitle: `Job ${i}` }));
  return JSON.stringify({ status: 'Success', data: { totalCount, requisitions } });
}

describe('cornerstone', () => {
  test("begins with the career site's page and asks its search with the visitor's token, in American dates", () => {
    expect(adapter.start(target)).toMatchObject([{ url: 'https://prairiehealth.csod.com/ux/ats/careersite/4/home?c=prairiehealth' }]);
    const request = searchOf();
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://us.api.csod.com/rec-job-search/external/jobs',
      headers: { authorization: expect.stringMatching(/^Bearer eyJ[\w.-]+$/) },
      redirects: 'none',
    });
    expect(request.headers).not.toHaveProperty('cookie');
    expect(JSON.parse(request.body ?? '')).toMatchObject({
      careerSiteId: 4,
      careerSitePageId: 4,
      pageNumber: 1,
      pageSize: 100,
      cultureName: 'en-US',
    });
  });

  test('sends the token to no host but the search of the system', () => {
    const elsewhere = (cloud: string) => readList(adapter, target, site.replace('https://us.api.csod.com/', cloud));
    for (const cloud of ['https://us.api.csod.com.evil.example/', 'http://us.api.csod.com/', '/', '']) {
      expect(elsewhere(cloud), cloud).toMatchObject({ marker: 'unknown', follow: [] });
    }
  });

  test('reads rows with titles decoded, every place, and no date where a hyphen stands', () => {
    const reading = adapter.read(answer(searchOf(), list), target);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '20417',
        title: 'Utilization Review Therapist <Rehab> & Appeals',
        places: [{ raw: 'Salina, KS, US', city: 'Salina', region: 'KS', country: 'US' }, { raw: 'Wichita, KS, US' }],
        posted: { value: '11/5/2026', from: 'postingEffectiveDate' },
        closes: { value: '12/20/2026', from: 'postingExpirationDate' },
        url: 'https://prairiehealth.csod.com/ux/ats/careersite/4/home/requisition/20417?c=prairiehealth',
      },
      { key: '20388', posted: { value: '9/10/2026' }, closes: null },
    ]);
  });

  test("asks each ad on the tenant's host, with the session its page began where it began one", () => {
    const detailOf = (headers: Record<string, string>) => adapter.read(answer(searchOf(headers), list), target).postings[0]?.detail;
    expect(detailOf({ 'set-cookie': COOKIES })).toMatchObject({
      url: 'https://prairiehealth.csod.com/Services/API/ATS/CareerSite/4/JobRequisitions/20417?useMobileAd=false&cultureId=1',
      headers: { authorization: expect.stringContaining('Bearer '), cookie: 'ASP.NET_SessionId=k2invented7' },
      key: '20417',
    });
    expect(detailOf({})?.headers).not.toHaveProperty('cookie');
  });

  test('pages by number until the total is reached, with the same access', () => {
    const first = adapter.read(answer(searchOf({ 'set-cookie': COOKIES }), rowsOf(100, 130)), target);
    expect(first).toMatchObject({ marker: 'board', total: 130, shortfall: null });
    const [next] = first.follow;
    expect(JSON.parse(next?.body ?? '')).toMatchObject({ pageNumber: 2 });
    const second = adapter.read(answer(next as PageRequest, rowsOf(30, 130)), target);
    expect(second).toMatchObject({ marker: 'board', rows: 30, follow: [] });
    expect(second.postings[0]?.detail?.headers).toMatchObject({ cookie: 'ASP.NET_SessionId=k2invented7' });
  });

  test('names the shortfall where the total is missing, and reads on while pages are full', () => {
    const reading = adapter.read(answer(searchOf(), rowsOf(100)), target);
    expect(reading.shortfall).toContain('how many');
    expect(reading.follow).toHaveLength(1);
  });

  test('never says "empty": a site that is switched off answers the same', () => {
    expect(adapter.read(answer(searchOf(), rowsOf(0, 0)), target)).toMatchObject({ marker: 'unknown', total: 0 });
  });

  test('says "unknown" for the error page that a career site which does not exist leads to, and for a page without a token', () => {
    const led = readList(adapter, target, '<html><body>Error</body></html>', { url: 'https://prairiehealth.csod.com/ui/error' });
    expect(led).toMatchObject({ marker: 'unknown', why: expect.stringContaining('no such career site') });
    expect(readList(adapter, target, site.replace('"token":"eyJ', '"other":"eyJ')).marker).toBe('unknown');
  });

  test("refuses another tenant's career site and another tenant's details", () => {
    const stranger = { tenant: 'other', site: 4 };
    for (const reading of [readList(adapter, stranger, site), readDetail(adapter, stranger, details)]) {
      expect(reading).toMatchObject({ marker: 'unknown', postings: [], follow: [], why: expect.stringContaining('another board') });
    }
  });

  test('reads the ad, and the text of the list where the ad is left empty', async () => {
    const read = (body: string) => only(readDetail(adapter, target, body, { key: '20417', note: { listed: 'Reviews plans of care.' } }));
    expect(read(ad)).toMatchObject({
      key: '20417',
      title: 'Utilization Review Therapist <Rehab> & Appeals',
      body: [{ html: expect.stringContaining('Licensed OT, PT or SLP') }],
    });
    const empty = await altered('cornerstone', 'ad.json', json => {
      json.data[0].items[0].fields.ad = '>';
    });
    expect(read(empty).body).toEqual([{ text: 'Reviews plans of care.' }]);
  });

  test('reads the details of a requisition, and refuses those of another one', () => {
    expect(only(readDetail(adapter, target, details))).toMatchObject({
      key: '20417',
      requisition: '90311',
      places: [{ raw: 'Salina, KS, US' }, { raw: 'Wichita, KS, US' }],
      posted: { value: '2026-11-05T00:00:00', from: 'openDate' },
      body: [{ html: '<p>Reviews plans of care for R&amp;D patients.</p>' }],
    });
    expect(readDetail(adapter, target, details, { key: '20388' }).marker).toBe('unknown');
  });

  test('says "gone" for an ad that is no longer there, and "challenge" where the token is refused', () => {
    expect(readDetail(adapter, target, '', { key: '20417' }, { status: 404 }).marker).toBe('gone');
    expect(readDetail(adapter, target, '', { key: '20417' }, { status: 401 }).marker).toBe('challenge');
  });

  test.each([
    ['https://acme.csod.com/ux/ats/careersite/12/home?c=acme&lang=en-US', 'acme 12'],
    ['https://acme.csod.com/ux/ats/careersite/1/requisition/77?c=acme', 'acme 1'],
    ['https://acme.csod.com/Services/API/ATS/CareerSite/3/JobRequisitions/9', 'acme 3'],
    ['https://acme.csod.com/client/acme/default.aspx', null],
    ['https://us.api.csod.com/rec-job-search/external/jobs', null],
    ['https://www.csod.com/ux/ats/careersite/1/home', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.tenant} ${found.site}`).toBe(expected);
  });
});
