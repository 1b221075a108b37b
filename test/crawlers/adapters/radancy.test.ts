import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/radancy.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'careers.bluegrassbenefit.example', org: '40118' };
const results = await fixture('radancy', 'results.json');
const firstOfThree = await fixture('radancy', 'results-first-of-three.json');
/** The JSON of a page with the HTML in it changed. */
const within = (from: string | RegExp, to: string, file = 'results.json') =>
  altered('radancy', file, json => {
    json.results = json.results.replaceAll(from, to);
  });

describe('radancy', () => {
  test('names the module of the results and leaves that of the filters out', () => {
    const [request] = adapter.start(target);
    const url = new URL(request?.url ?? '');
    expect(url.pathname).toBe('/search-jobs/results');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      SearchResultsModuleName: 'Search Results',
      CurrentPage: '1',
      RecordsPerPage: '100',
      SearchType: '5',
    });
    expect(url.searchParams.has('SearchFiltersModuleName')).toBe(false);
    expect(request?.headers).toEqual({ accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' });
    expect(adapter.start({ ...target, lang: 'en' })[0]?.url).toContain('.example/en/search-jobs/results?');
  });

  test('reads the HTML inside the JSON, one stub per posting however many anchors and buttons repeat its number', () => {
    const reading = readList(adapter, target, results);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '88112340976',
        title: 'Therapy Services Reviewer – Remote',
        places: [{ raw: 'Louisville, KY' }],
        posted: { value: '11/17/2026', from: 'list' },
        url: 'https://careers.bluegrassbenefit.example/job/louisville/therapy-services-reviewer/40118/88112340976',
        detail: { kind: 'detail', key: '88112340976' },
      },
      { key: '88112341000', title: 'Director of Rehabilitation', places: [{ raw: 'Tampa, FL' }, { raw: 'Ocala, FL' }], posted: null },
    ]);
  });

  test('pages by the totals of the section, or by what it can make of them', async () => {
    const first = readList(adapter, target, firstOfThree);
    expect(first.follow[0]?.url).toContain('CurrentPage=2&');
    const noPages = await within(' data-total-pages="3"', '', 'results-first-of-three.json');
    expect(readList(adapter, target, noPages).follow[0]?.url).toContain('CurrentPage=2&');
    const neither = await within(/ data-total-(?:job-)?results="\d+"| data-total-pages="\d+"/g, '');
    expect(readList(adapter, target, neither)).toMatchObject({ marker: 'board', total: null });
    expect(readList(adapter, target, neither).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, await within(' data-total-job-results="2"', '')).total).toBe(2);
  });

  test('drops a page that is not the one asked for, and says so', () => {
    const [second] = readList(adapter, target, firstOfThree).follow as [PageRequest];
    const repeated = adapter.read(answer(second, firstOfThree), target);
    expect(repeated).toMatchObject({ marker: 'board', postings: [], follow: [] });
    expect(repeated.shortfall).toBe('page 2 was asked for and page 1 was answered');
  });

  test("reads the site's own pages where the results are empty without a word", async () => {
    const silent = '{"filters":"","results":"","hasJobs":false,"hasContent":false}';
    const reading = readList(adapter, target, silent);
    expect(reading).toMatchObject({ marker: 'board', rows: 0 });
    expect(reading.follow[0]?.url).toBe('https://careers.bluegrassbenefit.example/search-jobs?p=1');
    const html = await fixture('radancy', 'search-jobs.html');
    const read = adapter.read(answer(reading.follow[0] as PageRequest, html), target);
    expect(read).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    const [second] = readList(adapter, target, firstOfThree).follow as [PageRequest];
    expect(adapter.read(answer(second, silent), target).marker).toBe('unknown');
  });

  test('names a cut page of the site', async () => {
    const html = await fixture('radancy', 'search-jobs.html');
    const request = readList(adapter, target, '{"results":"","hasContent":false}').follow[0] as PageRequest;
    const cut = adapter.read(answer(request, html.slice(0, html.indexOf('director-of'))), target);
    expect(cut.shortfall).toContain('cut off');
  });

  test('says "empty" only for a section with a total of 0', async () => {
    expect(readList(adapter, target, await fixture('radancy', 'results-none.json')).marker).toBe('empty');
    const broken = await within(/<a [^>]*>/g, '<a>');
    expect(readList(adapter, target, broken).marker).toBe('unknown');
    expect(readList(adapter, target, '{"results":"<p>Something went wrong</p>","hasContent":false}').marker).toBe('unknown');
  });

  test('takes no place from a container that several postings share', async () => {
    const shared = await within('</li>\n<li>', '\n');
    expect(readList(adapter, target, shared).postings[0]?.places).toEqual([{ raw: 'Louisville, KY' }]);
    expect(
      readList(adapter, target, shared.replace('<span class=\\"job-location\\">Location: Louisville, KY</span>', '')).postings[0]?.places,
    ).toEqual([]);
  });

  test("refuses another organization's postings", () => {
    expect(readList(adapter, { ...target, org: '7' }, results).why).toContain('another board');
  });

  test('reads the posting page with its pay', async () => {
    const posting = only(readDetail(adapter, target, await fixture('radancy', 'detail.html'), { key: '88112340976' }));
    expect(posting).toMatchObject({
      key: '88112340976',
      company: 'Bluegrass Benefit',
      requisition: '2290117',
      pay: { min: 34.5, max: 41, currency: 'USD', interval: 'hour' },
      employment: ['FULL_TIME'],
      body: [{ html: '<p>You review outpatient therapy requests.</p>' }],
    });
  });

  test('takes a removed posting that leads to the search for no posting, and a 404 for gone', async () => {
    expect(readDetail(adapter, target, await fixture('radancy', 'search-jobs.html'), { key: '1' }).marker).toBe('unknown');
    expect(readDetail(adapter, target, '', {}, { status: 404 }).marker).toBe('gone');
    expect(readList(adapter, target, '', { status: 403 }).marker).toBe('challenge');
  });

  test.each([
    ['https://careers.unitedhealthgroup.com/job/minneapolis/therapist/34088/81234567890', 'careers.unitedhealthgroup.com 34088'],
    ['https://jobs.scionhealth.com/search-jobs?orgIds=40922&kt=1', 'jobs.scionhealth.com 40922'],
    ['https://careers.acme.example/en/search-jobs?orgIds=391-1635-24091', 'careers.acme.example 391 en'],
    ['https://jobs.acme.example/en/job/shanghai/ai-engineer/24107/1', 'jobs.acme.example 24107 en'],
    ['https://jobs.acme.example/search-jobs', null],
    ['https://jobs.acme.example/job/clinical-liaison/1340304000/', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && [found.host, found.org, found.lang].filter(Boolean).join(' ')).toBe(expected);
  });
});
