import type { Site } from '../feed/site.ts';
import { html } from '../http/html.ts';
import type { Links } from './links.ts';
import { line, type Mail, mailOf, subjectLine, wantedInWords, whyThisMail } from './mail.ts';
import type { Entry } from './mail-entry.ts';
import { quoteWords } from './mail-jobs.ts';
import { entriesOf, groupsOf, type Section, sectionHtml, sectionText, type ToldSection, tellSection } from './mail-section.ts';
import { look } from './mail-style.ts';
import { newsInWords, sumNews, totalNews } from './news.ts';
import { wrapped } from './plain-text.ts';

/** Gmail cuts a mail off behind 102 kB of HTML, and with it the way to unsubscribe. */
const MOST_HTML_BYTES = 100_000;
/** Characters of a subject, and of the title in it. */
const SUBJECT_ROOM = 118;
const TITLE_ROOM = 60;

type DigestContents = {
  site: Site;
  /** One for each filter, in the order in which they were asked for. */
  sections: readonly [Section, ...Section[]];
  /** Where exactly those are that come behind the posting with this id. */
  rest: (lastShown: string) => string;
  /** Of the mail as a whole. */
  links: Links;
  postalAddress: string | null;
  /** When the mail is written. */
  now: Date;
};

/**
 * The mail of what is new, with the words that say who may apply. Of postings with very much text the last ones become part of the link,
 * always of the filter that shows the most.
 */
export function digestMail(contents: DigestContents): Mail {
  const { sections } = contents;
  const entries = sections.map(section => entriesOf(section, contents));
  const shown = sections.map(({ postings }) => postings.length);
  for (;;) {
    const mail = compose(
      contents,
      sections.map((section, n) => tellSection(section, entries[n]!, shown[n]!, contents)),
    );
    const longest = shown.indexOf(Math.max(...shown));
    if (shown[longest]! <= 1 || Buffer.byteLength(mail.html) <= MOST_HTML_BYTES) return mail;
    shown[longest]! -= 1;
  }
}

function compose(contents: DigestContents, sections: readonly ToldSection[]): Mail {
  const { site, links, postalAddress } = contents;
  const several = sections.length > 1;
  const counts = sumNews(sections.map(section => section.counts));
  const others = totalNews(counts) - 1;
  const heading = several ? `${newsInWords(counts)} in ${sections.length} searches` : newsInWords(counts, sections[0]!.query);
  const all = sections.flatMap(section => groupsOf(section).flatMap(group => group.entries));
  // What is new leads, as the words before its title say.
  const first = all.find(entry => entry.again.length === 0) ?? all[0];
  const top = several ? `What ${sections.length} of your searches found, in one email. Each job is told once.` : askedFor(sections[0]!);
  return mailOf(subjectOf(heading, first, others), [wrapped(top), ...sections.flatMap(section => sectionText(section, several))], {
    site,
    postalAddress,
    links,
    ...(several && { stop: `Unsubscribe from these ${sections.length} searches` }),
    heading,
    preheader: preheaderOf(first, others),
    foot: [why(sections), 'Ombre reads employers’ own sites. The employer decides who may apply.'],
    body: html`<p ${look('quiet')}>${top}</p>
${sections.map(section => sectionHtml(section, several))}`,
  });
}

function askedFor({ query }: ToldSection): string {
  return `You asked for: ${wantedInWords(query)}.`;
}

/** Why this came, and what its one-click end ends: just what it carries. */
function why(sections: readonly ToldSection[]): string {
  const [first] = sections as [ToldSection];
  if (sections.length === 1) return whyThisMail(first.query, first.rhythm);
  return `You asked for these ${sections.length} searches and confirmed each of them. They came due together, so they are one email. Unsubscribing here ends these ${sections.length}; to end or change one, use the links below its name.`;
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
