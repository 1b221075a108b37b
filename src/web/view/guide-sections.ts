import { CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential, roleName } from '../../posting/taxonomy.ts';
import type { Guide } from '../guides.ts';
import { dateOf, plural } from './words.ts';

/** What the page knows from its data and a guide has a place for. */
export type LiveParts = {
  /** How many of the open jobs take each credential; stands before what the guide says of them. */
  shares?: Html | false;
  /** Employers that are hiring today; stands after the kinds of employers. */
  hiring?: Html | false;
  /** Open jobs by role slug, for the table that tells jobs apart. */
  roles?: ReadonlyMap<string, number>;
};

/** All sections of a guide, each with a heading of the second level. */
export function guideSections(guide: Guide, live: LiveParts = {}): Html {
  return html`<section aria-labelledby="what"><h2 id="what">What the job is</h2><p>${guide.what}</p></section>
${guide.apart && rolesApart(guide.apart, live.roles)}
<section><h2>Who usually gets in</h2>${live.shares}${whoGetsIn(guide)}</section>
<section><h2>A typical day</h2>${list(guide.day)}</section>
<section><h2>What employers ask for</h2>${list(guide.asks)}</section>
<section aria-labelledby="route"><h2 id="route">How to get there</h2><p>${guide.time} <small class="muted">Our estimate.</small></p><ol>${guide.route.map(step => html`<li>${step}</li>`)}</ol></section>
<div class="both"><section class="pros"><h2>Pros</h2>${list(guide.pros)}</section><section class="cons"><h2>Cons</h2>${list(guide.cons)}</section></div>
<section><h2>Titles to search for</h2>${list(guide.titles)}</section>
<section><h2>Certificates</h2>${certificates(guide)}</section>
<section><h2>Who hires</h2>${list(guide.employers)}${live.hiring}</section>
<section><h2>Keep your license active</h2><p>${guide.license}</p></section>
<section><h2>Say it on your résumé</h2>${resume(guide)}</section>
<p class="muted">Reviewed <time datetime="${guide.reviewed}">${dateOf(new Date(guide.reviewed))}</time>. Nobody pays to be named here, and no link earns us anything.</p>`;
}

const list = (items: readonly string[]) => html`<ul>${items.map(item => html`<li>${item}</li>`)}</ul>`;

function rolesApart({ title, rows, note }: NonNullable<Guide['apart']>, open: LiveParts['roles']): Html {
  return html`<section><h2>${title}</h2><table class="apart"><thead><tr><th scope="col">Job</th><th scope="col">What you do</th><th scope="col">Usually takes</th></tr></thead>
<tbody>${rows.map(
    ({ role, does, takes }) =>
      html`<tr><th scope="row"><a href="/jobs?role=${role}">${roleName(role)}</a>${open && html`<br><small class="muted">${plural(open.get(role) ?? 0, 'open job')}</small>`}</th><td>${does}</td><td data-label="Usually takes">${takes}</td></tr>`,
  )}</tbody></table>${note && html`<p class="muted">${note}</p>`}</section>`;
}

function whoGetsIn({ who }: Guide): Html {
  return html`<dl class="facts">${who.map(row => html`<div><dt><strong>${credentials(row.for)}</strong></dt><dd>${row.told}.</dd></div>`)}</dl>`;
}

/** `COTA, PTA`; everybody is `All five`. */
function credentials(those: readonly Credential[]): string {
  return those.length === CREDENTIALS.length ? 'All five' : those.map(one => CREDENTIAL_SHORT[one]).join(', ');
}

function certificates({ certificates: known }: Guide): Html {
  if (known.length === 0) return html`<p>None that employers on this path commonly ask for.</p>`;
  return html`<dl class="facts">${known.map(({ name, full, body, told }) => html`<div><dt><strong>${name}</strong></dt><dd>${full}<br><small class="muted">Issued by: ${body}</small><br>${told}</dd></div>`)}</dl>`;
}

function resume({ resume: pairs }: Guide): Html {
  return html`<p>The same work in the words of this path. The numbers are examples; put in your own.</p>
<dl class="said">${pairs.map(({ from, to }) => html`<dt>${from}</dt><dd>${to}</dd>`)}</dl>`;
}
