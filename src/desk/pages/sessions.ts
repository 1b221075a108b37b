import { html } from '../../http/html.ts';
import { noteChange } from '../../store/desk/audit.ts';
import { endSessions, livingSessions } from '../../store/desk/sessions.ts';
import type { DeskPages } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { actorOf, sessionOf } from '../session.ts';

const PATH = '/admin/sessions';

/** `/admin/sessions`: who is logged in, and an end to all others. `ombre admin sessions` does the same. */
export const sessionPages: DeskPages = {
  nav: { href: PATH, label: 'Sessions' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const living = await livingSessions(desk.db);
      const { who } = actorOf(request);
      const rows = living.map(one => [
        one.who === who ? `${one.who} (this one)` : one.who,
        one.network,
        moment(one.created_at),
        moment(one.used_at),
      ]);
      const body = html`<p class="muted">Times are UTC. A session ends after half an hour without a request, and after twelve hours.</p>
${deskTable('Sessions', ['Session', 'Network', 'Since', 'Last used'], rows)}
${living.length > 1 && html`<div class="actions">${postForm(request, `${PATH}/end`, html`<button type="submit">End all others</button>`)}</div>`}`;
      return sendPage(request, reply, desk, { title: 'Sessions', section: PATH, body });
    });
    app.post(`${PATH}/end`, async (request, reply) => {
      const { tokenHash, actor } = sessionOf(request);
      const id = await desk.writer.transaction().execute(async trx => {
        const ended = await endSessions(trx, tokenHash);
        return noteChange(trx, actor, { what: 'desk.end_sessions', after: { ended } });
      });
      return done(reply, PATH, id);
    });
  },
};
