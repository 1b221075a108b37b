import { type Quote, quoteText } from '../feed/quote.ts';
import { VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import type { Entry, Told } from './mail-entry.ts';
import { look } from './mail-style.ts';
import { wrapped } from './plain-text.ts';

/** A job in the HTML of a mail. A `taste` has no links but its title's. */
export function entryHtml({ title, url, apply, pay, facts, told }: Entry, taste = false): Html {
  const parts = [
    ...(pay === null ? [] : [html`<span ${look('pay')}>${pay}</span>`]),
    ...facts.map(({ text, whole }) => (whole ? html`<span ${look('whole')}>${text}</span>` : html`<bdi>${text}</bdi>`)),
  ];
  const links =
    !taste &&
    html`<p ${look('links')}><a href="${url}" ${look('jump')}>Full posting</a>${apply && html` <a href="${apply.url}" ${look('jump')}><bdi>${apply.told}</bdi></a>`}</p>
`;
  return html`<div ${look('job')}><h3 ${look('title')}><a href="${url}" ${look('titlelink')}><bdi>${title}</bdi></a></h3>
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
export function entryText({ title, url, apply, pay, facts, told }: Entry): string {
  const said = [...(pay === null ? [] : [pay]), ...facts.map(({ text }) => text)].join(', ');
  const words = told.flatMap(({ verdict, head, quote, otherwise }) => {
    const sentence = quote ? `“${markedText(quote)}”` : otherwise;
    return verdict === null ? [sentence, head] : [`${head}: ${sentence}`];
  });
  const links = [`  Full posting: ${url}`, ...(apply ? [`  ${apply.told}: ${apply.url}`] : [])];
  return [wrapped(title), ...[said, ...words].map(text => wrapped(text, '  ')), ...links].join('\n');
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
