import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../http/html.ts';
import { sendHtml } from '../http/html-page.ts';
import { networkOf } from '../http/logged-request.ts';
import { noteChange } from '../store/desk/audit.ts';
import { endSession } from '../store/desk/sessions.ts';
import { formOf } from '../web/forms.ts';
import type { Desk } from './context.ts';
import { outsidePage } from './layout.ts';
import { loginWaits, TooManyLogins } from './login-waits.ts';
import { LONGEST_PASSWORD } from './password.ts';
import { beginSession, forgetToken, LOGIN, livingSession, mustBeSameSite, sessionOf } from './session.ts';

/** `/admin/login`, the one page that is not behind the guard. */
export function loginRoutes(app: FastifyInstance, desk: Desk): void {
  const waits = loginWaits();
  app.get<{ Querystring: { to?: string } }>(LOGIN, async (request, reply) => {
    const to = placeOf(request.query.to);
    if (await livingSession(request, desk)) return reply.redirect(to, 303);
    return sendHtml(reply, 200, loginPage(to, null));
  });
  app.post(LOGIN, async (request, reply) => {
    mustBeSameSite(request, desk);
    const form = formOf(request);
    const to = placeOf(form.get('to'));
    try {
      waits.begin(request.ip);
    } catch (error) {
      if (!(error instanceof TooManyLogins)) throw error;
      return sendHtml(reply.header('retry-after', String(error.retryAfter)), 429, loginPage(to, error.message));
    }
    const password = form.get('password') ?? '';
    if (password.length > LONGEST_PASSWORD || !(await desk.credential.matches(password))) {
      await noteChange(desk.writer, stranger(request), { what: 'desk.refuse_login' });
      return sendHtml(reply, 401, loginPage(to, 'That is not the password.'));
    }
    waits.succeeded(request.ip);
    await beginSession(request, reply, desk);
    return reply.redirect(to, 303);
  });
}

/** `/admin/logout`, behind the guard as everything else. */
export function logoutRoutes(app: FastifyInstance, desk: Desk): void {
  app.post('/admin/logout', async (request, reply) => {
    const { tokenHash, actor } = sessionOf(request);
    await desk.writer.transaction().execute(async trx => {
      await endSession(trx, tokenHash);
      await noteChange(trx, actor, { what: 'desk.logout' });
    });
    forgetToken(reply, desk);
    return reply.redirect(LOGIN, 303);
  });
}

function stranger({ ip }: FastifyRequest) {
  return { via: 'desk', who: 'nobody', network: networkOf(ip) } as const;
}

/** Where a login leads: only to pages of the desk. */
function placeOf(to: unknown): string {
  return typeof to === 'string' && /^\/admin(\/[\w-]+)*$/.test(to) && to !== LOGIN && to !== '/admin/logout' ? to : '/admin';
}

function loginPage(to: string, told: string | null): Html {
  return outsidePage(
    'Log in',
    html`${told && html`<p class="alarm" role="alert">${told}</p>`}<form class="login" method="post" action="${LOGIN}"><input type="hidden" name="to" value="${to}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="${LONGEST_PASSWORD}">
<button type="submit">Log in</button></form>`,
  );
}
