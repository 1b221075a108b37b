import { BEST_FIRST, CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential, Verdict } from '../../posting/taxonomy.ts';
import { at } from '../filter-query.ts';
import { verdictIcon } from './verdict-icon.ts';
import { count, plural } from './words.ts';

/** Width of the bar in its own units, and the gap between two parts. */
const WIDTH = 400;
const GAP = 2;

/** How many postings say what of a credential: a bar for the eye, and a legend that explains the words. */
export function verdictBar(credential: Credential, counts: Readonly<Record<Verdict, number>>): Html {
  const total = BEST_FIRST.reduce((sum, verdict) => sum + counts[verdict], 0);
  const shown = BEST_FIRST.filter(verdict => counts[verdict] > 0);
  const told = shown.map(verdict => `${count(counts[verdict])} ${VERDICT_WORDS[verdict].label.toLowerCase()}`).join(', ');
  let x = 0;
  const parts = shown.map(verdict => {
    const width = (WIDTH * counts[verdict]) / total;
    const part = html`<rect class="${verdict}" x="${x.toFixed(2)}" width="${Math.max(width - GAP, 1).toFixed(2)}" height="6"/>`;
    x += width;
    return part;
  });
  return html`${total > 0 && html`<svg class="stackbar" viewBox="0 0 ${WIDTH - GAP} 6" preserveAspectRatio="none" role="img" aria-label="Of ${plural(total, 'job')}: ${told}">${parts}</svg>`}
<ul class="legend">${BEST_FIRST.map(
    verdict =>
      html`<li class="${verdict}">${verdictIcon(verdict)}<span>${entry(credential, verdict, counts[verdict])}<br><span class="muted">${means(credential, verdict)}</span></span></li>`,
  )}</ul>`;
}

function entry(credential: Credential, verdict: Verdict, number: number): Html {
  const label = html`<b>${count(number)} ${VERDICT_WORDS[verdict].label}</b>`;
  return number > 0 ? html`<a rel="nofollow" href="${at('/jobs', `credential=${credential}&verdict=${verdict}`)}">${label}</a>` : label;
}

/** The words of a verdict explained to those it is about. */
function means(credential: Credential, verdict: Verdict): string {
  switch (verdict) {
    case 'named':
      return `${CREDENTIAL_SHORT[credential]} is on the list`;
    case 'implied':
      return 'a general phrase covers you, such as “licensed clinician”';
    case 'open':
      return 'your experience counts';
    case 'preferred':
      return 'liked, not required';
    case 'unknown':
      return 'the posting doesn’t say';
    case 'barred':
      return 'another license or degree is required';
  }
}
