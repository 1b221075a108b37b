import { type Html, html } from '../../http/html.ts';
import type { PublicSource } from '../../store/feed/sources.ts';
import { plural } from './words.ts';

/** What a site says before its first job: what is going on, how far it is, and what works already. */
export function firstRun(sources: readonly PublicSource[]): Html {
  const asked = sources.filter(({ enabled }) => enabled);
  const read = asked.filter(({ verified }) => verified).length;
  return html`<div class="wide list first-run"><h1>${asked.length > 0 && read < asked.length ? 'Jobs are on their way' : 'No jobs yet'}</h1>
${progressOf(read, asked.length)}
<section aria-labelledby="meanwhile"><h2 id="meanwhile">In the meantime</h2><ul class="rows"><li><a href="/paths"><b>Read about the 19 paths</b><span>guides</span></a></li><li><a href="/start"><b>Take the quiz: which path fits you?</b><span>a few questions</span></a></li></ul></section></div>`;
}

function progressOf(read: number, all: number): Html {
  if (all === 0) {
    return html`<p class="lead">Ombre was just set up here and knows no employer’s site yet.</p>
<div class="empty" id="jobs" tabindex="-1"><p>Whoever runs it adds one with <code>ombre sources add</code> and the address of its careers page. <a href="/sources">See the sources</a></p></div>`;
  }
  if (read >= all) {
    return html`<p class="lead">Every site was read, and none of them lists a non-clinical job today. Ombre keeps looking.</p>
<div class="empty" id="jobs" tabindex="-1"><p>${plural(all, 'employer site')} read. <a href="/sources">See the sources</a></p></div>`;
  }
  return html`<p class="lead">Ombre was just set up here and is reading employers’ sites for the first time. Jobs show up on this page as each site is finished.</p>
<div class="empty" id="jobs" tabindex="-1"><p><b>${read} of ${plural(all, 'employer site')} read</b></p><progress max="${all}" value="${read}" aria-label="Sites read">${read} of ${all}</progress>
<p class="note">Sites are read slowly on purpose, one page at a time. <a href="">Reload</a> to see what’s new, or watch it on <a href="/sources">Sources</a>. Nothing moves? Whoever runs it can ask <code>ombre doctor</code>.</p></div>`;
}
