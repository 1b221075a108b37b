import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import { BEST_FIRST } from '../feed/verdict-words.ts';
import { postingTexts } from '../store/feed/evidence.ts';
import { type FeedPosting, feedPage } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { type MailPosting, mailPosting } from './mail-posting.ts';

/** A few postings that a filter shows now, and how many it shows in all. */
export type Taste = { query: string; postings: MailPosting[]; total: { value: number; capped: boolean } };

const SHOWN = 3;
/** Newest ones that the shown are chosen from. */
const CHOICE = 30;

/** What a subscription would be about: the best of the newest, one of an employer where there are enough. Null where nothing is open. */
export async function tasteOf(db: Kysely<Database>, query: string): Promise<Taste | null> {
  const filter = parseQuery(query);
  const { items, total } = await feedPage(db, { ...filter, limit: CHOICE, cursor: null }, { total: true });
  if (items.length === 0 || !total) return null;
  const rank = ({ verdicts }: FeedPosting) =>
    Math.min(
      ...filter.credential.map(one => (verdicts ? BEST_FIRST.indexOf(verdicts[one].verdict) : BEST_FIRST.length)),
      BEST_FIRST.length,
    );
  const best = items.toSorted((a, b) => rank(a) - rank(b));
  const once = best.filter((one, n) => best.findIndex(other => other.company === one.company) === n);
  const chosen = [...once, ...best.filter(one => !once.includes(one))].slice(0, SHOWN);
  const texts = await postingTexts(
    db,
    chosen.map(({ id }) => id),
  );
  return { query, total, postings: chosen.map(posting => mailPosting(posting, texts.get(posting.id) ?? '')) };
}
