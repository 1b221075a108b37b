import type { FastifyInstance } from 'fastify';
import { identity, PRODUCT_TOKEN } from '../../crawlers/engine/user-agent.ts';
import { VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { html } from '../../http/html.ts';
import { VERDICTS } from '../../posting/taxonomy.ts';
import type { Web } from '../context.ts';
import { layout } from '../view/layout.ts';

/** `/about`: what this is and how it decides. `/bot`: what the crawler does, and how to stop it. */
export function aboutRoutes(app: FastifyInstance, web: Web): void {
  app.get('/about', (request, reply) => web.answers.html(request, reply, 'about', async () => about(web)));
  app.get('/bot', (request, reply) => web.answers.html(request, reply, 'bot', async () => bot(web)));
}

function about(web: Web) {
  const body = html`<div class="prose"><h1>About Ombre</h1>
<p class="lead">An ombre is a gradual change of color. A career ombre leaves patient care a step at a time instead of in one leap, and Ombre finds the jobs for it.</p>
<h2>What you find here</h2>
<p>Jobs outside hands-on patient care that OTs, PTs, SLPs and their assistants can really get: in offices, at companies, in education, from home. Staff, travel, school, home health and other treating jobs are left out, however unusual the setting. A manager with a small caseload stays in, and is marked.</p>
<h2>Where it comes from</h2>
<p>From the career sites of employers and travel therapy companies, <a href="/sources">all listed here</a> with the date each was last read in full. Boards that don’t allow it aren’t read. Every posting links to the employer’s own page, and that’s where you apply.</p>
<h2 id="verdicts">Can I apply? How that’s decided</h2>
<p>Rules read each posting and answer for all five credentials, and show the words that say so:</p>
<dl class="facts">${VERDICTS.map(verdict => html`<div><dt><span class="verdict ${verdict}">${VERDICT_WORDS[verdict].label}</span></dt><dd>${VERDICT_WORDS[verdict].means}</dd></div>`)}</dl>
<p>“Probably” before an answer means that the wording leaves room for doubt: read the posting’s own words before you count on it.</p>
<p>When you choose a credential, you see the jobs that say yes, include it, want it as a plus or need no license. What a posting doesn’t state is left blank, never guessed. Rules make mistakes, so every posting has a way to report one.</p>
<h2>When a job closes</h2>
<p>A job is closed only on proof: the employer’s whole list was read and the job isn’t on it, or the employer says it’s gone. A site that’s down closes nothing.</p>
<h2 id="privacy">Privacy</h2>
<p>No cookies, no accounts, no scripts or images from elsewhere, no tracking. The quiz keeps nothing: your answers are only in the page’s address. When you report a mistake, nothing about you is stored. Your email address is kept only if you subscribe, and it’s deleted when you say so.</p>
<h2 id="developers">For websites and developers</h2>
<p>Every filter is also a feed and an API query. <a href="/feeds">Build a feed</a>, take <a href="/feeds.opml">all of them as OPML</a>, read <a href="/api">the API reference</a>, or see <a href="/bot">what the crawler does</a>. Republish as you like, and link to the employer.</p></div>`;
  return layout(web, {
    title: 'About',
    description: 'What Ombre is, where its jobs come from, and how it decides who can apply.',
    path: '/about',
    section: 'about',
    body,
  });
}

function bot(web: Web) {
  const { BOT_CONTACT, CRAWL_DELAY_MS } = web.config;
  const { 'user-agent': agent = '', from } = identity(BOT_CONTACT);
  const contact = /^https?:\/\//i.test(BOT_CONTACT) ? BOT_CONTACT : `mailto:${BOT_CONTACT.replace(/^mailto:/i, '')}`;
  const body = html`<div class="prose"><h1>The crawler</h1>
<p class="lead">${PRODUCT_TOKEN} reads employers’ public job listings so that therapists can find the few that are for them. It sends people to your own page to apply.</p>
<h2>How to recognize it</h2>
<p>It names itself in every request and never pretends to be a browser:</p>
<pre tabindex="0" role="region" aria-label="User agent"><code>User-Agent: ${agent}${from && `\nFrom: ${from}`}</code></pre>
<h2>What it does</h2>
<ul><li>Reads the list of openings, by default once a day, and the pages of openings whose titles may matter. Pages that haven’t changed aren’t read again.</li>
<li>Obeys robots.txt on every host, <code>Crawl-delay</code> included. If robots.txt can’t be read because of an error, nothing else is.</li>
<li>Makes one request at a time per host and waits at least ${CRAWL_DELAY_MS / 1000} seconds between two.</li>
<li>Honors <code>429</code>, <code>503</code> and <code>Retry-After</code>, and stays away longer each time.</li>
<li>Solves no challenges and goes around no walls. A site that refuses is left alone and <a href="/sources">shown as such</a>.</li></ul>
<h2 id="stop">How to stop it</h2>
<p>Add this to the robots.txt of your site; it takes effect on the next visit:</p>
<pre tabindex="0" role="region" aria-label="Rules for robots.txt"><code>User-agent: ${PRODUCT_TOKEN}
Disallow: /</code></pre>
<p>To slow it down instead, set <code>Crawl-delay: 30</code> in the same group. Or write to <a href="${contact}">the people who run this site</a>, and yours comes off the list.</p></div>`;
  return layout(web, {
    title: 'The crawler',
    description: `What ${PRODUCT_TOKEN} does, and how to stop it.`,
    path: '/bot',
    section: 'about',
    body,
  });
}
