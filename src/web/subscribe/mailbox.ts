import type { FastifyInstance } from 'fastify';
import { readWritten, writtenMails } from '../../digest/outbox-files.ts';
import { outboxFolder } from '../../digest/settings.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { privateLayout } from '../view/layout.ts';
import type { Ground } from './ground.ts';

/** Where a demo shows the mails it does not send. */
export const MAILBOX = '/demo/mailbox';
const MOST = 50;
/** A mail brings styles in its elements, which our pages do not allow; it gets nothing else. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type OneMail = { Params: { name: string }; Querystring: { as?: string } };

/** All mails of the outbox folder, for everybody who asks: the links in them are keys, so only a demo mounts this. */
export function mailboxRoutes(app: FastifyInstance, { config }: Ground): void {
  const folder = outboxFolder(config);
  app.get(MAILBOX, async (_request, reply) => {
    const names = (await writtenMails(folder)).slice(0, MOST);
    const mails = await Promise.all(names.map(async ({ name, at }) => ({ name, at, mail: await readWritten(folder, name) })));
    return sendHtml(reply, 200, mailboxPage(mails));
  });
  app.get<OneMail>(
    `${MAILBOX}/:name`,
    { onSend: async (_request, reply) => void reply.header('content-security-policy', MAIL_POLICY) },
    async (request, reply) => {
      const mail = await readWritten(folder, request.params.name);
      if (!mail) return sendHtml(reply, 404, privateLayout('No such mail', html`<p><a href="${MAILBOX}">Back to the mailbox</a></p>`));
      if (request.query.as !== 'text') return sendHtml(reply, 200, { html: mail.html ?? '' });
      return reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(mail.text ?? '');
    },
  );
}

type Listed = { name: string; at: Date; mail: Awaited<ReturnType<typeof readWritten>> };

function mailboxPage(mails: readonly Listed[]): Html {
  const look = html`<p>Mails are made every few seconds. <a href="${MAILBOX}">Look again</a> · <a href="/subscribe">Subscribe</a> · <a href="/jobs">See the jobs</a></p>`;
  return privateLayout(
    'The demo’s mailbox',
    html`<p>A demo sends nothing: what it would send is here, and gone when it ends.</p>
${
  mails.length === 0
    ? html`<p><strong>Nothing here yet.</strong> Leave any address where a page says “Email me new ones”, then come back.</p>`
    : html`<ul class="mailbox">${mails.map(
        ({ name, at, mail }) =>
          html`<li><a href="${MAILBOX}/${name}"><strong>${mail?.subject ?? name}</strong></a><br>to <bdi>${mail?.to?.map(({ address }) => address).join(', ')}</bdi>, ${at.toISOString().slice(11, 19)} UTC · <a href="${MAILBOX}/${name}?as=text">as plain text</a></li>`,
      )}</ul>`
}
${look}`,
  );
}
