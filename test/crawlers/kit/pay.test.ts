import { describe, expect, test } from 'vitest';
import { intervalOf, payAt, statedPay } from '../../../src/crawlers/kit/pay.ts';

describe('pay', () => {
  test.each([
    ['1 YEAR', 'year'],
    ['per-year-salary', 'year'],
    ['per-hour-wage', 'hour'],
    ['ANNUAL', 'year'],
    ['Hourly', 'hour'],
    ['HOUR', 'hour'],
    ['hr', 'hour'],
    ['weekly', 'week'],
    ['Daily', 'day'],
    ['DAY', 'day'],
    ['month', 'month'],
    ['per visit', 'visit'],
    ['NONE', null],
    ['two_weeks', null],
    ['bi-weekly', null],
    ['2 WEEK', null],
    ['', null],
    [null, null],
  ])('the interval %s is %s', (word, interval) => {
    expect(intervalOf(word)).toBe(interval);
  });

  test('makes pay of whole and possible figures only', () => {
    const year = { currency: 'usd', interval: 'year' };
    expect(statedPay({ min: 60_000, max: '75,000', ...year })).toEqual({ min: 60_000, max: 75_000, currency: 'USD', interval: 'year' });
    expect(statedPay({ min: 0, max: 75_000, ...year })).toMatchObject({ min: null, max: 75_000 });
    expect(statedPay({ min: 75_000, max: 60_000, ...year })).toMatchObject({ min: 60_000, max: 75_000 });
    for (const wrong of [
      { min: 0, max: 0, ...year },
      { min: 45, max: 60, ...year },
      { min: 45, max: 60, currency: '$', interval: 'hour' },
      { min: 95_000, max: null, currency: 'USD', interval: 'hour' },
      { min: 45, max: 60, currency: 'USD', interval: 'fortnight' },
    ]) {
      expect(statedPay(wrong)).toBeNull();
    }
  });

  test('is read out of an object by the names its fields have there', () => {
    const range = { from: 30, to: 40, unit: 'USD', per: 'HOUR' };
    expect(payAt(range, 'from', 'to', 'unit', 'per')).toEqual({ min: 30, max: 40, currency: 'USD', interval: 'hour' });
    expect(payAt(null, 'from', 'to', 'unit', 'per')).toBeNull();
  });
});
