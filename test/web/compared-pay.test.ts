import { expect, it } from 'vitest';
import type { Pay } from '../../src/posting/posting.ts';
import { CREDENTIALS, type Verdict } from '../../src/posting/taxonomy.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';
import { besideMedian, CLINICAL_PAY } from '../../src/web/clinical-pay.ts';
import { comparedPay } from '../../src/web/compared-pay.ts';

const IN_OHIO = { raw: 'Ohio', city: null, region: 'OH', country: 'US' };
const YEAR: Pay = { min: 68_000, max: 79_500, currency: 'USD', interval: 'year' };

function told(pay: Pay | null, { places = [IN_OHIO], types = ['full_time'], verdict = 'named' as Verdict } = {}) {
  const verdicts = Object.fromEntries(CREDENTIALS.map(name => [name, { verdict, evidence: [] }]));
  const posting = { pay, places, employment_types: types, verdicts } as unknown as FeedPosting;
  return comparedPay(posting, 'OTA')?.told ?? null;
}

it('tells a difference in steps of five percent, and none within five', () => {
  const of = (amount: number) => besideMedian(amount, 100_000);
  expect([95_000, 100_000, 105_000].map(of)).toEqual(Array(3).fill('about the same as'));
  expect([105_100, 107_400, 107_600, 112_000, 150_000].map(of)).toEqual(
    ['5%', '5%', '10%', '10%', '50%'].map(percent => `about ${percent} above`),
  );
  expect([94_000, 86_000].map(of)).toEqual(['about 5% below', 'about 15% below']);
});

it('compares the midpoint of a range by the year, or by the hour for a full year, and one figure as it is', () => {
  expect(told(YEAR)).toBe('about the same as');
  expect(told({ ...YEAR, min: 80_000, max: 80_000 })).toBe('about 10% above');
  // $30 an hour is $62,400 a year.
  expect(told({ ...YEAR, min: 28, max: 32, interval: 'hour' })).toBe('about 15% below');
  expect(told(YEAR, { types: [] })).toBe('about the same as');
});

it('compares nothing but wages of full-time employees in the United States', () => {
  expect(told(null)).toBeNull();
  for (const interval of ['week', 'day', 'month', 'visit'] as const)
    expect([interval, told({ ...YEAR, interval })]).toEqual([interval, null]);
  for (const type of ['per_diem', 'contract', 'part_time', 'temporary'])
    expect([type, told(YEAR, { types: [type] })]).toEqual([type, null]);
  expect(told(YEAR, { types: ['full_time', 'per_diem'] })).toBeNull();
  expect(told({ ...YEAR, currency: 'CAD' })).toBeNull();
  expect(told(YEAR, { places: [] })).toBeNull();
  expect(told(YEAR, { places: [IN_OHIO, { ...IN_OHIO, country: 'CA' }] })).toBeNull();
});

it('compares no range that is open at one end, and nothing for those whom the posting does not take', () => {
  expect(told({ ...YEAR, min: null })).toBeNull();
  expect(told({ ...YEAR, max: null })).toBeNull();
  expect(told(YEAR, { verdict: 'barred' })).toBeNull();
  expect(told(YEAR, { verdict: 'unknown' })).toBe('about the same as');
});

it('has a median of every credential with its release and a page of the bureau', () => {
  for (const name of CREDENTIALS) {
    const { median, release, source, table } = CLINICAL_PAY[name];
    expect(median).toBeGreaterThan(50_000);
    expect(release).toMatch(/^May 20\d\d$/);
    expect(new URL(source).host).toBe('www.bls.gov');
    // What no second text gave is told as such.
    expect([name, table !== undefined]).toEqual([name, name.endsWith('A')]);
  }
});
