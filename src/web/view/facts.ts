import type { Facets } from '../../classify/classification.ts';
import { quotesOf, quoteText } from '../../feed/quote.ts';
import { type Html, html } from '../../http/html.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { postedText } from './apply.ts';
import { sourceOf } from './why.ts';
import { dateOf, plural, stateName, words } from './words.ts';

/** As much of a sentence as stands beside a fact. */
const FACT_QUOTE = 120;

/** What a person decides by. `value` is null where the posting does not say: it is never guessed, and `unsaid` names it. */
type Fact = { name: string; unsaid: string; value: string | null; tag: keyof Facets };

/** The facts a person decides by, each with the words it was read from, and by name those the posting leaves out. What the head tells is not told again. */
export function decisionFacts(posting: PostingDetail): Html {
  const facts = factsOf(posting);
  const said = facts.filter(({ value }) => value !== null);
  const unsaid = facts.filter(({ value, unsaid }) => value === null && unsaid !== '').map(({ unsaid }) => unsaid);
  return html`<section aria-labelledby="facts-title"><h2 id="facts-title">What to know before you apply</h2><dl class="decision">${said.map(
    ({ name, value, tag }) => html`<div><dt>${name}</dt><dd><b>${value}</b>${wordsOf(posting, tag)}</dd></div>`,
  )}${unsaid.length > 0 && html`<div class="unsaid"><dt>Not stated</dt><dd>${sentenceCase(unsaid.join(', '))}</dd></div>`}</dl></section>`;
}

/** When and where from, for those who want to know: nothing a person decides by. */
export function smallPrint(posting: PostingDetail): Html {
  const { first_seen, department, roles, facets, rules_version } = posting;
  const parts = [
    postedText(posting),
    posting.posted_at && `first seen ${dateOf(first_seen)}`,
    department && `department: ${department}`,
    roles.length > 0 && `role: ${roles.map(role => words(role)).join(', ')}`,
    facets.seniority && `level: ${words(facets.seniority).toLowerCase()}`,
    rules_version && `read by rules ${rules_version.slice(0, 10)}`,
  ];
  return html`<p class="fine"><bdi>${parts.filter(Boolean).join(' · ')}</bdi>. Who may apply is decided by rules, from the posting’s own words. The employer decides in the end.</p>`;
}

function factsOf({ facets, work_mode, employment_types }: PostingDetail): Fact[] {
  const { min_years, travel_percent, lifting_pounds, patient_contact, degree } = facets;
  return [
    {
      name: 'Patient contact',
      unsaid: 'patient contact',
      value: patient_contact ? CONTACT[patient_contact] : null,
      tag: 'patient_contact',
    },
    { name: 'Caseload', unsaid: '', value: facets.caseload ? 'A caseload of its own' : null, tag: 'caseload' },
    whereFact(work_mode, facets.states ?? []),
    {
      name: 'Experience',
      unsaid: 'experience',
      value: stated(min_years, years => (years === 0 ? 'None asked' : plural(years, 'year'))),
      tag: 'min_years',
    },
    { name: 'Certifications', unsaid: 'certifications', value: certificationsText(facets.certifications ?? []), tag: 'certifications' },
    { name: 'Degree', unsaid: 'degree', value: degree ? words(degree) : null, tag: 'degree' },
    {
      name: 'Lifting',
      unsaid: 'lifting',
      value: stated(lifting_pounds, pounds => (pounds === 0 ? 'None' : `Up to ${pounds} lb`)),
      tag: 'lifting_pounds',
    },
    {
      name: 'Travel',
      unsaid: 'travel',
      value: stated(travel_percent, share => (share === 0 ? 'None' : `${share}%`)),
      tag: 'travel_percent',
    },
    {
      name: 'Schedule',
      unsaid: 'schedule',
      value: sentenceCase(employment_types.map(words).join(', ').toLowerCase()) || null,
      tag: 'employment_type',
    },
  ];
}

/** From where a remote job may be done, or in which states a license is asked for. That it is on site stands in the head. */
function whereFact(work_mode: PostingDetail['work_mode'], states: readonly string[]): Fact {
  if (states.length > 0) {
    const names = states.map(stateName).join(', ');
    return { name: work_mode === 'remote' ? 'Remote from' : 'License or home', unsaid: '', value: names, tag: 'states' };
  }
  const value = work_mode === 'remote' ? 'Remote; no state is named' : work_mode === 'hybrid' ? 'Partly at home' : null;
  return { name: 'Where', unsaid: work_mode === null ? 'remote or on site' : '', value, tag: 'work_mode' };
}

const CONTACT: Record<NonNullable<Facets['patient_contact']>, string> = { none: 'None', some: 'Some', daily: 'Daily' };

function certificationsText(certifications: Facets['certifications']): string | null {
  const named = (wanted: string) => certifications.filter(({ need }) => need === wanted).map(({ name }) => name);
  const [required, preferred] = [named('required'), named('preferred')];
  const parts = [required.length > 0 && `${required.join(', ')} required`, preferred.length > 0 && `${preferred.join(', ')} preferred`];
  return parts.filter(Boolean).join('; ') || null;
}

function stated(value: number | null | undefined, told: (value: number) => string): string | null {
  return value === null || value === undefined ? null : told(value);
}

/** The sentence of the text a fact was read from. A fact that the board states in a field of its own has none. */
function wordsOf(posting: PostingDetail, tag: keyof Facets): Html | false {
  const evidence = posting.tags.filter(({ kind, name }) => kind === 'facet' && name === tag).flatMap(found => found.evidence);
  const inText = evidence.filter(({ field }) => field === 'text');
  const [quote] = quotesOf(inText, sourceOf(posting, posting.text), { most: 1, length: FACT_QUOTE });
  return quote !== undefined && html`<bdi><q>${quoteText(quote)}</q></bdi>`;
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
