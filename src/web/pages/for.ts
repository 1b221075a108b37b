import type { FastifyInstance } from 'fastify';
import { parseQuery } from '../../feed/filter.ts';
import { CREDENTIAL_SPELLINGS, readerOf } from '../../feed/spelling.ts';
import { aCredential, CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { hour } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { type CredentialNumbers, credentialNumbers } from '../../store/feed/credential-numbers.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import { sortedPage } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { CREDENTIAL_NOTES } from '../credential-notes.ts';
import { type Example, examplesFor } from '../examples.ts';
import { at } from '../filter-query.ts';
import { forAddress } from '../for-address.ts';
import { askedOf } from '../view/asked.ts';
import { layout } from '../view/layout.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { verdictBar } from '../view/verdict-bar.ts';
import { verdictLine } from '../view/verdict-line.ts';
import { jobAddress, wordedJobs } from '../view/worded-jobs.ts';
import { count, MIN_SHARE, pathName, plural } from '../view/words.ts';
import { notFound } from './errors.ts';

const NEWEST = 5;
const named = readerOf(CREDENTIALS, CREDENTIAL_SPELLINGS);

/** `/for/cota` and the other four: what is open to one credential today, in numbers and in employers' words. Search engines may come in here. */
export function forRoutes(app: FastifyInstance, web: Web): void {
  app.get<{ Params: { credential: string } }>('/for/:credential', async (request, reply) => {
    const given = request.params.credential;
    const credential = named(given);
    if (!credential) return sendHtml(reply, 404, notFound(web, 'No credential has this name.'));
    const address = forAddress(credential);
    if (address !== `/for/${given}`) return reply.header('cache-control', PAGE_CACHE).redirect(address, 301);
    return await web.answers.html(request, reply, `for ${credential}`, () => forPage(web, credential));
  });
}

async function forPage(web: Web, credential: Credential): Promise<Html> {
  const { db } = web;
  const query = `credential=${credential}`;
  const filter = parseQuery(query);
  const [numbers, newest, examples] = await Promise.all([
    web.revisions.cached(`numbers of ${credential} ${hour()}`, () => credentialNumbers(db, credential)),
    sortedPage(db, { ...filter, limit: NEWEST }, { by: 'posted' }, null),
    examplesFor(db, credential),
  ]);
  const texts = await postingTexts(
    db,
    newest.items.map(({ id }) => id),
  );
  const now = await databaseNow(db);
  const short = CREDENTIAL_SHORT[credential];
  const a = aCredential(credential);
  const body = html`<div class="wide page for"><header class="head"><h1>Non-clinical jobs for ${a}</h1>
${lead(credential, numbers)}</header>
<section aria-labelledby="how"><h2 id="how">How postings mention you</h2>${verdictBar(credential, numbers.verdicts)}</section>
${quotes(credential, examples)}
${paths(credential, numbers)}
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>
${
  newest.items.length > 0
    ? html`${wordedJobs(newest.items, { credential, texts, now })}<p class="ways"><a class="button" href="${at('/jobs', query)}">See all ${count(numbers.takes)}</a></p>`
    : html`<p class="empty">No open job takes ${a} today. The first one that does comes up here, in the <a href="${at('/feed.rss', query)}">feed</a>${web.subscriptions && ' and in the mail'}.</p>`
}</section>
${askedOf(numbers.asked, numbers.takes, short)}
<section class="know" aria-labelledby="good"><h2 id="good">Good to know</h2><ul>${CREDENTIAL_NOTES[credential].map(note => html`<li>${note}</li>`)}</ul></section>
${web.subscriptions && html`<section id="mail" aria-label="Mail">${subscribeBox(query)}</section>`}
<nav class="others" aria-label="Other credentials"><p>Not ${a}? ${CREDENTIALS.filter(other => other !== credential).map(other => html`<a href="${forAddress(other)}">${CREDENTIAL_SHORT[other]}</a> `)}</p></nav></div>`;
  return layout(web, {
    title: `Non-clinical jobs for ${a}`,
    description: `${plural(numbers.takes, 'open non-clinical job')} for ${CREDENTIAL_NAMES[credential].toLowerCase()}s (${short}), ${count(numbers.remote)} of them remote, each with the employer’s own words on who may apply.`,
    path: forAddress(credential),
    feed: { title: `jobs for ${a}`, query },
    section: 'jobs',
    credential,
    body,
  });
}

function lead(credential: Credential, { takes, remote, beside }: CredentialNumbers): Html {
  const query = `credential=${credential}`;
  const a = aCredential(credential);
  if (takes === 0)
    return html`<p class="lead">No open job takes ${a} today. Below is what the paths are like, and how to hear of the first one.</p><p class="ways"><a class="button" href="/paths">See the paths</a> <a href="/start">Find your path</a></p>`;
  const away = remote === 0 ? 'None of them is remote.' : `${count(remote)} of them ${remote === 1 ? 'is' : 'are'} remote.`;
  return html`<p class="lead">${plural(takes, 'open job')} ${takes === 1 ? 'takes' : 'take'} ${a} or ${takes === 1 ? 'asks' : 'ask'} for no license. ${away} If one also asks for a degree or a certification, it says so.</p>
<p class="ways"><a class="button" href="${at('/jobs', query)}">${takes === 1 ? 'See it' : `See all ${count(takes)}`}</a>${remote > 0 && html` <a href="${at('/jobs', `${query}&work_mode=remote`)}">Only remote (${count(remote)})</a>`}${beside > 0 && html` <a href="${at('/jobs', `beside=1&${query}`)}">Alongside a clinical job (${count(beside)})</a>`}</p>`;
}

function quotes(credential: Credential, examples: readonly Example[]): Html | false {
  if (examples.length === 0) return false;
  return html`<section aria-labelledby="own"><h2 id="own">In employers’ own words</h2><ul class="quotes">${examples.map(
    ({ posting, said }) =>
      html`<li>${verdictLine(said)}<p class="by"><a href="${jobAddress(posting.id, credential)}"><bdi>${posting.title}</bdi></a>${posting.company && html`, <bdi>${posting.company}</bdi>`}</p></li>`,
  )}</ul></section>`;
}

/** By share; a share of a handful says nothing, so those paths come last, with their numbers alone. */
function paths(credential: Credential, { paths: rows }: CredentialNumbers): Html | false {
  const share = ({ open, takes }: (typeof rows)[number]) => (open >= MIN_SHARE ? takes / open : -1);
  const shown = rows.filter(({ takes }) => takes > 0).sort((a, b) => share(b) - share(a) || b.takes - a.takes);
  if (shown.length === 0) return false;
  const few = shown.some(({ open }) => open < MIN_SHARE);
  return html`<section aria-labelledby="open-paths"><h2 id="open-paths">Paths that take ${aCredential(credential)}</h2><ul class="rows">${shown.map(
    ({ path, open, takes }) =>
      html`<li><a href="${at(`/paths/${path}`, `credential=${credential}`)}"><b>${pathName(path)}</b> <span>${open >= MIN_SHARE ? `${count(takes)} of ${count(open)}` : plural(takes, 'job')}</span></a></li>`,
  )}</ul>${few && html`<p class="note">Where fewer than five jobs are open, only their number is given: a share of so few says little.</p>`}</section>`;
}
