import { parseQuery } from '../feed/filter.ts';
import { shortEvidence } from '../feed/posting-view.ts';
import { jobUrl, type Site } from '../feed/site.ts';
import { payText, placeText } from '../feed/summary.ts';
import { isUnsure, UNSURE_TEXT } from '../feed/unsure.ts';
import { type Html, html } from '../http/html.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, PATHS } from '../posting/taxonomy.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import type { Links } from './links.ts';
import { line, type Mail, mailOf, subjectLine, webUrl, whyThisMail } from './mail.ts';

/** Gmail cuts a mail off behind 102 kB of HTML, and with it the way to unsubscribe. */
const MOST_HTML_BYTES = 100_000;

export type DigestContents = {
  site: Site;
  query: string;
  rhythm: Rhythm;
  postings: readonly FeedPosting[];
  /** Postings that are told, but not in the mail. */
  linked: number;
  /** Where exactly those are that come behind the posting with this id. */
  rest: (lastShown: string) => string;
  links: Links;
  postalAddress: string | null;
};

/** The mail of what is new, with the words that say who may apply. Of postings with very much text, the last ones become part of the link. */
export function digestMail(contents: DigestContents): Mail {
  for (let shown = contents.postings.length; ; shown--) {
    const cut = { ...contents, postings: contents.postings.slice(0, shown), linked: contents.linked + contents.postings.length - shown };
    const mail = compose(cut);
    if (shown <= 1 || Buffer.byteLength(mail.html) <= MOST_HTML_BYTES) return mail;
  }
}

function compose({ site, query, rhythm, postings, linked, rest, links, postalAddress }: DigestContents): Mail {
  const entries = postings.map(posting => entryOf(posting, parseQuery(query).credential, site));
  const count = `${postings.length + linked} new`;
  const [first] = entries;
  const others = postings.length + linked - 1;
  const heading = `${count} ${postings.length + linked === 1 ? 'posting' : 'postings'} for you`;
  const why = whyThisMail(query, rhythm);
  const last = postings.at(-1);
  const more = linked > 0 && last ? { told: `The other ${linked} on one page`, url: rest(last.id) } : null;
  const below = more && `${postings.length} below, ${linked} more behind the link at the end.`;
  const web = { told: 'The same filter on the web', url: webUrl(site, query) };
  const ends = [...(more ? [more] : []), web];
  return mailOf({
    site,
    postalAddress,
    links,
    why,
    list: true,
    // The count of the others must survive a long title.
    subject: subjectLine(`${count}: ${line(first ? nameOf(first) : '', 90)}${others > 0 ? ` and ${others} more` : ''}`),
    text: [heading, ...(below ? [below] : []), ...entries.map(textOf), ...ends.map(({ told, url }) => `${told}: ${url}`)],
    heading,
    preheader: line(entries.slice(0, 3).map(nameOf).join(', '), 200),
    body: html`${below && html`<p style="margin:0 0 16px">${below}</p>`}${entries.map(htmlOf)}${ends.map(({ told, url }) => html`<p style="margin:16px 0"><a href="${url}">${told}</a></p>`)}`,
  });
}

type Entry = { title: string; company: string; url: string; facts: string; why: { told: string; quotes: string[] }[]; seen: string };

function entryOf(posting: FeedPosting, credentials: readonly Credential[], site: Site): Entry {
  const path = posting.paths.map(slug => PATHS[slug]?.name ?? slug)[0];
  const unsure = isUnsure(posting) && UNSURE_TEXT;
  const facts = [path, placeText(posting), posting.pay && payText(posting.pay), unsure]
    .filter(Boolean)
    .map(fact => line(String(fact), 160));
  return {
    title: line(posting.title, 160),
    company: line(posting.company ?? '', 100),
    url: jobUrl(site, posting.id),
    facts: facts.join(' · '),
    why: whyOf(posting, credentials),
    seen: `First seen ${posting.first_seen.toISOString().slice(0, 10)}`,
  };
}

/** The verdict for each credential the subscriber named; without one, for those that may apply. */
function whyOf({ verdicts }: FeedPosting, credentials: readonly Credential[]): Entry['why'] {
  if (!verdicts) return [];
  const asked = credentials.length > 0 ? credentials : CREDENTIALS.filter(credential => MAY_APPLY.includes(verdicts[credential].verdict));
  const groups = Map.groupBy(
    asked,
    credential => `${verdicts[credential].verdict} ${shortEvidence(verdicts[credential].evidence).join(' ')}`,
  );
  return [...groups.values()].map(group => {
    const { verdict, evidence } = verdicts[group[0]!];
    return { told: `${group.join(', ')}: ${verdict}`, quotes: shortEvidence(evidence).map(words => line(words, 160)) };
  });
}

function nameOf({ title, company }: Entry): string {
  return company === '' ? title : `${title} (${company})`;
}

function textOf(entry: Entry): string {
  const why = entry.why.map(({ told, quotes }) => `${told}${quotes.map(quote => ` “${quote}”`).join(',')}`);
  return [`* ${nameOf(entry)}`, entry.facts, ...why, entry.seen, entry.url]
    .filter(text => text !== '')
    .map((text, n) => (n === 0 ? text : `  ${text}`))
    .join('\n');
}

function htmlOf({ title, company, url, facts, why, seen }: Entry): Html {
  const small = 'margin:2px 0;font-size:14px';
  return html`<div style="margin:0 0 20px"><h2 style="font-size:17px;line-height:1.3;margin:0 0 2px"><a href="${url}">${title}</a></h2>
${company && html`<p style="${small}"><strong>${company}</strong></p>`}${facts && html`<p style="${small}">${facts}</p>`}
${why.map(({ told, quotes }) => html`<p style="${small}">${told}${quotes.map(quote => html` <q>${quote}</q>`)}</p>`)}<p style="${small}">${seen}</p></div>
`;
}
