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
<p class="lead">A career ombre is a gradual change of colour: out of patient care step by step, rather than in one leap. Ombre finds the jobs for it.</p>
<h2>What you find here</h2>
<p>Jobs outside conventional hands-on care that occupational, physical and speech therapists and their assistants can get: in offices, at companies, in education, at home. Staff, travel, school, home-health and other treating jobs are left out, however unusual the setting. A manager with a small caseload stays in, and is marked.</p>
<h2>Where it comes from</h2>
<p>From employers’ own career sites and travel-therapy companies, <a href="/sources">listed here</a> with what their robots.txt allows and when they were last read in full. Boards that forbid it are not read. Every posting links to the employer’s own page, which is where you apply.</p>
<h2 id="verdicts">How it decides who may apply</h2>
<p>Rules read the posting and give each of the five credentials one verdict, with the words that decided:</p>
<dl class="facts">${VERDICTS.map(verdict => html`<div><dt><span class="verdict ${verdict}">${VERDICT_WORDS[verdict].label}</span></dt><dd>${VERDICT_WORDS[verdict].means}</dd></div>`)}</dl>
<p>When you choose a credential you see jobs where it is named, preferred, covered or open. A fact the text does not state is left empty, never guessed. Rules err: every posting has a link to report a wrong tag.</p>
<h2>When a job closes</h2>
<p>A job is closed only on proof: a complete reading of the employer’s list without it, or the employer’s own word. A site that is down closes nothing.</p>
<h2 id="privacy">Privacy</h2>
<p>No cookies, no accounts, no scripts or images from elsewhere, no tracking. The self-assessment keeps nothing: your answers are in the address of the page. A report of a wrong tag is stored without anything about you. An e-mail address is kept only if you subscribe, and goes when you say so.</p>
<h2>Take it with you</h2>
<p>Every filter is a feed and an API query: <a href="/feeds">build a feed</a>, or read <a href="/api">the API reference</a>. Republish as you like, and link to the employer.</p></div>`;
  return layout(web, {
    title: 'About',
    description: 'What Ombre is, where its jobs come from, and how it decides who may apply.',
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
<p class="lead">${PRODUCT_TOKEN} reads the public job listings of employers, so that therapists find the few that are for them. It sends people to your own page to apply.</p>
<h2>How to know it</h2>
<p>It names itself in every request and never poses as a browser:</p>
<pre tabindex="0" role="region" aria-label="User agent"><code>User-Agent: ${agent}${from && `\nFrom: ${from}`}</code></pre>
<h2>What it does</h2>
<ul><li>Reads the list of openings, by default once a day, and the pages of openings whose titles may matter. Unchanged ones are not read again.</li>
<li>Obeys robots.txt on every host, also <code>Crawl-delay</code>. If robots.txt cannot be read because of an error, nothing else is.</li>
<li>Has one request under way per host and waits at least ${CRAWL_DELAY_MS / 1000} seconds between two.</li>
<li>Honours <code>429</code>, <code>503</code> and <code>Retry-After</code>, and stays away longer each time.</li>
<li>Solves no challenges and goes around no walls: a site that refuses is left alone, and <a href="/sources">shown as such</a>.</li></ul>
<h2 id="stop">How to stop it</h2>
<p>Add this to the robots.txt of your site; it is obeyed from the next visit on:</p>
<pre tabindex="0" role="region" aria-label="Rules for robots.txt"><code>User-agent: ${PRODUCT_TOKEN}
Disallow: /</code></pre>
<p>To slow it down instead, set <code>Crawl-delay: 30</code> in the same group. Or write to <a href="${contact}">whoever runs this installation</a>, and your site is taken off the list.</p></div>`;
  return layout(web, {
    title: 'The crawler',
    description: `What ${PRODUCT_TOKEN} does, and how to stop it.`,
    path: '/bot',
    section: 'about',
    body,
  });
}
