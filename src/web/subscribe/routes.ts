import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import { applyReturned, isSigned, readEvent, readReturned } from '../../digest/bounces.ts';
import { erase, exported } from '../../digest/erasure.ts';
import { type Keyring, keyMade, openKeyring, type Purpose, readToken } from '../../digest/keys.ts';
import { linksOf } from '../../digest/links.ts';
import { restOf } from '../../digest/rest.ts';
import { NO_MAIL, whyNoMail } from '../../digest/sendable.ts';
import { outboxFolder } from '../../digest/settings.ts';
import { change, confirm, lookAtConfirmation, managed, pause, subscribe, unsubscribe } from '../../digest/subscribe.ts';
import { wantedQuery } from '../../digest/wanted.ts';
import { OmbreError } from '../../errors.ts';
import type { Site } from '../../feed/site.ts';
import type { HttpContext } from '../../http/context.ts';
import { type Html, html } from '../../http/html.ts';
import { type HourlyLimit, hourlyLimit } from '../../http/limits.ts';
import { problemOf, sendProblem, setRetryAfter } from '../../http/problem.ts';
import { queryText } from '../../http/query.ts';
import { databaseNow } from '../../store/clock.ts';
import { openDatabase } from '../../store/database.ts';
import { endSubscription } from '../../store/digest/subscriptions.ts';
import type { Choice } from '../../store/digest/wishes.ts';
import type { Database } from '../../store/schema.ts';
import { understood } from '../query.ts';
import { notUnderstoodText } from '../view/not-understood.ts';
import * as pages from './pages.ts';

const FORM_BYTES = 16 * 1024;
const MAIL_BYTES = 1024 * 1024;
/** The addresses of these pages are secrets, so requests to them are not logged. */
const QUIET = { logLevel: 'warn' } as const;
const SAVED = 'Saved.';

/** `wishes`: the one count of what form and API took. */
type Ground = {
  db: Kysely<Database>;
  keys: Keyring;
  site: () => Site;
  config: Config;
  wishes: HourlyLimit;
  canMail: boolean;
};
type Token = { Params: { token: string }; Querystring: { done?: string; export?: string; after?: string } };

/**
 * Subscribing, confirming, managing, unsubscribing and returned mails, to be mounted beside the API. Nothing is changed by a GET, because
 * mail scanners open every link. The writing connections close with the server.
 */
export function subscriptionRoutes({ config, databaseUrl }: { config: Config; databaseUrl: string }) {
  return (app: FastifyInstance, { site }: Pick<HttpContext, 'site'>): void => {
    app.register(async scope => {
      const db = openDatabase(databaseUrl, { max: 3, statementTimeoutMs: 5000 });
      scope.addHook('onClose', () => db.destroy());
      const lack = await whyNoMail(config);
      if (lack !== null) scope.log.error(`nobody can subscribe: ${lack}`);
      const keys = await openKeyring(config, file => scope.log.warn(keyMade(file)));
      const wishes = hourlyLimit('subscriptions', config.SUBSCRIBE_RATE);
      const ground: Ground = { db, keys, site, config, wishes, canMail: lack === null };
      scope.post('/api/v1/subscriptions', async (request, reply) => {
        if (!ground.canMail) return sendProblem(reply, { status: 503, detail: NO_MAIL });
        const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
        await counted(ground.wishes, request, async () => subscribe({ ...ground, now: await databaseNow(db) }, body, 'api'));
        return reply.code(202).header('cache-control', 'no-store').send({ status: 'confirmation_asked' });
      });
      scope.register(async forms => formRoutes(forms, ground));
      scope.register(async hooks => bounceRoute(hooks, ground));
    });
  };
}

