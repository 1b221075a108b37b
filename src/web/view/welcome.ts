import { CREDENTIAL_NAMES } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { FacetCounts } from '../../store/feed/facets.ts';
import { count, pathName } from './words.ts';

/** What a first visitor sees above the list: what this is, and two ways in. */
export function welcome({ facets }: FacetCounts): Html {
  const number = (value: string) => facets.credential.find(row => row.value === value)?.count ?? 0;
  return html`<section class="hero"><div class="wide">
<h1>Leave patient care at <em>your</em> pace</h1>
<p class="lead">Non-clinical jobs that therapists and assistants can really get, read from employers’ own sites. Every one shows the words that say who may apply.</p>
<h2 class="sr">Choose your credential</h2>
<ul class="credentials">${CREDENTIALS.map(
    credential =>
      html`<li><a href="/jobs?credential=${credential}"><strong>${credential}</strong><span>${CREDENTIAL_NAMES[credential]}</span><span class="n">${count(number(credential))} open</span></a></li>`,
  )}</ul>
<p class="ways"><a class="button" href="/start">Find the path that fits you</a> <a href="/paths">or read about the paths</a></p>
${facets.path.length > 0 && html`<nav aria-label="Paths with most jobs" class="quick">${facets.path.slice(0, 6).map(({ value, count: open }) => html`<a href="/paths/${value}">${pathName(value)} <span class="n">${count(open)}</span></a> `)}</nav>`}
</div></section>`;
}
