import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { TRAP } from '../forms.ts';
import { pathName } from './words.ts';

/** What a reader may call wrong about a posting: `kind:name` as the operator finds it, and as people read it. */
export function reportable({ paths }: Pick<FeedPosting, 'paths'>): [tag: string, label: string][] {
  return [
    ...CREDENTIALS.map((credential): [string, string] => [`verdict:${credential}`, `Who may apply: ${credential}`]),
    ...paths.map((path): [string, string] => [`path:${path}`, `The path ${pathName(path)}`]),
    ['relevance:relevance', 'It is hands-on patient care'],
    ['facet:work_mode', 'Where the work is'],
    ['facet:pay', 'Pay'],
    ['facet:employment_type', 'Employment type'],
    ['facet:other', 'Another fact'],
    ['posting:closed', 'It is no longer open'],
  ];
}

export function reportForm(posting: FeedPosting, reported: boolean): Html {
  if (reported) {
    return html`<section id="report" class="report"><p class="thanks" role="status">Thank you. Somebody will look at it, and at the rule behind it.</p></section>`;
  }
  return html`<section id="report" class="report"><details><summary>Report a wrong tag</summary>
<form action="/jobs/${encodeURIComponent(posting.id)}/report" method="post">
<label for="tag">What is wrong?</label>
<select id="tag" name="tag" required><option value="">Choose one</option>${reportable(posting).map(([tag, label]) => html`<option value="${tag}">${label}</option>`)}</select>
<label for="expected">What should it say? <span class="muted">(optional)</span></label><input id="expected" name="expected" maxlength="200" autocomplete="off">
<label for="note">Anything that helps <span class="muted">(optional)</span></label><textarea id="note" name="note" rows="3" maxlength="1000"></textarea>
${TRAP}
<button type="submit">Send</button>
<p class="note">Nothing about you is kept.</p>
</form></details></section>`;
}
