import type { Quote } from '../../feed/quote.ts';
import { CREDENTIAL_NAMES, CREDENTIAL_SHORT, verdictSentence } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../posting/taxonomy.ts';
import type { FacetCounts } from '../../store/feed/facets.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { credentialLinks } from './credential-links.ts';
import { quoteHtml } from './quote.ts';
import { verdictIcon } from './verdict-icon.ts';
import { pathName, plural } from './words.ts';

/** A posting of today that shows what a verdict is made of. */
export type Example = { posting: FeedPosting; credential: Credential; verdict: Verdict; quote: Quote };

/** What a first visitor sees: what this is, one question, and three answers of real postings, one of them a no. */
export function welcome({ facets }: FacetCounts, examples: readonly Example[]): Html {
  const number = (value: string) => facets.credential.find(row => row.value === value)?.count ?? 0;
  return html`<section class="hero"><div class="wide"><div>
<h1>Leave patient care at your pace</h1>
<p class="lead">Non-clinical jobs for therapists and assistants, read from employers’ own sites. For every job you see whether you can apply, in the employer’s own words.</p>
<h2 class="pick-title" id="pick" tabindex="-1">I’m a…</h2>
<nav class="pick" aria-labelledby="pick">${CREDENTIALS.map(
    credential =>
      html`<a href="/jobs?credential=${credential}"><b>${CREDENTIAL_SHORT[credential]}</b><span>${CREDENTIAL_NAMES[credential]}</span><span class="n">${plural(number(credential), 'job')}</span></a>`,
  )}</nav>
<p class="note">Or read first what is out there for ${credentialLinks()}.</p>
<p class="note">Not sure you want to leave? <a href="/start">Take the quiz</a>. It takes a few minutes and keeps nothing.</p></div>
${examples.length > 0 && html`<div class="specimens"><h2 class="sr">Examples</h2>${examples.map(specimen)}</div>`}
</div></section>`;
}

function specimen({ posting, credential, verdict, quote }: Example): Html {
  return html`<figure class="specimen ${verdict}"><p class="v">${verdictIcon(verdict)}<b>${verdictSentence({ verdict, confidence: null }, credential)}</b></p><blockquote>${quoteHtml(quote)}</blockquote><figcaption><a href="/jobs/${encodeURIComponent(posting.id)}?credential=${credential}"><bdi>${posting.title}</bdi></a>${posting.company && html`, <bdi>${posting.company}</bdi>`}</figcaption></figure>`;
}

/** The paths with open jobs, most first. */
export function pathsInNumbers({ facets }: FacetCounts, all: number): Html {
  return html`<section aria-labelledby="paths"><h2 id="paths">${all} ways out of the clinic</h2>
<ul class="rows">${facets.path.slice(0, 12).map(({ value, count }) => html`<li><a href="/paths/${value}"><b>${pathName(value)}</b><span>${plural(count, 'job')}</span></a></li>`)}</ul>
<p><a class="alone" href="/paths">All ${all} paths</a></p></section>`;
}
