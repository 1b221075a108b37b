import type { FastifyInstance, FastifyRequest } from 'fastify';
import { canonicalQuery, pageQuery } from '../../feed/canonical.ts';
import { describeFilter } from '../../feed/describe.ts';
import { type Filter, parseQuery } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { hour, minuteOf } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { queryText } from '../../http/request-query.ts';
import { databaseNow } from '../../store/clock.ts';
import { takeNoneTotal } from '../../store/feed/counts.ts';
import { feedTags, postingTexts } from '../../store/feed/evidence.ts';
import { type FacetCounts, feedFacets } from '../../store/feed/facets.ts';
import { type FeedPage, feedPage } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { at, tidied, toggled, understood, without } from '../filter-query.ts';
import { type Loosening, loosenings } from '../loosen.ts';
import { chips, quoted } from '../view/chips.ts';
import { facetColumn } from '../view/facets.ts';
import { detailForm, searchForm } from '../view/filter-forms.ts';
import { jobCard } from '../view/job-card.ts';
import { layout } from '../view/layout.ts';
import { notUnderstood } from '../view/not-understood.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { welcome } from '../view/welcome.ts';
import { capitalized, count, totalText } from '../view/words.ts';

const PATH = '/jobs';

/** `/jobs` and `/`: the postings of a filter, newest first, with what they can be narrowed by. `/` greets those who come without a filter. */
export function jobsRoutes(app: FastifyInstance, web: Web): void {
  for (const path of ['/', PATH]) {
    app.get(path, async (request, reply) => {
      const { filter, query, spelled, unknown } = filterOf(request);
      if (!spelled) return reply.header('cache-control', PAGE_CACHE).redirect(at(path, query), 301);
      const home = path === '/' && query === '';
      const page = () => render(web, filter, query, home, unknown);
      return await web.answers.html(request, reply, `jobs ${home} ${query} ${unknown}`, page, minuteOf(filter) || hour());
    });
  }
}

type PageFilter = {
  filter: Filter;
  query: string;
  /** Whether it is spelled as all our links spell it. One with unknown names is not sent elsewhere: the page says which they are. */
  spelled: boolean;
  /** Names nobody knows. */
  unknown: string[];
};

/** The filter of a request. Throws E_FILTER for a value that is not taken. */
export function filterOf(request: FastifyRequest): PageFilter {
  const given = queryText(request);
  const { known, unknown } = understood(given);
  const filter = parseQuery(tidied(known));
  const query = canonicalQuery(filter);
  const same = (text: string) => JSON.stringify([...new URLSearchParams(text)]);
  return { filter, query, spelled: unknown.length > 0 || given === query || same(given) === same(query), unknown };
}

/** Counts of the facets, read once for as long as nothing changes. */
export async function facetsOf({ db, revisions }: Web, filter: Filter, query: string): Promise<FacetCounts> {
  return await revisions.cached(`web facets ${minuteOf(filter)} ${query}`, () => feedFacets(db, filter));
}

