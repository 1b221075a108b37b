import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/icims.ts';
import { answer, FETCHED_AT, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'careers-harborcare.icims.com' };
const list = await fixture('icims', 'list.html');
const detail = await fixture('icims', 'detail.html');
const address = 'https://careers-harborcare.icims.com/jobs/4411/clinical-liaison/job?in_iframe=1';
const read = (body: string) => readDetail(adapter, target, body, { url: address, key: '4411' });

describe('icims', () => {
  test('asks for the page inside the frame, whose shell alone holds no postings', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://careers-harborcare.icims.com/jobs/search?ss=1&in_iframe=1&pr=0');
  });

  test('reads cards with either label of the place, absolute and relative addresses, and one stub per posting', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 2, shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '4411',
        title: 'Clinical Liaison',
        requisition: '2026-4411',
        department: 'Business Development',
        employment: ['Regular Full-Time'],
        places: [{ raw: 'US-OH-Columbus' }, { raw: 'US-OH-Dayton' }],
        url: 'https://careers-harborcare.icims.com/jobs/4411/clinical-liaison/job',
        detail: { kind: 'detail', key: '4411', url: address },
      },
      { key: '4390', title: 'Assistive Technology Specialist', places: [{ raw: 'US-IN-Muncie' }] },
    ]);
  });

  test('reads the posting date and the work mode of a card, under the names portals give them', () => {
    const card = (fields: string) =>
      only(
        readList(
          adapter,
          target,
          `<html><body class="iCIMS_ListingsPage"><div class="iCIMS_JobCardItem">${fields}
          <a href="https://${target.host}/jobs/7/reviewer/job?in_iframe=1"><h3>Reviewer</h3></a></div></body></html>`,
        ),
      );
    const field = (name: string, value: string) => `<div><span class="field-label">${name}</span><span>${value}</span></div>`;
    const posted = field('Requisition Post Information* : Posted Date', '3 weeks ago<span class="sr-only">(6/25/2026 4:15 PM)</span>');
    expect(card(posted).posted).toEqual({ value: '6/25/2026 4:15 PM', from: 'posted' });
    expect(card(field('Posted Date', '11/02/2026')).posted).toEqual({ value: '11/02/2026', from: 'posted' });
    expect(card(field('Remote', 'Yes')).workMode).toBe('remote');
    expect(card(field('Remote', 'Hybrid')).workMode).toBe('hybrid');
    expect(card(field('Remote', 'No'))).toMatchObject({ workMode: null, posted: null });
    expect(card(field('Telecommute Options', 'No remote/telework allowed')).workMode).toBeNull();
  });

  test('takes the tooltip without its number where the card has no heading', () => {
    const bare = list.replace('<h3>Clinical Liaison</h3>', '');
    expect(readList(adapter, target, bare).postings[0]?.title).toBe('Clinical Liaison');
  });

  test('follows "Page 1 of 3" page by page', () => {
    const first = readList(adapter, target, list);
    expect(first.follow.map(request => request.url)).toEqual(['https://careers-harborcare.icims.com/jobs/search?ss=1&in_iframe=1&pr=1']);
    const second = adapter.read(answer(first.follow[0] as PageRequest, list.replace('Page 1 of 3', 'Page 2 of 3')), target);
    expect(second.follow[0]?.url).toContain('pr=2');
    expect(adapter.read(answer(second.follow[0] as PageRequest, list.replace('Page 1 of 3', 'Page 3 of 3')), target).follow).toEqual([]);
  });

  test('goes by the highest page a link leads to where "Page x of y" is not shown', () => {
    const linked = list.replace('<span>Page 1 of 3</span>', '');
    expect(readList(adapter, target, linked).follow[0]?.url).toContain('pr=1');
    expect(adapter.read(answer(readList(adapter, target, linked).follow[0] as PageRequest, linked), target).follow).toEqual([]);
  });

  test('drops a page that is not the one asked for, as after the end or in a mixed session, and says so', () => {
    const first = readList(adapter, target, list);
    const repeated = adapter.read(answer(first.follow[0] as PageRequest, list), target);
    expect(repeated).toMatchObject({ marker: 'board', postings: [], follow: [] });
    expect(repeated.shortfall).toBe('page 2 was asked for and page 1 was answered');
  });

  test('does not take an advertised page without postings for the end of the list', () => {
    const [request] = readList(adapter, target, list).follow as [PageRequest];
    const empty = list.replace(/<li class="iCIMS_JobCardItem">[\s\S]*<\/li>/, '');
    expect(adapter.read(answer(request, empty), target).marker).toBe('unknown');
  });

  test('asks the sitemap when the list shows nothing, and never says "empty"', async () => {
    const none = readList(adapter, target, await fixture('icims', 'list-empty.html'));
    expect(none).toMatchObject({ marker: 'board', rows: 0, follow: [{ url: 'https://careers-harborcare.icims.com/sitemap.xml' }] });
    const request = none.follow[0] as PageRequest;
    const sitemap = await fixture('icims', 'sitemap.xml');
    const found = adapter.read(answer(request, sitemap), target);
    expect(found).toMatchObject({ marker: 'board', rows: 2, follow: [] });
    expect(found.postings.map(({ key, title }) => [key, title])).toEqual([
      ['4411', 'clinical liaison'],
      ['4390', 'assistive technology specialist'],
    ]);
    expect(found.postings[1]?.detail?.url).toBe(
      'https://externalcareers-harborcare.icims.com/jobs/4390/assistive-technology-specialist/job?in_iframe=1',
    );
    expect(adapter.read(answer(request, sitemap.replaceAll('/job</loc>', '</loc>')), target).marker).toBe('unknown');
  });

  test('takes a shell around a frame, or any other page, for no list', () => {
    const shell = '<html><body><iframe id="icims_content_iframe" src="/jobs/search?ss=1&in_iframe=1"></iframe></body></html>';
    expect(readList(adapter, target, shell)).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('names a cut page', () => {
    expect(readList(adapter, target, list.slice(0, list.indexOf('4390 - '))).shortfall).toContain('cut off');
  });

  test('reads the JSON-LD though its type is not the first attribute, without what is UNAVAILABLE', () => {
    const posting = only(read(detail));
    expect(posting).toMatchObject({
      key: '4411',
      title: 'Clinical Liaison',
      company: 'Harborcare Rehabilitation',
      department: 'Business Development & Outreach',
      places: [
        { raw: 'Columbus, OH, US', city: 'Columbus', region: 'OH', country: 'US' },
        { raw: 'OH, US', city: null, region: 'OH', country: 'US' },
      ],
      employment: ['OTHER'],
      posted: { value: '2026-11-18T05:00:00.000Z', from: 'datePosted' },
      url: 'https://careers-harborcare.icims.com/jobs/4411/clinical-liaison/job',
    });
  });

  test('shows no closing date that is made up as one year after the posting date, and keeps a real one', () => {
    expect(only(read(detail)).closes).toBeNull();
    const real = detail.replace('2027-11-18T05:00:00.000Z', '2026-12-31T05:00:00.000Z');
    expect(only(read(real)).closes).toEqual({ value: '2026-12-31T05:00:00.000Z', from: 'validThrough' });
  });

  test('shows no posting date that is made up at the time of the request', () => {
    const invented = detail.replace('2026-11-18T05:00:00.000Z', FETCHED_AT.replace('03:00:00', '02:59:57'));
    expect(only(read(invented)).posted).toBeNull();
  });

  test('reads a page without JSON-LD: the fields of its header, and the text in sections under their headings', async () => {
    const posting = only(read(await fixture('icims', 'detail-plain.html')));
    expect(posting).toMatchObject({
      key: '4411',
      title: 'Utilization Review Therapist',
      department: 'Utilization Management',
      requisition: '2026-4502',
      places: [{ raw: 'US-OH-Columbus' }, { raw: 'US-Remote' }],
      employment: ['Regular Full-Time'],
      workMode: 'remote',
      pay: 'USD $40.00 - USD $50.00 /Hr.',
      url: 'https://careers-harborcare.icims.com/jobs/4411/clinical-liaison/job',
      body: [
        { heading: 'Overview', html: '<h2>Who we are</h2><p>You review requests for therapy.</p>' },
        { heading: 'Qualifications', html: '<ul><li>OT, PT or SLP licence</li></ul>' },
      ],
    });
  });

  test('reads the text as it stands where it is in no sections, and no page without any', () => {
    const page = (text: string) => `<html><body><h1>Field Technician</h1><div class="iCIMS_JobContent">${text}</div></body></html>`;
    const posting = only(read(page('<h2>Overview</h2><p>Fix lifts.</p><div class="iCIMS_JobOptions">Apply</div>')));
    expect(posting).toMatchObject({ title: 'Field Technician', body: [{ html: '<h2>Overview</h2><p>Fix lifts.</p>' }] });
    expect(read(page('<div class="iCIMS_JobOptions">Apply</div>')).marker).toBe('unknown');
  });

  test('takes the list that is shown in place of a removed posting for its removal', () => {
    const removed =
      '<html><body class="iCIMS_ListingsPage"><h1 class="iCIMS_Header">Error: The requested job could not be found.</h1><div class="iCIMS_JobContent"><p>Here are our current openings.</p></div></body></html>';
    expect(read(removed).marker).toBe('gone');
  });

  test('says "gone" for 404 and 410, "challenge" for the wall\'s 401, 403 and 405, "unknown" for its 202', () => {
    for (const status of [404, 410]) expect(readDetail(adapter, target, '', {}, { status }).marker).toBe('gone');
    for (const status of [401, 403, 405]) expect(readList(adapter, target, '', { status }).marker).toBe('challenge');
    expect(readList(adapter, target, '', { status: 202 }).marker).toBe('unknown');
  });

  test("takes the tenant's other portals for its own, and refuses another tenant's list", () => {
    expect(readList(adapter, { host: 'jobs-harborcare.icims.com' }, list).postings).toHaveLength(2);
    expect(readList(adapter, { host: 'careers-other.icims.com' }, list).why).toContain('another board');
  });

  test.each([
    ['https://jobs-selectmedicalcorp.icims.com/', 'jobs-selectmedicalcorp.icims.com'],
    ['https://careers-ohsu.icims.com/sitemap.xml', 'careers-ohsu.icims.com'],
    [address, 'careers-harborcare.icims.com'],
    ['https://fitforwork.icims.com/jobs/search?ss=1', 'fitforwork.icims.com'],
    ['https://www.icims.com/', null],
    ['https://careers.acme.example/jobs/search', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))?.host ?? null).toBe(host);
  });
});
