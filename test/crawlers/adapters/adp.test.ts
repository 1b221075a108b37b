import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/adp.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { cid: '7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31', ccId: '9200123456789_2' };
const list = await fixture('adp', 'list.json');

function pageOf(from: number, count: number, total: number): string {
  const rows = Array.from({ length: count }, (_, i) => ({ itemID: `${from + i}_1`, requisitionTitle: `Job ${from + i}` }));
  return JSON.stringify({ meta: { startSequence: from, totalNumber: total }, jobRequisitions: rows });
}

describe('adp', () => {
  test('asks with the headers the interface wants', () => {
    const [first] = adapter.start(target);
    expect(first?.url).toContain('/job-requisitions?cid=7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31&ccId=9200123456789_2&lang=en_US');
    expect(first?.headers).toMatchObject({ 'x-requested-with': 'XMLHttpRequest', locale: 'en_US' });
  });

  test('reads rows: places with a blank in front, employment, department, pay per year', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '9201004411_1',
      title: 'Ergonomics Consultant (OT)',
      requisition: '1187',
      department: 'Work Health',
      places: [{ raw: 'Peoria, IL', city: 'Peoria', region: 'IL' }, { raw: 'Moline, IL, US' }],
      employment: ['Full-Time'],
      pay: { min: 68000, max: 82000, currency: 'USD', interval: 'year' },
      posted: { value: '2026-11-10T10:14:00.000-05:00', from: 'postDate' },
    });
    expect(reading.postings[0]?.url).toMatch(/recruitment\.html\?cid=.*&jobId=9201004411_1$/);
  });

  test('hands the words of the salary range out where no grade has figures', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({ pay: '$31.00 - $36.50 Hourly', department: 'Field' });
  });

  test('makes no pay of grades without an interval', async () => {
    const body = await altered('adp', 'list.json', json => {
      json.jobRequisitions[0].customFieldGroup = { stringFields: [] };
    });
    expect(readList(adapter, target, body).postings[0]?.pay).toBeNull();
  });

  test('goes on by the rows it received, whatever it asked for', () => {
    const first = readList(adapter, target, pageOf(0, 20, 45));
    expect(first.follow[0]?.url).toContain('$skip=20');
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(20, 20, 45)), target);
    expect(second.follow[0]?.url).toContain('$skip=40');
    expect(
      adapter.read(answer(second.follow[0] as PageRequest, pageOf(40, 5, 45)), target).follow.map(request => request.url),
    ).toHaveLength(1);
  });

  test('reads the last row of boards that count from one, and stops past the end', () => {
    const first = readList(adapter, target, pageOf(0, 20, 40));
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(19, 20, 40)), target);
    const third = second.follow[0] as PageRequest;
    expect(third.url).toContain('$skip=40');
    expect(adapter.read(answer(third, pageOf(39, 1, 40)), target)).toMatchObject({ marker: 'board', rows: 1, follow: [] });
    expect(adapter.read(answer(third, pageOf(40, 0, 40)), target)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('says "empty" for a count of 0 and "gone" for 404', () => {
    expect(readList(adapter, target, '{"meta":{"startSequence":0,"totalNumber":0},"jobRequisitions":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"meta":{},"jobRequisitions":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test('reads a detail that is the requisition itself or a list with it alone', async () => {
    const wrapped = await fixture('adp', 'detail.json');
    const bare = JSON.stringify(JSON.parse(wrapped).jobRequisitions[0]);
    for (const body of [wrapped, bare]) {
      const posting = only(readDetail(adapter, target, body, { key: '9201004411_1' }));
      expect(posting.body?.[0]?.html).toContain('Assess work stations');
    }
    expect(readDetail(adapter, target, wrapped, { key: 'another_1' }).marker).toBe('unknown');
  });

  test.each([
    [
      'https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?cid=7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31&ccId=9200123456789_2&lang=en_US',
      target,
    ],
    [
      'https://workforcenow.cloud.adp.com/mascsr/default/mdf/recruitment/recruitment.html?cid=7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31',
      { ...target, ccId: '19000101_000001' },
    ],
    ['https://workforcenow.adp.com/', null],
    ['https://www.adp.com/?cid=7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});
