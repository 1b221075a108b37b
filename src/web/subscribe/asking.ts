import type { FastifyInstance, FastifyReply } from 'fastify';
import { linksOf } from '../../digest/links.ts';
import { NO_MAIL } from '../../digest/sendable.ts';
import { confirm, lookAtConfirmation, othersOf, subscribe } from '../../digest/subscribe.ts';
import { wantedQuery } from '../../digest/wanted.ts';
import { html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { queryText } from '../../http/request-query.ts';
import type { Choice } from '../../store/digest/wishes.ts';
import { understood } from '../filter-query.ts';
import { formOf, isTrapped } from '../forms.ts';
import { privateLayout } from '../view/layout.ts';
import { notUnderstoodText } from '../view/not-understood.ts';
import { filterOfForm, mistakeWords, shownAgain } from './form-filter.ts';
import { atNow, type Ground, isEntryMistake, signed, type Token } from './ground.ts';
import { askedPage, confirmedPage, confirmPage, goneLinkPage, subscribePage } from './pages.ts';

/** `/subscribe` and the link of the mail that asks to confirm. */
export function askingRoutes(app: FastifyInstance, ground: Ground): void {
  const noMail = (reply: FastifyReply) => sendHtml(reply, 503, privateLayout('No emails at the moment', html`<p>${NO_MAIL}</p>`));
  app.get('/subscribe', async (request, reply) => {
    if (!ground.canMail) return noMail(reply);
    const { known, unknown } = understood(queryText(request));
    return sendHtml(reply, 200, subscribePage(known === '' ? '' : wantedQuery(known), notUnderstoodText(unknown)));
  });
  app.post('/subscribe', async (request, reply) => {
    if (!ground.canMail) return noMail(reply);
    const form = formOf(request);
    const wish = { ...Object.fromEntries(form), filter: filterOfForm(form) };
    try {
      if (!isTrapped(form)) await ground.wishes(request.ip, async () => subscribe(await atNow(ground), wish, 'web'));
    } catch (error) {
      if (!isEntryMistake(error)) throw error;
      return sendHtml(reply, 400, subscribePage(shownAgain(form), mistakeWords(error)));
    }
    return sendHtml(reply, 202, askedPage(shownAgain(form), ground));
  });
  app.get<Token>('/subscribe/confirm/:token', signed(ground, 'confirm'), async (request, reply) => {
    const pending = await lookAtConfirmation(await atNow(ground), request.params.token);
    return pending ? sendHtml(reply, 200, confirmPage(pending)) : sendHtml(reply, 410, goneLinkPage());
  });
  app.post<Token>('/subscribe/confirm/:token', signed(ground, 'confirm'), async (request, reply) => {
    const done = await confirm(await atNow(ground), request.params.token, choiceOf(formOf(request)));
    if (!done) return sendHtml(reply, 410, goneLinkPage());
    const manage = ({ id }: { id: string }) => linksOf(ground.site(), ground.keys, id).manage;
    const others = done[0] !== undefined && (await othersOf(ground, done[0])).length > 0;
    return sendHtml(reply, 200, confirmedPage(ground, done, { manage, others }));
  });
}

/** Which wishes of a confirmation page were left ticked; null for a form that is not of that page. */
function choiceOf(form: URLSearchParams): Choice | null {
  return form.has('shown') ? { shown: form.getAll('shown'), chosen: form.getAll('wish') } : null;
}
