import { type RawBuilder, sql } from 'kysely';
import { PERIODS_A_YEAR } from '../../posting/pay.ts';

/** Pay per year in US dollars (the middle of each stated range): quartiles and how many postings stand behind them. */
export type PayQuartiles = { n: number; lower: number; median: number; upper: number };

const A_YEAR = sql`case p.pay->>'interval' ${sql.join(
  Object.entries(PERIODS_A_YEAR).map(([interval, periods]) => sql`when ${sql.lit(interval)} then ${sql.lit(periods)}`),
  sql` `,
)} end`;
const LOW = sql`coalesce(p.pay->>'min', p.pay->>'max')::float8`;
const HIGH = sql`coalesce(p.pay->>'max', p.pay->>'min')::float8`;
const inDollars = (amount: typeof LOW) => sql<number | null>`(case when p.pay->>'currency' = 'USD' then ${amount} * ${A_YEAR} end)`;

/** The lowest and the highest figure of a posting's pay, as pay per year in US dollars; null where it is none. */
export const PAY_LOW = inDollars(LOW);
export const PAY_HIGH = inDollars(HIGH);
export const PAY_MIDDLE = inDollars(sql`(${LOW} + ${HIGH}) / 2`);

/** Postings that state a pay which a year can be made of. The column is there exactly when it is. */
export const PAID = sql<boolean>`p.pay_year is not null`;

/** What the middles of stated ranges have in the middle and at the quarters; null of no posting. */
export const QUARTILES = quartilesOf(PAY_MIDDLE);
/** The same where the middle was read already, as `middle`. */
export const MIDDLES_QUARTILES = quartilesOf(sql`p.middle`);

function quartilesOf(amount: RawBuilder<unknown>) {
  return sql`percentile_cont(array[0.25, 0.5, 0.75]) within group (order by ${amount})`;
}

/** A row that counts postings as `n` and reads `QUARTILES` as `quartiles`. */
export type QuartilesRow = { n: number; quartiles: [number, number, number] | null };

/** In whole dollars; null of no posting. */
export function payOf(row: QuartilesRow | undefined): PayQuartiles | null {
  if (!row?.quartiles) return null;
  const [lower, median, upper] = row.quartiles;
  return { n: row.n, lower: Math.round(lower), median: Math.round(median), upper: Math.round(upper) };
}
