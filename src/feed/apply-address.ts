import type { FeedPosting } from '../store/feed/postings.ts';

/**
 * The web address to apply at, else that of the posting, as a browser would write it. Null where a board gives neither, or only such as are longer than
 * `longest`: nothing else becomes a link.
 */
export function applyAddress(
  { apply_url, url }: Pick<FeedPosting, 'apply_url' | 'url'>,
  longest = Number.POSITIVE_INFINITY,
): string | null {
  for (const given of [apply_url, url]) {
    const read = given === null ? null : URL.parse(given);
    if (read && /^https?:$/.test(read.protocol) && read.href.length <= longest) return read.href;
  }
  return null;
}
