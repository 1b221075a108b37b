import type { Evidence } from '../../classify/classification.ts';
import { eligibilityOf } from '../../feed/eligibility.ts';
import { quotesOf } from '../../feed/quote.ts';
import { VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, MAY_APPLY, VERDICTS, type Verdict } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import type { Tag } from '../../store/schema.ts';
import { quoteHtml } from './quote.ts';
import { pathName, words } from './words.ts';

/** Facets that a filter may have asked for, and how to say so. */
const FACETS: Record<string, string> = {
  work_mode: 'Where the work is',
  employment_type: 'Employment',
  pay: 'Pay',
  min_years: 'Years asked',
  certifications: 'Certifications',
  patient_contact: 'Patient contact',
  lifting_pounds: 'Lifting',
};

/** "Why am I seeing this?": each decision with the line of the posting that led to it, the deciding words marked. */
export function why(posting: FeedPosting, tags: readonly Tag[], text: string): Html {
  const source = sourceOf(posting, text);
  const rows = [...pathRows(tags), ...verdictRows(posting), ...facetRows(tags)];
  return html`<details class="why"><summary>Why am I seeing this?<span class="sr"> ${posting.title}</span></summary>
<dl>${rows.map(({ label, evidence, otherwise }) => {
    const quotes = quotesOf(evidence, source);
    return html`<dt>${label}</dt><dd>${quotes.length > 0 ? quotes.map((quote, i) => html`${i > 0 && ' '}${quoteHtml(quote)}`) : otherwise}</dd>`;
  })}</dl>
<p><a href="/jobs/${encodeURIComponent(posting.id)}#eligibility">All deciding words, in the text</a></p></details>`;
}

/** The text of a field that evidence may lie in, as it was classified. */
export function sourceOf(posting: Pick<FeedPosting, 'title' | 'department' | 'places'>, text: string) {
  return (field: Evidence['field']): string | null => {
    if (field === 'title') return posting.title;
    if (field === 'text') return text;
    return field === 'department' ? posting.department : (posting.places[0]?.raw ?? null);
  };
}

type Row = { label: string; evidence: readonly Evidence[]; otherwise: string };

function pathRows(tags: readonly Tag[]): Row[] {
  return tags
    .filter(({ kind }) => kind === 'path')
    .map(({ name, evidence }) => ({ label: pathName(name), evidence, otherwise: 'The whole of the posting.' }));
}

/** Credentials that were told the same for the same words share a row. Who may not apply is told where nobody may. */
function verdictRows({ verdicts }: FeedPosting): Row[] {
  if (!verdicts) return [];
  const rows = new Map<string, { verdict: Verdict; credentials: string[]; evidence: Evidence[] }>();
  const told = eligibilityOf(verdicts).may.length > 0 ? MAY_APPLY : (['barred'] as const);
  for (const verdict of VERDICTS.filter(name => told.includes(name))) {
    for (const credential of CREDENTIALS.filter(name => verdicts[name].verdict === verdict)) {
      const { evidence } = verdicts[credential];
      const row = rows.get(verdict) ?? { verdict, credentials: [], evidence: [] };
      row.credentials.push(credential);
      row.evidence.push(...evidence.filter(span => !row.evidence.some(({ field, start }) => field === span.field && start === span.start)));
      rows.set(verdict, row);
    }
  }
  return [...rows.values()].map(({ verdict, credentials, evidence }) => ({
    label: `${credentials.join(', ')}: ${VERDICT_WORDS[verdict].label.toLowerCase()}`,
    evidence,
    otherwise: VERDICT_WORDS[verdict].means,
  }));
}

function facetRows(tags: readonly Tag[]): Row[] {
  return tags.flatMap(({ kind, name, evidence }) =>
    kind === 'facet' && FACETS[name] && evidence.length > 0 ? [{ label: FACETS[name] ?? words(name), evidence, otherwise: '' }] : [],
  );
}
