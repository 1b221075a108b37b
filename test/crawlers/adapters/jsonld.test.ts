import { describe, expect, test } from 'vitest';
import type { RawPosting } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/jsonld.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { sitemap: 'https://fernleaf.example/sitemap.xml', include: '/jobs/' };
const address = 'https://fernleaf.example/jobs/ergonomics-consultant';
const key = 'fernleaf.example/jobs/ergonomics-consultant';
const read = (body: string) => readDetail(adapter, target, body, { url: address, key });
const readFixture = async (file: string) => read(await fixture('jsonld', file));
/** A posting page around a JobPosting that is the plain fixture's, changed. */
async function pageWith(over: object): Promise<RawPosting> {
  const [before, after] = (await fixture('jsonld', 'plain.html')).split(/(?<=<script[^>]*>)[\s\S]*(?=<\/script>)/) as [string, string];
  const json = JSON.parse(/<script[^>]*>([\s\S]*)<\/script>/.exec(await fixture('jsonld', 'plain.html'))?.[1] ?? '');
  return only(read(before + JSON.stringify({ ...json, ...over }) + after));
}

const whole = {
  key,
  title: 'Ergonomics Consultant',
  company: 'Fernleaf Works',
  requisition: 'FW-204',
  places: [{ raw: 'Madison, WI, US', city: 'Madison', region: 'WI', country: 'US' }],
  pay: { min: 72_000, max: 88_000, currency: 'USD', interval: 'year' },
  employment: ['FULL_TIME'],
  posted: { value: '2026-11-03', from: 'datePosted' },
  closes: { value: '2027-01-31T23:59:00-05:00', from: 'validThrough' },
  url: address,
};

