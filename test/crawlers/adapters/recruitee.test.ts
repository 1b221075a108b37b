import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/recruitee.ts';
import { altered, fixture, readList } from './_support.ts';

const target = { host: 'glidemobility.recruitee.com' };
const offers = await fixture('recruitee', 'offers.json');

describe('recruitee', () => {
  test('reads the whole board and leaves out what is not published, but counts it', () => {
    const reading = readList(adapter, target, offers);
    expect(reading).toMatchObject({ marker: 'board', rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toHaveLength(2);
    expect(reading.postings[0]).toMatchObject({
      key: '2700825',
      title: 'Seating and Mobility Specialist',
      company: 'Glide Mobility',
      department: 'Clinical',
      workMode: 'hybrid',
      employment: ['full_time'],
      posted: { value: '2026-10-06 10:10:39 UTC', from: 'published_at' },
      closes: { value: '2026-12-31 00:00:00 UTC', from: 'close_at' },
      applyUrl: 'https://glidemobility.recruitee.com/o/seating-specialist/c/new',
    });
  });

  test('reads pay whose figures are texts, and none out of an object of nulls', () => {
    const [first, second] = readList(adapter, target, offers).postings;
    expect(first?.pay).toEqual({ min: 68_000, max: 81_000, currency: 'USD', interval: 'year' });
    expect(second?.pay).toBeNull();
  });

  test('joins description and requirements, which stand apart', () => {
    expect(readList(adapter, target, offers).postings[0]?.body).toEqual([
      { html: '<p>Fit complex rehab technology.</p>' },
      { heading: 'Requirements', html: '<ul><li>ATP required</li><li>OT, COTA, PT or PTA</li></ul>' },
    ]);
  });

  test('reads every place, and the single fields where the list of places is empty', () => {
    const [first, second] = readList(adapter, target, offers).postings;
    expect(first?.places).toEqual([
      { raw: 'Denver, Colorado, United States', city: 'Denver', region: 'Colorado', country: 'US' },
      { raw: 'Boise, Idaho, United States', city: 'Boise', region: 'Idaho', country: 'US' },
    ]);
    expect(second?.places).toEqual([{ raw: 'Denver, Colorado, United States', city: 'Denver', region: 'Colorado', country: 'US' }]);
  });

  test('keeps no notes, mailboxes or questions of the application form', () => {
    expect(JSON.stringify(readList(adapter, target, offers))).not.toMatch(/555-0100|job\.e4u78@|hold ATP/);
  });

  test('reads the three work mode flags, and none where two contradict each other', async () => {
    const mode = async (flags: object) => {
      const body = await altered('recruitee', 'offers.json', page => ({ offers: [{ ...page.offers[0], ...flags }] }));
      return readList(adapter, target, body).postings[0]?.workMode;
    };
    expect(await mode({ remote: true, hybrid: false, on_site: false })).toBe('remote');
    expect(await mode({ remote: false, hybrid: false, on_site: true })).toBe('onsite');
    expect(await mode({ remote: true, hybrid: true, on_site: true })).toBe('hybrid');
    expect(await mode({ remote: true, hybrid: false, on_site: true })).toBeNull();
  });

  test('reads employment codes by their parts and hands unknown ones out as written', async () => {
    expect(readList(adapter, target, offers).postings[1]?.employment).toEqual(['part_time', 'temporary']);
    const body = await altered('recruitee', 'offers.json', page => {
      page.offers[0].employment_type_code = 'volunteer';
    });
    expect(readList(adapter, target, body).postings[0]?.employment).toEqual(['volunteer']);
  });

  test("accepts addresses on the employer's own domain and refuses another tenant's", async () => {
    expect(readList(adapter, { host: 'jobs.glide.example' }, offers).marker).toBe('board');
    expect(readList(adapter, { host: 'other.recruitee.com' }, offers).marker).toBe('unknown');
  });

  test('says "empty" for a board without offers and "gone" for a removed tenant', () => {
    expect(readList(adapter, target, '{"offers":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"offers":null}').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test.each([
    ['https://glidemobility.recruitee.com/', 'glidemobility.recruitee.com'],
    ['https://glidemobility.recruitee.com/o/seating-specialist', 'glidemobility.recruitee.com'],
    ['https://www.recruitee.com/', null],
    ['https://docs.recruitee.com/reference', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
