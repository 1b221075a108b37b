import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { shownTitle } from './words.ts';

/** Jobs that one comparison holds. */
export const LEAST_COMPARED = 2;
export const MOST_COMPARED = 6;

/** The jobs of a list as boxes to tick, folded below it: what is ticked is compared, in an address to keep. */
export function comparePicker(postings: readonly FeedPosting[], credential: Credential | null): Html | false {
  if (postings.length < LEAST_COMPARED) return false;
  return html`<details class="compare-picker"><summary>Compare jobs side by side</summary><form id="compare" action="/compare" method="get">
<fieldset><legend>Check ${LEAST_COMPARED} to ${MOST_COMPARED} of these jobs</legend>${postings.map(
    posting =>
      html`<label class="tick"><input type="checkbox" name="ids" value="${posting.id}"><span><bdi>${shownTitle(posting)}</bdi>${posting.company && html`, <bdi class="muted">${posting.company}</bdi>`}</span></label>`,
  )}</fieldset>
${credential && html`<input type="hidden" name="credential" value="${credential}">`}<button type="submit">Compare</button></form></details>`;
}
