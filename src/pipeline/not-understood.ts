import type { RawPosting } from '../crawlers/adapter.ts';
import { isUnreadDate } from '../posting/dates.ts';
import { isUnreadEmployment } from '../posting/employment.ts';
import { stripIllegal } from '../posting/html.ts';
import { parsePay } from '../posting/pay.ts';
import { unreadPlaces } from '../posting/places.ts';

/** The facts a board tells in words of its own, which may not be understood. */
export const TOLD_FIELDS = ['place', 'pay', 'posted', 'closes', 'employment'] as const;
export type ToldField = (typeof TOLD_FIELDS)[number];

/** The words that were not understood, by field; a field that has none is left out. */
export type NotUnderstood = Partial<Record<ToldField, string[]>>;

/** Most words kept of a field, and the most characters of each. */
const MOST_WORDS = 5;
const MOST_CHARACTERS = 200;

/**
 * What a board told of a posting and the readers made nothing of. Words that tell no such fact (`Remote` as a place, `Competitive` as pay,
 * `Regular` as a type, `30+ days ago` and `Open until filled` as a date) are understood; a wrong answer is not looked for. Pure.
 */
export function notUnderstood(raw: RawPosting): NotUnderstood {
  const found: Record<ToldField, (string | number)[]> = {
    place: unreadPlaces(raw.places),
    pay: typeof raw.pay === 'string' && isUnreadPay(raw.pay) ? [raw.pay] : [],
    posted: raw.posted && isUnreadDate(raw.posted.value) ? [raw.posted.value] : [],
    closes: raw.closes && isUnreadDate(raw.closes.value) ? [raw.closes.value] : [],
    employment: (raw.employment ?? []).filter(isUnreadEmployment),
  };
  const told = TOLD_FIELDS.map(field => [field, wordsOf(found[field])] as const);
  return Object.fromEntries(told.filter(([, words]) => words.length > 0));
}

/** A figure other than zero is told, and no pay is read of it. */
function isUnreadPay(words: string): boolean {
  return /[1-9]/.test(words) && parsePay(stripIllegal(words)) === null;
}

function wordsOf(values: readonly (string | number)[]): string[] {
  const words = values.map(value => stripIllegal(String(value)).replace(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS));
  return [...new Set(words.filter(Boolean))].slice(0, MOST_WORDS);
}
