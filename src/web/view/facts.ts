import type { Facets } from '../../classify/classification.ts';
import { type Quote, quoteText } from '../../feed/quote.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { postedText } from './apply.ts';
import { factWords, placeWords } from './closest-words.ts';
import { pathFact, payBesideFact } from './own-facts.ts';
import { quoteHtml } from './quote.ts';
import { capitalized, dateOf, degreeName, plural, stateName, words } from './words.ts';

/** As much of a sentence as stands beside a fact. */
const FACT_QUOTE = 120;

/** What a person decides by, and the words it was read from. Where neither is there the posting does not say: it is never guessed, and `unsaid` names it. */
type Fact = { name: string; unsaid: string; value: string | null; words: Quote | null };

/**
 * The facts a person decides by, each with its words, and by name those the posting leaves out. What the head tells is not told again, but how its
 * pay stands to that of the reader's profession is told in full.
 */
export function decisionFacts(posting: PostingDetail, credential: Credential | null): Html {
  const facts = factsOf(posting);
  const isSaid = ({ value, words: told }: Fact) => value !== null || told !== null;
  const unsaid = facts.filter(fact => !isSaid(fact) && fact.unsaid !== '').map(fact => fact.unsaid);
  const shown = new Set<string>();
  const rows = facts.filter(isSaid).map(({ name, value, words: told }) => {
    const again = told !== null && shown.has(quoteText(told));
    if (told) shown.add(quoteText(told));
    const words = again ? html`<span class="again">In the same sentence</span>` : told && html`<bdi>${quoteHtml(told)}</bdi>`;
    return html`<div><dt>${name}</dt><dd>${value !== null && html`<b>${value}</b>`}${value !== null && words && html`<span class="sr">: </span>`} ${words}</dd></div>`;
  });
  return html`<section aria-labelledby="facts-title"><h2 id="facts-title">What to know before you apply</h2>
<dl class="decision">${rows}${credential && payBesideFact(posting, credential)}${pathFact(posting)}${unsaid.length > 0 && html`<div class="unsaid"><dt>Not stated</dt><dd>${capitalized(unsaid.join(', '))}</dd></div>`}</dl></section>`;
}

/** When and where from, for those who want to know: nothing a person decides by. */
export function smallPrint(posting: PostingDetail): Html {
  const { first_seen, closes_at, department, roles, facets, rules_version } = posting;
  const parts = [
    postedText(posting),
    posting.posted_at && `first seen ${dateOf(first_seen)}`,
    closes_at && `closes ${dateOf(closes_at)}`,
    department && `department: ${department}`,
    roles.length > 0 && `role: ${roles.map(role => words(role)).join(', ')}`,
    facets.seniority && `level: ${words(facets.seniority).toLowerCase()}`,
    rules_version && `read by rules ${rules_version.slice(0, 10)}`,
  ];
  return html`<p class="fine"><bdi>${parts.filter(Boolean).join(' · ')}</bdi>. Who may apply is decided by rules, from the posting’s own words. The employer decides in the end.</p>`;
}

function factsOf(posting: PostingDetail): Fact[] {
  const { facets, employment_types } = posting;
  const { min_years, travel_percent, lifting_pounds, patient_contact, degree } = facets;
  const fact = (tag: keyof Facets, name: string, value: string | null, unsaid = name.toLowerCase()): Fact => ({
    name,
    unsaid,
    value,
    words: value === null ? null : factWords(posting, tag, FACT_QUOTE),
  });
  return [
    fact('patient_contact', 'Patient contact', patient_contact ? CONTACT[patient_contact] : null),
    fact('caseload', 'Caseload', facets.caseload ? 'A caseload of its own' : null, ''),
    whereFact(posting),
    fact(
      'min_years',
      'Experience',
      told(min_years, years => (years === 0 ? 'None asked' : plural(years, 'year'))),
    ),
    fact('certifications', 'Certifications', certificationsText(facets.certifications ?? [])),
    fact('degree', 'Degree', degree ? degreeName(degree) : null),
    fact(
      'lifting_pounds',
      'Lifting',
      told(lifting_pounds, pounds => (pounds === 0 ? 'None' : `Up to ${pounds} lb`)),
    ),
    fact(
      'travel_percent',
      'Travel',
      told(travel_percent, share => (share === 0 ? 'None' : `${share}%`)),
    ),
    fact('employment_type', 'Schedule', capitalized(employment_types.map(words).join(', ').toLowerCase()) || null),
  ];
}

/** From where a remote job may be done, or in which states a license is asked for. That it is remote or on site stands in the head. */
function whereFact(posting: PostingDetail): Fact {
  const { work_mode, facets } = posting;
  const states = facets.states ?? [];
  if (states.length > 0) {
    const name = work_mode === 'remote' ? 'Remote from' : 'License or home in';
    return { name, unsaid: '', value: states.map(stateName).join(', '), words: factWords(posting, 'states', FACT_QUOTE) };
  }
  const unsaid = work_mode === 'remote' ? 'states it may be done from' : work_mode === null ? 'remote or on site' : '';
  return { name: work_mode === 'hybrid' ? 'Hybrid' : 'Remote', unsaid, value: null, words: placeWords(posting, FACT_QUOTE) };
}

const CONTACT: Record<NonNullable<Facets['patient_contact']>, string> = { none: 'None', some: 'Some', daily: 'Daily' };

function certificationsText(certifications: Facets['certifications']): string | null {
  const named = (wanted: string) => certifications.filter(({ need }) => need === wanted).map(({ name }) => name);
  const [required, preferred] = [named('required'), named('preferred')];
  const parts = [required.length > 0 && `${required.join(', ')} required`, preferred.length > 0 && `${preferred.join(', ')} preferred`];
  return parts.filter(Boolean).join('; ') || null;
}

function told(value: number | null | undefined, text: (value: number) => string): string | null {
  return value === null || value === undefined ? null : text(value);
}
