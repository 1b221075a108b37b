import type { Evidence } from '../../classify/classification.ts';
import { quotesOf } from '../../feed/quote.ts';
import { CREDENTIAL_NAMES, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import type { Mark } from './highlight.ts';
import { quoteHtml } from './quote.ts';
import { sourceOf } from './why.ts';

/** Marks of the words in the text that decided a verdict. Their ids are those the table links to. */
export function verdictMarks({ verdicts }: PostingDetail): Mark[] {
  if (!verdicts) return [];
  const spans = CREDENTIALS.flatMap(credential => verdicts[credential].evidence).filter(({ field }) => field === 'text');
  return [...new Map(spans.map(({ start, end }) => [start, { start, end, id: markId(start) }])).values()];
}

const markId = (start: number) => `w${start}`;

/** What the posting says about each credential, and the words that say it. */
export function eligibilityTable(posting: PostingDetail, marked: readonly Mark[]): Html | false {
  const { verdicts } = posting;
  if (!verdicts) return false;
  const source = sourceOf(posting, posting.text);
  const rows = CREDENTIALS.map(credential => {
    const { verdict, evidence } = verdicts[credential];
    const { label, means } = VERDICT_WORDS[verdict];
    const quotes = quotesOf(evidence, source);
    return html`<tr><th scope="row"><abbr title="${CREDENTIAL_NAMES[credential]}">${credential}</abbr></th>
<td><span class="verdict ${verdict}">${label}</span></td>
<td>${quotes.length > 0 ? quotes.map((quote, i) => html`${i > 0 && ' '}${quoteHtml(quote)}`) : html`<span class="muted">${means}</span>`} ${jump(evidence, marked)}</td></tr>`;
  });
  return html`<section id="eligibility" aria-labelledby="eligibility-title"><h2 id="eligibility-title">Who may apply</h2>
<div class="scroll" role="region" aria-labelledby="eligibility-title" tabindex="0"><table class="eligibility">
<thead><tr><th scope="col">Credential</th><th scope="col">Verdict</th><th scope="col">Deciding words</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="note">Decided by rules, from the posting’s own words${posting.rules_version && html` (rules ${posting.rules_version.slice(0, 10)})`}. The employer decides in the end.</p></section>`;
}

function jump(evidence: readonly Evidence[], marked: readonly Mark[]): Html | false {
  const target = evidence.find(({ field, start }) => field === 'text' && marked.some(mark => mark.start === start));
  return target !== undefined && html`<a class="jump" href="#${markId(target.start)}">in the text</a>`;
}
