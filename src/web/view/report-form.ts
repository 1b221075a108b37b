import { CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { TRAP } from '../forms.ts';
import { pathName } from './words.ts';

/** What a reader may call wrong about a posting: `kind:name` as the operator finds it, and as people read it. */
export function reportable({ paths }: Pick<FeedPosting, 'paths'>): [tag: string, label: string][] {
  return [
    ...CREDENTIALS.map((credential): [string, string] => [`verdict:${credential}`, `Who may apply: ${CREDENTIAL_SHORT[credential]}`]),
    ...paths.map((path): [string, string] => [`path:${path}`, `The path ${pathName(path)}`]),
    ['relevance:relevance', 'It is hands-on patient care'],
    ['facet:patient_contact', 'Patient contact'],
    ['facet:work_mode', 'Where the work is'],
    ['facet:pay', 'Pay'],
    ['facet:min_years', 'Experience'],
    ['facet:certifications', 'Certifications'],
    ['facet:lifting_pounds', 'Lifting'],
    ['facet:employment_type', 'Schedule'],
    ['facet:other', 'Another fact'],
    ['posting:closed', 'It is no longer open'],
  ];
}

/** A closed line that opens to the form; once sent, the thanks. `credential` is the reader's, so that the page stays theirs. */
export function reportForm(posting: FeedPosting, credential: Credential | null, reported: boolean): Html {
  if (reported) {
    return html`<p id="report" class="report thanks" role="status">Thank you. Somebody will look at it, and at the rule behind it.</p>`;
  }
  return html`<details id="report" class="report"><summary>Something’s wrong</summary>
<form action="/jobs/${encodeURIComponent(posting.id)}/report" method="post">
<label for="tag">What is wrong?</label>
<select id="tag" name="tag" required><option value="">Choose one</option>${reportable(posting).map(([tag, label]) => html`<option value="${tag}">${label}</option>`)}</select>
<label for="expected">What should it say? <span class="muted">(optional)</span></label><input id="expected" name="expected" maxlength="200" autocomplete="off">
<label for="note">Anything that helps <span class="muted">(optional)</span></label><textarea id="note" name="note" rows="3" maxlength="1000"></textarea>
${credential && html`<input type="hidden" name="credential" value="${credential}">`}
${TRAP}
<button type="submit">Send</button>
<p class="note">Nothing about you is kept.</p>
</form></details>`;
}
