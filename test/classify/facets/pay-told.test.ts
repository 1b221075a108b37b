import { describe, expect, test } from 'vitest';
import type { Pay, PayInterval } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

const usd = (min: number | null, max: number | null, interval: PayInterval): Pay => ({ min, max, currency: 'USD', interval });
type Said = readonly (readonly [string, Pay | null])[];

describe('pay, told otherwise', () => {
  const OF_THE_JOB: Said = [
    ['Full-time, ten months, $91,000. We read letters in May.', usd(91_000, 91_000, 'year')],
    ['You sort goats. Permanent, 11 months, $62,000.', usd(62_000, 62_000, 'year')],
    ['$58,000 the first year, and then we talk. Full-time.', usd(58_000, 58_000, 'year')],
    ['Pay opens at $71,000.', usd(71_000, null, 'year')],
    ['The salary commences at $66,500.', usd(66_500, null, 'year')],
    ['$36.50/hr to start for nights, $33 for days.', usd(33, 36.5, 'hour')],
    ['$24 an hour to begin for weekends, $21 for weekdays.', usd(21, 24, 'hour')],
    ['$31 an hour for sessions and paperwork.', usd(31, 31, 'hour')],
    ['$44 an hour for visits; $20 an hour for drive time.', usd(44, 44, 'hour')],
  ];
  test('letters of a place within a word name none', () => {
    expect(facetsOf('PAY: $16.40 minimum, $19.75 maximum, per hour.', { location: 'Reading, PA' }).pay).toEqual(usd(16.4, 19.75, 'hour'));
    expect(facetsOf('COMPENSATION: $22 minimum, $27 maximum, per hour.', { location: 'Golden, CO' }).pay).toEqual(usd(22, 27, 'hour'));
    expect(facetsOf('Denver, CO: $30 to $34 an hour. Reno, NV: $27 to $31 an hour.', { location: 'Denver, CO' }).pay).toEqual(
      usd(30, 34, 'hour'),
    );
  });
  test.each(OF_THE_JOB)('%j is read', (text, pay) => expect(facetsOf(text).pay).toEqual(pay));

  const BESIDE: Said = [
    ['Base salary of $64,000 per year. Total compensation at 110% of quota is $98,000.', usd(64_000, 64_000, 'year')],
    ['There is a work test of one hour, and for it we pay you $60. The salary is $52,000 to $58,000.', usd(52_000, 58_000, 'year')],
    ['Salary: $56,000 to $61,000. Overload at $50 per contact hour.', usd(56_000, 61_000, 'year')],
    ['A studio of this size brings in about $9,000 a month.', null],
    ['Build-out and inventory have run between $95,000 and $140,000.', null],
    ['There is a $650 monthly vehicle allowance.', null],
    ['$110k-128k, car allowance. Full time.', usd(110_000, 128_000, 'year')],
  ];
  test.each(BESIDE)('%j is read past other money', (text, pay) => expect(facetsOf(text).pay).toEqual(pay));
});
