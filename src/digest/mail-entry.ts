import { applyAddress } from '../feed/apply-address.ts';
import type { Filter } from '../feed/filter.ts';
import { type Quote, quoteText } from '../feed/quote.ts';
import { jobUrl, type Site } from '../feed/site.ts';
import { payText, placeNames, raiseText } from '../feed/summary.ts';
import { UNSURE_TEXT } from '../feed/unsure.ts';
import { BEST_FIRST, CREDENTIAL_SHORT, VERDICT_WORDS, verdictGroups, verdictLabel } from '../feed/verdict-words.ts';
import type { Pay } from '../posting/posting.ts';
import { isUnsure } from '../posting/sureness.ts';
import type { Credential, Path, Verdict } from '../posting/taxonomy.ts';
import type { News } from '../store/schema.ts';
import { isRaise } from './again.ts';
import { either } from './headline.ts';
import { line } from './mail.ts';
import type { MailPosting } from './mail-posting.ts';

/** A posting as a mail tells it, in words; both forms of the mail are written from it. */
export type Entry = {
  title: string;
  url: string;
  /** Why it is told again: `Open again`, `Pay raised: $50,000 → $54,000 a year`; empty for a new one. */
  again: string[];
  /** The employer's own page, and what its link says. */
  apply: { url: string; told: string } | null;
  pay: string | null;
  /** Employer, place and mode, type, date; those that are `whole` do not break. */
  facts: { text: string; whole: boolean }[];
  told: Told[];
  /** What the entry is grouped by: the best verdict for who asked, else the path. */
  verdict: Verdict | null;
  path: Path | null;
};

/** What the posting says about a credential. Without a chosen one `head` tells of all five, and the sentence has no marks. */
export type Told = { verdict: Verdict | null; head: string; quote: Quote | null; otherwise: string };

/** Longer addresses would break over lines, and mail programs with them. */
const LONGEST_URL = 1000;

/** `now` is when the mail is written: dates of other years say their year. `why`: that it was told before, and with which pay. */
export function entryOf(
  posting: MailPosting,
  { credential, path }: Filter,
  { site, now }: { site: Site; now: Date },
  why: Why = { news: 'new', payBefore: null },
): Entry {
  const company = line(posting.company ?? '', 100);
  const told = credential.length > 0 ? toldFor(posting, credential) : toldForAll(posting);
  return {
    title: line(posting.title, 160),
    url: jobUrl(site, posting.id),
    again: againWords(posting, why),
    apply: applyLink(posting, company),
    pay: posting.pay && line(payText(posting.pay), 100),
    facts: factsOf(posting, company, now),
    told,
    verdict: (credential.length > 0 && told[0]?.verdict) || null,
    path: posting.paths.find(slug => path.includes(slug)) ?? posting.paths[0] ?? null,
  };
}

type Why = { news: News; payBefore: Pay | null };

function againWords({ pay }: MailPosting, { news, payBefore }: Why): string[] {
  const raise = payBefore && pay && isRaise(payBefore, pay) ? [`Pay raised: ${raiseText(payBefore, pay)}`] : [];
  return news === 'open_again' ? ['Open again', ...raise] : raise;
}

function factsOf(posting: MailPosting, company: string, now: Date): Entry['facts'] {
  const short = (text: string) => ({ text, whole: true });
  const long = (text: string) => ({ text: line(text, 160), whole: false });
  return [
    ...(posting.pay ? [] : [short('Pay not stated')]),
    ...[company, whereText(posting)].filter(Boolean).map(long),
    ...posting.employment_types.map(type => short(type.replaceAll('_', '-'))),
    short(dateText(posting, now)),
    ...(posting.facets.caseload ? [short('some caseload')] : []),
    ...(isUnsure(posting) ? [long(UNSURE_TEXT)] : []),
  ];
}

/** `Remote, US`, `Remote (Wendell, NC)`, `Hybrid (Austin, TX)`, `Austin, TX`. */
function whereText(posting: MailPosting): string {
  const { work_mode } = posting;
  const where = placeNames(posting);
  if (work_mode === null) return where;
  if (work_mode === 'onsite') return where === '' ? 'On site' : `On site, ${where}`;
  const mode = work_mode === 'remote' ? 'Remote' : 'Hybrid';
  if (where === '') return mode;
  return where === 'US' ? `${mode}, US` : `${mode} (${where})`;
}

