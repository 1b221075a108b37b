import type { Page } from '../crawlers/adapter.ts';

const DAY_MS = 86_400_000;
/** How many unseen postings of a listing that never shows everything are looked at in one visit, and how long each is left alone before. */
export const LOOKS = { most: 20, restMs: DAY_MS };
/** So often in a row its page must be gone, a day or more apart, before a posting is closed. */
const STRIKES = 2;

/** Of postings that were looked at, with how often in a row the page of each was gone: the keys of those that are closed for it. Pure. */
export function goneForGood(looked: readonly { key: string; missed: number }[]): string[] {
  return looked.filter(({ missed }) => missed >= STRIKES).map(({ key }) => key);
}

/**
 * Whether the address of a posting led to the front page of its site or board instead: so some systems (SuccessFactors, by a recorded 302) answer
 * for one that is gone. A single time it may be anything; it counts as one strike.
 */
export function ledHome({ request, url, status }: Page, home: string): boolean {
  const [asked, answered, front] = [new URL(request.url), new URL(url), new URL(home)];
  const path = (address: URL) => address.pathname.replace(/\/+$/, '');
  if (status !== 200 || path(asked) === path(answered)) return false;
  return path(answered) === '' || (answered.host === front.host && path(answered) === path(front));
}
