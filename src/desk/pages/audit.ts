import { type Html, html } from '../../http/html.ts';
import { type AuditRow, auditRows } from '../../store/desk/audit.ts';
import type { DeskPages } from '../context.ts';
import { deskTable, moment, sendPage } from '../layout.ts';

const PATH = '/admin/audit';
const MOST = 100;

/** `/admin/audit`: who changed what, newest first. `ombre admin audit` tells the same. */
export const auditPages: DeskPages = {
  nav: { href: PATH, label: 'Audit' },
  routes: (app, desk) => {
    app.get<{ Querystring: { before?: string } }>(PATH, async (request, reply) => {
      const before = /^[1-9]\d{0,8}$/.test(request.query.before ?? '') ? Number(request.query.before) : undefined;
      const rows = await auditRows(desk.db, { most: MOST, before });
      const older = rows.length === MOST && html`<p><a href="${PATH}?before=${rows.at(-1)!.id}">Older</a></p>`;
      const body = rows.length === 0 ? html`<p>Nothing has been changed.</p>` : html`${tableOf(rows)}${older}`;
      return sendPage(request, reply, desk, { title: 'Audit', section: PATH, body: html`<p class="muted">Times are UTC.</p>${body}` });
    });
  },
};

function tableOf(rows: readonly AuditRow[]): Html {
  return deskTable(
    'What was changed',
    ['When', 'Who', 'What', 'On what', 'Before', 'After'],
    rows.map(row => [moment(row.at), whoOf(row), row.what, row.target, jsonOf(row.before), jsonOf(row.after)]),
  );
}

function whoOf({ via, who, network }: AuditRow): Html {
  return via === 'cli' ? html`command of ${who}` : html`session ${who}<br><small class="muted">${network}</small>`;
}

function jsonOf(value: unknown): Html | null {
  return value === null ? null : html`<pre>${JSON.stringify(value, null, 1)}</pre>`;
}
