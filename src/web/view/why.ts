import type { Evidence } from '../../classify/classification.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';

/** The text of a field that evidence may lie in, as it was classified. */
export function sourceOf(posting: Pick<FeedPosting, 'title' | 'department' | 'places'>, text: string) {
  return (field: Evidence['field']): string | null => {
    if (field === 'title') return posting.title;
    if (field === 'text') return text;
    return field === 'department' ? posting.department : (posting.places[0]?.raw ?? null);
  };
}
