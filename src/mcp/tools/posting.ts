import { z } from 'zod';
import { filterMistake } from '../../feed/filter.ts';
import { isUnsure, UNSURE_TEXT } from '../../feed/unsure.ts';
import { CREDENTIALS, roleName } from '../../posting/taxonomy.ts';
import { feedPosting } from '../../store/feed/postings.ts';
import { type Arguments, askedId, noPosting, POSTING_ARGUMENT } from '../arguments.ts';
import { FACT, factsOf } from '../facts.ts';
import type { Ground } from '../ground.ts';
import { short } from '../inert.ts';
import { DECIDED, FOUND, found, decided as verdictOf } from '../told.ts';
import { QUOTED, type Tool } from '../tool.ts';

const TEXT_LENGTH = 12_000;
const MOST_QUOTES = 3;

const RESULT = FOUND.omit({ decided: true }).extend({
  department: z.string().nullable(),
  roles: z.array(z.string()),
  apply_link: z.string().nullable(),
  closes: z.string().nullable(),
  first_seen: z.string(),
  last_seen: z.string(),
  duplicate_of: z.string().nullable().describe('The id of the posting that is shown instead'),
  verdicts: z.array(DECIDED).describe('One for each of the five credentials'),
  facts: z.array(FACT).describe('What a person decides by, as the posting says it; what it does not say is not here'),
  doubt: z.string().nullable(),
  text: z.string().nullable().describe(`The text of the posting, when \`text\` was asked for; at most ${TEXT_LENGTH} characters`),
  text_cut: z.boolean(),
  note: z.string(),
});

/** All facts of one posting, each with the words it was read from. */
export const getPosting: Tool<z.infer<typeof RESULT>> = {
  name: 'get_posting',
  title: 'One posting',
  description: `All facts of one posting, open or closed, and for each credential the verdict with the sentences that decided. ${QUOTED}`,
  takes: {
    ...POSTING_ARGUMENT,
    text: z.unknown().meta({ type: 'boolean', default: false, description: 'Adds the whole text of the posting.' }),
  },
  needs: ['id'],
  result: RESULT,
  answer: one,
};

async function one({ db, site }: Ground, given: Arguments): Promise<z.infer<typeof RESULT>> {
  const wantsText = given.text ?? false;
  if (typeof wantsText !== 'boolean') throw filterMistake('text', wantsText, 'true or false');
  const posting = await feedPosting(db, askedId(given));
  if (!posting) throw noPosting(given.id);
  const { text } = posting;
  const { decided: _, ...facts } = found(posting, text, [], site());
  return {
    ...facts,
    department: posting.department && short(posting.department, 100),
    roles: posting.roles.map(roleName),
    apply_link: posting.apply_url && posting.apply_url.length <= 600 ? posting.apply_url : null,
    closes: posting.closes_at?.toISOString() ?? null,
    first_seen: posting.first_seen.toISOString(),
    last_seen: posting.last_seen.toISOString(),
    duplicate_of: posting.duplicate_of,
    verdicts: posting.verdicts ? CREDENTIALS.map(credential => verdictOf(posting, text, credential, MOST_QUOTES)) : [],
    facts: factsOf(posting),
    doubt: isUnsure(posting) ? `${UNSURE_TEXT}.` : null,
    text: wantsText ? text.slice(0, TEXT_LENGTH) : null,
    text_cut: wantsText && text.length > TEXT_LENGTH,
    note: QUOTED,
  };
}
