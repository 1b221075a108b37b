import type { FastifyInstance } from 'fastify';
import { closedWords } from '../../feed/closed-words.ts';
import { takesNone, whyNobody } from '../../feed/eligibility.ts';
import { parseQuery } from '../../feed/filter.ts';
import { payText, titleLine } from '../../feed/summary.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { sanitise } from '../../posting/html.ts';
import { databaseNow } from '../../store/clock.ts';
import { type FeedPosting, feedPage, feedPosting, type PostingDetail } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { structuredData } from '../structured-data.ts';
import { eligibilityTable, verdictMarks } from '../view/eligibility.ts';
import { factList } from '../view/facts.ts';
import { highlightHtml, highlightText, type Mark } from '../view/highlight.ts';
import { jobCard, marks } from '../view/job-card.ts';
import { layout, trusted } from '../view/layout.ts';
import { reportForm } from '../view/report-form.ts';
import { dateOf, whereText } from '../view/words.ts';
import { notFound } from './errors.ts';

const SIMILAR = 4;

/** `/jobs/:id`: facts, who may apply and why, the text with the deciding words marked. 410 when closed, 404 when unknown. */
export function jobRoutes(app: FastifyInstance, web: Web): void {
  app.get<{ Params: { id: string }; Querystring: { reported?: string } }>('/jobs/:id', async (request, reply) => {
    const { id } = request.params;
    const posting = /\p{Cc}/u.test(id) ? null : await feedPosting(web.db, id);
    if (!posting) return sendHtml(reply, 404, notFound(web, 'No posting has this address.'));
    if (posting.closed_at) return sendHtml(reply, 410, await jobPage(web, posting, false));
    const reported = request.query.reported === '1';
    return await web.answers.html(request, reply, `job ${reported} ${id}`, () => jobPage(web, posting, reported));
  });
}

async function jobPage(web: Web, posting: PostingDetail, reported: boolean): Promise<Html> {
  const similar = await similarTo(web, posting);
  const now = await databaseNow(web.db);
  const { closed_at } = posting;
  const none = whyNobody(posting);
  const title = titleLine(posting);
  const wanted = verdictMarks(posting);
  const body = bodyOf(posting, wanted);
  const page = html`<article class="wide posting">
<header class="head"><p class="crumbs"><a href="/jobs">Jobs</a></p><h1>${posting.title} ${marks(posting, now)}</h1>
<p class="where">${[posting.company, whereText(posting)].filter(Boolean).join(' · ')}</p>
${posting.pay && html`<p class="pay">${payText(posting.pay)}</p>`}
${none && html`<p class="none-note" role="note">${none}</p>`}${
  closed_at
    ? html`<p class="closed-note" role="note"><strong>Closed on ${dateOf(closed_at)}</strong>: ${closedWords(posting.closed_reason)}. The facts stay here for reference.</p>`
    : html`<p class="apply"><a class="button" rel="nofollow noopener noreferrer external" href="${webAddress(posting.apply_url ?? posting.url)}">Go to the employer’s page</a> <span class="muted">on ${hostOf(posting.apply_url ?? posting.url)}</span></p>`
}</header>
<div class="split facts-first"><aside aria-label="Facts">${factList(posting, now)}</aside><div>
${eligibilityTable(posting, body ? wanted : [])}
<section aria-labelledby="text-title"><h2 id="text-title">What the employer says</h2><div class="text">${body ?? html`<p class="muted">The board shows no text of this posting. <a rel="nofollow noopener noreferrer external" href="${webAddress(posting.url)}">Read it at the employer’s.</a></p>`}</div></section>
${!closed_at && reportForm(posting, reported)}</div></div>
${similar.length > 0 && html`<section class="similar" aria-labelledby="similar-title"><h2 id="similar-title">Similar postings</h2><ul class="jobs">${similar.map(other => html`<li>${jobCard(other, now)}</li>`)}</ul></section>`}
</article>`;
  return layout(web, {
    title,
    description: [title, whereText(posting), posting.pay && payText(posting.pay)].filter(Boolean).join(' · '),
    path: `/jobs/${encodeURIComponent(posting.id)}`,
    section: 'jobs',
    noindex: closed_at !== null || posting.relevance !== 'nonclinical' || takesNone(posting),
    head: web.structuredData && !closed_at && structuredData(posting),
    body: page,
  });
}

/** Sanitised once more: whatever wrote the row, nothing of it runs here. */
function bodyOf({ text, html: given }: PostingDetail, wanted: readonly Mark[]): Html | null {
  const clean = sanitise(given ?? '');
  if (text.trim() === '' && clean === '') return null;
  return trusted(highlightHtml(clean, text, wanted) ?? highlightText(text, wanted, plain => html`${plain}`.html));
}

/** Others of the same role, else of the same path. */
async function similarTo({ db }: Web, { id, roles, paths }: PostingDetail): Promise<FeedPosting[]> {
  const found = new Map<string, FeedPosting>();
  for (const query of [roles.length > 0 && `role=${roles.join(',')}`, paths.length > 0 && `path=${paths[0]}`]) {
    if (!query || found.size >= SIMILAR) continue;
    const { items } = await feedPage(db, { ...parseQuery(query), limit: SIMILAR + 1 }, {});
    for (const item of items) if (item.id !== id && found.size < SIMILAR) found.set(item.id, item);
  }
  return [...found.values()];
}

/** Only web addresses become links, whatever a board says. */
function webAddress(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'the employer’s site';
}
