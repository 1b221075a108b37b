import { z } from 'zod';
import { closedWords } from '../feed/closed-words.ts';
import { demandedInstead } from '../feed/demanded.ts';
import { decidingQuotes, quoteText, sourceOf } from '../feed/quote.ts';
import { jobUrl, type Site } from '../feed/site.ts';
import { payText, placeText } from '../feed/summary.ts';
import { UNSURE_TEXT } from '../feed/unsure.ts';
import { BEST_FIRST, verdictGroups, verdictLabel, verdictSentence } from '../feed/verdict-words.ts';
import { isUnsure } from '../posting/sureness.ts';
import { CREDENTIALS, type Credential, PATHS, VERDICTS, type Verdict } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { short } from './inert.ts';

/** Lengths of what employers write, so that no page of results grows past its room. */
const LENGTHS = { title: 160, employer: 100, place: 160, pay: 120, quote: 240, link: 600 } as const;

/** What the verdict of one credential was decided by. */
export const DECIDED = z.object({
  credential: z.enum(CREDENTIALS),
  verdict: z.enum(VERDICTS),
  label: z.string(),
  says: z.string().describe('The verdict as a sentence of ours'),
  quotes: z.array(z.string()).describe('The sentences of the posting that decided; none when it says nothing'),
});
export type Decided = z.infer<typeof DECIDED>;

/** A posting in a list. */
export const FOUND = z.object({
  id: z.string(),
  title: z.string(),
  employer: z.string().nullable(),
  place: z.string(),
  pay: z.string().nullable().describe('Null when it is not stated'),
  employment: z.string(),
  paths: z.array(z.string()),
  posted: z.string().nullable().describe('The date of the employer'),
  closed: z.string().nullable().describe('Null while it is open'),
  who_may_apply: z.string().describe('The verdicts of all five credentials in words'),
  decided: z.array(DECIDED).describe('For the credentials that were asked for, else for the one that the posting says most for'),
  doubt: z.string().nullable().describe('Why people should look for themselves; mostly null'),
  link: z.string().describe('The page of the employer'),
  page: z.string().describe('The same posting with its deciding words marked'),
});
export type Found = z.infer<typeof FOUND>;

/** A posting as lists show it. */
export function found(posting: FeedPosting, text: string, asked: readonly Credential[], site: Site): Found {
  const { verdicts, pay, company, posted_at, employment_types, closed_at } = posting;
  const page = jobUrl(site, posting.id);
  const day = (date: Date) => date.toISOString().slice(0, posting.posted_precision === 'month' ? 7 : 10);
  return {
    id: posting.id,
    title: short(posting.title, LENGTHS.title),
    employer: company === null ? null : short(company, LENGTHS.employer),
    place: short(placeText(posting), LENGTHS.place),
    pay: pay && short(payText(pay), LENGTHS.pay),
    employment: employment_types.map(type => type.replaceAll('_', ' ')).join(', '),
    paths: posting.paths.map(path => PATHS[path].name),
    posted: posted_at && day(posted_at),
    closed: closed_at && `${closed_at.toISOString().slice(0, 10)}: ${closedWords(posting.closed_reason)}`,
    who_may_apply: verdicts
      ? verdictGroups(verdicts)
          .map(({ told }) => told)
          .join(' · ')
      : 'Not read',
    decided: verdicts ? (asked.length > 0 ? asked : [best(verdicts)]).map(one => decided(posting, text, one, 1)) : [],
    doubt: doubtOf(posting),
    link: posting.url.length > LENGTHS.link ? page : posting.url,
    page,
  };
}

function doubtOf(posting: FeedPosting): string | null {
  if (posting.relevance === 'clinical') return 'This is hands-on care: who may apply was not read.';
  return isUnsure(posting) ? `${UNSURE_TEXT}.` : null;
}

/** The verdict of one credential with at most so many of the sentences that decided it. */
export function decided(posting: FeedPosting, text: string, credential: Credential, most: number): Decided {
  const told = posting.verdicts?.[credential] ?? { verdict: 'unknown' as const, confidence: null, evidence: [] };
  const { verdict } = told;
  const instead = posting.verdicts && demandedInstead(posting.verdicts, credential);
  const quotes = decidingQuotes(told, sourceOf(posting, text), { most, length: LENGTHS.quote });
  return {
    credential,
    verdict,
    label: verdictLabel(told),
    says: verdictSentence(told, credential, instead),
    quotes: quotes.map(quote => short(quoteText(quote), LENGTHS.quote + 60)),
  };
}

/** The credential that a posting says most for. */
function best(verdicts: Readonly<Record<Credential, { verdict: Verdict }>>): Credential {
  const rank = (credential: Credential) => BEST_FIRST.indexOf(verdicts[credential].verdict);
  return CREDENTIALS.reduce((first, other) => (rank(other) < rank(first) ? other : first));
}
