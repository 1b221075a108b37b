import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/successfactors.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const host = 'careers.hearwell.example';
const locale = 'en_US';
const feed = { host, variant: 'feed', locale } as const;
const rss = { host, variant: 'rss', locale } as const;
const tiles = { host, variant: 'tiles', locale } as const;
const csb = { host, variant: 'csb', locale } as const;
const trainer = `https://${host}/job/Aurora-Clinical-Trainer-Audiology-IL-60504/1402118800/`;
const bodyOf = (request: PageRequest | undefined) => JSON.parse(request?.body ?? 'null');

describe('successfactors: feeds', () => {
  test('asks for the list of the variant', () => {
    expect(adapter.start(feed)[0]?.url).toBe(`https://${host}/googlefeed.xml`);
    expect(adapter.start(rss)[0]?.url).toBe(`https://${host}/services/rss/job/?locale=en_US&keywords=()`);
    expect(adapter.start(tiles)[0]?.url).toBe(`https://${host}/tile-search-results/?startrow=0`);
    expect(adapter.start(csb)[0]).toMatchObject({ method: 'POST', url: `https://${host}/services/recruiting/v1/jobs` });
  });

  test('moves the place out of the title, keeps other brackets, and strips the tracking', async () => {
    const reading = readList(adapter, rss, await fixture('successfactors', 'rss.xml'));
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [] });
    expect(reading.postings).toMatchObject([
      {
        key: '1402118800',
        title: 'Clinical Trainer - Audiology',
        places: [{ raw: 'Aurora, IL, US, 60504' }],
        posted: { value: 'Fri, 20 Nov 2026 7:00:00 GMT', from: 'pubDate' },
        url: trainer,
        body: [{ html: '<p>You train clinics&nbsp;to fit hearing instruments.</p>' }],
      },
      { key: '1402110000', title: 'Product Designer (Hearing, Fitting)', places: [], detail: { kind: 'detail', key: '1402110000' } },
    ]);
  });

  test('says that the RSS holds the newest postings only, and takes the feed for search engines for the whole board', async () => {
    expect(readList(adapter, rss, await fixture('successfactors', 'rss.xml')).shortfall).toContain('newest postings only');
    const whole = readList(adapter, feed, await fixture('successfactors', 'googlefeed.xml'));
    expect(whole).toMatchObject({ marker: 'board', rows: 1, shortfall: null });
    expect(whole.postings[0]).toMatchObject({
      key: '1402118800',
      title: 'Clinical Trainer - Audiology',
      company: 'Hearwell Inc.',
      department: 'Training',
      places: [{ raw: 'Aurora, IL, US' }],
      url: trainer,
      body: [{ html: '<p>You train clinics to fit hearing instruments.</p>' }],
    });
  });

  test("shows no closing date out of the search engines' one", async () => {
    expect(only(readList(adapter, feed, await fixture('successfactors', 'googlefeed.xml'))).closes ?? null).toBeNull();
  });

  test('takes a retired feed, which answers 200 with HTML or without items, for no board', async () => {
    expect(readList(adapter, feed, '<!DOCTYPE html><html><body>Careers</body></html>').marker).toBe('unknown');
    const bare = (await fixture('successfactors', 'googlefeed.xml')).replace(/<item>[\s\S]*<\/item>/, '');
    expect(readList(adapter, feed, bare).marker).toBe('unknown');
  });

  test('counts an item without the address of a posting as a row it could not read', async () => {
    const broken = (await fixture('successfactors', 'rss.xml')).replace(
      '/1402110000/?feedId=null&amp;utm_source=J2WRSS</link>',
      '/</link>',
    );
    expect(readList(adapter, rss, broken).shortfall).toContain('1 of 2 rows could not be read');
  });
});

