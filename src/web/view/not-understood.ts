import { type Html, html } from '../../http/html.ts';

/** Names told at most, and signs of each: they come from links of anybody. */
const MOST = 5;
const LENGTH = 40;

/** Says which names of a link nobody here knows, so that the rest of it can be answered all the same; false when there are none. */
export function notUnderstood(names: readonly string[]): Html | false {
  const told = notUnderstoodText(names);
  return told !== null && html`<p class="note not-understood" role="note">${told}</p>`;
}

/** The same as one sentence; null when there is nothing to say. */
export function notUnderstoodText(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST).map(name => `“${name.length > LENGTH ? `${name.slice(0, LENGTH - 1)}…` : name}”`);
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return `Not understood in this link, and left out: ${shown.join(', ')}${more}.`;
}
