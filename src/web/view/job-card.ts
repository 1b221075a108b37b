import { eligibilityOf, whyNobody } from '../../feed/eligibility.ts';
import { payText } from '../../feed/summary.ts';
import { isUnsure, UNSURE_TEXT } from '../../feed/unsure.ts';
import { CREDENTIAL_NAMES, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import type { Tag } from '../../store/schema.ts';
import { why } from './why.ts';
import { ago, daysUntil, pathName, whereText, words } from './words.ts';

const FRESH_DAYS = 3;
const SOON_DAYS = 7;

/** One posting in a list. `tags` and `text` open its reasons; without them it is told in short. */
export function jobCard(posting: FeedPosting, now: Date, reasons?: { tags: readonly Tag[]; text: string }): Html {
  return html`<article class="job">
<h3><a href="/jobs/${encodeURIComponent(posting.id)}">${posting.title}</a> ${marks(posting, now)}</h3>
<p class="where">${[posting.company, whereText(posting)].filter(Boolean).join(' · ')}</p>
${factLine(posting)}
<p class="tags">${badges(posting)}<span class="paths">${posting.paths.map(pathName).join(' · ')}</span><span class="seen">${seenText(posting, now)}</span></p>
${reasons && why(posting, reasons.tags, reasons.text)}
</article>`;
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

function factLine({ pay, employment_types }: FeedPosting): Html | false {
  const facts = [pay && payText(pay), employment_types.map(words).join(', ')].filter(Boolean);
  return facts.length > 0 && html`<p class="pay">${facts.join(' · ')}</p>`;
}

/** Who may apply, at a glance; else what is asked instead, or that nothing is stated. */
function badges({ verdicts }: FeedPosting): Html | false {
  if (!verdicts) return false;
  const none = whyNobody({ verdicts });
  if (none) return html`<span class="none">${none}</span>`;
  return html`<span class="sr">May apply: </span>${eligibilityOf(verdicts).may.map(credential => {
    const { label } = VERDICT_WORDS[verdicts[credential].verdict];
    return html`<abbr class="badge ${verdicts[credential].verdict}" title="${CREDENTIAL_NAMES[credential]}: ${label.toLowerCase()}">${credential}</abbr> `;
  })}`;
}

function seenText({ posted_at, first_seen }: FeedPosting, now: Date): string {
  return posted_at && posted_at <= now ? `Posted ${ago(posted_at, now)}` : `First seen ${ago(first_seen, now)}`;
}
