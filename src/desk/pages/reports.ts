import { type Html, html } from '../../http/html.ts';
import { openTagReports, type StoredTagReport } from '../../store/tags/tag-reports.ts';
import { formOf } from '../../web/forms.ts';
import { shownTitle } from '../../web/view/words.ts';
import type { DeskPages } from '../context.ts';
import { done, moment, postForm, sendPage } from '../layout.ts';
import { actorOf, refused } from '../session.ts';
import { settleReports } from '../settled-reports.ts';

const PATH = '/admin/reports';
const MOST = 100;

/** `/admin/reports`: what readers say is tagged wrong, beside what stands there. `ombre reports` does the same. */
export const reportPages: DeskPages = {
  nav: { href: PATH, label: 'Reports' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const reports = await openTagReports(desk.db, { most: MOST });
      const list = html`<p>What readers say is wrong, the newest first. Tick what is dealt with; a correction marks the reports of its posting by itself.</p>
${postForm(request, `${PATH}/handle`, html`<ol class="reports">${reports.map(item)}</ol><button type="submit">Mark the ticked ones as handled</button>`)}
${reports.length === MOST && html`<p class="muted">There may be older ones, which follow when these are handled.</p>`}`;
      const body = reports.length === 0 ? html`<p>No open report.</p>` : list;
      return sendPage(request, reply, desk, { title: 'Reports of readers', section: PATH, body });
    });
    app.post(`${PATH}/handle`, async (request, reply) => {
      const ids = formOf(request).getAll('report');
      if (ids.length === 0) throw refused(400, 'No report is ticked.');
      if (!ids.every(id => /^[1-9]\d{0,8}$/.test(id))) throw refused(400, 'A report has a number.');
      const { auditId } = await settleReports(desk.writer, ids.map(Number), actorOf(request));
      if (auditId === null) throw refused(409, 'These reports are handled already.');
      return done(reply, PATH, auditId);
    });
  },
};

function item(report: StoredTagReport): Html {
  const { id, posting_id, company, tag, expected, note, created_at } = report;
  const title = shownTitle(report);
  return html`<li><label><input type="checkbox" name="report" value="${id}"><span>${title} <small class="muted">${company}</small></span></label>
<p>${moment(created_at)}: <code>${tag}</code> ${expected ? html`should be <strong>${expected}</strong>` : 'is wrong'}${note && html`.<br>“${note}”`}</p>
<p class="now">${nowOf(report)}</p>
<p><a href="/admin/review/${encodeURIComponent(posting_id)}?from=reports">Correct it<span class="sr">: ${title}</span></a> · <a href="/jobs/${encodeURIComponent(posting_id)}">As readers see it<span class="sr">: ${title}</span></a></p></li>`;
}

/** What stands there at this moment, by which rule and which words. */
function nowOf({ tag, says, rule, evidence, closed_at }: StoredTagReport): Html | string {
  if (tag === 'posting:closed') return closed_at ? html`It closed at ${moment(closed_at)}.` : 'It is open by its last visit.';
  if (says === null) return tag === 'facet:other' ? 'The reader means another fact.' : 'Nothing stands there now.';
  const words = [...new Set(evidence.map(({ text }) => text))].slice(0, 4);
  return html`It says <strong>${says === '' ? 'yes, without a role' : says}</strong>${rule && html` by <code class="rule">${rule}</code>`}${words.length > 0 && html`: ${words.map((text, at) => html`${at > 0 && ', '}<q><mark>${text.slice(0, 120)}</mark></q>`)}`}`;
}
