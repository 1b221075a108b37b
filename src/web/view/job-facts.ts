import { perText, placeNames } from '../../feed/summary.ts';
import { type Html, html } from '../../http/html.ts';
import type { Pay } from '../../posting/posting.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { words } from './words.ts';

/** What a list is sorted by, and the miles to a posting where that is distance: the value that sorts is the value shown. */
export type Sorted = { by: 'posted' | 'pay' | 'closing' | 'near' | 'found'; miles?: number | null };

/** Short for the eye; the ear gets the whole word. */
const EACH: Record<Pay['interval'], string> = { hour: 'hr', day: 'day', week: 'wk', month: 'mo', year: 'yr', visit: 'visit' };

/** Place, pay and date: columns where there is room, else one line. */
export function jobFacts(posting: FeedPosting, now: Date, sorted?: Sorted): Html {
  const place = placeOf(posting);
  const types = posting.employment_types.map(type => words(type).toLowerCase()).join(', ');
  const miles = sorted?.miles ?? null;
  return html`<ul class="at"><li>${place && html`<bdi>${place}</bdi>`}${miles !== null && ` (${miles} mi)`}${place && types && html`<i>, </i>`}<small>${types}</small></li>
<li class="pay">${posting.pay ? payShort(posting.pay) : html`<small>Pay not stated</small>`}</li>
<li>${dateShown(posting, now, sorted?.by)}</li></ul>`;
}

/** `Remote, US`, `Remote (Portland, ME)`, `Hybrid, Nashville, TN`, `Boise, ID`. */
function placeOf(posting: FeedPosting): string {
  const { work_mode, places } = posting;
  const where = placeNames(posting);
  if (work_mode === null || (work_mode === 'onsite' && where)) return where;
  if (!where) return words(work_mode);
  return work_mode === 'remote' && places.some(({ city }) => city) ? `Remote (${where})` : `${words(work_mode)}, ${where}`;
}

/** `$68,000–$79,500/yr` */
function payShort({ min, max, currency, interval }: Pay): Html {
  const money = (value: number) => {
    const digits = value.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 });
    return currency === 'USD' ? `$${digits}` : `${digits} ${currency}`;
  };
  const [low, high] = [min ?? max, max ?? min];
  if (low === null || high === null) return html`<small>Pay not stated</small>`;
  const open = min === null ? 'up to ' : max === null ? 'from ' : '';
  return html`${open}${money(low)}${low !== high && `–${money(high)}`}<small aria-hidden="true">/${EACH[interval]}</small><span class="sr"> ${perText(interval)}</span>`;
}

/** The day the list is sorted by; else the day of posting. */
function dateShown({ posted_at, posted_precision, first_seen, closes_at }: FeedPosting, now: Date, by?: Sorted['by']): Html {
  if (by === 'closing' && closes_at) return day('closes ', closes_at, now, false, true);
  if (by === 'found') return day('found ', first_seen, now, false, true);
  return posted_at ? day('posted ', posted_at, now, posted_precision === 'month') : day('found ', first_seen, now, false, true);
}

function day(what: string, date: Date, now: Date, monthOnly = false, told = false): Html {
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? undefined : 'numeric';
  const text = date.toLocaleDateString('en-US', { year, month: 'short', day: monthOnly ? undefined : 'numeric', timeZone: 'UTC' });
  return html`<time datetime="${date.toISOString().slice(0, monthOnly ? 7 : 10)}">${told ? what : html`<span class="sr">${what}</span>`}${text}</time>`;
}
