import type { Quote } from '../../feed/quote.ts';
import { type Html, html } from '../../http/html.ts';

/** A sentence of the employer's with the deciding words marked. */
export function quoteHtml({ parts }: Quote): Html {
  return html`<q>${parts.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</q>`;
}
