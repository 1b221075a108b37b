import { z } from 'zod';
import { filterMistake } from '../../feed/filter.ts';
import { quotesOf, quoteText, sourceOf } from '../../feed/quote.ts';
import { CREDENTIAL_NAMES, CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { MAY_APPLY } from '../../posting/taxonomy.ts';
import { feedPosting } from '../../store/feed/postings.ts';
import { type Arguments, askedCredential, askedId, CREDENTIAL_ARGUMENT, noPosting, POSTING_ARGUMENT } from '../arguments.ts';
import type { Ground } from '../ground.ts';
import { short } from '../inert.ts';
import { DECIDED, decided, found } from '../told.ts';
import { QUOTED, type Tool } from '../tool.ts';

const MOST_WORDS = 12;

const RESULT = DECIDED.omit({ quotes: true }).extend({
  id: z.string(),
  title: z.string(),
  employer: z.string().nullable(),
  called: z.string().describe('The credential as people call it, and its name'),
  may_apply: z.boolean().nullable().describe('Null when the posting does not say'),
  means: z.string().describe('What such a verdict means on any posting'),
  rule: z.string().nullable().describe('The rule that decided'),
  rules_version: z.string().nullable(),
  words: z
    .array(
      z.object({
        words: z.string().describe('The deciding words'),
        sentence: z.string().describe('Where they stand'),
        field: z.string().describe('The field of the posting they stand in'),
        line: z.int().describe('Line of that field, from 1'),
        start: z.int().describe('UTF-16 offsets into that field'),
        end: z.int(),
      }),
    )
    .describe('In the order of the posting; none when it says nothing'),
  page: z.string(),
  note: z.string(),
});

/** Why a posting takes a credential, or not, and where it says so. */
export const explainVerdict: Tool<z.infer<typeof RESULT>> = {
  name: 'explain_verdict',
  title: 'Why a credential may apply, or not',
  description: `The verdict of a posting for one credential: the rule that decided, the deciding words, their sentence, and where in the text they stand. ${QUOTED}`,
  takes: { ...POSTING_ARGUMENT, ...CREDENTIAL_ARGUMENT },
  needs: ['id', 'credential'],
  result: RESULT,
  answer: explain,
};

async function explain({ db, site }: Ground, given: Arguments): Promise<z.infer<typeof RESULT>> {
  const credential = askedCredential(given);
  const posting = await feedPosting(db, askedId(given));
  if (!posting) throw noPosting(given.id);
  if (!posting.verdicts)
    throw filterMistake('id', given.id, 'a posting outside patient care; of hands-on care it is not read who may apply');
  const { id, title, employer, page } = found(posting, posting.text, [], site());
  const { quotes: _, ...told } = decided(posting, posting.text, credential, 1);
  const { rule, evidence } = posting.verdicts[credential];
  const source = sourceOf(posting, posting.text);
  const words = evidence.slice(0, MOST_WORDS).map(span => {
    const [quote] = quotesOf([span], source, { most: 1, length: 240 });
    return {
      words: short(span.text, 200),
      sentence: quote ? short(quoteText(quote), 300) : '',
      field: span.field,
      line: (source(span.field) ?? '').slice(0, span.start).split('\n').length,
      start: span.start,
      end: span.end,
    };
  });
  return {
    id,
    title,
    employer,
    ...told,
    called: `${CREDENTIAL_SHORT[credential]}, ${CREDENTIAL_NAMES[credential]}`,
    may_apply: told.verdict === 'unknown' ? null : MAY_APPLY.includes(told.verdict),
    means: VERDICT_WORDS[told.verdict].means,
    rule,
    rules_version: posting.rules_version,
    words: words.sort((a, b) => a.field.localeCompare(b.field) || a.start - b.start),
    page,
    note: QUOTED,
  };
}
