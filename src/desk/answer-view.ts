import type { Evidence } from '../classify/classification.ts';
import { quotesOf, sourceOf } from '../feed/quote.ts';
import { CREDENTIAL_SHORT, VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import { CREDENTIALS, roleName } from '../posting/taxonomy.ts';
import type { Answer } from '../store/schema.ts';
import { answerOf, type Reviewed } from '../store/tags/review.ts';
import { quoteHtml } from '../web/view/quote.ts';
import { verdictIcon } from '../web/view/verdict-icon.ts';
import { pathName, words } from '../web/view/words.ts';

/** Relevance, paths and role in a line: `Nonclinical, Sales (Account management), also Writing`. */
export function answerText({ relevance, paths, role }: Omit<Answer, 'verdicts'>): string {
  const [first, ...others] = paths;
  const told = first && (role === null ? pathName(first) : `${pathName(first)} (${roleName(role)})`);
  return [words(relevance), told, others.length > 0 && `also ${others.map(pathName).join(', ')}`].filter(Boolean).join(', ');
}

/** What stands about a posting, by which rule and by which of its words; the verdicts one a line. */
export function answerView(reviewed: Reviewed): Html {
  const { confidence, rule, evidence, verdicts } = reviewed;
  return html`<p><strong>${answerText(answerOf(reviewed))}</strong>, ${Math.round(confidence * 100)} % sure ${ruleName(rule)}<br>${wordsOf(reviewed, evidence, 2)}</p>
${
  verdicts &&
  html`<ul class="verdicts">${CREDENTIALS.map(credential => {
    const { verdict, rule: by, evidence: because, confidence: sure } = verdicts[credential];
    const told = `${VERDICT_WORDS[verdict].label}${sure === null ? '' : `, ${Math.round(sure * 100)} % sure`}`;
    return html`<li class="v ${verdict}">${verdictIcon(verdict)}<span class="whose">${CREDENTIAL_SHORT[credential]}</span> <b>${told}</b> ${wordsOf(reviewed, because, 1)} ${ruleName(by)}</li>`;
  })}</ul>`
}`;
}

/** Where the posting can be read: at its board, and here where readers see it. */
export function postingLinks({ id, posting, relevance }: Reviewed): Html {
  const shown = relevance === 'nonclinical' && html`<a href="/jobs/${encodeURIComponent(id)}">As readers see it</a> · `;
  return html`<p class="muted">${shown}<a rel="noreferrer" href="${posting.url}">The board’s page</a>${posting.closed && ' · Closed'}</p>`;
}

/** The sentences that hold the deciding words. */
function wordsOf({ posting }: Reviewed, evidence: readonly Evidence[], most: number): Html {
  const quotes = quotesOf(evidence, sourceOf(posting, posting.text), { most });
  return quotes.length === 0
    ? html`<span class="muted">No words decided.</span>`
    : html`${quotes.map((quote, at) => html`${at > 0 && ' '}${quoteHtml(quote)}`)}`;
}

function ruleName(rule: string): Html | false {
  return rule !== '' && html`<code class="rule">${rule}</code>`;
}
