import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/pinpoint.ts';
import { altered, fixture, readList } from './_support.ts';

const target = { company: 'chartwell' };
const list = await fixture('pinpoint', 'postings.json');

describe('pinpoint', () => {
  test("reads the whole board; the key is the address's uuid, not the id", () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'ce6c9e5c-0000-42b0-a01e-9edeae315b04',
      title: 'Implementation Manager',
      department: 'Operations',
      requisition: 'PIN-0407',
      workMode: 'remote',
      employment: ['full_time'],
      url: 'https://chartwell.pinpointhq.com/en/postings/ce6c9e5c-0000-42b0-a01e-9edeae315b04',
    });
  });

  test('takes the deadline for the closing date and makes up no posting date', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first).toMatchObject({ closes: { value: '2026-12-15T23:59:59-05:00', from: 'deadline_at' } });
    expect(first?.posted).toBeUndefined();
    expect(second?.closes).toBeNull();
  });

  test("keeps the four parts of the text under the employer's headings", () => {
    expect(readList(adapter, target, list).postings[0]?.body?.map(part => part.heading ?? null)).toEqual([
      null,
      "What you'll do",
      "What you'll bring",
      'What we offer',
    ]);
  });

  test('shows pay only where the employer shows it', async () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.pay).toEqual({ min: 85_000, max: 95_000, currency: 'USD', interval: 'year' });
    expect(second?.pay).toBeNull();
    const fortnight = await altered('pinpoint', 'postings.json', page => {
      page.data[0].compensation_frequency = 'two_weeks';
      page.data[0].compensation = '$3,200 every two weeks';
    });
    expect(readList(adapter, target, fortnight).postings[0]?.pay).toBe('$3,200 every two weeks');
  });

  test('takes the office for the place where the place is only called "Remote"', () => {
    const [first, second] = readList(adapter, target, list).postings;
    expect(first?.places).toMatchObject([{ raw: 'Raleigh, North Carolina', city: 'Raleigh', region: 'North Carolina' }]);
    expect(second?.places).toMatchObject([{ raw: 'Durham office', city: 'Durham', region: 'North Carolina' }]);
  });

  test('reads the array without its envelope', async () => {
    const bare = await altered('pinpoint', 'postings.json', page => page.data);
    expect(readList(adapter, target, bare).postings).toHaveLength(2);
  });

  test('never says "empty": what an unknown tenant answers is not known', () => {
    expect(readList(adapter, target, '{"data":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"data":null}').marker).toBe('unknown');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test('refuses the postings of another tenant', () => {
    expect(readList(adapter, { company: 'other' }, list).marker).toBe('unknown');
  });

  test.each([
    ['https://chartwell.pinpointhq.com/', 'chartwell'],
    ['https://chartwell.pinpointhq.com/en/postings/ce6c9e5c-0000-42b0-a01e-9edeae315b04', 'chartwell'],
    ['https://www.pinpointhq.com/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
