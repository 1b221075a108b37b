import { parsePay } from '../../posting/pay.ts';
import { PAY_INTERVALS, type Pay, type PayInterval } from '../../posting/posting.ts';
import { amount, at, type Json, text } from './json.ts';
import { decodeOnce } from './values.ts';

const INTERVALS: readonly [RegExp, PayInterval][] = [
  [/hour|\bhr\b/i, 'hour'],
  [/month/i, 'month'],
  [/year|annual|annum|\byr\b/i, 'year'],
  [/week/i, 'week'],
  [/\bda(?:y|ily)\b|daily/i, 'day'],
  [/visit/i, 'visit'],
];

/** The pay interval a board's own word names: `1 YEAR`, `per-hour-wage`, `ANNUAL`. Null for `NONE`, two weeks and the like. */
export function intervalOf(value: unknown): PayInterval | null {
  const word = text(value);
  if (!word || /two|2|bi|semi|half|quarter/i.test(word)) return null;
  if ((PAY_INTERVALS as readonly string[]).includes(word.toLowerCase())) return word.toLowerCase() as PayInterval;
  return INTERVALS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Base pay below or above this is a unit mixed up (95000 an hour, 45 a year), whatever the currency. */
const PLAUSIBLE: Partial<Record<PayInterval, readonly [number, number]>> = { hour: [1, 2_000], year: [1_000, 100_000_000] };

/** Pay out of structured figures in major units, or null when a part is missing or cannot be true. Zero means not said; a turned range is turned back. */
export function statedPay(stated: { min: unknown; max: unknown; currency: unknown; interval: unknown }): Pay | null {
  const currency = text(stated.currency)?.toUpperCase() ?? '';
  const interval = intervalOf(stated.interval);
  const [low, high] = [amount(stated.min) || null, amount(stated.max) || null];
  if (!/^[A-Z]{3}$/.test(currency) || !interval || (low === null && high === null)) return null;
  const [least, most] = PLAUSIBLE[interval] ?? [0, Number.MAX_VALUE];
  if ([low, high].some(figure => figure !== null && (figure < least || figure > most))) return null;
  const turned = low !== null && high !== null && low > high;
  return { min: turned ? high : low, max: turned ? low : high, currency, interval };
}

/** Whether the words of a body tell base pay. */
export function tellsPay(html: string): boolean {
  return parsePay(decodeOnce(html.replace(/<[^<>]*>/g, ' ')).replace(/\s+/g, ' ')) !== null;
}

/** The same out of a JSON object, by the names its fields have there: lowest, highest, currency, interval. */
export function payAt(value: Json | undefined, ...names: [min: string, max: string, currency: string, interval: string]): Pay | null {
  const [min, max, currency, interval] = names.map(name => at(value, name));
  return statedPay({ min, max, currency, interval });
}
