import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/symplr.ts';
import { altered, answer, fixture, readDetail, readList } from './_support.ts';

const target = { site: 'cedarbluff' };
const list = await fixture('symplr', 'list.json');

/** A page of `count` hits of one client. */
function pageOf(count: number, total: unknown, { from = 0, client = '6120' } = {}): string {
  const hits = Array.from({ length: count }, (_, i) => ({
    _id: `${client}_${from + i}`,
    _source: { title: `Job ${from + i}`, userArea: {} },
  }));
  return JSON.stringify({ hits: { total, hits } });
}

describe('symplr', () => {
  test('asks with the query of the career site itself, and follows no redirect of the POST', () => {
    const [first] = adapter.start(target);
    expect(first).toMatchObject({
      method: 'POST',
      redirects: 'none',
      url: 'https://pm.healthcaresource.com/JobseekerSearchAPI/cedarbluff/api/Search?size=100',
    });
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ query: { bool: { must: { match_all: {} } } }, sort: { 'title.raw': 'asc' } });
  });

  test('reads whole postings: the innermost organization is the department, and the address of a posting ends with its number', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 4, rows: 4, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '6120_10535',
      title: 'Care Manager',
      company: 'Cedar Bluff Health',
      department: 'Care Management',
      requisition: '21587',
      places: [{ raw: 'Marion, Ohio', city: 'Marion', region: 'Ohio' }],
      employment: ['Part Time'],
      posted: { value: '2026-11-03T00:00:00Z', from: 'datePosted' },
      url: 'https://pm.healthcaresource.com/CS/cedarbluff/#/job/10535',
    });
    expect(reading.postings[1]).toMatchObject({
      department: 'Revenue Cycle',
      places: [{ raw: 'Bucyrus, OH' }],
      body: [{ text: 'Writes appeals to payers.' }],
    });
    expect(reading.postings[2]?.places).toEqual([]);
  });

  test('counts postings for the own staff and inactive ones, and shows none of them', async () => {
    expect(readList(adapter, target, list).postings.map(({ title }) => title)).not.toContain('Lead Therapist');
    const inactive = await altered('symplr', 'list.json', page => {
      for (const hit of page.hits.hits) hit._source.userArea.active = false;
    });
    expect(readList(adapter, target, inactive)).toMatchObject({ marker: 'empty', rows: 4, postings: [] });
  });

  test('never reads the notes of the staff, and leaves images that stand in the text as data', () => {
    const all = JSON.stringify(readList(adapter, target, list));
    expect(all).not.toMatch(/quillfeather|dorothea|base64/i);
    expect(all).toContain('Plans the patient&rsquo;s way home.');
  });

  test('keeps the notes of the staff out of every recording of its pages', async () => {
    const [first] = adapter.start(target);
    const [second] = readList(adapter, target, await fixture('symplr', 'list.json')).follow;
    for (const request of [first, second]) if (request) expect(request.unrecorded).toEqual(['customRequisitionFieldValues', 'contactInfo']);
  });

  test('takes the pay of its field or of the one a hospital made, without the pay type, and none out of zeros and words', async () => {
    expect(readList(adapter, target, list).postings.map(({ pay }) => pay)).toEqual(['$33.86 - $45.79', '23.58 - 30.37', null]);
    for (const nothing of ['To Be Determined', 'Min - $0.00 Mid - $0.00 Max - $0.00', '', null]) {
      const body = await altered('symplr', 'list.json', page => {
        page.hits.hits[1]._source.userArea.salaryRange = nothing;
      });
      expect(readList(adapter, target, body).postings[1]?.pay, String(nothing)).toBeNull();
    }
  });

  test('pages by the hits received until the total is reached', () => {
    const total = { value: 150, relation: 'eq' };
    const first = readList(adapter, target, pageOf(100, total));
    expect(first.follow).toMatchObject([{ url: expect.stringContaining('/api/Search?size=100&from=100'), method: 'POST' }]);
    expect(JSON.parse(first.follow[0]?.body ?? '')).toMatchObject({ from: 100, sort: { 'title.raw': 'asc' } });
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(50, total, { from: 100 })), target);
    expect(second).toMatchObject({ marker: 'board', rows: 50, follow: [], shortfall: null });
    expect(readList(adapter, target, pageOf(25, total)).follow[0]?.url).toContain('&from=25');
  });

  test('refuses an answer that mixes the postings of several clients, on one page or over two', () => {
    const mixed = JSON.parse(pageOf(2, { value: 2 }));
    mixed.hits.hits[1]._id = '7001_1';
    expect(readList(adapter, target, JSON.stringify(mixed))).toMatchObject({ marker: 'unknown', postings: [] });
    const first = readList(adapter, target, pageOf(100, { value: 150 }));
    const other = adapter.read(answer(first.follow[0] as PageRequest, pageOf(50, { value: 150 }, { client: '7001' })), target);
    expect(other).toMatchObject({ marker: 'unknown', why: 'the answer belongs to more than one client: 6120, 7001' });
  });

  test('does not take nothing found for an empty board, since an unknown site may answer so', () => {
    expect(readList(adapter, target, pageOf(0, { value: 0, relation: 'eq' }))).toMatchObject({ marker: 'unknown', total: 0 });
    expect(readList(adapter, target, pageOf(0, { value: 7 })).marker).toBe('unknown');
    expect(readList(adapter, target, '{"Message":"no such site"}', { status: 404 }).marker).toBe('gone');
  });

  test('names a total that is missing or only a least one, and a row without number, title or details', async () => {
    expect(readList(adapter, target, pageOf(2, undefined)).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, pageOf(2, { value: 2, relation: 'gte' })).shortfall).toContain('2 postings or more');
    expect(readList(adapter, target, pageOf(2, 2))).toMatchObject({ total: 2, shortfall: null });
    const broken = await altered('symplr', 'list.json', page => {
      page.hits.hits[0]._id = 'abc';
      delete page.hits.hits[1]._source.userArea;
    });
    expect(readList(adapter, target, broken).shortfall).toBe('2 of 4 rows could not be read');
  });

  test('has no details', () => {
    expect(readDetail(adapter, target, list).marker).toBe('unknown');
  });

  test.each([
    ['https://pm.healthcaresource.com/CS/cedarbluff/#/search', 'cedarbluff'],
    ['https://pm.healthcaresource.com/cs/cedarbluff#/job/10535', 'cedarbluff'],
    ['https://pm.healthcaresource.com/CareerSite/cedarbluff/Search.aspx', null],
    ['https://pm.healthcaresource.com/CS/', null],
    ['https://www.healthcaresource.com/', null],
    ['https://healthcaresource.com.example/CS/cedarbluff', null],
  ])('recognises %s', (url, site) => {
    expect(adapter.recognise(new URL(url))).toEqual(site === null ? null : { site });
  });
});
