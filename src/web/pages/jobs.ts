import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describeFilter } from '../../feed/describe.ts';
import type { Filter } from '../../feed/filter.ts';
import { hour, minuteOf } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { queryText } from '../../http/request-query.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { anyOpenPosting, takeNoneTotal } from '../../store/feed/counts.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import { type FacetCounts, feedFacets } from '../../store/feed/facets.ts';
import { type FeedPosting, feedPage } from '../../store/feed/postings.ts';
import { publicSources } from '../../store/feed/sources.ts';
import type { Web } from '../context.ts';
import { at, only, without } from '../filter-query.ts';
import { type ListPage, listPage } from '../list-page.ts';
import { type ListAsked, listQuery, type PageFilter, readFilter, readList } from '../list-query.ts';
import { loosenings } from '../loosen.ts';
import { chips } from '../view/chips.ts';
import { comparePicker } from '../view/compare-picker.ts';
import { filterRow, outOfView } from '../view/filter-row.ts';
import { firstRun } from '../view/first-run.ts';
import { jobCard } from '../view/job-card.ts';
import type { Sorted } from '../view/job-facts.ts';
import { layout } from '../view/layout.ts';
import { listBar, newSince } from '../view/list-bar.ts';
import { noneLine, nothingFound, saysNo, waysOut } from '../view/list-end.ts';
import { notUnderstood } from '../view/not-understood.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { capitalized, totalText } from '../view/words.ts';
import { homePage } from './home.ts';

const PATH = '/jobs';
/** A list of fewer jobs than this says where there are more. */
const SHORT = 10;
/** Jobs told that say no. */
const REFUSING = 10;

/** `/jobs` and `/`: the postings of a filter with what they can be narrowed by. `/` greets those who come without a filter. */
export function jobsRoutes(app: FastifyInstance, web: Web): void {
  for (const path of ['/', PATH]) {
    app.get(path, async (request, reply) => {
      const asked = readList(queryText(request));
      const { filter, query, spelled, unknown, sort, after } = asked;
      const own = listQuery(query, sort, after);
      if (!spelled) return reply.header('cache-control', PAGE_CACHE).redirect(at(path, own), 301);
      const home = path === '/' && own === '' && unknown.length === 0;
      const page = () => render(web, asked, home);
      return await web.answers.html(request, reply, `jobs ${home} ${own} ${unknown}`, page, minuteOf(filter) || hour());
    });
  }
}

/** The filter of a request. Throws E_FILTER for a value that is not taken. */
export function filterOf(request: FastifyRequest): PageFilter {
  return readFilter(queryText(request));
}

/** Counts of the facets, read once for as long as nothing changes. */
export async function facetsOf({ db, revisions }: Web, filter: Filter, query: string): Promise<FacetCounts> {
  return await revisions.cached(`web facets ${minuteOf(filter)} ${query}`, () => feedFacets(db, filter));
}

