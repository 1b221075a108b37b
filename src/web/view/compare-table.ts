import { decidingQuote, sourceOf } from '../../feed/quote.ts';
import { payText } from '../../feed/summary.ts';
import { aCredential, verdictGroups } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { everyVerdict, saidOf, verdictLine } from './verdict-line.ts';
import { jobAddress } from './worded-jobs.ts';
import { CONTACT_TOLD, dateOf, dayText, degreeName, plural, whereText, words } from './words.ts';

type Options = {
  credential: Credential | null;
  texts: ReadonlyMap<string, string>;
  now: Date;
  /** The whole address of a job's page, for paper. */
  page: (id: string) => string;
  /** The address of the comparison without one of its jobs. */
  without: (id: string) => string;
};

/** Jobs as columns, what people decide by as rows; the first says who can apply. */
export function compareTable(postings: readonly FeedPosting[], options: Options): Html {
  const { credential, now } = options;
  const row = (label: Html | string, cell: (posting: FeedPosting) => Html | string | false | null) =>
    html`<tr><th scope="row">${label}</th>${postings.map(posting => html`<td>${cell(posting) || html`<span class="muted">Not stated</span>`}</td>`)}</tr>`;
  return html`<div class="scroll" role="region" aria-label="Comparison" tabindex="0"><table class="compare"><thead><tr><td><span class="sr">Fact</span></td>${postings.map(posting => head(posting, options))}</tr></thead><tbody>
${row(credential ? `Can I apply as ${aCredential(credential)}?` : 'Can I apply?', posting => canApply(posting, options))}
${credential && row('All five', everyVerdict)}
${row('Pay', ({ pay }) => pay && html`<b>${payText(pay)}</b>`)}
${row('Where', posting => whereText(posting) && html`<bdi>${whereText(posting)}</bdi>`)}
${row('Patient contact', contact)}
${row('Experience', ({ facets }) => years(facets.min_years ?? null))}
${row('Degree', ({ facets }) => (facets.degree ? degreeName(facets.degree) : null))}
${row('Certifications', certifications)}
${row('Schedule', ({ employment_types }) => employment_types.map(words).join(', '))}
${row('Travel', ({ facets }) => (typeof facets.travel_percent === 'number' ? `${facets.travel_percent}%` : null))}
${row('Lifting', ({ facets }) => (typeof facets.lifting_pounds === 'number' ? `Up to ${facets.lifting_pounds} lb` : null))}
${row('Date', posting => when(posting, now))}
${row(html`<span class="sr">Actions</span>`, posting => actions(posting, options))}
</tbody></table></div>`;
}

function head(posting: FeedPosting, { credential, page }: Options): Html {
  return html`<th scope="col"><a class="name" href="${jobAddress(posting.id, credential)}"><bdi>${posting.title}</bdi></a>${posting.company && html`<span class="muted"><bdi>${posting.company}</bdi></span>`}<span class="on-paper">${page(posting.id)}</span>${
    posting.closed_at && html`<br><span class="flag closed">Closed on ${dateOf(posting.closed_at)}</span>`
  }</th>`;
}

/** For one credential its sentence; for none, a line for each verdict with the words that decided it for all of whom it holds. */
function canApply(posting: FeedPosting, { credential, texts }: Options): Html | false {
  const text = texts.get(posting.id) ?? '';
  if (credential) {
    const said = saidOf(posting, credential, text);
    return said !== null && verdictLine(said);
  }
  const { verdicts } = posting;
  if (!verdicts) return false;
  return html`${verdictGroups(verdicts).map(({ verdict, credentials, told }) => {
    const said = saidOf(posting, credentials[0]!, text);
    const quote = decidingQuote({ verdict, evidence: evidenceOf(verdicts, credentials) }, sourceOf(posting, text));
    return said && verdictLine({ ...said, label: told, whom: '', quote });
  })}`;
}

/** The words behind the verdicts of some credentials, each once. */
function evidenceOf(verdicts: NonNullable<FeedPosting['verdicts']>, credentials: readonly Credential[]) {
  const all = credentials.flatMap(credential => verdicts[credential].evidence);
  return [...new Map(all.map(span => [`${span.field} ${span.start} ${span.end}`, span])).values()];
}

function contact({ facets }: FeedPosting): string | null {
  const told = facets.patient_contact ? (CONTACT_TOLD[facets.patient_contact] ?? facets.patient_contact) : null;
  return facets.caseload ? [told, 'some caseload'].filter(Boolean).join(', ') : told;
}

function years(asked: number | null): string | null {
  if (asked === null) return null;
  return asked === 0 ? 'None asked' : plural(asked, 'year');
}

function certifications({ facets }: FeedPosting): Html | false {
  const rows = facets.certifications ?? [];
  return (
    rows.length > 0 &&
    html`${rows.map(({ name, need }, i) => html`${i > 0 && ', '}<bdi>${name}</bdi> ${need === 'required' ? 'required' : 'a plus'}`)}`
  );
}

function when(posting: FeedPosting, now: Date): string {
  const told = dayText(posting, now);
  return told.charAt(0).toUpperCase() + told.slice(1) + (posting.closes_at ? `, closes ${dateOf(posting.closes_at)}` : '');
}

function actions(posting: FeedPosting, { without }: Options): Html {
  const address = posting.apply_url ?? posting.url;
  const apply =
    !posting.closed_at &&
    /^https?:\/\//i.test(address) &&
    html`<a class="button quiet" rel="nofollow noopener noreferrer external" href="${address}">Apply<span class="sr"> for ${posting.title}</span></a> `;
  return html`${apply}<a class="remove" rel="nofollow" href="${without(posting.id)}">Remove<span class="sr"> ${posting.title}</span></a>`;
}
