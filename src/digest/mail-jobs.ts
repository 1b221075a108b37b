import { type Quote, quoteText } from '../feed/quote.ts';
import { VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import type { Entry, Told } from './mail-entry.ts';
import { look } from './mail-style.ts';
import { wrapped } from './plain-text.ts';

/** A job in the HTML of a mail. A `taste` has no links but its title's; a `deep` one stands a heading lower, in a mail of several filters. */
export function entryHtml({ title, url, again, apply, pay, facts, told }: Entry, { taste = false, deep = false } = {}): Html {
  const parts = [
    ...(pay === null ? [] : [html`<span ${look('pay')}>${pay}</span>`]),
    ...facts.map(({ text, whole }) => (whole ? html`<span ${look('whole')}>${text}</span>` : html`<bdi>${text}</bdi>`)),
  ];
  const links =
    !taste &&
    html`<p ${look('links')}><a href="${url}" ${look('jump')}>Full posting</a>${apply && html` <a href="${apply.url}" ${look('jump')}><bdi>${apply.told}</bdi></a>`}</p>
`;
  const tag = deep ? 'h4' : 'h3';
  const why =
    again.length > 0 &&
    html`<p ${look('again')}>${again.join(' · ')}</p>
`;
  return html`<div ${look('job')}>${why}<${tag} ${look('title')}><a href="${url}" ${look('titlelink')}><bdi>${title}</bdi></a></${tag}>
<p ${look('facts')}>${parts.map((part, n) => html`${n > 0 && ' · '}${part}`)}</p>
${told.map(toldHtml)}${links}</div>
`;
}

/** Sign and word, then the employer's own sentence; the sign says nothing that the word does not. */
function toldHtml({ verdict, head, quote, otherwise }: Told): Html {
  if (verdict === null)
    return html`<p ${look('words')}>${quote ? quoteHtml(quote) : otherwise}</p>
<p ${look('small')}>${head}</p>
`;
  const label = html`<span ${look(verdict)}><span aria-hidden="true">${VERDICT_WORDS[verdict].sign}&nbsp;</span>${head}</span>`;
  return html`<p ${look('words')}>${label}&ensp;${quote ? quoteHtml(quote) : otherwise}</p>
`;
}

function quoteHtml({ parts }: Quote): Html {
  return html`“<bdi>${parts.map(({ text, marked }) => (marked ? html`<strong ${look('mark')}>${text}</strong>` : text))}</bdi>”`;
}

/** A job in plain text. */
export function entryText({ title, url, again, apply, pay, facts, told }: Entry): string {
  const said = [...(pay === null ? [] : [pay]), ...facts.map(({ text }) => text)].join(', ');
  const words = told.flatMap(({ verdict, head, quote, otherwise }) => {
    const sentence = quote ? `“${markedText(quote)}”` : otherwise;
    return verdict === null ? [sentence, head] : [`${head}: ${sentence}`];
  });
  const links = [`  Full posting: ${url}`, ...(apply ? [`  ${apply.told}: ${apply.url}`] : [])];
  return [wrapped(title), ...[...again, said, ...words].map(text => wrapped(text, '  ')), ...links].join('\n');
}

/** The deciding words between asterisks, which mail programs show bold. */
function markedText({ parts }: Quote): string {
  return parts
    .map(({ text, marked }) => (marked ? `*${text}*` : text))
    .join('')
    .trim();
}

/** A sentence without its marks, on one line. */
export function quoteWords(quote: Quote): string {
  return quoteText(quote).trim();
}
