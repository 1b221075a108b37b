import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/phenom.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'careers.sawtooth.example', prefix: 'us/en' };
const search = await fixture('phenom', 'search-results.html');
const firstOfMany = await fixture('phenom', 'search-results-first-of-many.html');
const bodyOf = (request: PageRequest | undefined) => JSON.parse(request?.body ?? 'null');

/** A widget's answer of `count` distinct rows. */
function widgetOf(count: number, totalHits: number | undefined, from = 0, status = 200): string {
  const jobs = Array.from({ length: count }, (_, i) => ({ jobId: `J${from + i}`, title: `Job ${from + i}` }));
  return JSON.stringify({ refineSearch: { status, hits: count, totalHits, data: { jobs } } });
}

describe('phenom', () => {
  test("reads the rows in the search page's data, with titles decoded, braces in strings and the board behind it", () => {
    const reading = readList(adapter, target, search);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: 'R-7711',
        title: 'Clinical Liaison & Community Educator',
        department: 'Business Development',
        requisition: 'R-7711',
        places: [{ raw: 'Boise, Idaho, United States' }, { raw: 'Nampa, Idaho, United States' }],
        employment: ['Full-Time'],
        posted: { value: '2026-11-13T09:54:06.573+0000', from: 'postedDate' },
        url: 'https://careers.sawtooth.example/us/en/job/R-7711/Clinical-Liaison-Community-Educator',
        applyUrl: 'https://sawtooth.wd5.myworkdayjobs.com/External/job/Boise-ID/Clinical-Liaison_R-7711/apply',
      },
      {
        key: 'R-7702',
        department: 'Care Management',
        places: [{ raw: 'Meridian, Idaho, United States', city: 'Meridian', region: 'Idaho' }],
      },
    ]);
  });

  test("asks the widget for the rest, from its beginning, in the page's own language, country and page number", () => {
    const [request] = readList(adapter, target, firstOfMany).follow;
    expect(request).toMatchObject({ method: 'POST', url: 'https://careers.sawtooth.example/widgets', redirects: 'none' });
    expect(bodyOf(request)).toMatchObject({
      lang: 'en_us',
      country: 'us',
      pageId: 'page17',
      ddoKey: 'refineSearch',
      from: 0,
      size: 100,
      jobs: true,
      siteType: 'external',
    });
  });

  test('takes language and country from the prefix where the page does not say', () => {
    const bare = firstOfMany.replace(/var phApp[^\n]*\n/, '');
    expect(bodyOf(readList(adapter, { ...target, prefix: 'global/en' }, bare).follow[0])).toMatchObject({
      lang: 'en_global',
      country: 'global',
    });
  });

  test('pages through the widget by the rows received, keeping the settings', () => {
    const [request] = readList(adapter, target, firstOfMany).follow as [PageRequest];
    const first = adapter.read(answer(request, widgetOf(100, 152)), target);
    expect(first).toMatchObject({ marker: 'board', total: 152, rows: 100 });
    expect(bodyOf(first.follow[0])).toMatchObject({ from: 100, pageId: 'page17', lang: 'en_us' });
    const second = adapter.read(answer(first.follow[0] as PageRequest, widgetOf(52, 152, 100)), target);
    expect(second).toMatchObject({ marker: 'board', follow: [], shortfall: null });
  });

  test('is not fooled by a widget that shows nothing of what the page counted, as for a wrong language', () => {
    const [request] = readList(adapter, target, firstOfMany).follow as [PageRequest];
    expect(adapter.read(answer(request, widgetOf(0, 152)), target).marker).toBe('unknown');
  });

  test('says "empty" only for a search that went well and found 0', () => {
    const none = (status: number, total: number | null) =>
      `<html><script>phApp.ddo = {"eagerLoadRefineSearch":{"status":${status},"hits":0,"totalHits":${total},"data":{"jobs":[]}}};</script></html>`;
    expect(readList(adapter, target, none(200, 0)).marker).toBe('empty');
    expect(readList(adapter, target, none(500, 0)).marker).toBe('unknown');
    expect(readList(adapter, target, none(200, null)).marker).toBe('unknown');
    expect(readList(adapter, target, none(200, 31)).marker).toBe('unknown');
  });

  test('takes a page without data, with cut data or with data that is no JSON for no board', () => {
    for (const body of [
      '<html><body>Careers</body></html>',
      search.slice(0, search.indexOf('R-7702')),
      '<script>phApp.ddo = {a: 1};</script>',
    ]) {
      expect(readList(adapter, target, body).marker).toBe('unknown');
    }
    expect(readList(adapter, target, widgetOf(2, undefined)).shortfall).toContain('does not say how many');
  });

  test("reads a posting page's data, and JSON-LD where the data is empty", async () => {
    const posting = only(readDetail(adapter, target, await fixture('phenom', 'detail.html'), { key: 'R-7711' }));
    expect(posting).toMatchObject({
      key: 'R-7711',
      title: 'Clinical Liaison & Community Educator',
      body: [{ html: '<p>You tell hospitals about us.</p><ul><li>OT or PT licence</li></ul>' }],
    });
    const ld = only(readDetail(adapter, target, await fixture('phenom', 'detail-ld.html'), { key: 'R-7711' }));
    expect(ld).toMatchObject({ key: 'R-7711', company: 'Sawtooth Health', body: [{ html: '<p>You tell hospitals about us.</p>' }] });
    expect(readDetail(adapter, target, await fixture('phenom', 'detail.html'), { key: 'R-1' }).marker).toBe('unknown');
  });

  test('reads a page that has neither, by the attributes and the one element its HTML has', async () => {
    const plain = await fixture('phenom', 'detail-plain.html');
    const posting = only(readDetail(adapter, target, plain, { key: 'R-7711' }));
    expect(posting).toMatchObject({
      key: 'R-7711',
      title: 'Clinical Liaison & Community Educator',
      department: 'Business Development',
      places: [{ raw: 'Boise, Idaho, United States' }],
      employment: ['Full-Time'],
      posted: { value: '2026-11-13T00:00:00.000Z', from: 'data-ph-at-job-post-date-text' },
      body: [{ html: '<p>You tell hospitals about us.</p><ul><li>OT or PT licence</li></ul>' }],
    });
    const bare = plain.replaceAll(/ data-ph-at-job-[\w-]+="[^"]*"/g, '');
    expect(only(readDetail(adapter, target, bare, { key: 'R-7711' }))).toMatchObject({
      title: 'Clinical Liaison & Community Educator',
      places: [{ raw: 'Boise, Idaho, United States' }],
    });
  });

  test('takes the page of another posting, and a list of cards with teasers, for no posting', async () => {
    const plain = await fixture('phenom', 'detail-plain.html');
    expect(readDetail(adapter, target, plain, { key: 'R-1' }).marker).toBe('unknown');
    const card = '<p data-ph-at-id="jobdescription-text">You tell hospitals about us.</p>';
    expect(readDetail(adapter, target, `<html><body><h1>Results</h1>${card}${card}</body></html>`).marker).toBe('unknown');
  });

  test("reads the widget's answer about a posting, with qualifications that its description leaves out", () => {
    const job = {
      jobId: 'R-7711',
      title: 'Clinical Liaison',
      description: '<p>You tell hospitals about us.</p>',
      qualifications: '<p>OT or PT</p>',
    };
    const body = (over: object) => JSON.stringify({ jobDetail: { status: 200, data: { job: { ...job, ...over } } } });
    const posting = only(readDetail(adapter, target, body({}), { key: 'R-7711' }));
    expect(posting.body).toEqual([{ html: job.description }, { heading: 'Qualifications', html: '<p>OT or PT</p>' }]);
    const whole = body({ description: `${job.description}${job.qualifications}` });
    expect(only(readDetail(adapter, target, whole)).body).toHaveLength(1);
    expect(readDetail(adapter, target, '{"jobDetail":{"status":404,"data":{}}}').marker).toBe('gone');
  });

  test('says "gone" for a posting that the search behind the page does not find, and for a page that says it was filled', () => {
    const page = (words: string, detail: object) =>
      `<html><script>var phApp = phApp || {"locale":"en_us"}; phApp.ddo = ${JSON.stringify({ jobDetail: detail })};</script><body>${words}</body></html>`;
    const marker = (words: string, detail: object) => readDetail(adapter, target, page(words, detail), { key: 'R-7711' }).marker;
    expect(marker('', { status: 404, hits: 0, totalHits: 0, data: {} })).toBe('gone');
    expect(marker('<h1>The job you are trying to apply for has been filled.</h1>', {})).toBe('gone');
    expect(marker('<h1>Careers</h1>', { status: 500, data: {} })).toBe('unknown');
    expect(marker('<h1>Careers</h1>', {})).toBe('unknown');
  });

  test("takes Akamai's checks for a wall", () => {
    expect(readList(adapter, target, '<html><div id="sec-if-cpt-container"></div></html>').marker).toBe('challenge');
  });

  test('knows the country and language of most American boards', () => {
    expect(adapter.target.parse({ host: 'careers.foxrehab.org' })).toEqual({ host: 'careers.foxrehab.org', prefix: 'us/en' });
  });

  test.each([
    ['https://careers.humana.com/us/en/search-results', 'careers.humana.com us/en'],
    ['https://careers.foxrehab.org/us/en/job/R-1/Director', 'careers.foxrehab.org us/en'],
    ['https://careers.acme.example/global/en/search-results?keywords=ot', 'careers.acme.example global/en'],
    ['https://careers.acme.example/us/en', null],
    ['https://careers.acme.example/search-results', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.prefix}`).toBe(expected);
  });
});
