import { takesNone } from '../../feed/eligibility.ts';
import { decidingQuote, quoteText, sourceOf } from '../../feed/quote.ts';
import { UNSURE_TEXT } from '../../feed/unsure.ts';
import { type Html, html } from '../../http/html.ts';
import { isUnsure } from '../../posting/sureness.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { jobFacts, type Sorted } from './job-facts.ts';
import { everyVerdict, saidOf, verdictLine } from './verdict-line.ts';
import { daysUntil, pathName } from './words.ts';

const FRESH_DAYS = 3;
const SOON_DAYS = 7;
/** Letters of a title in a list; boards have sent 400. */
const TITLE_LENGTH = 160;

export type CardContext = {
  /** The text that evidence points into; without it a card tells all five in a line. */
  text?: string;
  /** The one credential of the reader. */
  credential?: Credential | null;
  /** What the list is sorted by. */
  sorted?: Sorted;
};

/** One posting in a list: what, at whose, whether the reader may apply in the posting's own words, then where, pay and date. */
export function jobCard(posting: FeedPosting, now: Date, { text, credential = null, sorted }: CardContext = {}): Html {
  const { title, company, paths } = posting;
  const shown = title.length > TITLE_LENGTH ? `${title.slice(0, TITLE_LENGTH - 1)}…` : title;
  const address = `/jobs/${encodeURIComponent(posting.id)}${credential ? `?credential=${credential}` : ''}`;
  const path = paths[0] && pathName(paths[0]);
  return html`<article class="job"><h3><a href="${address}"><bdi>${shown.trim() || 'A job without a title'}</bdi></a> ${marks(posting, now)}</h3>
<p class="by">${company && html`<bdi>${company}</bdi>`}${company && path && ' · '}${path}</p>
${who(posting, text, credential)}
${jobFacts(posting, now, sorted)}</article>`;
}

/** Whether the reader may apply. Without a credential, the sentence that names most and all five in a line. */
function who(posting: FeedPosting, text: string | undefined, credential: Credential | null): Html | false {
  if (text === undefined) return everyVerdict(posting);
  const said = credential && saidOf(posting, credential, text);
  if (said) return verdictLine(said);
  const evidence = Object.values(posting.verdicts ?? {}).flatMap(told => told.evidence);
  const quote = decidingQuote({ verdict: takesNone(posting) ? 'barred' : 'named', evidence }, sourceOf(posting, text));
  return html`${quote && html`<p class="said"><q>${quoteText(quote)}</q></p>`}${everyVerdict(posting)}`;
}

/** Fresh, closing soon, closed, treating some, unsure. */
export function marks(posting: FeedPosting, now: Date): Html {
  // A source that was only just added shows old postings for the first time: those are not new.
  const age = now.getTime() - (posting.posted_at ?? posting.first_seen).getTime();
  const left = posting.closes_at ? daysUntil(posting.closes_at, now) : null;
  return html`${posting.closed_at ? html`<span class="flag closed">Closed</span>` : age < FRESH_DAYS * 86_400_000 && html`<span class="flag fresh">New</span>`}${
    !posting.closed_at &&
    left !== null &&
    left >= 0 &&
    left <= SOON_DAYS &&
    html` <span class="flag soon">${left <= 1 ? 'Closes today' : `Closes in ${left} days`}</span>`
  }${posting.facets.caseload && html` <span class="flag caseload">Some caseload</span>`}${
    isUnsure(posting) && html` <span class="flag unsure" title="${UNSURE_TEXT}">Check the posting</span>`
  }`;
}
