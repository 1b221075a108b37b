import { describe, expect, test } from 'vitest';
import type { Pay } from '../../../src/posting/posting.ts';
import { facetsOf } from './reading-of.ts';

const usd = (min: number | null, max: number | null, interval: Pay['interval']): Pay => ({ min, max, currency: 'USD', interval });

describe('pay that hardly anything announces', () => {
  const TOLD: readonly (readonly [string, Pay | null])[] = [
    ['Weekends and holidays. $18.35. In the mill on Route 9.', usd(18.35, 18.35, 'hour')],
    ['Per diem. $21.40. Parking is free.', usd(21.4, 21.4, 'hour')],
    ['The cup costs $14.', null],
    ['Permanent, Range 4, $61,000.', usd(61_000, 61_000, 'year')],
    ['Librarian, Step C, $47,500. Summers off.', usd(47_500, 47_500, 'year')],
    ['$30.10 (Grade 4) to $41.20 (Grade 9) an hour', usd(30.1, 41.2, 'hour')],
    ['$1,900 (Step 2) to $2,600 (Step 7) weekly, with a locker', usd(1_900, 2_600, 'week')],
    ['$110 a recert, $70 a follow-up visit, $60 a discharge.', usd(60, 110, 'visit')],
    ['$95 a start of care and $64 a routine visit, paid on Fridays.', usd(64, 95, 'visit')],
    ['What it pays: a draw of $3,900 a month against commission.', usd(3_900, 3_900, 'month')],
    ['Full time, a truck. The whole outlay is $90,000 to $120,000.', null],
    ['Bring liquid cash of $75,000 and a net worth of $300,000.', null],
  ];
  test.each(TOLD)('%j is read as %j', (text, pay) => expect(facetsOf(text).pay).toEqual(pay));
});
