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

  const ONLY: readonly (readonly [string, Pay | null])[] = [
    ['Full-time, seven to three, $18.50, every third weekend.', usd(18.5, 18.5, 'hour')],
    ['PRN, $61 flat. The lot is behind the chapel.', usd(61, 61, 'hour')],
    ['Thirteen weeks, nights. Weekly gross $2,150, start in May.', usd(2_150, 2_150, 'week')],
    ['Exempt. $97,000 and up. Shared call.', usd(97_000, null, 'year')],
    ['A van and a route of your own. $52,000 and 5 percent. Full time.', usd(52_000, 52_000, 'year')],
    ['$79,000 to $91,000 base, monthly commission.', usd(79_000, 91_000, 'year')],
    ['Freelance. $16 per entry, and most write five an hour.', null],
    ['Royalties are 6%. $85,000, of which a half may be lent.', null],
    ['What you bring: $40,000 for a third of the studio.', null],
    ['Full-time. The pump sells for $31,000.', null],
    ['Full-time, $18.50. The cafe sells lunch for $11.', usd(18.5, 18.5, 'hour')],
    ['Paid by the chart: $24 for a short one, $38 for a long one.', null],
  ];
  test.each(ONLY)('%j is read as %j, as no other pay is named', (text, pay) => expect(facetsOf(text).pay).toEqual(pay));

  const BESIDE_OTHER_WORDS: readonly (readonly [string, Pay | null])[] = [
    ['Reward\n$71,000 – $92,000, annual bonus, a pension and a creche.', usd(71_000, 92_000, 'year')],
    ['Promotion potential: 11\nSalary: $64,000 to $83,000 per year', usd(64_000, 83_000, 'year')],
    ["There's no quota.\n\nFull-time, $33–$41 an hour", usd(33, 41, 'hour')],
    ['A grant-funded post, full-time, $54,000 yearly.', usd(54_000, 54_000, 'year')],
    ['Base of $53,000 and $80 for each clinician who starts.', usd(53_000, 53_000, 'year')],
    ['A reward of $500 for whom you bring.', null],
  ];
  test.each(BESIDE_OTHER_WORDS)('%j is read as %j beside words that otherwise tell other money', (text, pay) =>
    expect(facetsOf(text).pay).toEqual(pay),
  );
});
