import { DateTime } from 'luxon';
import { parseQuery } from '../feed/filter.ts';
import type { Site } from '../feed/site.ts';
import { BEST_FIRST, CREDENTIAL_SHORT, VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import type { Pay } from '../posting/posting.ts';
import { type Credential, PATHS, type Verdict } from '../posting/taxonomy.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import type { News } from '../store/schema.ts';
import { describeRhythm } from './cadence.ts';
import { either, jobsInWords } from './headline.ts';
import type { Links } from './links.ts';
import { wantedInWords, webUrl } from './mail.ts';
import { type Entry, entryOf } from './mail-entry.ts';
import { entryHtml, entryText } from './mail-jobs.ts';
import type { MailPosting } from './mail-posting.ts';
import { look } from './mail-style.ts';
import { type NewsCounts, newsInWords, totalNews } from './news.ts';
import { wrapped } from './plain-text.ts';

/** A posting with why it is told, and the pay it was told with before. */
export type ToldPosting = { posting: MailPosting; news: News; payBefore: Pay | null };

/** What a mail tells one subscription. */
export type Section = {
  query: string;
  rhythm: Rhythm;
  links: Links;
  /** Those the mail shows, in the order of the ledger; the mail groups them. */
  postings: readonly ToldPosting[];
  /** All that it tells, those behind the link as well. */
  counts: NewsCounts;
  /** Further ones that the same mail tells under another filter. */
  elsewhere: number;
};

/** A section in words; both forms of the mail are written from it. */
export type ToldSection = Section & { entries: readonly Entry[]; below: string[]; ends: { told: string; url: string }[] };

type Ground = {
  site: Site;
  now: Date;
  /** Where exactly those are that come behind the posting with this id. */
  rest: (lastShown: string) => string;
};

/** The entries of a section, made once: a mail that is too long is cut down again and again. */
export function entriesOf({ query, postings }: Section, ground: Ground): Entry[] {
  const filter = parseQuery(query);
  return postings.map(told => entryOf(told.posting, filter, ground, told));
}

/** A section that shows its first `shown` postings; the others become part of its link. */
export function tellSection(section: Section, entries: readonly Entry[], shown: number, { site, rest }: Ground): ToldSection {
  const { query, rhythm, counts, elsewhere } = section;
  const postings = section.postings.slice(0, shown);
  const linked = totalNews(counts) - shown;
  const last = postings.at(-1);
  const found = daysOf(postings, rhythm.zone);
  const best = parseQuery(query).credential.length > 0 && shown > 1 ? ' Best matches first.' : '';
  const more = linked > 0 && last ? { told: `The other ${linked} on one page`, url: rest(last.posting.id) } : null;
  const below = [
    ...(found || best ? [`${found && `Found ${found}.`}${best}`.trim()] : []),
    ...(more ? [`${shown} below, ${linked} more behind the link at the end.`] : []),
    ...(elsewhere > 0 ? [elsewhereInWords(elsewhere, totalNews(counts))] : []),
  ];
  const ends = [...(more ? [more] : []), { told: `See all open ${jobsInWords(query)}`, url: webUrl(site, query) }];
  return { ...section, postings, entries: entries.slice(0, shown), below, ends };
}

function elsewhereInWords(elsewhere: number, own: number): string {
  if (own === 0) return 'What it found is under another search in this email.';
  return `${elsewhere} more ${elsewhere === 1 ? 'is' : 'are'} under another search in this email.`;
}

/** What a section of several says of itself: how much it has, and how often it comes. */
function ownWords({ counts, rhythm }: ToldSection): string {
  return [newsInWords(counts), capitalized(describeRhythm(rhythm))].filter(Boolean).join(' · ');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The jobs of a section, and where to go from there. With a head it is one of several: it names its filter and has links of its own. */
export function sectionHtml(section: ToldSection, head: boolean): Html {
  const { query, links, below, ends } = section;
  const quiet = below.map(
    told => html`<p ${look('quiet')}>${told}</p>
`,
  );
  const own =
    head &&
    html`<h2 ${look('search')}>${wantedInWords(query)}</h2>
<p ${look('small')}>${ownWords(section)}<br><a href="${links.manage}" ${look('jump')}>Change or pause</a> <a href="${links.unsubscribe}" ${look('jump')}>Unsubscribe from this one</a></p>
`;
  const tag = head ? 'h3' : 'h2';
  return html`${own}${quiet}${groupsOf(section).map(
    ({ told, entries }) => html`<${tag} ${look('group')}>${told}</${tag}>
${entries.map(entry => entryHtml(entry, { deep: head }))}`,
  )}${ends.map(
    ({ told, url }) => html`<p style="margin:24px 0 0"><a href="${url}" ${look('link')}>${told}</a></p>
`,
  )}`;
}

/** The same in plain text, in paragraphs. */
export function sectionText(section: ToldSection, head: boolean): string[] {
  const { query, links, below, ends } = section;
  const words = wrapped(wantedInWords(query));
  const own = [
    `${RULE}\n${words}\n${RULE}`,
    [wrapped(ownWords(section)), `Change or pause: ${links.manage}`, `Unsubscribe from this one: ${links.unsubscribe}`].join('\n'),
  ];
  return [
    ...(head ? own : []),
    ...(below.length > 0 ? [below.map(told => wrapped(told)).join('\n')] : []),
    ...groupsOf(section).flatMap(group => [`== ${group.told} ==`, ...group.entries.map(entryText)]),
    ends.map(({ told, url }) => `${told}:\n${url}`).join('\n\n'),
  ];
}

const RULE = '='.repeat(72);

type Group = { told: string; entries: Entry[] };

/** By verdict, best first, for those who said what they are; else by path, in the order they appear. */
export function groupsOf({ entries, query }: Pick<ToldSection, 'entries' | 'query'>): Group[] {
  const asked = parseQuery(query).credential;
  const by = Map.groupBy(entries, entry => (asked.length > 0 ? entry.verdict : entry.path));
  const rank = (key: Entry['verdict'] | Entry['path']) => (BEST_FIRST.includes(key as Verdict) ? BEST_FIRST.indexOf(key as Verdict) : 99);
  return [...by]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, found]) => ({ told: `${groupWords(key, asked)} (${found.length})`, entries: found }));
}

function groupWords(key: Entry['verdict'] | Entry['path'], asked: readonly Credential[]): string {
  const who = either(asked.map(one => CREDENTIAL_SHORT[one]));
  if (key === null) return 'Other jobs';
  if (key === 'named') return `They name ${who}`;
  if (key === 'implied') return 'You’re included';
  if (key === 'preferred') return `${who} is a plus`;
  if (key === 'barred') return `They don’t take ${who}`;
  return key in VERDICT_WORDS ? VERDICT_WORDS[key as Verdict].label : PATHS[key as keyof typeof PATHS].name;
}

/** `Nov 23 to 28`, by the days of the reader's zone; empty when nothing is new. */
function daysOf(postings: readonly ToldPosting[], zone: string): string {
  const seen = postings.filter(({ news }) => news === 'new').map(({ posting }) => posting.first_seen.getTime());
  if (seen.length === 0) return '';
  const day = (time: number) => DateTime.fromMillis(time, { zone, locale: 'en-US' });
  const [from, to] = [day(Math.min(...seen)), day(Math.max(...seen))];
  if (from.hasSame(to, 'day')) return to.toFormat('LLL d');
  return `${from.toFormat('LLL d')} to ${to.toFormat(from.hasSame(to, 'month') ? 'd' : 'LLL d')}`;
}
