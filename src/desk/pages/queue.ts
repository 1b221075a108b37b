import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../../http/html.ts';
import type { QueuePing } from '../../queue/ping.ts';
import { noteChange } from '../../store/desk/audit.ts';
import type { Quarantined } from '../../store/visit/quarantine.ts';
import { formOf } from '../../web/forms.ts';
import { count, plural } from '../../web/view/words.ts';
import type { Desk, DeskPages } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { dropWork, type QueueView, retryWork, shortError, viewQueue, WHY_ALONE } from '../queue-work.ts';
import { actorOf, refused } from '../session.ts';
import { type Work, workOf } from '../work.ts';

const PATH = '/admin/queue';
/** Jobs of each kind and state that a page shows. */
const MOST_JOBS = 25;

/** `/admin/queue`: who works, what waits, runs and has failed, to be tried again or dropped. `ombre admin work` and `ombre queue` do the same. */
export const queuePages: DeskPages = {
  nav: { href: PATH, label: 'Queue' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const [queue, work] = await Promise.all([desk.queue(), workOf(desk.db)]);
      const view = queue.ok ? await viewOf(desk) : null;
      return sendPage(request, reply, desk, { title: 'Queue and workers', section: PATH, body: bodyOf(request, queue, work, view) });
    });
    deed(app, desk, 'retry', retryWork);
    deed(app, desk, 'drop', dropWork);
  },
};

async function viewOf({ db, queues }: Desk): Promise<QueueView | null> {
  return queues ? viewQueue({ db, queues: await queues() }, MOST_JOBS) : null;
}

/** One button beside one job or source. The queue is no part of a transaction: the change is noted when it is made. */
function deed(app: FastifyInstance, desk: Desk, name: 'retry' | 'drop', doing: typeof retryWork): void {
  app.post(`${PATH}/${name}`, async (request, reply) => {
    if (!desk.queues) throw refused(409, 'This process has no queue. Use `ombre queue` on a machine that has.');
    const what = formOf(request).get('what') ?? '';
    const deed = await doing({ db: desk.writer, queues: await desk.queues() }, what, { apply: true });
    if (!deed) throw refused(404, 'There is no such visit or source any more.');
    if (!deed.written) throw refused(409, `Nothing was done: ${deed.does}.`);
    const change = { what: `queue.${name}`, target: what, before: { source: deed.source, found: deed.found }, after: deed.does };
    return done(reply, PATH, await noteChange(desk.writer, actorOf(request), change));
  });
}

function bodyOf(
  request: FastifyRequest,
  { ok, message, visits }: QueuePing,
  { workers, running, due, hosts, alone }: Work,
  view: QueueView | null,
): Html {
  return html`<p${!ok && html` class="alarm"`}>${message}</p>
${visits && html`<dl class="numbers">${[number('waiting', visits.waiting), number('running', visits.active), number('failed, kept', visits.failed), number('due', due.due)]}</dl>`}
<p class="muted">Times are UTC. ${due.since ? html`The oldest due visit waits since ${moment(due.since)}; those that are due are put into the queue every minute.` : 'No visit is due.'}</p>
${view && html`<h2>Jobs</h2>${jobsOf(request, view)}`}
<h2>Sources left alone</h2>
${listed(alone, 'None.', 'Sources left alone', ['Source', 'Why', 'Until', 'Failures', 'Last error', ''], one => aloneRow(request, one, view !== null))}
<h2>Workers</h2>
${listed(workers, 'No worker was seen within a day.', 'Workers', ['Machine', 'Process', 'Since', 'Last seen', ''], one => [one.host, one.pid, moment(one.since), moment(one.seen), one.alive ? 'alive' : one.stopped ? 'stopped as it should be' : 'silent'])}
<h2>Visits under way</h2>
${listed(running, 'None.', 'Visits under way', ['Source', 'System', 'Since', 'Taken up', ''], one => [sourceLink(one.slug), one.system, moment(one.startedAt), plural(one.attempts, 'time'), one.held ? 'a worker is at it' : 'waits to be taken up again'])}
<h2>Hosts that are busy or have a pause</h2>
${listed(hosts, 'None.', 'Hosts', ['Host', 'Free again', 'A request runs until at most'], one => [one.host, moment(one.nextAllowedAt), one.heldUntil ? moment(one.heldUntil) : ''])}`;
}

function jobsOf(request: FastifyRequest, { jobs }: QueueView): Html {
  return listed(jobs, 'None.', 'Jobs', ['What', 'State', 'Since', 'Until', 'Worker', 'Error', ''], job => [
    job.source === null ? job.kind : sourceLink(job.source),
    job.state === 'delayed' ? 'put off' : job.state,
    moment(job.since ?? job.failed ?? job.asked),
    job.until ? moment(job.until) : '',
    job.worker ? `${job.worker.host}, ${job.worker.pid}` : '',
    shortError(job.error),
    job.kind === 'visit' && job.state !== 'running' ? buttons(request, job.id, job.source ?? job.kind, job.state !== 'waiting') : '',
  ]);
}

function aloneRow(
  request: FastifyRequest,
  { slug, reason, until, failures, error }: Quarantined,
  changes: boolean,
): (Html | string | number)[] {
  // A pause that its host asked for is obeyed.
  const actions = changes && reason !== 'pause' ? buttons(request, slug, slug, true) : '';
  return [sourceLink(slug), WHY_ALONE[reason], moment(until), failures, shortError(error), actions];
}

function buttons(request: FastifyRequest, what: string, name: string, again: boolean): Html {
  const button = (action: string, label: string, look: string | null) =>
    postForm(
      request,
      `${PATH}/${action}`,
      html`<input type="hidden" name="what" value="${what}"><button type="submit"${look && html` class="${look}"`}>${label}<span class="sr"> ${name}</span></button>`,
    );
  return html`<div class="actions">${again && button('retry', 'Try again', null)}${button('drop', 'Drop', 'quiet')}</div>`;
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
