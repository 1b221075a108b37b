import { type Html, html } from '../../http/html.ts';
import { databaseNow } from '../../store/clock.ts';
import { listedByWeek } from '../../store/visit/past.ts';
import { healthRows, isUnwell, type SourceHealth, watchedSources } from '../../store/visit/source-health.ts';
import { select } from '../../web/forms.ts';
import { count, plural } from '../../web/view/words.ts';
import type { Desk, DeskPages } from '../context.ts';
import { deskTable, moment, sendPage } from '../layout.ts';
import { sparkline } from '../spark.ts';
import { stateOf } from '../state.ts';
import { sourceRoutes } from './source.ts';

const PATH = '/admin/sources';
const ON_A_PAGE = 50;

type Row = SourceHealth & { id: number; heldKeys: number };

/** What the list can be narrowed to: words, and whether a row belongs. */
const FILTERS: Readonly<Record<string, [string, (row: Row) => boolean]>> = {
  all: ['All', () => true],
  unwell: ['Need attention', isUnwell],
  unverified: ['Not read whole yet', row => !row.verified && row.state !== 'disabled'],
  held: ['With closings held', row => row.heldKeys > 0],
  ok: ['Well', row => row.state === 'ok'],
  ...Object.fromEntries(
    ['sick', 'silent', 'shrinking', 'blocked', 'moved', 'cooling', 'missing', 'disabled'].map(state => [
      state,
      [state, (row: Row) => row.state === state],
    ]),
  ),
};

type Asked = { state?: string; q?: string; page?: string };

/** `/admin/sources` and the page of each. `ombre sources health`, `visits` and `due` do the same. */
export const sourcesPages: DeskPages = {
  nav: { href: PATH, label: 'Sources' },
  routes: (app, desk) => {
    app.get<{ Querystring: Asked }>(PATH, async (request, reply) => {
      const body = await listOf(desk, request.query);
      return sendPage(request, reply, desk, { title: 'Sources', section: PATH, body });
    });
    sourceRoutes(app, desk);
  },
};

async function listOf({ db }: Desk, { state, q, page }: Asked): Promise<Html> {
  const watched = await watchedSources(db);
  const health = healthRows(watched, await databaseNow(db));
  const rows = health.map((row, i) => ({ ...row, id: watched[i]!.source.id, heldKeys: watched[i]!.source.held_keys?.length ?? 0 }));
  const filter = Object.hasOwn(FILTERS, String(state)) ? String(state) : 'all';
  const words = String(q ?? '').trim();
  const found = rows.filter(
    row => FILTERS[filter]![1](row) && `${row.slug} ${row.name} ${row.system}`.toLowerCase().includes(words.toLowerCase()),
  );
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const at = Math.min(Math.max(1, Math.trunc(Number(page)) || 1), pages);
  const shown = found.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE);
  const weeks = await listedByWeek(
    db,
    shown.map(({ id }) => id),
  );
  const link = (to: number, label: string) =>
    html`<a href="${PATH}?${new URLSearchParams({ state: filter, q: words, page: String(to) }).toString()}">${label}</a>`;
  return html`<form class="narrow" method="get" action="${PATH}"><div><label for="state">State</label>${select(
    'state',
    filter,
    Object.entries(FILTERS).map(([name, [label, holds]]) => [name, `${label} (${count(rows.filter(holds).length)})`] as const),
  )}</div><div><label for="q">Name or system</label><input id="q" name="q" value="${words}"></div><button type="submit">Show</button></form>
<p>${plural(found.length, 'source')}${pages > 1 && html`, page ${at} of ${pages}`}. Times are UTC.</p>
${
  shown.length > 0 &&
  deskTable(
    'Sources',
    ['Source', 'State', 'What to do', 'Listed in a year', 'Read whole'],
    shown.map(row => [
      html`<a href="${PATH}/${row.slug}">${row.name}</a><br><small class="muted">${row.slug}, ${row.system}</small>`,
      stateOf(row),
      row.remedy,
      sparkline(weeks.get(row.id) ?? [], 'listed'),
      row.last_complete ? moment(row.last_complete) : 'never',
    ]),
  )
}
${pages > 1 && html`<p>${at > 1 && link(at - 1, 'Back')} ${at < pages && link(at + 1, 'Next')}</p>`}`;
}
