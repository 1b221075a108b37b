import { type Html, html } from '../../http/html.ts';
import { count, plural } from '../../web/view/words.ts';
import type { DeskPages } from '../context.ts';
import { deskTable, moment, sendPage } from '../layout.ts';
import { type Unverified, unverifiedSources } from '../unverified.ts';

const PATH = '/admin/unverified';

/** `/admin/unverified`: rows that are a claim until a visit reads their board whole. `ombre sources unverified` tells the same. */
export const unverifiedPages: DeskPages = {
  nav: { href: PATH, label: 'Unverified' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const { sources, without } = await unverifiedSources(desk.db, desk.config);
      const body = html`<p>A row is a claim until a visit has read its board whole. <code>ombre sources verify</code> meets the boards of these before a crawl does.</p>
${without !== null && html`<p class="alarm">What the registry says of them is left out. ${without}.</p>`}
${
  sources.length === 0
    ? html`<p>Every source that is visited has been read whole.</p>`
    : html`<p>${plural(sources.length, 'source')}. Times are UTC.</p>${deskTable('Unverified sources', ['Source', 'Evidence in its row', 'First contact', 'Last visit', 'To do'], sources.map(rowOf))}`
}`;
      return sendPage(request, reply, desk, { title: 'Unverified sources', section: PATH, body });
    });
  },
};

function rowOf({ slug, name, system, evidence, file, contact, visit }: Unverified): (Html | string)[] {
  return [
    html`<a href="/admin/sources/${slug}">${name}</a><br><small class="muted">${slug}, ${system}${file && html`, in ${file}`}</small>`,
    evidence ?? 'none',
    contact
      ? html`${contact.result}${contactNumbers(contact)} at ${moment(contact.at)}${contact.why && html`<br><small class="muted">${contact.why}</small>`}`
      : 'not made, or not kept',
    visit ? html`${visit.outcome} at ${moment(visit.at)}${visit.reason && html`<br><small class="muted">${visit.reason}</small>`}` : 'none',
    contact?.todo || '',
  ];
}

function contactNumbers({ listed, total }: NonNullable<Unverified['contact']>): string {
  if (listed === 0 && total === null) return '';
  return total === null ? `, ${count(listed)} listed` : `, ${count(listed)} of ${count(total)} listed`;
}
