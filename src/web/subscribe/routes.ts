import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import { keyMade, openKeyring } from '../../digest/keys.ts';
import { NO_MAIL, whyNoMail } from '../../digest/sendable.ts';
import { subscribe } from '../../digest/subscribe.ts';
import type { HttpContext } from '../../http/context.ts';
import { html } from '../../http/html.ts';
import { hourlyLimit } from '../../http/limits.ts';
import { sendProblem } from '../../http/problem.ts';
import { openDatabase } from '../../store/database.ts';
import { FORM_BYTES, takeForms } from '../forms.ts';
import { errorsAsPages } from '../pages/errors.ts';
import { privateLayout } from '../view/layout.ts';
import { askingRoutes } from './asking.ts';
import { atNow, type Ground } from './ground.ts';
import { MAILBOX, mailboxRoutes } from './mailbox.ts';
import { managingRoutes } from './managing.ts';
import { returnedRoute } from './returned.ts';

/**
 * Subscribing, confirming, managing, unsubscribing and returned mails, to be mounted beside the API. Nothing is changed by a GET, because
 * mail scanners open every link. `mailbox` shows all mails to everybody, as a demo does. The writing connections close with the server.
 */
export function subscriptionRoutes({ config, databaseUrl, mailbox = false }: { config: Config; databaseUrl: string; mailbox?: boolean }) {
  return (app: FastifyInstance, { site }: Pick<HttpContext, 'site'>): void => {
    app.register(async scope => {
      const db = openDatabase(databaseUrl, { max: 3, statementTimeoutMs: 5000 });
      scope.addHook('onClose', () => db.destroy());
      const lack = await whyNoMail(config);
      if (lack !== null) scope.log.error(`nobody can subscribe: ${lack}`);
      const keys = await openKeyring(config, file => scope.log.warn(keyMade(file)));
      const ground: Ground = {
        db,
        keys,
        site,
        config,
        wishes: hourlyLimit('subscriptions', config.SUBSCRIBE_RATE),
        canMail: lack === null,
        sends: config.SMTP_URL !== null,
        mailbox: mailbox ? MAILBOX : null,
      };
      scope.post('/api/v1/subscriptions', async (request, reply) => {
        if (!ground.canMail) return sendProblem(reply, { status: 503, detail: NO_MAIL });
        const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
        await ground.wishes(request.ip, async () => subscribe(await atNow(ground), body, 'api'));
        return reply.code(202).header('cache-control', 'no-store').send({ status: 'confirmation_asked' });
      });
      scope.register(async pages => {
        takeForms(pages);
        // One-click requests of mail programs come as either, with a field that is not needed.
        pages.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: FORM_BYTES }, (_request, _body, done) =>
          done(null),
        );
        errorsAsPages(pages, (title, told) => privateLayout(title, html`<p>${told}</p>`));
        askingRoutes(pages, ground);
        managingRoutes(pages, ground);
        if (mailbox) mailboxRoutes(pages, ground);
      });
      scope.register(async hooks => returnedRoute(hooks, ground));
    });
  };
}
