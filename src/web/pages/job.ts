import type { FastifyInstance } from 'fastify';
import { takesNone } from '../../feed/eligibility.ts';
import { employerSlug } from '../../feed/employer.ts';
import { jobUrl } from '../../feed/site.ts';
import { payText } from '../../feed/summary.ts';
import { verdictGroups } from '../../feed/verdict-words.ts';
import type { Html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { queryText } from '../../http/request-query.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { feedPosting, type PostingDetail } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { employerAnswers } from '../employer-answers.ts';
import { employersOf } from '../employers.ts';
import { credentialOf } from '../reader.ts';
import { similarJobs } from '../similar.ts';
import { structuredData } from '../structured-data.ts';
import { layout } from '../view/layout.ts';
import { postingPage, titleOf } from '../view/posting-page.ts';
import { whereText } from '../view/words.ts';
import { notFound } from './errors.ts';
import { numbersOfOne } from './paths.ts';

/** `/jobs/:id`: whether it takes the reader and the words that say so, the facts, the text. 410 when closed, 404 when unknown. */
export function jobRoutes(app: FastifyInstance, web: Web): void {
  app.get<{ Params: { id: string }; Querystring: { reported?: string } }>('/jobs/:id', async (request, reply) => {
    const { id } = request.params;
    const posting = /\p{Cc}/u.test(id) ? null : await feedPosting(web.db, id);
    if (!posting)
      return sendHtml(reply, 404, notFound(web, 'No posting has this address. The link may be cut short, or the job closed long ago.'));
    const credential = credentialOf(queryText(request));
    if (posting.closed_at) return sendHtml(reply, 410, await jobPage(web, posting, credential, false));
    const reported = request.query.reported === '1';
    return await web.answers.html(request, reply, `job ${reported} ${credential} ${id}`, () => jobPage(web, posting, credential, reported));
  });
}

async function jobPage(web: Web, posting: PostingDetail, credential: Credential | null, reported: boolean): Promise<Html> {
  const { id, closed_at, pay, paths, company } = posting;
  const [similar, answers, employers, numbers, now] = await Promise.all([
    similarJobs(web, posting, credential),
    employerAnswers(web, posting, credential),
    employersOf(web),
    paths[0] ? numbersOfOne(web, paths[0]) : null,
    databaseNow(web.db),
  ]);
  const title = titleOf(posting);
  return layout(web, {
    title: closed_at ? `Closed: ${title}` : title,
    description: [title, whereText(posting), pay && payText(pay), whoText(posting)].filter(Boolean).join(' · '),
    path: `/jobs/${encodeURIComponent(id)}`,
    section: 'jobs',
    credential,
    noindex: closed_at !== null || posting.relevance !== 'nonclinical' || takesNone(posting),
    head: web.structuredData && !closed_at && structuredData(posting),
    skip: { to: 'eligibility', label: 'Skip to who may apply' },
    body: postingPage(posting, {
      credential,
      reported,
      now,
      address: jobUrl(web.site(), id),
      similar,
      answers,
      employer: (company && employers.get(employerSlug(company))) || null,
      guides: web.guides,
      numbers: numbers?.row ?? undefined,
      subscriptions: web.subscriptions,
    }),
  });
}

/** Who may apply, for link previews. */
function whoText({ verdicts }: PostingDetail): string {
  return verdicts
    ? verdictGroups(verdicts)
        .map(({ told }) => told)
        .join(' · ')
    : '';
}
