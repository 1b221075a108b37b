import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { FIELDS, type FieldName } from '../../feed/fields.ts';
import { type FilterMistake, isFilterMistake } from '../../feed/filter.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { sendProblem, tellErrors } from '../../http/problem.ts';
import { queryText } from '../../http/request-query.ts';
import type { Web } from '../context.ts';
import { at, withoutValue } from '../filter-query.ts';
import { layout } from '../view/layout.ts';
import { capitalized } from '../view/words.ts';

/** Errors of pages are pages. What nobody answers is one too for people, and a problem for programs. */
export function errorRoutes(app: FastifyInstance, web: Web): void {
  errorsAsPages(app, (title, told, error, request) =>
    isFilterMistake(error) ? mistakePage(web, error, request) : errorPage(web, title, told),
  );
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/api/') || !request.headers.accept?.includes('text/html')) {
      return sendProblem(reply, { status: 404, detail: `there is nothing at ${path}` });
    }
    return sendHtml(reply, 404, notFound(web, 'There’s nothing at this address.'));
  });
}

/** Tells the errors of a scope on the pages that `page` makes. */
export function errorsAsPages(
  app: FastifyInstance,
  page: (title: string, told: string, error: FastifyError, request: FastifyRequest) => Html,
): void {
  tellErrors(app, (reply, { status, detail = '' }, error, request) => {
    const title = status < 500 ? 'That did not work' : 'Something broke on our end';
    return sendHtml(reply, status, page(title, detail, error, request));
  });
}

export function notFound(web: Web, told: string): Html {
  return errorPage(web, 'Not found', told);
}

/** Pages whose query is a filter, so that a value that is not taken can be left out. */
const FILTERED = ['/', '/jobs', '/feeds'];

function mistakePage(web: Web, { field, value, allowed }: FilterMistake, request: FastifyRequest): Html {
  const path = request.url.split('?')[0] ?? '';
  const rest =
    FILTERED.includes(path) && Object.hasOwn(FIELDS, field) && at(path, withoutValue(queryText(request), field as FieldName, value));
  return plainPage(
    web,
    'This filter does not work',
    html`<p><strong>${field}</strong> can’t be “${String(value).slice(0, 100)}”.</p><p>Allowed: ${allowed}.</p>${rest && html`<p><a class="button" href="${rest}">Show it without this</a></p>`}`,
  );
}

function errorPage(web: Web, title: string, told: string): Html {
  return plainPage(web, title, told !== '' && html`<p>${capitalized(told)}</p>`);
}

function plainPage(web: Web, title: string, told: Html | false): Html {
  const body = html`<div class="prose"><h1>${title}</h1>${told}<p><a href="/jobs">All jobs</a> · <a href="/paths">Paths</a> · <a href="/start">Quiz</a></p></div>`;
  return layout(web, { title, description: title, path: '/', noindex: true, body });
}