describe('successfactors: a search that shows a table', () => {
  const table = { host, variant: 'table', locale } as const;

  test('reads one posting a row though its fields stand there once per size of screen, and the total above', async () => {
    const page = await fixture('successfactors', 'table.html');
    const first = readList(adapter, table, page);
    expect(adapter.start(table)[0]?.url).toBe(`https://${host}/search/?createNewAlert=false&q=&locationsearch=&startrow=0`);
    expect(first).toMatchObject({ marker: 'board', total: 3, rows: 2, shortfall: null });
    expect(first.postings).toMatchObject([
      {
        key: '1402118800',
        title: 'Clinical Trainer - Audiology & Fitting',
        places: [{ raw: 'Aurora, IL, US, 60504' }],
        posted: { value: 'Nov 20, 2026', from: 'jobDate' },
        url: `https://${host}/job/Aurora-Clinical-Trainer-Audiology-%28mfd%29-IL-60504/1402118800/`,
        detail: { kind: 'detail', key: '1402118800' },
      },
      { key: '1402110000', title: 'Product Designer', places: [{ raw: 'Peoria, IL, US' }] },
    ]);
    expect(first.follow.map(({ url }) => url)).toEqual([expect.stringContaining('startrow=2')]);
    const last = page
      .replace(/<b>1 – 2<\/b> of/g, '<b>3 – 3</b> of')
      .replace(/<tr class="data-row">[\s\S]*?<\/tr>/, '')
      .replaceAll('140211', '140212');
    expect(adapter.read(answer(first.follow[0] as PageRequest, last), table)).toMatchObject({ marker: 'board', rows: 1, follow: [] });
  });

  test('goes on without a total, which is then a shortfall, and proves nothing where nothing is found', async () => {
    const bare = (await fixture('successfactors', 'table.html')).replace(/<span class="paginationLabel"[\s\S]*?<\/span>/g, '');
    const reading = readList(adapter, table, bare);
    expect(reading.follow[0]?.url).toContain('startrow=2');
    expect(reading.shortfall).toContain('does not say how many');
    const none = '<html><body><div id="noresults">There are currently no open positions matching "zz".</div></body></html>';
    expect(readList(adapter, table, none).marker).toBe('unknown');
    expect(adapter.read(answer(reading.follow[0] as PageRequest, none), table)).toMatchObject({ marker: 'board', follow: [] });
  });
});

describe('successfactors: the older search', () => {
  test('reads one posting per tile though its fields stand there once per size of screen', async () => {
    const reading = readList(adapter, tiles, await fixture('successfactors', 'tiles.html'));
    expect(reading).toMatchObject({ marker: 'board', rows: 2, total: null });
    expect(reading.postings).toMatchObject([
      {
        key: '1402118800',
        title: 'Clinical Trainer - Audiology & Fitting',
        places: [{ raw: 'Aurora, IL, US' }],
        url: trainer,
        detail: { kind: 'detail', key: '1402118800', url: trainer },
      },
      { key: '1402110000', title: 'Product Designer', places: [] },
    ]);
  });

  test('advances by the tiles seen, whose number is the choice of the site, until a page has none', async () => {
    const page = await fixture('successfactors', 'tiles.html');
    const first = readList(adapter, tiles, page);
    expect(first.follow[0]?.url).toContain('startrow=2');
    const second = adapter.read(answer(first.follow[0] as PageRequest, page.replaceAll('14021', '14020')), tiles);
    expect(second.follow[0]?.url).toContain('startrow=4');
    expect(adapter.read(answer(second.follow[0] as PageRequest, '<!DOCTYPE html>'), tiles)).toMatchObject({ marker: 'board', follow: [] });
  });

  test('names that the tiles tell no total, so that nothing is closed by absence', async () => {
    expect(readList(adapter, tiles, await fixture('successfactors', 'tiles.html')).shortfall).toContain('do not say how many');
  });

  test('takes the empty shell of sites of the newer search for no board', () => {
    expect(readList(adapter, tiles, '<!DOCTYPE html>').why).toContain('csb');
    expect(readList(adapter, tiles, '<!DOCTYPE html>').marker).toBe('unknown');
  });
});