function formRoutes(app: FastifyInstance, ground: Ground): void {
  const now = async () => ({ ...ground, now: await databaseNow(ground.db) });
  // No database is asked and nothing is told of the body: one-click requests come as either, with a field we do not need.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: FORM_BYTES }, (_request, _body, done) =>
    done(null, undefined),
  );
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, detail } = problemOf(error);
    if (status >= 500) request.log.error({ err: error }, 'page failed');
    setRetryAfter(reply, error, status);
    return send(reply, status, pages.shell(status < 500 ? 'That did not work' : 'Something broke on our side', html`<p>${detail}</p>`));
  });

  const noMail = (reply: FastifyReply) => send(reply, 503, pages.shell('No mails at the moment', html`<p>${NO_MAIL}</p>`));
  app.get('/subscribe', async (request, reply) => {
    if (!ground.canMail) return noMail(reply);
    const { known, unknown } = understood(queryText(request));
    return send(reply, 200, pages.subscribePage(known === '' ? '' : wantedQuery(known), notUnderstoodText(unknown)));
  });
  app.post('/subscribe', async (request, reply) => {
    if (!ground.canMail) return noMail(reply);
    const form = formOf(request);
    try {
      // People do not see that field; what fills it in is not a person, and need not know.
      if (!form.website) await counted(ground.wishes, request, async () => subscribe(await now(), form, 'web'));
    } catch (error) {
      if (!(error instanceof OmbreError) || error.action !== 'user') throw error;
      return send(reply, 400, pages.subscribePage(wanted(form.filter), error.message));
    }
    return send(reply, 202, pages.askedPage(ground.config.SMTP_URL !== null));
  });

  /** Whoever comes with a token that no key signed for this purpose is told so, whatever the page. */
  const signed = (purpose: Purpose) => ({
    ...QUIET,
    preHandler: async (request: FastifyRequest<Token>, reply: FastifyReply) => {
      if (readToken(ground.keys, purpose, request.params.token) === null) return send(reply, 404, pages.brokenLinkPage());
    },
  });
  app.get<Token>('/subscribe/confirm/:token', signed('confirm'), async (request, reply) => {
    const pending = await lookAtConfirmation(await now(), request.params.token);
    return pending ? send(reply, 200, pages.confirmPage(pending)) : send(reply, 410, pages.goneLinkPage());
  });
  app.post<Token>('/subscribe/confirm/:token', signed('confirm'), async (request, reply) => {
    const done = await confirm(await now(), request.params.token, choiceOf(request));
    if (!done) return send(reply, 410, pages.goneLinkPage());
    return send(
      reply,
      200,
      pages.confirmedPage(done, ({ id }) => linksOf(ground.site(), ground.keys, id).manage),
    );
  });

  app.get<Token>('/digests/:token', signed('digest'), async (request, reply) => {
    const rest = await restOf(ground, request.params.token, request.query.after);
    if (!rest) return send(reply, 404, pages.goneMailPage());
    return send(reply, 200, pages.restPage(ground.site(), rest, await databaseNow(ground.db)));
  });

  app.get<Token>('/u/:token', signed('unsubscribe'), async (_request, reply) => {
    return send(reply, 200, pages.unsubscribePage());
  });
  app.post<Token>('/u/:token', signed('unsubscribe'), async (request, reply) => {
    await unsubscribe(await now(), request.params.token);
    return send(reply, 200, pages.unsubscribedPage());
  });

  app.get<Token>('/manage/:token', signed('manage'), async (request, reply) => {
    const subscription = await managed(await now(), request.params.token);
    if (!subscription) return send(reply, 404, pages.goneLinkPage());
    if (request.query.export === '1') {
      return reply
        .header('content-disposition', 'attachment; filename="ombre-subscriptions.json"')
        .header('cache-control', 'no-store')
        .send(await exported(addressed(ground), subscription.email));
    }
    return send(reply, 200, pages.managePage(ground.site(), subscription, request.query.done === '1' ? SAVED : null));
  });
  app.post<Token>('/manage/:token', signed('manage'), async (request, reply) => {
    const subscription = await managed(await now(), request.params.token);
    if (!subscription) return send(reply, 404, pages.goneLinkPage());
    const form = formOf(request);
    if (form.action === 'erase' && form.sure === '1') {
      await erase(addressed(ground), subscription.email, await databaseNow(ground.db));
      return send(reply, 200, pages.erasedPage());
    }
    try {
      if (form.action === 'save') await change(await now(), subscription, form);
      else if (form.action === 'pause' || form.action === 'resume') await pause(await now(), subscription, form.action === 'pause');
      else if (form.action === 'unsubscribe')
        await endSubscription(ground.db, subscription.id, 'unsubscribed', await databaseNow(ground.db));
      else return send(reply, 400, pages.managePage(ground.site(), subscription, 'Choose one of the buttons.'));
    } catch (error) {
      if (!(error instanceof OmbreError) || error.action !== 'user') throw error;
      return send(reply, 400, pages.managePage(ground.site(), subscription, error.message));
    }
    return reply.header('cache-control', 'no-store').redirect(`/manage/${encodeURIComponent(request.params.token)}?done=1`, 303);
  });
}

/** Does what counts against the limit of the asker's network address, unless it is refused. */
async function counted(limit: HourlyLimit, request: FastifyRequest, work: () => Promise<unknown>): Promise<void> {
  const giveBack = limit.take(request.ip);
  try {
    await work();
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** Returned mails: as they are (`message/rfc822`) or as a provider's event (JSON). Without BOUNCE_SECRET nothing is taken. */
function bounceRoute(app: FastifyInstance, { db, keys, config }: Ground): void {
  const secret = config.BOUNCE_SECRET;
  if (secret === null) return;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['message/rfc822', 'application/json'], { parseAs: 'buffer', bodyLimit: MAIL_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/hooks/bounces', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const now = await databaseNow(db);
    if (!isSigned(body, request.headers['ombre-signature']?.toString(), secret, now)) return reply.code(401).send({ taken: false });
    const json = request.headers['content-type']?.startsWith('application/json');
    const returned = json ? readEvent(parsed(body)) : await readReturned(body, keys);
    return reply.code(200).send({ taken: returned !== null && (await applyReturned(db, keys, returned, now)) });
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw Object.assign(new Error('the body is no JSON'), { statusCode: 400 });
  }
}

function formOf(request: FastifyRequest): Record<string, string> {
  return request.body instanceof URLSearchParams ? Object.fromEntries(request.body) : {};
}

/** Which wishes of a confirmation page were left ticked; null for a request that is not of that page. */
function choiceOf({ body }: FastifyRequest): Choice | null {
  if (!(body instanceof URLSearchParams) || !body.has('shown')) return null;
  return { shown: body.getAll('shown'), chosen: body.getAll('wish') };
}

function addressed({ db, keys, config }: Ground) {
  return { db, keys, folder: outboxFolder(config) };
}

/** The filter as far as it can be shown again beside what is wrong with it. */
function wanted(text: string | undefined): string {
  try {
    return wantedQuery(text ?? '');
  } catch {
    return '';
  }
}

/** Nothing of these pages is kept anywhere. */
function send(reply: FastifyReply, status: number, { html: text }: Html): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').send(text);
}
