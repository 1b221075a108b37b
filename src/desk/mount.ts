import type { FastifyInstance } from 'fastify';
import { sendTagged } from '../http/conditional.ts';
import type { HttpContext } from '../http/context.ts';
import { html } from '../http/html.ts';
import { openDatabase } from '../store/database.ts';
import { takeForms } from '../web/forms.ts';
import { errorsAsPages } from '../web/pages/errors.ts';
import { classifierProcess } from './classifier-process.ts';
import type { Desk, DeskOptions, DeskPages } from './context.ts';
import { outsidePage } from './layout.ts';
import { loginRoutes, logoutRoutes } from './login.ts';
import { auditPages } from './pages/audit.ts';
import { heldPages } from './pages/held.ts';
import { labelPages } from './pages/labels.ts';
import { mailPages } from './pages/mails.ts';
import { overviewPages } from './pages/overview.ts';
import { queuePages } from './pages/queue.ts';
import { reportPages } from './pages/reports.ts';
import { reviewPages } from './pages/review.ts';
import { rulesPages } from './pages/rules.ts';
import { sessionPages } from './pages/sessions.ts';
import { sourcesPages } from './pages/sources.ts';
import { unverifiedPages } from './pages/unverified.ts';
import { guard, refused } from './session.ts';
import { DESK_STYLE } from './style.ts';

/** The pages in the order of the navigation. */
const PAGES: readonly DeskPages[] = [
  overviewPages,
  sourcesPages,
  heldPages,
  unverifiedPages,
  queuePages,
  reviewPages,
  labelPages,
  reportPages,
  rulesPages,
  mailPages,
  auditPages,
  sessionPages,
];

const YEAR = 'private, max-age=31536000, immutable';

/** What an action may take: closing a board's postings also compares them with those of others. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** The operator's desk below /admin, to be mounted beside the API where a password is set. Its writing connections close with the server. */
export function deskRoutes({ databaseUrl, ...options }: DeskOptions) {
  return (app: FastifyInstance, context: HttpContext): void => {
    // Opened by the first login.
    const writer = openDatabase(databaseUrl, { max: 3, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const classifier = classifierProcess();
    const desk: Desk = {
      ...context,
      ...options,
      writer,
      classifier,
      isSecure: context.config.PUBLIC_URL?.toLowerCase().startsWith('https:') ?? false,
      nav: PAGES.flatMap(({ nav }) => nav ?? []),
    };
    app.register(async scope => {
      scope.addHook('onClose', async () => {
        await classifier.close();
        await writer.destroy();
      });
      scope.addHook('onRequest', async (_request, reply) => {
        reply.headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
      });
      takeForms(scope);
      errorsAsPages(scope, (title, told) => outsidePage(title, html`<p>${told}</p><p><a href="/admin">To the desk</a></p>`));
      scope.get(DESK_STYLE.path, async (request, reply) =>
        sendTagged(request, reply, { tag: DESK_STYLE.tag, cacheControl: YEAR }, DESK_STYLE),
      );
      loginRoutes(scope, desk);
      scope.register(async inside => {
        guard(inside, desk);
        logoutRoutes(inside, desk);
        for (const { routes } of PAGES) routes(inside, desk);
        inside.all('/admin/*', async () => {
          throw refused(404, 'The desk has no such page.');
        });
      });
    });
  };
}
