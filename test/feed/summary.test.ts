import { expect, it } from 'vitest';
import { payText, placeText, titleLine } from '../../src/feed/summary.ts';

it.each([
  [{ min: 38, max: 44.5, currency: 'USD', interval: 'hour' }, '$38 to $44.50 an hour (about $79,040 to $92,560 a year)'],
  [{ min: 60_000, max: 60_000, currency: 'USD', interval: 'year' }, '$60,000 a year'],
  [{ min: null, max: 70, currency: 'CAD', interval: 'visit' }, 'up to 70 CAD a visit'],
  [{ min: 5000, max: null, currency: 'USD', interval: 'month' }, 'from $5,000 a month (from about $60,000 a year)'],
] as const)('says pay as stated, and per year where that says more', (pay, text) => {
  expect(payText(pay)).toBe(text);
});

it('says where the work is, three places at most, and keeps the words of a place it could not read', () => {
  const place = (city: string | null, region: string | null, country: string | null, raw = '') => ({ raw, city, region, country });
  expect(placeText({ work_mode: 'hybrid', places: [place('Austin', 'TX', 'US'), place('Toronto', 'ON', 'CA')] })).toBe(
    'hybrid: Austin, TX; Toronto, ON, CA',
  );
  expect(placeText({ work_mode: null, places: [place(null, null, null, 'Building 7')] })).toBe('Building 7');
  expect(placeText({ work_mode: 'remote', places: [place(null, null, null, 'Remote '), place('Austin', 'TX', 'US')] })).toBe(
    'remote: Austin, TX',
  );
  const many = ['A', 'B', 'C', 'D', 'E'].map(city => place(city, 'TX', 'US'));
  expect(placeText({ work_mode: 'remote', places: many })).toBe('remote: A, TX; B, TX; C, TX and 2 more');
});

it('makes one clean line of a title, whatever a board sends', () => {
  expect(titleLine({ title: 'Coach\u0000\u202e  of\n things', company: null })).toBe('Coach of things');
});
