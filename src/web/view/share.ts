import { titleLine } from '../../feed/summary.ts';
import { type Html, html } from '../../http/html.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';

/** Ways to hand a posting on: its plain address to copy, and a mail that holds it. Neither tells who sent it. */
export function shareLinks(posting: Pick<FeedPosting, 'title' | 'company'>, address: string): Html {
  const mail = `mailto:?subject=${encodeURIComponent(titleLine(posting).toWellFormed())}&body=${encodeURIComponent(address)}`;
  return html`<details class="share"><summary>Copy link</summary><div class="copy-link"><input data-copy readonly aria-label="address of this job" value="${address}"></div></details>
<a href="${mail}">Email it</a>`;
}
