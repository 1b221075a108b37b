import type { FeedPosting } from '../store/feed/postings.ts';

/** The web address to apply at, else that of the posting. Null where a board gives neither: nothing else becomes a link. */
export function applyAddress({ apply_url, url }: Pick<FeedPosting, 'apply_url' | 'url'>): string | null {
  return [apply_url, url].find(given => given !== null && /^https?:\/\//i.test(given) && URL.canParse(given)) ?? null;
}
