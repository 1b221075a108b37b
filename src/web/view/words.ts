import { payText, placeNames } from '../../feed/summary.ts';
import type { Pay } from '../../posting/posting.ts';
import { STATE_NAMES } from '../../posting/states.ts';
import { PATHS, ROLE_PATH, roleName } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';

/** Values of facets that are written in a way no rule would find. */
const SPECIAL: Record<string, string> = {
  onsite: 'On site',
  full_time: 'Full-time',
  part_time: 'Part-time',
  per_diem: 'Per diem',
};

/** A slug of the taxonomy or of a facet as people read it. */
export function words(slug: string): string {
  const special = SPECIAL[slug];
  if (special) return special;
  if (ROLE_PATH.has(slug)) return roleName(slug);
  return capitalized(slug.replaceAll(/[-_]/g, ' '));
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function pathName(slug: string): string {
  return (PATHS as Record<string, { name: string } | undefined>)[slug]?.name ?? words(slug);
}

export const CONTACT_TOLD: Record<string, string> = {
  none: 'No patient contact',
  some: 'Some patient contact',
  daily: 'Daily patient contact',
};

export function stateName(code: string): string {
  return STATE_NAMES.get(code) ?? code;
}

export const count = (value: number) => value.toLocaleString('en-US');
export const plural = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
/** `1 open job`, `More than 1,000 open jobs`. */
export const totalText = ({ value, capped }: { value: number; capped: boolean }, one: string) =>
  capped ? `More than ${count(value)} ${one}s` : plural(value, one);
export const dollars = (value: number) => `$${Math.round(value).toLocaleString('en-US')}`;
/** Fewer postings than this make no share, no median and no quarter: their number or range is told instead. */
export const MIN_SHARE = 5;
export const percent = (part: number, whole: number) => `${Math.round((100 * part) / whole)}%`;

const DAY = 86_400_000;

/** How long ago, by days of UTC; older than four weeks, the date. */
export function ago(date: Date, now: Date): string {
  const days = Math.floor(now.getTime() / DAY) - Math.floor(date.getTime() / DAY);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days <= 28 ? `${days} days ago` : `on ${dateOf(date)}`;
}

export function dateOf(date: Date): string {
  return date.toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
}

/** The title of a posting, or words in its place where a board gave none. */
export function shownTitle({ title }: Pick<FeedPosting, 'title'>): string {
  return title.trim() || 'A job without a title';
}

/** A date that is known to the month only. */
export function monthOf(date: Date): string {
  return date.toLocaleDateString('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' });
}

export function daysUntil(date: Date, now: Date): number {
  return Math.ceil((date.getTime() - now.getTime()) / DAY);
}

/** Where the work is, the mode first. */
export function whereText(posting: Pick<FeedPosting, 'work_mode' | 'places'>): string {
  const { work_mode } = posting;
  return [work_mode && words(work_mode), placeNames(posting)].filter(Boolean).join(' · ');
}

const DEGREES: Record<string, string> = {
  associate: 'an associate degree',
  bachelor: 'a bachelor’s degree',
  master: 'a master’s degree',
  doctorate: 'a doctorate',
};

/** A degree inside a sentence: `a bachelor’s degree`. */
export function aDegree(slug: string): string {
  return DEGREES[slug] ?? words(slug);
}

/** The same standing alone: `Bachelor’s degree`. */
export function degreeName(slug: string): string {
  return capitalized(aDegree(slug).replace(/^an? /, ''));
}

/** Pay in few signs, as stated: `$68,000–$79,500 a year`. */
export function shortPay(pay: Pay): string {
  return payText(pay)
    .replace(' to ', '–')
    .replace(/ \(.*$/, '');
}

/** When a posting was posted, or else first seen. */
export function dayText({ posted_at, first_seen }: Pick<FeedPosting, 'posted_at' | 'first_seen'>, now: Date): string {
  return posted_at && posted_at <= now ? `posted ${dateOf(posted_at)}` : `first seen ${dateOf(first_seen)}`;
}
