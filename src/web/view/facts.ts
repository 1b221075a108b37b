import { payText } from '../../feed/summary.ts';
import { type Html, html } from '../../http/html.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { askable, at } from '../filter-query.ts';
import { ago, CONTACT_TOLD, dateOf, pathName, plural, stateName, whereText, words } from './words.ts';

/** The facts a person decides by. What the posting does not say is not listed: it is never guessed. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a flat list, one line a fact.
export function factList(posting: PostingDetail, now: Date): Html {
  const { facets, pay, employment_types, posted_at, closes_at, first_seen } = posting;
  const certifications = facets.certifications ?? [];
  const need = (wanted: string) => certifications.filter(({ need }) => need === wanted).map(({ name }) => name);
  const years = facets.min_years ?? null;
  const lifting = facets.lifting_pounds ?? null;
  const travel = facets.travel_percent ?? null;
  const rows: [string, Html | string | null | false | undefined][] = [
    [
      'Employer',
      posting.company && askable('company', posting.company)
        ? html`<a href="${at('/jobs', `company=${encodeURIComponent(posting.company.toLowerCase())}`)}">${posting.company}</a>`
        : posting.company,
    ],
    ['Where', whereText(posting)],
    ['Pay', pay && payText(pay)],
    ['Employment', employment_types.map(words).join(', ')],
    [
      'Path',
      posting.paths.length > 0 &&
        html`${posting.paths.map((path, i) => html`${i > 0 && ', '}<a href="/paths/${path}">${pathName(path)}</a>`)}`,
    ],
    ['Role', posting.roles.map(words).join(', ')],
    ['Department', posting.department],
    ['Experience asked', years !== null && (years === 0 ? 'none' : plural(years, 'year'))],
    ['Degree', facets.degree && words(facets.degree)],
    ['Level', facets.seniority && words(facets.seniority)],
    ['Certifications required', need('required').join(', ')],
    ['Certifications preferred', need('preferred').join(', ')],
    ['Licence or residence in', (facets.states ?? []).map(stateName).join(', ')],
    ['Patient contact', facets.patient_contact && CONTACT_TOLD[facets.patient_contact]],
    ['Caseload', facets.caseload && 'carries a caseload of its own'],
    ['Travel', travel !== null && `${travel}%`],
    ['Lifting', lifting !== null && `up to ${lifting} lb`],
    [
      'Posted',
      posted_at && posting.posted_precision === 'month' ? monthOf(posted_at) : posted_at && `${dateOf(posted_at)} (${ago(posted_at, now)})`,
    ],
    ['Closes', closes_at && dateOf(closes_at)],
    ['First seen', dateOf(first_seen)],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function monthOf(date: Date): string {
  return date.toLocaleDateString('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' });
}
