import { type Html, html } from '../../http/html.ts';
import type { Verdict } from '../../posting/taxonomy.ts';

/** Solid: the posting says so outright. Outlined: a general phrase, a wish or silence. */
const SHAPES: Record<Verdict, Html> = {
  named: html`<path class="solid" fill-rule="evenodd" d="M10 .8a9.2 9.2 0 1 1 0 18.4A9.2 9.2 0 0 1 10 .8Zm4.3 5.1L8.6 11.9 5.9 9.3l-1.4 1.5 4.2 4 7.1-7.5Z"/>`,
  implied: html`<circle cx="10" cy="10" r="8.2"/><path d="m6.3 10.3 2.6 2.5 4.9-5.3"/>`,
  open: html`<rect x="3.5" y="9" width="13" height="9" rx="2"/><path d="M6.8 9V5.6a3.3 3.3 0 0 1 6.4-1.1M10 12.6v1.8"/>`,
  preferred: html`<circle cx="10" cy="10" r="8.2"/><path d="M10 6.3v7.4M6.3 10h7.4"/>`,
  unknown: html`<circle cx="10" cy="10" r="8.2" stroke-dasharray="3.2 3.24"/><path d="M7.8 8a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.5M10 14.2v.01"/>`,
  barred: html`<path class="solid" fill-rule="evenodd" d="M10 .8a9.2 9.2 0 1 1 0 18.4A9.2 9.2 0 0 1 10 .8ZM7.1 5.7 5.7 7.1 8.6 10l-2.9 2.9 1.4 1.4L10 11.4l2.9 2.9 1.4-1.4L11.4 10l2.9-2.9-1.4-1.4L10 8.6Z"/>`,
};

/** The sign of a verdict; the word beside it is its name. */
export function verdictIcon(verdict: Verdict): Html {
  return html`<svg class="v-icon" viewBox="0 0 20 20" aria-hidden="true">${SHAPES[verdict]}</svg>`;
}
