import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { encoded } from '../../feed/canonical.ts';
import { jobUrl } from '../../feed/site.ts';
import { aCredential } from '../../feed/verdict-words.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { queryText } from '../../http/request-query.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import { type FeedPosting, postingsById } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { at } from '../filter-query.ts';
import { credentialOf } from '../reader.ts';
import { LEAST_COMPARED, MOST_COMPARED } from '../view/compare-picker.ts';
import { compareTable } from '../view/compare-table.ts';
import { credentialSwitch } from '../view/credential-switch.ts';
import { layout } from '../view/layout.ts';
import { plural } from '../view/words.ts';

const PATH = '/compare';
/** No id is longer; what is longer is not looked for. */
const LONGEST = 100;

/** What a comparison is asked for. */
type Asked = { ids: string[] /** More than a comparison holds. */; left: number; credential: Credential | null };

/** `/compare?ids=a,b,c`: two to six postings side by side. The address is the list: nothing is stored. */
export function compareRoutes(app: FastifyInstance, web: Web): void {
  app.get(PATH, async (request, reply) => {
    const asked = askedOf(request);
    const address = addressOf(asked.ids, asked.credential);
    if (asked.left === 0 && !isSpelled(request, address)) return reply.header('cache-control', PAGE_CACHE).redirect(address, 301);
    const postings = await postingsById(web.db, asked.ids);
    if (asked.ids.length > 0 && postings.length === 0) return unknown(web, reply, asked);
    return await web.answers.html(request, reply, `compare ${address} ${asked.left}`, () => comparison(web, asked, postings));
  });
}

function askedOf(request: FastifyRequest): Asked {
  const query = queryText(request);
  const given = new URLSearchParams(query).getAll('ids').flatMap(text => text.split(','));
  const ids = [...new Set(given.map(id => id.trim()).filter(id => id !== '' && id.length <= LONGEST && !/\p{Cc}/u.test(id)))];
  return { ids: ids.slice(0, MOST_COMPARED), left: Math.max(0, ids.length - MOST_COMPARED), credential: credentialOf(query) };
}

function addressOf(ids: readonly string[], credential: Credential | null): string {
  return at(
    PATH,
    [credential && `credential=${credential}`, ids.length > 0 && `ids=${ids.map(encoded).join(',')}`].filter(Boolean).join('&'),
  );
}

/** Browsers and programs escape commas differently. */
function isSpelled(request: FastifyRequest, address: string): boolean {
  return request.url.replaceAll(/%2c/gi, ',') === address;
}

async function comparison(web: Web, { ids, left, credential }: Asked, postings: readonly FeedPosting[]): Promise<Html> {
  const texts = await postingTexts(
    web.db,
    postings.map(({ id }) => id),
  );
  const now = await databaseNow(web.db);
  const missing = ids.filter(id => !postings.some(posting => posting.id === id));
  const title =
    postings.length === 0
      ? 'Compare jobs'
      : `Compare ${plural(postings.length, 'job')}${credential ? ` as ${aCredential(credential)}` : ''}`;
  const without = (id: string) =>
    addressOf(
      ids.filter(other => other !== id),
      credential,
    );
  const body = html`<div class="wide page comparison"><header class="head"><p class="crumbs"><a href="${at('/jobs', credential ? `credential=${credential}` : '')}">Jobs${credential && ` for ${aCredential(credential)}`}</a></p><h1>${title}</h1>
<p class="lead">This page’s address is the list: bookmark it or send it to a friend. Nothing is stored here.</p>
${postings.length > 0 && credentialSwitch(credential, chosen => addressOf(ids, chosen), 'All five')}
${notes(missing, left)}</header>
${postings.length > 0 && compareTable(postings, { credential, texts, now, page: id => jobUrl(web.site(), id), without })}
${postings.length < LEAST_COMPARED && howTo(postings.length, credential)}</div>`;
  return layout(web, {
    title,
    description: 'Jobs side by side: who can apply, pay, place, experience, certifications and schedule.',
    path: PATH,
    query: addressOf(ids, credential).slice(PATH.length + 1),
    section: 'jobs',
    noindex: true,
    body,
  });
}

function notes(missing: readonly string[], left: number): Html {
  return html`${missing.length > 0 && html`<p class="note" role="note">No posting has the address ${missing.map((id, i) => html`${i > 0 && ', '}<bdi>“${id}”</bdi>`)}, so ${missing.length === 1 ? 'it is' : 'they are'} left out.</p>`}${
    left > 0 &&
    html`<p class="note" role="note">A comparison holds ${MOST_COMPARED} jobs: the last ${left === 1 ? 'one' : left} of this address ${left === 1 ? 'is' : 'are'} left out.</p>`
  }`;
}

function howTo(held: number, credential: Credential | null): Html {
  return html`<section class="know"><h2>${held === 0 ? 'How to compare' : 'One job is no comparison'}</h2><p>Open a list of jobs, go to “Compare jobs side by side” below it, and check ${LEAST_COMPARED} to ${MOST_COMPARED} of them.</p><p class="ways"><a class="button" href="${at('/jobs', credential ? `credential=${credential}` : '')}#compare">Choose jobs${credential && html` for ${aCredential(credential)}`}</a></p></section>`;
}

function unknown(web: Web, reply: FastifyReply, { ids, left, credential }: Asked): FastifyReply {
  const body = html`<div class="wide page comparison"><header class="head"><h1>Nothing to compare</h1>${notes(ids, left)}</header>${howTo(0, credential)}</div>`;
  const page = layout(web, {
    title: 'Nothing to compare',
    description: 'No posting has one of these addresses.',
    path: PATH,
    section: 'jobs',
    noindex: true,
    body,
  });
  return sendHtml(reply, 404, page);
}
