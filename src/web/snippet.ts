import type { QuotePart } from '../feed/quote.ts';
import { jobUrl, type Site } from '../feed/site.ts';
import { titleLine } from '../feed/summary.ts';
import { VERDICT_WORDS, verdictGroups } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import type { Credential } from '../posting/taxonomy.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import { saidOf } from './view/verdict-line.ts';
import { shortPay, whereText } from './view/words.ts';

/** A list of jobs to be put into somebody else's page or newsletter. */
export type Snippet = {
  heading: string;
  items: SnippetItem[];
  /** Where the same list is kept up to date, and the day of this copy in words. */
  home: string;
  date: string;
};

/** One job: `verdict` with its sign, then the sentence that says so, in parts; without one, words of ours. */
export type SnippetItem = { address: string; title: string; facts: string; verdict: string; said: readonly QuotePart[] | string };

/** A posting as an item: for one credential with its sentence, for none with all five in a line. */
export function snippetItem(posting: FeedPosting, credential: Credential | null, text: string, site: Site): SnippetItem {
  const { id, title, company, pay } = posting;
  const said = credential && saidOf(posting, credential, text);
  const all = posting.verdicts ? verdictGroups(posting.verdicts).map(({ verdict, told }) => `${VERDICT_WORDS[verdict].sign} ${told}`) : [];
  return {
    address: jobUrl(site, id) + (credential ? `?credential=${credential}` : ''),
    title: line(title),
    facts: line([company, whereText(posting).replace(' · ', ', '), pay && shortPay(pay)].filter(Boolean).join(', ')),
    verdict: said ? `${VERDICT_WORDS[said.verdict].sign} ${said.label}:` : all.join(' · '),
    said: said ? (said.quote?.parts.map(part => ({ ...part, text: noControls(part.text) })) ?? said.otherwise) : '',
  };
}

/** As HTML without any style or script, so that it looks at home anywhere and comes through the editors of newsletters. */
export function snippetHtml({ heading, items, home, date }: Snippet): Html {
  const rows = items.map(
    item => html`<li><a href="${item.address}">${item.title}</a><br>
${item.facts}<br>
<b>${item.verdict}</b>${saidHtml(item)}</li>
`,
  );
  return html`<section class="ombre-jobs" lang="en-US">
<h2>${heading}</h2>
${items.length > 0 ? html`<ul>\n${rows}</ul>` : html`<p>Nothing new this week.</p>`}
<p><small>From <a href="${home}">Ombre</a>, ${date}. Free to republish with this line.</small></p>
</section>`;
}

/** The same as Markdown. */
export function snippetMarkdown({ heading, items, home, date }: Snippet): string {
  const rows = items.map(item =>
    [`- [${escaped(item.title)}](<${item.address}>)`, escaped(item.facts), `**${escaped(item.verdict)}**${saidMarkdown(item)}`].join(
      '  \n  ',
    ),
  );
  const list = items.length > 0 ? rows.join('\n') : 'Nothing new this week.';
  return `## ${escaped(heading)}\n\n${list}\n\nFrom [Ombre](<${home}>), ${date}. Free to republish with this line.\n`;
}

function saidHtml({ said }: SnippetItem): Html | false {
  if (said === '') return false;
  if (typeof said === 'string') return html` ${said}`;
  return html` “${said.map(({ text, marked }) => (marked ? html`<strong>${text}</strong>` : text))}”`;
}

function saidMarkdown({ said }: SnippetItem): string {
  if (said === '') return '';
  if (typeof said === 'string') return ` ${escaped(said)}`;
  return ` “${said.map(({ text, marked }) => (marked ? `**${escaped(text)}**` : escaped(text))).join('')}”`;
}

/** Text that no reader of Markdown takes for anything else, also at the beginning of a line. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&#~|!]/g, '\\$&').replace(/^(\s*)([-+=:]|\d+(?=[.)]))/, '$1\\$2');
}

/** One line without controls or bidirectional overrides. */
function line(text: string): string {
  return titleLine({ title: text, company: null });
}

/** The same for a part of a sentence, whose spaces at both ends count. */
function noControls(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
}
