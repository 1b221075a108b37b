import type { FastifyInstance } from 'fastify';
import { readAddress } from '../../digest/address.ts';
import { findKeyring } from '../../digest/keys.ts';
import { digestHealth } from '../../digest/mail-health.ts';
import { withEnd } from '../../digest/retention.ts';
import { type Html, html } from '../../http/html.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Suppression, suppressionRows } from '../../store/digest/addresses.ts';
import { type UnsentMails, unsentMails } from '../../store/digest/unsent.ts';
import { formOf } from '../../web/forms.ts';
import { capitalized, count, plural } from '../../web/view/words.ts';
import type { Desk, DeskPages } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { liftMails } from '../lifted-mails.ts';
import { actorOf, refused } from '../session.ts';

const PATH = '/admin/mails';
const LISTED = 100;

/** `/admin/mails`: what came due beside what was delivered, and who gets no mail. No address is shown. `ombre digest status`, `subscriptions suppressed` and `lift` do the same. */
export const mailPages: DeskPages = {
  nav: { href: PATH, label: 'Mails' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const now = await databaseNow(desk.db);
      const [health, unsent, suppressed] = await Promise.all([
        digestHealth(desk.db, now),
        unsentMails(desk.db, now),
        suppressionRows(desk.db),
      ]);
      const look = html`<label for="email">Address</label><input id="email" name="email" type="email" autocomplete="off" required maxlength="254"><button type="submit">Look what keeps mails from it</button>`;
      const body = html`${healthView(health)}
${unsentView(unsent)}
${health.refused_by.length > 0 && refusalsView(health.refused_by)}
<h2>Addresses that get no mail</h2>
${suppressedView(suppressed)}
<h3>Let mails go to an address again</h3>
<div class="lift">${postForm(request, `${PATH}/look`, look)}</div>`;
      return sendPage(request, reply, desk, { title: 'Mails', section: PATH, body });
    });
    lifting(app, desk);
  },
};

type Health = Awaited<ReturnType<typeof digestHealth>>;

function healthView({ ok, message, due, served, unplanned, open, oldest_open, subscriptions, deliveries }: Health): Html {
  return html`<p class="${ok ? 'lead' : 'alarm'}">${message}.</p>
<dl class="numbers">${[number('due in 7 days', due), number('of those served', served), number('without a mail', unplanned), number('mails late', open)]}</dl>
${oldest_open && html`<p>The oldest mail that has not ended came due at ${moment(oldest_open)}.</p>`}
<p>Subscriptions: ${told(subscriptions)}. Mails of 30 days: ${told(deliveries)}.</p>`;
}

function number(name: string, value: number): Html {
  return html`<div><dt>${name}</dt><dd>${count(value)}</dd></div>`;
}

function told(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([name, of]) => `${count(of)} ${name}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function unsentView({ reasons, returned }: UnsentMails): Html {
  const rows = reasons.map(({ status, response, mails, last }) => [
    capitalized(status),
    response || 'No reply is known.',
    count(mails),
    moment(last),
  ]);
  return html`<h2>What did not go out</h2>
<p>${returned === 0 ? 'No mail' : plural(returned, 'mail')} of the last 30 days came back.</p>
${rows.length === 0 ? html`<p>None failed, and none is put off.</p>` : deskTable('What did not go out', ['State', 'Why', 'Mails', 'Last'], rows)}`;
}

function refusalsView(refusals: Health['refused_by']): Html {
  const rows = refusals.map(({ scope, since, until, response }) => [scope || 'Our own server', moment(since), moment(until), response]);
  return html`<h2>Who refuses us</h2>${deskTable('Who refuses us', ['Domain', 'Since', 'Held until', 'What it says'], rows)}`;
}

/** The newest, as keyed hashes: whose they are is not kept. */
function suppressedView(suppressed: readonly Suppression[]): Html {
  if (suppressed.length === 0) return html`<p>None.</p>`;
  const newest = withEnd(suppressed.slice(-LISTED).reverse());
  const rows = newest.map(({ hash, reason, since, until }) => [
    html`<code>${hash}</code>`,
    capitalized(reason),
    moment(since),
    until ? moment(until) : 'for good',
  ]);
  return html`${deskTable('Addresses that get no mail', ['Keyed hash', 'Why', 'Since', 'Until'], rows)}
${suppressed.length > newest.length && html`<p class="muted">These are the newest ${newest.length} of ${count(suppressed.length)}.</p>`}`;
}

/** Two steps: what would be lifted, then the button. An address travels in forms alone, so that it stands in no log. */
function lifting(app: FastifyInstance, desk: Desk): void {
  app.post(`${PATH}/look`, async (request, reply) => {
    const email = readAddress(formOf(request).get('email') ?? '');
    const { lifted, revived } = await liftMails(await groundOf(desk), email, null);
    const marks = lifted.map(({ reason, since }) => html`<li>${capitalized(reason)}, since ${moment(since)}</li>`);
    const complained = lifted.some(({ reason }) => reason === 'complaint');
    const body =
      lifted.length + revived.length === 0
        ? html`<p>Nothing keeps mails from this address, as far as the keys at hand tell.</p>`
        : html`<p>To be lifted of ${email}:</p><ul>${marks}</ul>
<p>${revived.length === 0 ? 'No subscription goes on by that' : `${plural(revived.length, 'subscription')} that ended as bounced go${revived.length === 1 ? 'es' : ''} on`}.</p>
${complained && html`<p class="alarm">Its owner complained about our mails. Lift that only if the owner asks for it.</p>`}
<div class="actions">${postForm(request, `${PATH}/lift`, html`<input type="hidden" name="email" value="${email}"><button type="submit">Let mails go there again</button>`)}</div>`;
    return sendPage(request, reply, desk, {
      title: 'Let mails go again',
      section: PATH,
      body: html`${body}<p><a href="${PATH}">Back to the mails</a></p>`,
    });
  });
  app.post(`${PATH}/lift`, async (request, reply) => {
    const email = readAddress(formOf(request).get('email') ?? '');
    const { auditId } = await liftMails(await groundOf(desk), email, actorOf(request));
    if (auditId === null) throw refused(409, 'Nothing keeps mails from this address, as far as the keys at hand tell.');
    return done(reply, PATH, auditId);
  });
}

async function groundOf({ writer, config }: Desk) {
  const keys = await findKeyring(config);
  if (!keys) throw refused(409, 'This process has no key of addresses: set DIGEST_KEYS or DIGEST_KEYS_FILE as the worker has it.');
  return { db: writer, keys, now: await databaseNow(writer) };
}
