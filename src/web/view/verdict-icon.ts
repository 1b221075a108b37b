import { type Html, html } from '../../http/html.ts';
import type { Verdict } from '../../posting/taxonomy.ts';

/** What stands in the circle of a verdict. Solid where the posting says it outright, outlined where it is a phrase, a wish or silence. */
const SHAPES: Record<Verdict, { look: 'solid' | 'outline' | 'dashed'; path: string }> = {
  named: { look: 'solid', path: 'M5.8 10.4l2.9 2.9 5.6-6.4' },
  implied: { look: 'outline', path: 'M6.2 10.3l2.6 2.6 5-5.7' },
  open: { look: 'outline', path: '' },
  preferred: { look: 'outline', path: 'M10 6.2v7.6M6.2 10h7.6' },
  unknown: { look: 'dashed', path: 'M7.8 8.1a2.2 2.2 0 1 1 3.2 2c-.7.3-1 .7-1 1.4M10 14v.1' },
  barred: { look: 'solid', path: 'M6.9 6.9l6.2 6.2M13.1 6.9l-6.2 6.2' },
};

/** The icon of a verdict; the word beside it is its name. */
export function verdictIcon(verdict: Verdict): Html {
  const { look, path } = SHAPES[verdict];
  return html`<svg class="icon ${look}" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8.5"/>${path && html`<path d="${path}"/>`}</svg>`;
}

/** A link that leaves the site. */
export const OUT_ICON = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M8 4.5H4V16h11.5v-4M11.5 3.5h5v5M16.5 3.5L9 11"/></svg>`;
