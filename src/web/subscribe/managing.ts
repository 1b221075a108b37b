import type { FastifyInstance, FastifyReply } from 'fastify';
import { erase, exported } from '../../digest/erasure.ts';
import { linksOf } from '../../digest/links.ts';
import { restOf } from '../../digest/rest.ts';
import { outboxFolder } from '../../digest/settings.ts';
import { change, lookAtMail, managed, othersOf, pause, unsubscribe, unsubscribeAll, unsubscribeMail } from '../../digest/subscribe.ts';
import { sendHtml } from '../../http/html-page.ts';
import { endSubscription, type Subscription } from '../../store/digest/subscriptions.ts';
import { formOf } from '../forms.ts';
import { filterOfForm, mistakeWords, shownAgain } from './form-filter.ts';
import { atNow, type Ground, isEntryMistake, signed, type Token } from './ground.ts';
import { DONE, managePage } from './manage-page.ts';
import {
  erasedPage,
  goneLinkPage,
  goneMailPage,
  oldMailPage,
  restPage,
  unsubscribedPage,
  unsubscribeMailPage,
  unsubscribePage,
} from './pages.ts';

/** The links of a digest's mail: the postings it does not show, the end of the subscription, and all else its owner may do. */
export function managingRoutes(app: FastifyInstance, ground: Ground): void {
  app.get<Token>('/digests/:token', signed(ground, 'digest'), async (request, reply) => {
    const rest = await restOf(ground, request.params.token, request.query.after);
    if (!rest) return sendHtml(reply, 404, goneMailPage());
    return sendHtml(reply, 200, restPage(ground.site(), rest, (await atNow(ground)).now));
  });
  app.get<Token>('/u/:token', signed(ground, 'unsubscribe'), async (_request, reply) => sendHtml(reply, 200, unsubscribePage()));
  app.post<Token>('/u/:token', signed(ground, 'unsubscribe'), async (request, reply) => {
    await unsubscribe(await atNow(ground), request.params.token, formOf(request).get('which') === 'all' ? 'all' : 'one');
    return sendHtml(reply, 200, unsubscribedPage());
  });
  app.get<Token>('/unsubscribe/:token', signed(ground, 'mail'), async (request, reply) => {
    const sections = await lookAtMail(ground, request.params.token);
    return sections ? sendHtml(reply, 200, unsubscribeMailPage(sections)) : sendHtml(reply, 404, oldMailPage());
  });
  app.post<Token>('/unsubscribe/:token', signed(ground, 'mail'), async (request, reply) => {
    const which = formOf(request).get('which') === 'all' ? 'all' : 'these';
    const known = await unsubscribeMail(await atNow(ground), request.params.token, which);
    return known ? sendHtml(reply, 200, unsubscribedPage()) : sendHtml(reply, 404, oldMailPage());
  });
  app.get<Token>('/manage/:token', signed(ground, 'manage'), async (request, reply) => {
    const subscription = await managed(await atNow(ground), request.params.token);
    if (!subscription) return sendHtml(reply, 404, goneLinkPage());
    if (request.query.export === '1') return await sendExport(reply, ground, subscription);
    return sendHtml(reply, 200, await pageOf(ground, subscription, { told: DONE.get(request.query.done ?? '') ?? null }));
  });
  app.post<Token>('/manage/:token', signed(ground, 'manage'), async (request, reply) => {
    const { token } = request.params;
    const subscription = await managed(await atNow(ground), token);
    if (!subscription) return sendHtml(reply, 404, goneLinkPage());
    const form = formOf(request);
    if (form.get('action') === 'erase' && form.get('sure') === '1') {
      await erase(addressed(ground), subscription.email, (await atNow(ground)).now);
      return sendHtml(reply, 200, erasedPage());
    }
    const refused = await act(ground, subscription, form);
    if (refused !== null) return sendHtml(reply, 400, await pageOf(ground, subscription, refused));
    const done = encodeURIComponent(form.get('action') ?? '');
    return reply.header('cache-control', 'no-store').redirect(`/manage/${encodeURIComponent(token)}?done=${done}`, 303);
  });
}

type Shown = { told: string | null; query?: string };

async function pageOf(ground: Ground, subscription: Subscription, shown: Shown) {
  const others = await othersOf(ground, subscription);
  const manage = ({ id }: Subscription) => linksOf(ground.site(), ground.keys, id).manage;
  return managePage(ground.site(), subscription, { ...shown, others: others.map(other => ({ ...other, manage: manage(other) })) });
}

/** Does what the button of the form says; why not, where it cannot be, with the filter as it was given. */
async function act(ground: Ground, subscription: Subscription, form: URLSearchParams): Promise<Shown | null> {
  const action = form.get('action');
  const at = await atNow(ground);
  try {
    if (action === 'save') await change(at, subscription, { ...Object.fromEntries(form), filter: filterOfForm(form) });
    else if (action === 'pause' || action === 'resume') await pause(at, subscription, action === 'pause');
    else if (action === 'unsubscribe') await endSubscription(ground.db, subscription.id, 'unsubscribed', at.now);
    else if (action === 'unsubscribe-all') await unsubscribeAll(at, subscription);
    else if (action === 'erase') return { told: 'Nothing was deleted: please check the box beside the button first.' };
    else return { told: 'Please use one of the buttons.' };
    return null;
  } catch (error) {
    if (!isEntryMistake(error)) throw error;
    return { told: mistakeWords(error), query: shownAgain(form) };
  }
}

async function sendExport(reply: FastifyReply, ground: Ground, { email }: Subscription): Promise<FastifyReply> {
  return reply
    .header('content-disposition', 'attachment; filename="ombre-subscriptions.json"')
    .header('cache-control', 'no-store')
    .send(await exported(addressed(ground), email));
}

function addressed({ db, keys, config }: Ground) {
  return { db, keys, folder: outboxFolder(config) };
}
