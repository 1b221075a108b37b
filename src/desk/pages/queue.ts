import { type Html, html } from '../../http/html.ts';
import type { QueuePing } from '../../queue/ping.ts';
import { count, plural } from '../../web/view/words.ts';
import type { DeskPages } from '../context.ts';
import { deskTable, moment, sendPage } from '../layout.ts';
import { type Work, workOf } from '../work.ts';

const PATH = '/admin/queue';

/** `/admin/queue`: what waits and runs, and who works. `ombre admin work` tells the same. */
export const queuePages: DeskPages = {
  nav: { href: PATH, label: 'Queue' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const [queue, work] = await Promise.all([desk.queue(), workOf(desk.db)]);
      return sendPage(request, reply, desk, { title: 'Queue and workers', section: PATH, body: bodyOf(queue, work) });
    });
  },
};

function bodyOf({ ok, message, visits }: QueuePing, { workers, running, due, hosts, cooling }: Work): Html {
  return html`<p${!ok && html` class="alarm"`}>${message}</p>
${visits && html`<dl class="numbers">${[number('waiting', visits.waiting), number('running', visits.active), number('failed, kept', visits.failed), number('due', due.due)]}</dl>`}
<p class="muted">Times are UTC. ${due.since ? html`The oldest due visit waits since ${moment(due.since)}; those that are due are put into the queue every minute.` : 'No visit is due.'}</p>
<h2>Workers</h2>
${listed(workers, 'No worker was seen within a day.', 'Workers', ['Machine', 'Process', 'Since', 'Last seen', ''], one => [one.host, one.pid, moment(one.since), moment(one.seen), one.alive ? 'alive' : one.stopped ? 'stopped as it should be' : 'silent'])}
<h2>Visits under way</h2>
${listed(running, 'None.', 'Visits under way', ['Source', 'System', 'Since', 'Taken up', ''], one => [sourceLink(one.slug), one.system, moment(one.startedAt), plural(one.attempts, 'time'), one.held ? 'a worker is at it' : 'waits to be taken up again'])}
<h2>Hosts that are busy or have a pause</h2>
${listed(hosts, 'None.', 'Hosts', ['Host', 'Free again', 'A request runs until at most'], one => [one.host, moment(one.nextAllowedAt), one.heldUntil ? moment(one.heldUntil) : ''])}
<h2>Sources left alone</h2>
${listed(cooling, 'None.', 'Sources left alone', ['Source', 'Until', 'Failed visits in a row', ''], one => [sourceLink(one.slug), moment(one.until), one.failures, one.crashed ? 'its visits took their process down' : ''])}`;
}

function listed<T>(
  rows: readonly T[],
  none: string,
  label: string,
  head: readonly string[],
  cells: (row: T) => (Html | string | number)[],
): Html {
  return rows.length === 0 ? html`<p>${none}</p>` : deskTable(label, head, rows.map(cells));
}

function sourceLink(slug: string): Html {
  return html`<a href="/admin/sources/${slug}">${slug}</a>`;
}

function number(name: string, value: number): Html {
  return html`<div><dt>${name}</dt><dd>${count(value)}</dd></div>`;
}
