import type { FastifyInstance } from 'fastify';
import { describeFilter } from '../../feed/describe.ts';
import type { Filter } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { urlOf } from '../../feed/site.ts';
import { hour, minuteOf } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { feedTotal } from '../../store/feed/counts.ts';
import type { Web } from '../context.ts';
import { at, without } from '../filter-query.ts';
import { curatorKit } from '../kit.ts';
import { chips, chipsOf } from '../view/chips.ts';
import { facetColumn } from '../view/facets.ts';
import { detailForm, searchForm } from '../view/filter-forms.ts';
import { layout } from '../view/layout.ts';
import { notUnderstood } from '../view/not-understood.ts';
import { capitalized, totalText } from '../view/words.ts';
import { facetsOf, filterOf } from './jobs.ts';

const PATH = '/feeds';
const NAMES: Record<keyof typeof FORMATS, [string, string]> = {
  rss: ['RSS', 'for most feed readers'],
  atom: ['Atom', 'the same jobs, for readers that prefer it'],
  json: ['JSON', 'JSON Feed, with every fact under _ombre'],
  csv: ['CSV', 'for a spreadsheet'],
};

/** `/feeds`: builds the address of a feed by clicking. */
export function feedsRoutes(app: FastifyInstance, web: Web): void {
  app.get(PATH, async (request, reply) => {
    const asked = filterOf(request);
    const query = without(asked.query, 'cursor');
    if (!asked.spelled || query !== asked.query) return reply.header('cache-control', PAGE_CACHE).redirect(at(PATH, query), 301);
    const page = () => render(web, asked.filter, query, asked.unknown);
    return await web.answers.html(request, reply, `feeds ${query} ${asked.unknown}`, page, minuteOf(asked.filter) || hour());
  });
}

async function render(web: Web, filter: Filter, query: string, unknown: readonly string[]): Promise<Html> {
  const [total, facets, kit] = await Promise.all([feedTotal(web.db, filter), facetsOf(web, filter, query), curatorKit(web, filter, query)]);
  const what = describeFilter(filter);
  const body = html`<div class="wide list"><header class="head"><h1>Build a feed</h1>
<p class="lead">Pick what you want to follow, then copy one of the addresses. A feed shows the same jobs as the list, the API and the emails.</p>${notUnderstood(unknown)}</header>
<div class="columns"><aside aria-label="Choose what the feed holds"><details class="filters"><summary>Choose what’s in it</summary><div>
<h2 class="sr">Choose what’s in the feed</h2>
${facetColumn(PATH, query, facets)}
${detailForm(PATH, query)}</div></details></aside>
<section aria-label="The feed">
${searchForm(PATH, query)}${chips(PATH, chipsOf(query), PATH)}
<h2>${capitalized(what)}</h2>
<p class="total" role="status">${totalText(total, 'job')} in it right now. <a href="${at('/jobs', query)}">See them</a></p>
${Object.entries(FORMATS).map(([name, { path }]) => address(web, name as keyof typeof FORMATS, path, query))}
${kit}
<h2>Everything at once</h2>
<p>One <a href="/feeds.opml">OPML file</a> gives your reader a feed for every path and every credential. For programs there’s <a href="/api">the API</a>.</p>
<h2>How feeds behave</h2>
<ul><li>A job keeps its id for good, and shows up again only if something about it changed.</li><li>Older jobs are on the next pages of the same feed.</li><li>Check as often as you like. A feed that hasn’t changed says “not modified”, which costs next to nothing.</li></ul>
</section></div></div>`;
  return layout(web, {
    title: 'Build a feed',
    description: 'Any filter as RSS, Atom, JSON Feed or CSV, to read, embed or republish.',
    path: PATH,
    query,
    feed: { title: what, query },
    section: 'feeds',
    noindex: query !== '',
    body,
  });
}

function address(web: Web, format: keyof typeof FORMATS, path: string, query: string): Html {
  const [name, told] = NAMES[format];
  return html`<div class="copy"><label for="url-${format}">${name}</label><input id="url-${format}" readonly data-copy aria-label="${name} address" value="${urlOf(web.site(), path, query)}"><span class="sr">${told}</span><a class="open" href="${at(path, query)}">Open<span class="sr"> the ${name} feed</span></a></div>`;
}
