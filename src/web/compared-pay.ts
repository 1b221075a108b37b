import { annualise } from '../posting/pay.ts';
import type { Pay } from '../posting/posting.ts';
import type { Credential } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { besideMedian, CLINICAL_PAY } from './clinical-pay.ts';

/** How a posting's pay stands to the clinical median of a credential. */
export type ComparedPay = {
  /** `about 10% above`. */
  told: string;
  /** The midpoint of the posted range, or the one figure posted: in its own interval, and for a full year. US dollars. */
  middle: number;
  interval: 'hour' | 'year';
  yearly: number;
  isRange: boolean;
};

type Compared = Pick<FeedPosting, 'pay' | 'places' | 'employment_types' | 'verdicts'>;

/**
 * Compares only what the survey counts: wages of employees in the United States, by the hour or the year. Null for anything else that pay can be
 * (contracts, per diem, part of a week, another currency, "up to"), and for a posting that does not take the credential.
 */
export function comparedPay({ pay, places, employment_types, verdicts }: Compared, credential: Credential): ComparedPay | null {
  if (!verdicts || verdicts[credential].verdict === 'barred') return null;
  if (places.length === 0 || !places.every(({ country }) => country === 'US')) return null;
  if (!employment_types.every(type => type === 'full_time')) return null;
  const middle = pay && middleOf(pay);
  if (!middle || pay.currency !== 'USD' || (pay.interval !== 'hour' && pay.interval !== 'year')) return null;
  const yearly = annualise({ ...pay, min: middle, max: middle })?.min ?? middle;
  const told = besideMedian(yearly, CLINICAL_PAY[credential].median);
  return { told, middle, interval: pay.interval, yearly, isRange: pay.min !== pay.max };
}

/** Null where one end is open: such a range has no middle. */
function middleOf({ min, max }: Pay): number | null {
  return min === null || max === null ? null : (min + max) / 2;
}
