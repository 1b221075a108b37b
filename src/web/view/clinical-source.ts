import { CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import { CLINICAL_PAY } from '../clinical-pay.ts';

/** Which survey a clinical median is of, with its page; where one table alone gave it, that too. */
export function clinicalSourceOf(credential: Credential): Html {
  const { release, source, table } = CLINICAL_PAY[credential];
  return html`<a rel="external noopener" href="${source}">BLS, ${release}</a>${table && html`, as <a rel="external noopener" href="${table}">one public table</a> gives it`}`;
}

/** What a clinical median is and where each was read, below a table of them. Releases are told apart, because a year of raises lies between them. */
export function clinicalSources(): Html {
  const releases = Map.groupBy(CREDENTIALS, credential => CLINICAL_PAY[credential].release);
  const told = [...releases].map(([release, credentials], i) => html`${i > 0 && '; '}${release}: ${links(credentials)}`);
  const single = CREDENTIALS.filter(credential => CLINICAL_PAY[credential].table);
  return html`<p class="note">Clinical median: half of all employees in the profession in the US earn less, by the survey of the <abbr title="Bureau of Labor Statistics">BLS</abbr> (${told}). ${releases.size > 1 && 'These are different releases, so compare each with the postings beside it and not with one another. '}All are as others quote them. ${single.length > 0 && html`Those for ${single.map(one => CREDENTIAL_SHORT[one]).join(' and ')} were read in one public table (its ${single.map((one, i) => html`${i > 0 && ' and '}<a rel="external noopener" href="${CLINICAL_PAY[one].table ?? ''}">${CREDENTIAL_SHORT[one]} page</a>`)}) and not compared with BLS. `}Check a figure at its source before you count on it.</p>`;
}

function links(credentials: readonly Credential[]): Html {
  return html`${credentials.map((one, i) => html`${i > 0 && ', '}<a rel="external noopener" href="${CLINICAL_PAY[one].source}">${CREDENTIAL_SHORT[one]}</a>`)}`;
}
