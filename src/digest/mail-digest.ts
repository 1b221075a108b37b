import { DateTime } from 'luxon';
import { parseQuery } from '../feed/filter.ts';
import type { Site } from '../feed/site.ts';
import { BEST_FIRST, CREDENTIAL_SHORT, VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import { type Credential, PATHS, type Verdict } from '../posting/taxonomy.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { either, jobsInWords } from './headline.ts';
import type { Links } from './links.ts';
import { line, type Mail, mailOf, subjectLine, wantedInWords, webUrl, whyThisMail } from './mail.ts';
import { type Entry, entryOf } from './mail-entry.ts';
import { entryHtml, entryText, quoteWords } from './mail-jobs.ts';
import type { MailPosting } from './mail-posting.ts';
import { look } from './mail-style.ts';
import { wrapped } from './plain-text.ts';

/** Gmail cuts a mail off behind 102 kB of HTML, and with it the way to unsubscribe. */
const MOST_HTML_BYTES = 100_000;
/** Characters of a subject, and of the title in it. */
const SUBJECT_ROOM = 118;
const TITLE_ROOM = 60;

type DigestContents = {
  site: Site;
  query: string;
  rhythm: Rhythm;
  /** In the order of the ledger; the mail groups them. */
  postings: readonly MailPosting[];
  /** Postings that are told, but not in the mail. */
  linked: number;
  /** Where exactly those are that come behind the posting with this id. */
  rest: (lastShown: string) => string;
  links: Links;
  postalAddress: string | null;
  /** When the mail is written. */
  now: Date;
};

/** The mail of what is new, with the words that say who may apply. Of postings with very much text, the last ones become part of the link. */
export function digestMail(contents: DigestContents): Mail {
  const filter = parseQuery(contents.query);
  const entries = contents.postings.map(posting => entryOf(posting, filter, contents));
  for (let shown = contents.postings.length; ; shown--) {
    const cut = { ...contents, postings: contents.postings.slice(0, shown), linked: contents.linked + contents.postings.length - shown };
    const mail = compose(cut, groupsOf(entries.slice(0, shown), filter.credential), filter.credential.length > 0);
    if (shown <= 1 || Buffer.byteLength(mail.html) <= MOST_HTML_BYTES) return mail;
  }
}

function compose(contents: DigestContents, groups: readonly Group[], ranked: boolean): Mail {
  const { site, query, rhythm, postings, linked, rest, links, postalAddress } = contents;
  const all = postings.length + linked;
  const heading = `${all} new ${jobsInWords(query, all === 1)}`;
  const first = groups[0]?.entries[0];
  const best = ranked ? ' Best matches first.' : '';
  const last = postings.at(-1);
  const more = linked > 0 && last ? { told: `The other ${linked} on one page`, url: rest(last.id) } : null;
  const below = [
    `You asked for: ${wantedInWords(query)}.`,
    `Found ${daysOf(postings, rhythm.zone)}.${best}`,
    ...(more ? [`${postings.length} below, ${linked} more behind the link at the end.`] : []),
  ];
  const ends = [...(more ? [more] : []), { told: `See all open ${jobsInWords(query)}`, url: webUrl(site, query) }];
  const text = [
    below.map(told => wrapped(told)).join('\n'),
    ...groups.flatMap(group => [`== ${group.told} ==`, ...group.entries.map(entryText)]),
    ends.map(({ told, url }) => `${told}:\n${url}`).join('\n\n'),
  ];
  return mailOf(subjectOf(heading, first, all - 1), text, {
    site,
    postalAddress,
    links,
    heading,
    preheader: preheaderOf(first, all - 1),
    foot: [whyThisMail(query, rhythm), 'Ombre reads employers’ own sites. The employer decides who may apply.'],
    body: html`${below.map(
      told => html`<p ${look('quiet')}>${told}</p>
`,
    )}${groups.map(groupHtml)}${ends.map(
      ({ told, url }) => html`<p style="margin:24px 0 0"><a href="${url}" ${look('link')}>${told}</a></p>
`,
    )}`,
  });
}

type Group = { told: string; entries: Entry[] };

/** By verdict, best first, for those who said what they are; else by path, in the order they appear. */
function groupsOf(entries: readonly Entry[], asked: readonly Credential[]): Group[] {
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

function groupHtml({ told, entries }: Group): Html {
  return html`<h2 ${look('group')}>${told}</h2>
${entries.map(entry => entryHtml(entry))}`;
}

/** The count of the others must survive a long title. */
function subjectOf(heading: string, first: Entry | undefined, others: number): string {
  const end = others > 0 ? ` and ${others} more` : '';
  const room = Math.max(20, Math.min(TITLE_ROOM, SUBJECT_ROOM - heading.length - end.length));
  return subjectLine(first ? `${heading}: ${line(first.title, room)}${end}` : heading);
}

/** What the first posting says, as that decides whether the mail is opened. */
function preheaderOf(first: Entry | undefined, others: number): string {
  const quote = first?.told[0]?.quote;
  const said = quote ? `“${line(quoteWords(quote), 150)}”` : (first?.title ?? '');
  return others > 0 ? `${said}, and ${others} more.` : said;
}

/** `Nov 23 to 28`, by the days of the reader's zone. */
function daysOf(postings: readonly MailPosting[], zone: string): string {
  const seen = postings.map(({ first_seen }) => first_seen.getTime());
  const day = (time: number) => DateTime.fromMillis(time, { zone, locale: 'en-US' });
  const [from, to] = [day(Math.min(...seen)), day(Math.max(...seen))];
  if (from.hasSame(to, 'day')) return to.toFormat('LLL d');
  return `${from.toFormat('LLL d')} to ${to.toFormat(from.hasSame(to, 'month') ? 'd' : 'LLL d')}`;
}
