import type { FastifyInstance } from 'fastify';
import { canonicalQuery, pageQuery } from '../../feed/canonical.ts';
import { describeFilter } from '../../feed/describe.ts';
import { type Filter, parseFilter, rawQuery } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { type Site, urlOf } from '../../feed/site.ts';
import { summaryLines, titleLine } from '../../feed/summary.ts';
import { CREDENTIALS, PATHS } from '../../posting/taxonomy.ts';
import { type FeedPage, type FeedPosting, feedPage, feedPosting } from '../../store/feed.ts';
import type { ApiContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { page, STYLE, sendPage } from '../page.ts';
import { queryText } from '../query.ts';

/** `/`: the newest postings of a filter with links to its feeds. `/jobs/:id`: one posting with what it says about each credential. */
export function startPageRoutes(app: FastifyInstance, { db, site }: ApiContext): void {
  app.get('/style.css', async (_request, reply) =>
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE),
  );
  app.get('/', async (request, reply) => {
    const filter = parseFilter(rawQuery(queryText(request)));
    return sendPage(reply, listPage(site(), filter, await feedPage(db, filter)));
  });
  app.get<{ Params: { id: string } }>('/jobs/:id', async (request, reply) => {
    const { id } = request.params;
    const posting = /\p{Cc}/u.test(id) ? null : await feedPosting(db, id);
    if (!posting)
      return sendPage(reply.code(404), page('Not found', '', html`<p>No posting has this address. <a href="/">Newest postings</a></p>`));
    return sendPage(reply.code(posting.closed_at ? 410 : 200), jobPage(posting, posting.text));
  });
}

function listPage(site: Site, filter: Filter, { items, next, total }: FeedPage): Html {
  const query = canonicalQuery({ ...filter, cursor: null });
  const count = total ? `${total.capped ? 'more than ' : ''}${total.value.toLocaleString('en-US')} open now` : '';
  const body = html`<p>${count}. Each posting shows the words that say who may apply.</p>
<nav>${Object.entries(FORMATS).map(([name, { path }]) => html`<a href="${urlOf(site, path, query)}">${name.toUpperCase()}</a>`)}<a href="/feeds.opml">All feeds (OPML)</a><a href="/api">API</a></nav>
${items.length === 0 && html`<p>Nothing matches. <a href="/">Show all</a></p>`}
${items.map(posting => html`<h2><a href="/jobs/${encodeURIComponent(posting.id)}">${titleLine(posting)}</a></h2>${facts(posting)}`)}
${next && html`<p><a rel="next" href="/?${pageQuery(filter, next)}">Older postings</a></p>`}`;
  return page(describeFilter(filter), query, body);
}

function facts(posting: FeedPosting): Html {
  const paths = posting.paths.map(path => PATHS[path]?.name ?? path).join(', ');
  return html`${summaryLines(posting).map(line => html`<p>${line}</p>`)}<p><small>${paths} · first seen ${posting.first_seen.toISOString().slice(0, 10)}</small></p>`;
}

function jobPage(posting: FeedPosting, text: string): Html {
  const rows = CREDENTIALS.map(credential => {
    const told = posting.verdicts?.[credential];
    return html`<tr><th scope="row">${credential}</th><td>${told?.verdict}</td><td>${told?.evidence.map(({ text: words }) => html`<q>${words}</q> `)}</td></tr>`;
  });
  const body = html`${posting.closed_at && html`<p><strong>Closed on ${posting.closed_at.toISOString().slice(0, 10)}.</strong></p>`}
${facts(posting)}
<p><a rel="nofollow noopener noreferrer" href="${safeUrl(posting.apply_url ?? posting.url)}">The employer’s own page</a></p>
<table><caption>Who may apply</caption><tr><th scope="col">Credential</th><th scope="col">Verdict</th><th scope="col">Deciding words</th></tr>${rows}</table>
${text.split(/\n+/).map(line => html`<p>${line}</p>`)}`;
  return page(titleLine(posting), '', body);
}

/** Only web addresses become links, whatever a board says. */
function safeUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}