async function render(web: Web, asked: ListAsked, home: boolean): Promise<Html> {
  const { filter, sort } = asked;
  const all = without(asked.query, 'cursor');
  const [page, facets] = await Promise.all([listPage(web.db, asked), facetsOf(web, { ...filter, cursor: null }, all)]);
  if (page.items.length === 0 && !(await anyOpenPosting(web.db))) return await emptySite(web, home);
  if (home) return await homePage(web, facets);
  const now = await databaseNow(web.db);
  const what = describeFilter(filter);
  const title = capitalized(what);
  const jobs = page.total.value;
  const heading = page.items.length === 0 ? 'No jobs match today' : totalText(page.total, 'job');
  const credential = filter.credential.length === 1 ? filter.credential[0]! : null;
  const cards = await cardsOf(web, page.items, now, credential, id => ({ by: sort, miles: page.miles(id) }));
  const body = html`<div class="wide list"><h1>${title}</h1>
${notUnderstood(asked.unknown)}${filterRow(PATH, all, facets, sort)}
${chips(PATH, outOfView(all), at(PATH, only(all, 'credential')))}${newSince(PATH, all, now)}
<section aria-labelledby="jobs" class="results">
${listBar({ path: PATH, query: all, sort, heading, jobs, mail: web.subscriptions })}
${credential === null && cards.length > 0 && html`<p class="note">Choose your credential, and every job shows the words about you.</p>`}
${cards.length > 0 && html`<ol class="jobs">${cards}</ol>`}
${pager(asked, page)}
${comparePicker(page.items, credential)}
${await endOf(web, asked, all, page, credential, now)}</section></div>`;
  return layout(web, {
    title,
    description: `${heading}: ${title}. Each with the words of the posting that say who may apply.`,
    path: PATH,
    query: asked.query,
    feed: { title: what, query: all },
    section: 'jobs',
    skip: { to: 'jobs', label: 'Skip to the jobs' },
    noindex: asked.query !== '' || sort !== 'posted' || asked.after !== null,
    head: page.next !== null && html`<link rel="next" href="${at(PATH, page.next)}">`,
    body,
  });
}

async function emptySite(web: Web, home: boolean): Promise<Html> {
  return layout(web, {
    title: 'Non-clinical jobs for rehab professionals',
    description: 'Non-clinical jobs that therapists and assistants can really get, read from employers’ own sites.',
    path: home ? '/' : PATH,
    section: 'jobs',
    skip: { to: 'jobs', label: 'Skip to what is going on' },
    body: firstRun(await publicSources(web.db)),
  });
}

/** Postings as items of a list, each with the words it says of the reader's credential. */
async function cardsOf(
  { db }: Web,
  postings: readonly FeedPosting[],
  now: Date,
  credential: Credential | null,
  sorted?: (id: string) => Sorted,
): Promise<Html[]> {
  const texts = await postingTexts(
    db,
    postings.map(({ id }) => id),
  );
  return postings.map(
    posting => html`<li>${jobCard(posting, now, { text: texts.get(posting.id) ?? '', credential, sorted: sorted?.(posting.id) })}</li>
`,
  );
}

/** What a list ends in. A short one never ends in nothing: it says who else is asked for, and where there is more. */
async function endOf(
  web: Web,
  asked: ListAsked,
  all: string,
  page: ListPage,
  credential: Credential | null,
  now: Date,
): Promise<Html | false> {
  if (page.next !== null) return false;
  const { filter } = asked;
  const none = await web.revisions.cached(`take none ${minuteOf(filter)} ${all}`, () => takeNoneTotal(web.db, filter));
  const { value } = page.total;
  const ways = value < SHORT ? await loosenings(web.db, all, value) : [];
  const refusing = credential !== null && filter.path.length > 0 && !new URLSearchParams(all).has('verdict');
  const no = refusing ? await feedPage(web.db, { ...filter, verdict: ['barred'], limit: REFUSING, cursor: null }) : null;
  const refused = no && credential && saysNo(await cardsOf(web, no.items, now, credential), no.total?.value ?? 0, credential);
  const more = ways.length > 0 && value > 0 && html`<h2 class="more-of">More, one step away</h2>${waysOut(PATH, ways)}`;
  const nothing =
    value === 0 &&
    html`${nothingFound(PATH, all, ways)}${web.subscriptions && html`<div class="mailbox">${subscribeBox(all, true)}</div>`}`;
  return html`${nothing}${refused}${more}${noneLine(PATH, all, none)}`;
}

function pager({ query, sort, filter, after }: ListAsked, { next }: ListPage): Html | false {
  const begun = filter.cursor !== null || after !== null;
  if (!begun && !next) return false;
  const first = at(PATH, listQuery(without(query, 'cursor'), sort));
  return html`<nav class="pager" aria-label="Pages">${begun ? html`<a href="${first}" rel="first">First page</a>` : html`<span></span>`}${next && html`<a href="${at(PATH, next)}" rel="next">More jobs</a>`}</nav>`;
}
