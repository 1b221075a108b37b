import { z } from 'zod';
import { pageQuery } from '../../feed/canonical.ts';
import { encodeCursor } from '../../feed/cursor.ts';
import { describeFilter } from '../../feed/describe.ts';
import { filterMistake, parseFilter } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { urlOf } from '../../feed/site.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import { feedPage } from '../../store/feed/postings.ts';
import { type Arguments, FEW, FILTER_ARGUMENTS, MOST, queryOf } from '../arguments.ts';
import type { Ground } from '../ground.ts';
import { short } from '../inert.ts';
import { FOUND, found } from '../told.ts';
import { QUOTED, type Tool } from '../tool.ts';

const RESULT = z.object({
  asked: z.string().describe('The filter in words'),
  total: z.object({ value: z.int(), capped: z.boolean().describe('There are more than `value`') }),
  postings: z.array(FOUND),
  next: z.string().nullable().describe('The `cursor` of the next page; null on the last'),
  list: z.string().describe('The page of the same filter, for people'),
  feed: z.string().describe('The RSS feed of the same filter'),
  note: z.string(),
});

/** One page of a filter, the same ids in the same order as the API. */
export const searchPostings: Tool<z.infer<typeof RESULT>> = {
  name: 'search_postings',
  title: 'Search postings',
  description: `Open non-clinical jobs for OT, COTA (code OTA), PT, PTA and SLP, newest first. Arguments narrow each other, the values of one are alternatives. Give \`credential\` to see only jobs that its holders may apply to, each with the sentence that decides. ${QUOTED}`,
  takes: FILTER_ARGUMENTS,
  result: RESULT,
  answer: search,
};

async function search({ db, site }: Ground, given: Arguments): Promise<z.infer<typeof RESULT>> {
  const filter = parseFilter({ limit: String(FEW), ...queryOf(given) });
  if (filter.limit !== null && filter.limit > MOST) throw filterMistake('limit', filter.limit, `a whole number from 1 to ${MOST}`);
  const { items, next, total } = await feedPage(db, filter);
  const texts = await postingTexts(
    db,
    items.map(({ id }) => id),
  );
  const everything = pageQuery({ ...filter, limit: parseFilter({}).limit }, null);
  return {
    asked: short(describeFilter(filter), 400),
    total: total ?? { value: items.length, capped: false },
    postings: items.map(posting => found(posting, texts.get(posting.id) ?? '', filter.credential, site())),
    next: next && encodeCursor(next),
    list: urlOf(site(), '/jobs', everything),
    feed: urlOf(site(), FORMATS.rss.path, everything),
    note: QUOTED,
  };
}
