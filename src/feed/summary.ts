import type { Pay } from '../posting/posting.ts';
import { CREDENTIALS, MAY_APPLY } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { whyNobody } from './eligibility.ts';
import { perYear, shortEvidence } from './posting-view.ts';
import { isUnsure, UNSURE_TEXT } from './unsure.ts';

/** One line for a reader's list: no controls, no text direction overrides, one space between words. */
export function titleLine({ title, company }: Pick<FeedPosting, 'title' | 'company'>): string {
  return oneLine(company ? `${title} (${company})` : title);
}

/** What a posting is in a few lines of plain text: whether it is closed, place and mode, pay, who may apply and why. */
export function summaryLines(posting: FeedPosting): string[] {
  const facts = [placeText(posting), posting.pay && payText(posting.pay), posting.employment_types.map(words).join(', ')];
  const unsure = isUnsure(posting) ? `${UNSURE_TEXT}.` : '';
  return [closedText(posting), facts.filter(Boolean).join(' · '), ...eligibilityLines(posting), unsure]
    .filter(line => line !== '')
    .map(oneLine);
}

/** When a posting closed, by the day of UTC; empty while it is open. */
function closedText({ closed_at }: FeedPosting): string {
  return closed_at ? `Closed on ${closed_at.toISOString().slice(0, 10)}` : '';
}

/** Where the work is: the mode when stated, then the places as read, else as written. */
export function placeText({ places, work_mode }: Pick<FeedPosting, 'places' | 'work_mode'>): string {
  const names = places.map(({ city, region, country, raw }) => {
    const read = [city, region, country === 'US' && (city || region) ? null : country].filter(Boolean).join(', ');
    return read || raw;
  });
  const shown = [...new Set(names.filter(Boolean))];
  const more = shown.length > 3 ? ` and ${shown.length - 3} more` : '';
  const where = shown.slice(0, 3).join('; ') + more;
  return [work_mode && words(work_mode), where].filter(Boolean).join(': ');
}

/** Pay as stated, and per year where that says more. */
export function payText(pay: Pay): string {
  const stated = `${rangeText(pay.min, pay.max, pay.currency)} ${pay.interval === 'hour' ? 'an' : 'a'} ${pay.interval}`;
  const year = pay.interval === 'year' ? null : perYear(pay);
  return year ? `${stated} (${rangeText(year.min, year.max, pay.currency, 'about ')} a year)` : stated;
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

/** One line per verdict that lets someone apply, with the deciding words; else why nobody is known to be able to. */
function eligibilityLines({ verdicts }: FeedPosting): string[] {
  if (!verdicts) return [];
  const none = whyNobody({ verdicts });
  if (none) return [none];
  return MAY_APPLY.flatMap(verdict => {
    const told = CREDENTIALS.filter(credential => verdicts[credential].verdict === verdict);
    if (told.length === 0) return [];
    const quotes = [...new Set(told.flatMap(credential => shortEvidence(verdicts[credential].evidence)))].slice(0, 2);
    return [`${told.join(', ')}: ${verdict}${quotes.length ? ` (${quotes.map(quote => `“${quote}”`).join(', ')})` : ''}`];
  });
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
