import type { FastifyInstance } from 'fastify';
import { describeFilter } from '../../feed/describe.ts';
import type { Filter } from '../../feed/filter.ts';
import { urlOf } from '../../feed/site.ts';
import { hour, minuteOf } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { frame } from '../../http/html-page.ts';
import { assetUrl } from '../assets.ts';
import type { Web } from '../context.ts';
import { at, without } from '../filter-query.ts';
import { snippetOf } from '../kit.ts';
import type { SnippetItem } from '../snippet.ts';
import { capitalized } from '../view/words.ts';
import { filterOf } from './jobs.ts';

const PATH = '/embed';
/** Any page may show this one in a frame; it runs nothing, sends nothing, and loads nothing but our stylesheet and fonts. */
const EMBED_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

/** `/embed?<filter>`: the postings of a filter as a plain list for a frame in somebody else's page. */
export function embedRoutes(app: FastifyInstance, web: Web): void {
  app.get(PATH, async (request, reply) => {
    reply.header('content-security-policy', EMBED_POLICY);
    const { filter, query, spelled, unknown } = filterOf(request);
    if (!spelled) return reply.header('cache-control', PAGE_CACHE).redirect(at(PATH, query), 301);
    return await web.answers.html(request, reply, `embed ${query} ${unknown}`, () => embed(web, filter, query), minuteOf(filter) || hour());
  });
}

async function embed(web: Web, filter: Filter, query: string): Promise<Html> {
  const { heading, items } = await snippetOf(web, filter, capitalized(describeFilter(filter)));
  const jobs = urlOf(web.site(), '/jobs', without(query, 'cursor', 'limit'));
  const head = html`<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, follow">
<link rel="canonical" href="${jobs}">
<link rel="stylesheet" href="${assetUrl('style.css')}">
`;
  const body = html`<main class="embed"><h1>${heading}</h1>
${items.length > 0 ? html`<ul>${items.map(item => html`<li>${row(item)}</li>`)}</ul>` : html`<p>Nothing matches today.</p>`}
<p class="note">From <a target="_blank" rel="noopener" href="${jobs}">Ombre</a>, which shows the words that say who may apply.</p></main>`;
  return frame({ title: heading, head, body });
}

function row({ address, title, facts, verdict, said }: SnippetItem): Html {
  const words =
    typeof said === 'string' ? said : html`<q>${said.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</q>`;
  return html`<a target="_blank" rel="noopener" href="${address}"><bdi>${title}</bdi></a><br><span class="by"><bdi>${facts}</bdi></span><br><b>${verdict}</b> ${words}`;
}
