import { parseQuery } from '../feed/filter.ts';
import { BEST_FIRST, takes } from '../feed/verdict-words.ts';
import type { Credential } from '../posting/taxonomy.ts';
import { type FeedPosting, feedPage } from '../store/feed/postings.ts';
import type { Web } from './context.ts';

const SIMILAR = 4;

/**
 * Others of the same role, else of the same path; with a credential only those that take it, the plainest yes first. Who cannot take this one
 * is shown whatever else takes the credential rather than nothing.
 */
export async function similarJobs({ db }: Web, posting: FeedPosting, credential: Credential | null): Promise<FeedPosting[]> {
  const { id, roles, paths, verdicts, work_mode } = posting;
  const shut = credential !== null && verdicts !== null && !takes(verdicts, credential);
  const mine = credential ? `credential=${credential}` : '';
  const found = new Map<string, FeedPosting>();
  for (const near of [
    roles.length > 0 && `role=${roles.join(',')}`,
    paths.length > 0 && `path=${paths[0]}`,
    shut && (work_mode ? `work_mode=${work_mode}` : 'limit=50'),
  ]) {
    if (!near || found.size >= SIMILAR) continue;
    const { items } = await feedPage(db, { ...parseQuery(`${near}&${mine}`), limit: SIMILAR + 1 }, {});
    for (const item of items) if (item.id !== id && found.size < SIMILAR) found.set(item.id, item);
  }
  const rank = (one: FeedPosting) => (credential && one.verdicts ? BEST_FIRST.indexOf(one.verdicts[credential].verdict) : 0);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}