async function render(web: Web, filter: Filter, query: string, home: boolean, unknown: readonly string[]): Promise<Html> {
  const all = without(query, 'cursor');
  const [page, facets, none] = await Promise.all([
    feedPage(web.db, filter),
    facetsOf(web, { ...filter, cursor: null }, all),
    web.revisions.cached(`take none ${minuteOf(filter)} ${all}`, () => takeNoneTotal(web.db, filter)),
  ]);
  const ids = page.items.map(({ id }) => id);
  const [tags, texts, loosen] = await Promise.all([
    feedTags(web.db, ids),
    postingTexts(web.db, ids),
    page.items.length === 0 ? loosenings(web.db, all, 0) : [],
  ]);
  const now = await databaseNow(web.db);
  const what = describeFilter(filter);
  const title = capitalized(what);
  const total = page.total ? totalText(page.total, 'open job') : '';
  const cards = page.items.map(
    posting => html`<li>${jobCard(posting, now, { tags: tags.get(posting.id) ?? [], text: texts.get(posting.id) ?? '' })}</li>`,
  );
  const body = html`${home && welcome(facets)}
<div class="wide list">
<div class="head">${home ? html`<h2>Newest jobs</h2>` : html`<h1>${title}</h1>`}
<p class="total" role="status">${total}</p>${noneLine(all, none)}
${notUnderstood(unknown)}</div>
${searchForm(PATH, all)}
${chips(PATH, all)}
<div class="columns">
<aside aria-label="Narrow the list"><details class="filters"><summary>Narrow the list</summary><div>
<h2 class="sr">Narrow the list</h2>
${facetColumn(PATH, all, facets)}
${facets.capped && html`<p class="note">Counted over the newest 50,000.</p>`}
${detailForm(PATH, all)}
</div></details></aside>
<section aria-label="Jobs" class="results">
${cards.length > 0 ? html`<ol class="jobs">${cards}</ol>` : nothing(all, loosen)}
${pager(filter, page)}
${takeAlong(all)}
${web.subscriptions && subscribeBox(all)}
</section></div></div>`;
  return layout(web, {
    title: home ? 'Non-clinical jobs for OT, PT and SLP professionals' : title,
    description: `${total}: ${title}. Each with the words of the posting that say who may apply.`,
    path: home ? '/' : PATH,
    query,
    feed: { title: what, query: all },
    section: 'jobs',
    noindex: query !== '',
    head: page.next !== null && html`<link rel="next" href="${at(PATH, pageQuery(filter, page.next))}">`,
    body,
  });
}

/** How many postings are left out because they take none of the five, and the way to them. */
function noneLine(query: string, { value, capped }: { value: number; capped: boolean }): Html | false {
  if (value === 0) return false;
  const told = capped ? `More than ${count(value)} more take` : `${count(value)} more ${value === 1 ? 'takes' : 'take'}`;
  return html`<p class="note none-of-five"><a rel="nofollow" href="${at(PATH, toggled(query, 'include', 'barred'))}">${told} none of the five credentials</a>.</p>`;
}

function nothing(query: string, loosen: readonly Loosening[]): Html {
  return html`<div class="empty"><h2>Nothing matches today</h2>
${
  loosen.length > 0
    ? html`<p>Letting go of one of these finds something:</p>
<ul>${loosen.map(({ label, without: rest, total }) => html`<li><a href="${at(PATH, rest)}">Without ${quoted(label)}</a>: ${total.capped ? `more than ${count(total.value)}` : count(total.value)}</li>`)}</ul>`
    : html`<p>No single part of the filter is to blame. <a href="${PATH}">Begin with all jobs</a> and narrow step by step.</p>`
}
<p>Or keep the filter and let it come to you: <a href="${at('/feeds', query)}">follow it as a feed</a>.</p></div>`;
}

function pager(filter: Filter, { next }: FeedPage): Html | false {
  const first = filter.cursor && at(PATH, pageQuery(filter, null));
  if (!first && !next) return false;
  return html`<nav class="pager" aria-label="Pages">${first ? html`<a href="${first}" rel="first">Newest</a>` : html`<span></span>`}${next && html`<a href="${at(PATH, pageQuery(filter, next))}" rel="next">Older jobs</a>`}</nav>`;
}

/** The same filter elsewhere: the ids are the same on every surface. */
function takeAlong(query: string): Html {
  return html`<nav class="along" aria-label="This filter as a feed"><span>Take this filter with you:</span> ${Object.entries(FORMATS).map(
    ([name, { path }]) =>
      html`<a href="${at(path, query)}">${name === 'json' ? 'JSON Feed' : name === 'atom' ? 'Atom' : name.toUpperCase()}</a> `,
  )}<a href="${at('/api/v1/postings', query)}">API</a></nav>`;
}
