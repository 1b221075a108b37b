import type { FastifyInstance } from 'fastify';
import { sendHtml } from '../../http/html-page.ts';
import { hourlyLimit } from '../../http/limits.ts';
import { feedPosting } from '../../store/feed/postings.ts';
import { addTagReport } from '../../store/tags/tag-reports.ts';
import type { Web } from '../context.ts';
import { formOf, isTrapped, takeForms } from '../forms.ts';
import { credentialOf } from '../reader.ts';
import { reportable } from '../view/report-form.ts';
import { notFound } from './errors.ts';

/** Reports one address may send in an hour, where a rate limit is set at all. */
const PER_HOUR = 20;

/** `POST /jobs/:id/report` keeps what a reader says is tagged wrong, and nothing about the reader. */
export function reportRoutes(app: FastifyInstance, web: Web): void {
  const limit = hourlyLimit('reports', web.config.RATE_LIMIT > 0 ? PER_HOUR : 0);
  app.register(async forms => {
    takeForms(forms);
    // A browser that loads the address anew asks by GET: the form is on the page of the posting.
    forms.get<{ Params: { id: string } }>('/jobs/:id/report', async (request, reply) =>
      reply.redirect(`/jobs/${encodeURIComponent(request.params.id)}#report`, 303),
    );
    forms.post<{ Params: { id: string } }>('/jobs/:id/report', async (request, reply) => {
      const { id } = request.params;
      const posting = /\p{Cc}/u.test(id) ? null : await feedPosting(web.db, id);
      if (!posting) return sendHtml(reply, 404, notFound(web, 'No posting has this address.'));
      if (request.headers['sec-fetch-site'] === 'cross-site') throw refused('a report must come from the page of the posting');
      const form = formOf(request);
      const tag = form.get('tag') ?? '';
      if (!reportable(posting).some(([name]) => name === tag)) throw refused('choose what is wrong from the list');
      if (!isTrapped(form)) {
        const report = { posting_id: id, tag, expected: lineOf(form, 'expected', 200), note: lineOf(form, 'note', 1000) };
        await limit(request.ip, () => addTagReport(web.writer, report));
      }
      // The page that thanks is the one the report came from.
      const credential = credentialOf(form.toString());
      const query = credential ? `credential=${credential}&reported=1` : 'reported=1';
      return reply.header('cache-control', 'no-store').redirect(`/jobs/${encodeURIComponent(id)}?${query}#report`, 303);
    });
  });
}

function refused(told: string): Error & { statusCode: number } {
  return Object.assign(new Error(told), { statusCode: 400 });
}

/** Control characters have no place in a log or a terminal of the operator. */
function lineOf(form: URLSearchParams, name: string, most: number): string | null {
  const text = (form.get(name) ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed();
  return text === '' ? null : text;
}