describe('jsonld: JobPosting as sites write it', () => {
  test('reads a well-made posting whole', async () => {
    const posting = only(await readFixture('plain.html'));
    expect(posting).toMatchObject(whole);
    expect(posting.body).toEqual([{ html: '<p>You assess work stations.</p><ul><li>OT or PT licence</li></ul>' }]);
  });

  test.each([
    ['raw line breaks and tabs inside strings', 'raw-line-breaks.html'],
    ['a script wrapped in an HTML comment', 'html-comment.html'],
    ['a script wrapped in CDATA marks', 'cdata.html'],
    ['CDATA marks in block comments', 'cdata-block-comment.html'],
    ['a closing semicolon', 'semicolon.html'],
    ['a byte order mark', 'bom.html'],
    ['leading JavaScript comments', 'leading-comment.html'],
    ['a top-level array', 'array.html'],
    ['a @graph', 'graph.html'],
    ['a posting inside mainEntity, with an object as context', 'main-entity.html'],
    ['an array as @type', 'type-array.html'],
    ['an address as @type', 'type-address.html'],
    ['an http address as @type', 'type-http-address.html'],
    ['a prefixed @type', 'type-prefixed.html'],
    ['a good script between broken ones', 'broken-beside-good.html'],
    ['a microdata copy of the same job', 'microdata-copy.html'],
    ['a similar job on the same page', 'similar-job.html'],
    ['keys named after prototypes', 'prototype.html'],
  ])('reads %s', async (_what, file) => {
    const posting = only(await readFixture(file));
    expect(posting).toMatchObject(whole);
    expect(posting.body?.[0]?.html?.replace(/[\s\v]+</g, '<')).toBe('<p>You assess work stations.</p><ul><li>OT or PT licence</li></ul>');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('reads what the strict parser refuses and nobody misreads: trailing commas, comments, an escaped whole, a title escaped twice', async () => {
    const plain = await fixture('jsonld', 'plain.html');
    const json = /<script[^>]*>([\s\S]*)<\/script>/.exec(plain)?.[1] ?? '';
    const changed = (to: string) => only(read(plain.replace(json, () => to)));
    expect(changed(json.replace(/\}\s*$/, ', /* end */ }'))).toMatchObject(whole);
    expect(changed(json.replaceAll('"', '&quot;'))).toMatchObject(whole);
    expect(changed(json.replace('"Ergonomics Consultant"', '"Ergonomics &amp;amp; Safety"')).title).toBe('Ergonomics & Safety');
  });

  test('takes no cut script for a posting, wherever the cut is', async () => {
    const plain = await fixture('jsonld', 'plain.html');
    const [begin, end] = [plain.indexOf('{', plain.indexOf('ld+json')), plain.indexOf('</script>')];
    for (let cut = begin; cut < end - 1; cut += 7) {
      for (const body of [plain.slice(0, cut), plain.slice(0, cut) + plain.slice(end)])
        expect(read(body).marker, body.slice(cut - 20)).toBe('unknown');
    }
  });

  test('reads a page without any by what it shows, where that is sure to be a posting', async () => {
    const posting = only(await read(await fixture('html', 'plain-posting.html')));
    expect(posting).toMatchObject({ key, title: 'Injury Prevention Specialist (OT/PT)', pay: '$34.00 - $41.50 per hour' });
  });

  test('merges one object per place into one posting', async () => {
    const posting = only(await readFixture('one-job-per-place.html'));
    expect(posting.places.map(place => place.raw)).toEqual(['Madison, WI, US', 'Dubuque, IA, US']);
  });

  test('reads two jobs of one page as two postings, the first under the asked key', async () => {
    const reading = await readFixture('two-jobs.html');
    expect(reading.postings.map(posting => [posting.key, posting.title])).toEqual([
      [key, 'Ergonomics Consultant'],
      ['FW-205', 'Injury Prevention Coach'],
    ]);
  });

  test('reads microdata where there is no JSON-LD, and where the JSON-LD is broken', async () => {
    for (const file of ['microdata-only.html', 'unquoted-with-microdata.html']) {
      expect(only(await readFixture(file))).toMatchObject({
        title: 'Ergonomics Consultant',
        company: 'Fernleaf Works',
        places: [{ raw: 'Madison, WI' }],
        posted: { value: '2026-11-03', from: 'datePosted' },
        body: [{ html: '<p>You assess work stations.</p><ul><li>OT or PT licence</li></ul>' }],
      });
    }
  });

  test('never repairs unquoted inner quotes or a cut script: the page is unknown, with the fault', async () => {
    for (const file of ['unquoted.html', 'truncated.html']) {
      const reading = await readFixture(file);
      expect(reading).toMatchObject({ marker: 'unknown', postings: [] });
      expect(reading.why).toContain('structured data is broken');
    }
  });

  test('reads texts and numbers where objects are due', async () => {
    expect(only(await readFixture('scalars.html'))).toMatchObject({
      company: 'Fernleaf Works',
      places: [{ raw: 'Madison, WI' }],
      requisition: '20417',
      employment: ['FULL_TIME', 'PART_TIME'],
      pay: '$45/hr',
    });
  });

  test('reads arrays and objects where texts are due', async () => {
    const posting = only(await readFixture('objects.html'));
    expect(posting).toMatchObject({
      company: 'Fernleaf Works LLC',
      places: [{ raw: '500 Mill Lane, Madison, WI' }, { raw: 'Dubuque, IA, USA', city: 'Dubuque', region: 'IA', country: 'USA' }],
      requisition: 'FW-204',
      employment: ['FULL_TIME', 'Per Diem'],
      pay: { min: 38.5, max: 38.5, currency: 'USD', interval: 'hour' },
    });
    expect(posting.body?.slice(1)).toEqual([
      { heading: 'Education', text: 'bachelor degree' },
      { heading: 'Experience', text: '24 months of experience' },
    ]);
  });

  test('takes the address a JobPosting names only on its own host', async () => {
    expect((await pageWith({ url: 'https://tracker.example/out?to=fernleaf' })).url).toBe(address);
    expect((await pageWith({ url: 'javascript:alert(1)' })).url).toBe(address);
  });

  test('reads TELECOMMUTE as remote and where applicants must live as the places', async () => {
    expect(only(await readFixture('telecommute.html'))).toMatchObject({
      workMode: 'remote',
      places: [
        { raw: 'Wisconsin', region: 'Wisconsin' },
        { raw: 'USA', country: 'USA' },
      ],
    });
  });

  test('believes the names of places that all carry one copied address', async () => {
    expect(only(await readFixture('copied-address.html')).places.map(place => place.raw)).toEqual([
      'Madison, WI',
      'Dubuque, IA',
      'Remote, US',
    ]);
  });

  test('leaves pay out that is empty, zero or in an impossible unit, and turns a turned range', async () => {
    expect(only(await readFixture('empty-salary.html')).pay).toBeNull();
    const money = (value: object) => ({ baseSalary: { '@type': 'MonetaryAmount', currency: 'USD', value } });
    expect((await pageWith(money({ minValue: 0, maxValue: 0, unitText: 'YEAR' }))).pay).toBeNull();
    expect((await pageWith(money({ value: 95000, unitText: 'HOUR' }))).pay).toBeNull();
    expect((await pageWith(money({ value: 45, unitText: 'YEAR' }))).pay).toBeNull();
    expect((await pageWith(money({ minValue: '88,000', maxValue: '72,000', unitText: 'YEAR' }))).pay).toMatchObject({
      min: 72_000,
      max: 88_000,
    });
    expect((await pageWith(money({ minValue: 34, maxValue: 41 }))).pay).toBe('USD 34 - 41');
    expect((await pageWith({ baseSalary: 45 })).pay).toBe('45');
    expect((await pageWith({ baseSalary: undefined, salaryCurrency: 'USD $38.00 - USD $46.50 /Hr.' })).pay).toBe(
      'USD $38.00 - USD $46.50 /Hr.',
    );
    expect((await pageWith({ baseSalary: undefined, salaryCurrency: 'USD' })).pay).toBeNull();
  });

  test('decodes HTML that was escaped once or twice, and the title once', async () => {
    const once = only(await readFixture('escaped-once.html'));
    expect(once.title).toBe('Ergonomics & Safety Consultant');
    expect(once.body).toEqual([{ html: '<p>You assess work stations &amp; tools.</p><ul><li>OT or PT licence</li></ul>' }]);
    expect(only(await readFixture('escaped-twice.html')).body).toEqual([{ html: '<p>You assess work stations.</p>' }]);
    expect((await pageWith({ description: 'Wages &lt; $20 are not paid here' })).body).toEqual([{ text: 'Wages < $20 are not paid here' }]);
  });

  test('reads line breaks that were escaped twice as line breaks', async () => {
    expect(only(await readFixture('escaped-line-breaks.html')).body).toEqual([
      { text: 'You assess work stations.\n\nOT or PT licence\nCEAS is a plus' },
    ]);
  });

  test('adds what stands in fields of its own, but not twice', async () => {
    expect(only(await readFixture('parts.html')).body).toEqual([
      { text: 'You assess work stations.' },
      { heading: 'Responsibilities', text: 'Visit sites\u00a0and write reports' },
      { heading: 'Qualifications', html: '<ul><li>OT or PT licence</li></ul>' },
      { heading: 'Benefits', text: 'Paid days off\nDental' },
    ]);
  });

  test('leaves zero and empty dates out, and an end before the beginning', async () => {
    expect(only(await readFixture('zero-dates.html'))).toMatchObject({ posted: null, closes: null });
    expect(only(await readFixture('end-before-begin.html'))).toMatchObject({ posted: { value: '2026-11-03' }, closes: null });
  });

  test('hands other date forms out as written', async () => {
    expect(only(await readFixture('us-date.html')).posted).toEqual({ value: '05/29/2026', from: 'datePosted' });
  });

  test('does not call a posting closed because its end is past or missing', async () => {
    expect(only(await readFixture('past-end.html')).closed).toBeUndefined();
  });

  test('walks fifty levels deep and no deeper, without falling over', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}{"@type":"JobPosting","title":"Deep"}${'}'.repeat(depth)}`;
    const page = (depth: number) => `<html><script type="application/ld+json">${nested(depth)}</script></html>`;
    expect(only(read(page(40))).title).toBe('Deep');
    expect(read(page(5_000)).marker).toBe('unknown');
  });

  test('says "gone" when the page says so and carries no posting, "unknown" when it says nothing', async () => {
    expect((await readFixture('closed.html')).marker).toBe('gone');
    expect((await readFixture('no-posting.html')).marker).toBe('unknown');
    expect(readDetail(adapter, target, 'gone', { url: address }, { status: 410 }).marker).toBe('gone');
  });
});

describe('jsonld: the listing', () => {
  test('makes stubs of the sitemap addresses that are postings of this site, once each', async () => {
    const reading = readList(adapter, target, await fixture('jsonld', 'sitemap.xml'));
    expect(reading).toMatchObject({ marker: 'board', rows: 2, shortfall: null });
    expect(reading.postings).toMatchObject([
      { key, title: 'ergonomics consultant', url: address, detail: { kind: 'detail', key, url: address } },
      { key: 'fernleaf.example/jobs/20417?a=1&b=2', title: '', detail: { url: 'https://www.fernleaf.example/jobs/20417?a=1&b=2' } },
    ]);
  });

  test('takes every address but the front page and files where no part of the path is named', async () => {
    const reading = readList(adapter, { sitemap: target.sitemap }, await fixture('jsonld', 'sitemap.xml'));
    expect(reading.postings.map(posting => posting.url)).toContain('https://fernleaf.example/about-our-company');
    expect(reading.rows).toBe(3);
  });

  test('follows the sitemaps of an index on its own site, three levels deep', async () => {
    const body = await fixture('jsonld', 'sitemap-index.xml');
    const reading = readList(adapter, target, body);
    expect(reading.follow.map(request => request.url)).toEqual([
      'https://fernleaf.example/sitemap-jobs-1.xml',
      'https://fernleaf.example/sitemap-jobs-2.xml',
    ]);
    const deep = adapter.read(answer({ kind: 'list', url: target.sitemap, note: { depth: 3 } }, body), target);
    expect(deep).toMatchObject({ follow: [], shortfall: 'sitemaps nested deeper than 3' });
  });

  test('refuses a cut sitemap, an empty one, one without postings and one with a document type', async () => {
    const whole = await fixture('jsonld', 'sitemap.xml');
    const nothing = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>';
    for (const body of [whole.slice(0, 400), nothing, await fixture('jsonld', 'sitemap-bomb.xml'), '<html><body>Not found</body></html>']) {
      expect(readList(adapter, target, body)).toMatchObject({ marker: 'unknown', postings: [] });
    }
    expect(readList(adapter, { ...target, include: '/vacancies/' }, whole).marker).toBe('unknown');
  });

  test('marks a full sitemap as possibly cut', () => {
    const urls = Array.from({ length: 50_000 }, (_, i) => `<url><loc>https://fernleaf.example/jobs/${i}</loc></url>`).join('');
    expect(readList(adapter, target, `<urlset>${urls}</urlset>`).shortfall).toContain('full at 50000');
  });

  test('reads a list page: whole postings it carries, links to the others, and the next page', async () => {
    const list = { list: 'https://fernleaf.example/jobs', include: '/jobs/' };
    const reading = readList(adapter, list, await fixture('jsonld', 'list.html'));
    expect(reading.postings.map(posting => [posting.key, posting.title, posting.detail?.url ?? null])).toEqual([
      ['fernleaf.example/jobs/injury-prevention-coach', 'Injury Prevention Coach', null],
      [key, 'Ergonomics Consultant', 'https://fernleaf.example/jobs/ergonomics-consultant?utm_source=list'],
      ['fernleaf.example/jobs/clinic-manager', 'Clinic Manager', 'https://fernleaf.example/jobs/clinic-manager/'],
    ]);
    expect(reading.follow.map(request => request.url)).toEqual(['https://fernleaf.example/jobs?page=2']);
    expect(reading.shortfall).toBeNull();
  });

  test('takes a list page without postings for unknown and a cut one for partial', async () => {
    const list = { list: 'https://fernleaf.example/jobs', include: '/jobs/' };
    expect(readList(adapter, list, await fixture('jsonld', 'list-empty.html')).marker).toBe('unknown');
    const cut = (await fixture('jsonld', 'list.html')).split('<li><a href="https://other')[0] ?? '';
    expect(readList(adapter, list, cut)).toMatchObject({ marker: 'board', shortfall: 'the page is cut off: its end is missing' });
  });

  test('recognises the address of a sitemap and nothing else', () => {
    expect(adapter.recognise(new URL('https://fernleaf.example/jobs_sitemap.xml'))).toEqual({
      sitemap: 'https://fernleaf.example/jobs_sitemap.xml',
    });
    expect(adapter.recognise(new URL('https://fernleaf.example/jobs'))).toBeNull();
    expect(adapter.target.safeParse({ sitemap: 'ftp://fernleaf.example/x' }).success).toBe(false);
    expect(adapter.target.safeParse({ list: 'https://fernleaf.example/jobs' }).success).toBe(false);
  });
});
