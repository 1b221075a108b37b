import { parseQuery } from '../feed/filter.ts';
import { BEST_FIRST } from '../feed/verdict-words.ts';
import type { Credential } from '../posting/taxonomy.ts';
import { postingTexts } from '../store/feed/evidence.ts';
import { type FeedPosting, feedPage } from '../store/feed/postings.ts';
import type { Web } from './context.ts';

const SIMILAR = 4;

/** Postings like another, and the texts that their evidence points into. */
export type Similar = { items: readonly FeedPosting[]; texts: ReadonlyMap<string, string> };

/**
 * Others of the same role, else of the same path; with a credential only those that take it, the plainest yes first, and rather than few those
 * of other paths that are done in the same way.
 */
export async function similarJobs({ db }: Web, posting: FeedPosting, credential: Credential | null): Promise<Similar> {
  const { id, roles, paths, work_mode } = posting;
  const mine = credential ? `credential=${credential}` : '';
  const found = new Map<string, FeedPosting>();
  for (const near of [
    roles.length > 0 && `role=${roles.join(',')}`,
    paths.length > 0 && `path=${paths[0]}`,
    credential !== null && (work_mode ? `work_mode=${work_mode}` : 'limit=50'),
  ]) {
    if (!near || found.size >= SIMILAR) continue;
    const { items } = await feedPage(db, { ...parseQuery(`${near}&${mine}`), limit: SIMILAR + 1 }, {});
    for (const item of items) if (item.id !== id && found.size < SIMILAR) found.set(item.id, item);
  }
  const rank = (one: FeedPosting) => (credential && one.verdicts ? BEST_FIRST.indexOf(one.verdicts[credential].verdict) : 0);
  const items = [...found.values()].sort((a, b) => rank(a) - rank(b));
  return { items, texts: await postingTexts(db, [...found.keys()]) };
}
