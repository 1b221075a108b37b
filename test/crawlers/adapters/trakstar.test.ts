import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/trakstar.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'northpierschools' };
const list = await fixture('trakstar', 'list.json');
const careers = await fixture('trakstar', 'careers.html');
const detail = await fixture('trakstar', 'detail.html');

const [door] = adapter.start(target) as [PageRequest];
const openings = readList(adapter, target, careers).follow[0] as PageRequest;
const cards = openings.instead as PageRequest;
const inactive =
  '<html><head><link rel="canonical" href="https://recruiterbox.com/inactive-ats/"></head><body><h1>Inactive account</h1><p>This employer is no longer using Trakstar Hire to collect applications.</p></body></html>';

const readOpenings = (body: string, request = openings) => adapter.read(answer(request, body), target);
const readCards = (body: string, request = cards) => adapter.read(answer(request, body), target);

describe('trakstar', () => {
  test('asks the careers page first, and then for whole openings', () => {
    expect(door.url).toBe('https://northpierschools.hire.trakstar.com/');
    expect(readList(adapter, target, careers)).toMatchObject({
      marker: 'board',
      postings: [],
      follow: [{ kind: 'list', note: { offset: 0 } }],
    });
    expect(openings.url).toBe('https://jsapi.recruiterbox.com/v1/openings?client_name=northpierschools&limit=250&offset=0');
    expect(cards.url).toBe('https://northpierschools.hire.trakstar.com/?limit=100&p=1');
  });

  test('says "gone" for an employer who left, whose openings the interface would go on listing', () => {
    expect(readList(adapter, target, inactive)).toMatchObject({ marker: 'gone', follow: [] });
    expect(readCards(inactive).marker).toBe('gone');
    expect(readDetail(adapter, target, inactive, { key: 'fk0a1bc' }).marker).toBe('gone');
  });

  test('reads whole openings: no date of publication, the closing date, remote work without a place; a row without text has a page', () => {
    const reading = readOpenings(list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: 'fk0a1bc',
        title: 'School Occupational Therapist',
        department: 'Student Services',
        places: [{ raw: 'Duluth, Minnesota, United States', city: 'Duluth', region: 'Minnesota', country: 'United States' }],
        workMode: null,
        employment: ['full time'],
        posted: null,
        closes: { value: '2026-12-31', from: 'close_date' },
        url: 'https://northpierschools.hire.trakstar.com/jobs/fk0a1bc/',
        body: [{ html: '<p>Serve students at four campuses.</p>' }],
      },
      { key: 'fk0a2de', places: [], workMode: 'remote', url: 'https://northpierschools.recruiterbox.com/jobs/fk0a2de/' },
      { key: 'fk0a3fg', workMode: null, detail: { kind: 'detail', key: 'fk0a3fg' } },
    ]);
    expect(reading.postings[2]?.body).toBeUndefined();
  });

  test('pages by the rows that came, until the total', async () => {
    const more = list.replace('"total": 3', '"total": 5');
    const [next] = readOpenings(more).follow as [PageRequest];
    expect(next).toMatchObject({ note: { offset: 3 }, url: expect.stringContaining('offset=3') });
    const last = await altered('trakstar', 'list.json', page => {
      page.meta = { offset: 3, limit: 250, total: 5 };
      page.objects = page.objects.slice(0, 2).map((row: { id: string }) => ({ ...row, id: `${row.id}z`, hosted_url: null }));
    });
    expect(readOpenings(last, next)).toMatchObject({ marker: 'board', rows: 2, total: 5, follow: [] });
    expect(readOpenings(list, next)).toMatchObject({ marker: 'unknown', why: 'the answer begins at 0 instead of 3' });
  });

  test('takes no row of another employer, and nothing when no row is of this one', async () => {
    const mixed = list.replace('northpierschools.hire.trakstar.com/jobs/fk0a1bc', 'willowschools.hire.trakstar.com/jobs/fk0a1bc');
    const reading = readOpenings(mixed);
    expect(reading).toMatchObject({ marker: 'board', shortfall: 'rows of other boards: 1 of 3' });
    expect(reading.postings.map(({ key }) => key)).toEqual(['fk0a2de', 'fk0a3fg']);
    expect(readOpenings(list.replaceAll('northpierschools.', 'willowschools.'))).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('another board'),
    });
  });

  test('names what it cannot read, and never calls a list without rows empty', async () => {
    expect(readOpenings(list.replace('"title": "School Occupational Therapist"', '"title": null')).shortfall).toBe(
      '1 of 3 rows could not be read',
    );
    expect(readOpenings(list.replace('"total": 3', '"total": null')).shortfall).toContain('does not say how many');
    for (const total of [0, 4]) {
      expect(readOpenings(`{"meta":{"offset":0,"limit":250,"total":${total}},"objects":[]}`)).toMatchObject({ marker: 'unknown', total });
    }
    expect(readOpenings(careers).why).toContain('HTML or XML where JSON was due');
  });

  test('says "gone" for an unknown employer: 404 at the door, 400 at the interface; another 400 is unknown', () => {
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
    const refused = (body: string) => adapter.read(answer(openings, body, { status: 400 }), target).marker;
    expect([refused('{"client_name": "Invalid client name"}'), refused('{"limit": "too large"}')]).toEqual(['gone', 'unknown']);
  });

  test('reads the cards where the interface is closed: place in parts or in words, employment and way of working', () => {
    const reading = readCards(careers);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: 'fk0a1bc',
        title: 'School Occupational Therapist',
        places: [{ raw: 'Duluth, Minnesota, United States' }],
        employment: ['Full-time'],
        workMode: 'onsite',
        detail: { url: 'https://northpierschools.hire.trakstar.com/jobs/fk0a1bc/' },
      },
      { key: 'fk0a2de', places: [], employment: ['Part-time'], workMode: 'remote' },
      { key: 'fk0a3fg', places: [{ raw: 'Superior, Wisconsin' }] },
    ]);
  });

  test('follows the pages of cards to their total, and names a page that is cut or tells none', () => {
    const [next] = readCards(careers.replace('total_jobs: 3', 'total_jobs: 4')).follow as [PageRequest];
    expect(next.url).toBe('https://northpierschools.hire.trakstar.com/?limit=100&p=2');
    expect(readCards('<html><body></body></html>', next)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
    expect(readCards(careers.replace('total_jobs: 3', 'jobs: 3')).shortfall).toContain('does not say how many');
    expect(readCards(careers.slice(0, careers.indexOf('</body>'))).shortfall).toContain('cut off');
    expect(readCards('<html><body><script>x = {"total_jobs": 0}</script></body></html>').marker).toBe('unknown');
  });

  test('is not sure of a door that is no careers page or belongs to another employer', () => {
    expect(readList(adapter, target, '<html><body><p>Welcome</p></body></html>').marker).toBe('unknown');
    expect(readList(adapter, target, careers.replaceAll('northpierschools.', 'willowschools.')).why).toContain('another board');
  });

  test('reads a posting page by its elements, or by the JSON-LD that some boards have', () => {
    const url = 'https://northpierschools.hire.trakstar.com/jobs/fk0a3fg/';
    expect(only(readDetail(adapter, target, detail, { key: 'fk0a3fg', url }))).toMatchObject({
      key: 'fk0a3fg',
      title: 'Special Education Coordinator',
      places: [{ raw: 'Superior, Wisconsin, United States' }],
      employment: ['Contract'],
      workMode: 'hybrid',
      body: [{ html: expect.stringContaining('occupational therapy') }],
    });
    const structured = detail.replace(
      '</head>',
      '<script type="application/ld+json">{"@type":"JobPosting","title":"Special Education Coordinator","datePosted":"2026-11-02","description":"&lt;p&gt;Coordinate.&lt;/p&gt;"}</script></head>',
    );
    expect(only(readDetail(adapter, target, structured, { key: 'fk0a3fg', url })).posted).toEqual({
      value: '2026-11-02',
      from: 'datePosted',
    });
  });
});
