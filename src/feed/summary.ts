import type { Pay } from '../posting/posting.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { perYear } from './posting-view.ts';

/** One line for a reader's list: no controls, no text direction overrides, one space between words. */
export function titleLine({ title, company }: Pick<FeedPosting, 'title' | 'company'>): string {
  return oneLine(company ? `${title} (${company})` : title);
}

/** Where the work is: the mode when stated, then the places. */
export function placeText(posting: Pick<FeedPosting, 'places' | 'work_mode'>): string {
  const { work_mode } = posting;
  return [work_mode && words(work_mode), placeNames(posting)].filter(Boolean).join(': ');
}

/** The places, as read, else as written. Some boards give one that only says the mode of work once more: "Remote". */
export function placeNames({ places, work_mode }: Pick<FeedPosting, 'places' | 'work_mode'>): string {
  const mode = work_mode && words(work_mode);
  const names = places.map(({ city, region, country, raw }) => {
    const read = [city, region, country === 'US' && (city || region) ? null : country].filter(Boolean).join(', ');
    return read || (raw.trim().toLowerCase() === mode ? null : raw);
  });
  const shown = [...new Set(names.filter(Boolean))];
  const more = shown.length > 3 ? ` and ${shown.length - 3} more` : '';
  return shown.slice(0, 3).join('; ') + more;
}

/** `an hour`, `a year`. */
export function perText(interval: Pay['interval']): string {
  return `${interval === 'hour' ? 'an' : 'a'} ${interval}`;
}

/** Pay as stated, and per year where that says more. */
export function payText(pay: Pay): string {
  const stated = statedText(pay);
  const year = pay.interval === 'year' ? null : perYear(pay);
  return year ? `${stated} (${rangeText(year.min, year.max, pay.currency, 'about ')} a year)` : stated;
}

/** `$50,000 → $54,000 a year`, of two pays of one currency and interval. */
export function raiseText(before: Pay, now: Pay): string {
  return `${rangeText(before.min, before.max, before.currency)} → ${statedText(now)}`;
}

function statedText({ min, max, currency, interval }: Pay): string {
  return `${rangeText(min, max, currency)} ${perText(interval)}`;
}

function rangeText(min: number | null, max: number | null, currency: string, about = ''): string {
  const money = (value: number) => {
    const digits = value.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 });
    return currency === 'USD' ? `$${digits}` : `${digits} ${currency}`;
  };
  if (min !== null && max !== null) return about + (min === max ? money(min) : `${money(min)} to ${money(max)}`);
  if (min !== null) return `from ${about}${money(min)}`;
  return max === null ? 'pay not stated' : `up to ${about}${money(max)}`;
}

function words(slug: string): string {
  return slug.replaceAll('_', ' ');
}

/** Controls and bidirectional overrides of a third party must not reach a title bar or a mail subject. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