describe('successfactors: the newer search', () => {
  test('reads rows with places without their line breaks, short dates and addresses with the locale', async () => {
    const reading = readList(adapter, csb, await fixture('successfactors', 'csb.json'));
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '50202',
        title: 'Clinical Trainer & Educator',
        places: [{ raw: 'Aurora, USA, 60504' }, { raw: 'Peoria, USA, 61602' }],
        posted: { value: '11/18/26', from: 'unifiedStandardStart' },
        url: `https://${host}/job/Clinical-Trainer---Educator/50202-en_US`,
      },
      { key: '50188', title: 'Product Designer', places: [] },
    ]);
  });

  test('pages by ten with the locale of the target', async () => {
    const body = await altered('successfactors', 'csb.json', json => {
      json.totalJobs = 12;
    });
    const german = { ...csb, locale: 'de_DE' };
    const [next] = readList(adapter, german, body).follow as [PageRequest];
    expect(bodyOf(next)).toEqual({ keywords: '', locale: 'de_DE', location: '', pageNumber: 1, sortBy: 'recent' });
    expect(adapter.read(answer(next, '{"jobSearchResult":[],"totalJobs":12}'), german)).toMatchObject({ marker: 'board', follow: [] });
  });

  test('takes 0 for what it is: nothing under this locale', () => {
    const none = readList(adapter, csb, '{"jobSearchResult":[],"totalJobs":0}');
    expect(none.marker).toBe('unknown');
    expect(none.why).toContain('another locale');
  });
});

describe('successfactors: posting pages', () => {
  const over = { url: trainer, key: '1402118800' };

  test('reads the fields the page marks where it has no structured data', async () => {
    expect(only(readDetail(adapter, tiles, await fixture('successfactors', 'detail.html'), over))).toMatchObject({
      key: '1402118800',
      title: 'Clinical Trainer - Audiology',
      department: 'Training',
      places: [{ raw: 'Aurora, IL, US, 60504' }],
      employment: ['Regular Full Time'],
      posted: { value: 'Nov 20, 2026', from: 'date' },
      url: trainer,
      applyUrl: `https://${host}/talentcommunity/apply/1402118800/?locale=en_US`,
      body: [{ html: '<p>You train clinics to fit hearing instruments.</p><ul><li>Au.D. or OTD</li></ul>' }],
    });
  });

  test('fills up microdata without a body from the marked fields', async () => {
    expect(only(readDetail(adapter, tiles, await fixture('successfactors', 'detail-microdata.html'), over))).toMatchObject({
      key: '1402118800',
      company: 'Hearwell Inc.',
      places: [{ raw: 'Aurora, IL, US, 60504' }],
      posted: { value: 'Fri Nov 20 02:00:00 UTC 2026', from: 'datePosted' },
      body: [{ html: '<p>You train clinics to fit hearing instruments.</p><ul><li>Au.D. or OTD</li></ul>' }],
    });
  });

  test('says "gone" for a 404 and for words that say so, "unknown" for anything else', () => {
    expect(readDetail(adapter, tiles, '', over, { status: 404 }).marker).toBe('gone');
    expect(readDetail(adapter, tiles, '<html><body><p>This job has been filled.</p></body></html>', over).marker).toBe('gone');
    expect(readDetail(adapter, tiles, '<html><body><h1>Search</h1></body></html>', over).marker).toBe('unknown');
  });

  test.each([
    ['https://careers.acme.example/googlefeed.xml', 'feed en_US'],
    ['https://jobs.acme.example/services/rss/job/?locale=de_DE&keywords=(ot)', 'rss de_DE'],
    ['https://jobs.sonova.com/search/?createNewAlert=false&q=&locationsearch=', 'tiles en_US'],
    ['https://jobs.acme.example/job/Aurora-Clinical-Trainer-IL-60504/1402118800/?utm_source=J2WRSS', 'tiles en_US'],
    ['https://jobs.acme.example/job/Clinical-Trainer/50202-en_GB', 'csb en_GB'],
    ['https://jobs.acme.example/services/recruiting/v1/jobs', 'csb en_US'],
    ['https://jobs.acme.example/job/city/slug/40118/88112340976', null],
    ['https://jobs.acme.example/search', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.variant} ${found.locale}`).toBe(expected);
  });
});
