import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import { count } from './words.ts';

/** One block is one job up to here; above, a bar. */
const BLOCKS = 12;
const WIDTH = 200;
const GAP = 3;

/** How many of `open` postings each credential may apply to. */
export function shareTable(
  takes: Readonly<Record<Credential, number>>,
  open: number,
  caption: string,
  to: (credential: Credential) => string,
): Html {
  return html`<table class="share"><caption class="sr">${caption}</caption><thead class="sr"><tr><th scope="col">Credential</th><th scope="col">Share</th><th scope="col">Jobs</th></tr></thead><tbody>${CREDENTIALS.map(
    credential => {
      const told = `${count(takes[credential])} of ${count(open)}`;
      const short = CREDENTIAL_SHORT[credential];
      return html`<tr><th scope="row"><abbr title="${CREDENTIAL_NAMES[credential]}">${short}</abbr></th><td>${bar(takes[credential], open)}</td>
<td class="num">${takes[credential] > 0 ? html`<a rel="nofollow" href="${to(credential)}">${told}<span class="sr"> for ${short}</span></a>` : told}</td></tr>`;
    },
  )}</tbody></table>`;
}

function bar(takes: number, open: number): Html {
  const rect = (x: number, width: number, on: boolean) =>
    html`<rect x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10" rx="1.5"${on && html` class="on"`}/>`;
  const step = (WIDTH + GAP) / Math.max(open, 1);
  const parts =
    open <= BLOCKS
      ? Array.from({ length: open }, (_, i) => rect(i * step, step - GAP, i < takes))
      : [rect(0, WIDTH, false), takes > 0 && rect(0, (WIDTH * takes) / open, true)];
  return html`<svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
