import { decidingQuote, type Quote, sourceOf } from '../../feed/quote.ts';
import { aCredential, VERDICT_WORDS, verdictGroups, verdictLabel } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential, Verdict } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { quoteHtml } from './quote.ts';
import { verdictIcon } from './verdict-icon.ts';
import { plural } from './words.ts';

/** What a posting says of one credential: the verdict, its sentence, and what to say where there is none. */
export type Said = {
  verdict: Verdict;
  label: string;
  /** Between the label and the words, for those who hear them in one line: ` for a COTA:`. */
  whom: string;
  quote: Quote | null;
  otherwise: string;
};

/** Reads what a posting says of a credential; null where nothing was decided. `text` is the text its evidence points into. */
export function saidOf(posting: FeedPosting, credential: Credential, text: string): Said | null {
  const told = posting.verdicts?.[credential];
  if (!told) return null;
  const { verdict } = told;
  const quote = decidingQuote(told, sourceOf(posting, text));
  return {
    verdict,
    label: verdictLabel(told),
    whom: verdict === 'open' ? ':' : ` for ${aCredential(credential)}:`,
    quote,
    otherwise: verdict === 'open' ? askedInstead(posting) : VERDICT_WORDS[verdict].means,
  };
}

/** Icon, word, then the employer's words, in this order everywhere. */
export function verdictLine({ verdict, label, whom, quote, otherwise }: Said): Html {
  return html`<p class="v ${verdict}">${verdictIcon(verdict)}<b>${label}</b>${whom !== '' && html`<span class="sr">${whom}</span>`} ${quote ? quoteHtml(quote) : html`<span class="muted">${otherwise}</span>`}</p>`;
}

/** All five in one line, best first: `Yes: OT, COTA`, `No: SLP`. */
export function everyVerdict({ verdicts }: FeedPosting): Html | false {
  if (!verdicts) return false;
  return html`<p class="who">${verdictGroups(verdicts).map(
    ({ verdict, label, told }, i, groups) =>
      html`<span class="${verdict}">${verdictIcon(verdict)}${label}: <b>${told.slice(label.length + 2)}</b></span>${i < groups.length - 1 && html`<span class="sr">;</span>`} `,
  )}</p>`;
}

/** Beside "No license needed" stands what is asked for, not once more that no license is. */
function askedInstead({ facets }: FeedPosting): string {
  const years = facets.min_years ?? null;
  return years ? `It asks for ${plural(years, 'year')} of experience.` : 'Your experience counts.';
}