const inWords = (format: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { ...format, timeZone: 'UTC' });
const DAY = inWords({ month: 'short', day: 'numeric' });
const DAY_OF_YEAR = inWords({ month: 'short', day: 'numeric', year: 'numeric' });
const MONTH = inWords({ month: 'long' });
const MONTH_OF_YEAR = inWords({ month: 'long', year: 'numeric' });

/** `posted Nov 12`, no more exact than it was stated; without a date of the employer's, when it was found. */
function dateText({ posted_at, posted_precision, first_seen }: MailPosting, now: Date): string {
  const told = posted_at !== null && posted_at <= now;
  const date = told ? posted_at : first_seen;
  const thisYear = date.getUTCFullYear() === now.getUTCFullYear();
  if (told && posted_precision === 'month') return `posted in ${(thisYear ? MONTH : MONTH_OF_YEAR).format(date)}`;
  return `${told ? 'posted' : 'found'} ${(thisYear ? DAY : DAY_OF_YEAR).format(date)}`;
}

/** Only web addresses become links, whatever a board says. */
function applyLink(posting: MailPosting, company: string): Entry['apply'] {
  const found = applyAddress(posting, LONGEST_URL);
  return found === null ? null : { url: found, told: company === '' ? 'Apply on the employer’s site' : `Apply at ${company}` };
}

/** Best first; credentials that the same sentence says the same of are one. */
function toldFor(posting: MailPosting, asked: readonly Credential[]): Told[] {
  const { verdicts, quotes } = posting;
  if (!verdicts) return [];
  const keyOf = (one: Credential) => `${verdictLabel(verdicts[one])} ${quotes[one] ? quoteText(quotes[one]) : ''}`;
  return [...Map.groupBy(asked, keyOf).values()]
    .map(group => {
      const [first] = group as [Credential, ...Credential[]];
      const { verdict } = verdicts[first];
      const label = verdictLabel(verdicts[first]);
      const who = asked.length === 1 ? '' : ` for ${either(group.map(one => CREDENTIAL_SHORT[one]))}`;
      return { verdict, head: `${label}${who}`, quote: quotes[first] ?? null, otherwise: otherwise(posting, verdict) };
    })
    .sort((a, b) => BEST_FIRST.indexOf(a.verdict) - BEST_FIRST.indexOf(b.verdict));
}

/** One sentence, of whom it says most for, and all five in a line. */
function toldForAll(posting: MailPosting): Told[] {
  const { verdicts, quotes } = posting;
  if (!verdicts) return [];
  const groups = verdictGroups(verdicts);
  const telling = groups.find(group => group.credentials.some(one => quotes[one]));
  const quote = telling ? quotes[telling.credentials.find(one => quotes[one])!]! : null;
  const unmarked = quote && { ...quote, parts: [{ text: quoteText(quote), marked: false }] };
  return [
    {
      verdict: null,
      head: groups.map(({ told }) => told).join(' · '),
      quote: unmarked,
      otherwise: otherwise(posting, groups[0]!.verdict),
    },
  ];
}

const DEGREES: Record<NonNullable<NonNullable<MailPosting['facets']['degree']>>, string> = {
  associate: 'an associate degree',
  bachelor: 'a bachelor’s degree',
  master: 'a master’s degree',
  doctorate: 'a doctorate',
};

/** What stands where a sentence would: where no license is asked for, what is asked for instead. */
function otherwise({ facets }: MailPosting, verdict: Verdict): string {
  const { min_years, degree } = facets;
  const years = min_years ? `${min_years} ${min_years === 1 ? 'year' : 'years'} of experience` : '';
  const asked = [years, degree ? DEGREES[degree] : ''].filter(Boolean);
  return verdict === 'open' && asked.length > 0 ? `It asks for ${asked.join(' and ')}.` : VERDICT_WORDS[verdict].means;
}
