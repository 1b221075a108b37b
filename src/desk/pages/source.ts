import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../../http/html.ts';
import { databaseNow } from '../../store/clock.ts';
import { workersSeen } from '../../store/heartbeats.ts';
import { type DueNow, makeDue } from '../../store/visit/due-now.ts';
import { listedByWeek, type VisitRow, visitsOf } from '../../store/visit/past.ts';
import { wordsNotUnderstood } from '../../store/visit/quality.ts';
import { countOpen } from '../../store/visit/retire.ts';
import { healthRows, watchedSources } from '../../store/visit/source-health.ts';
import { formOf } from '../../web/forms.ts';
import { count, plural } from '../../web/view/words.ts';
import type { Desk } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { actorOf, refused } from '../session.ts';
import { sparkline } from '../spark.ts';
import { stateOf } from '../state.ts';

const SECTION = '/admin/sources';
const VISITS = 50;

/** `/admin/sources/:slug`: one source, its visits and what they prove, and a visit at once. */
export function sourceRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<{ Params: { slug: string } }>(`${SECTION}/:slug`, async (request, reply) => {
    const { title, body } = await pageOf(request, desk, request.params.slug);
    return sendPage(request, reply, desk, { title, section: SECTION, body });
  });
  app.post<{ Params: { slug: string } }>(`${SECTION}/:slug/due`, async (request, reply) => {
    const { slug } = request.params;
    const made = await makeDue(desk.writer, slug, { cooling: formOf(request).get('cooling') === '1', actor: actorOf(request) });
    if (!made.done) throw whyNot(made);
    return done(reply, `${SECTION}/${slug}`, made.auditId);
  });
}

function whyNot(made: Exclude<DueNow, { done: true }>): Error {
  if (made.why === 'unknown') return refused(404, 'There is no such source.');
  if (made.why === 'cooling') return refused(409, `The source is left alone until ${made.until.toISOString()}.`);
  return refused(409, made.why === 'disabled' ? 'Its row of the registry is disabled.' : 'It comes from a recording, which nobody visits.');
}

async function pageOf(request: FastifyRequest, { db }: Desk, slug: string): Promise<{ title: string; body: Html }> {
  const watched = await watchedSources(db);
  const now = await databaseNow(db);
  const at = watched.findIndex(({ source }) => source.slug === slug);
  const health = healthRows(watched, now)[at];
  if (!health) throw refused(404, 'There is no such source.');
  const { source } = watched[at]!;
  const [visits, weeks, words, open, workers] = await Promise.all([
    visitsOf(db, source.id, VISITS),
    listedByWeek(db, [source.id]),
    wordsNotUnderstood(db, slug),
    countOpen(db, source.id),
    workersSeen(db),
  ]);
  const cools = source.cooling_until !== null && source.cooling_until > now;
  const isDue = source.next_visit_at <= now;
  const held = source.held_keys?.length ?? 0;
  const body = html`<p>${stateOf(health)} ${health.remedy}</p>
<dl class="asked">${fact('Slug and system', `${slug}, ${source.system}`)}${fact('Board', html`<code>${JSON.stringify(source.target)}</code>`)}
${fact('Open postings', html`<a href="/jobs?source=${slug}">${count(open)}</a>, those that readers are not shown included`)}
${fact('Read whole', source.last_complete_at ? html`last at ${moment(source.last_complete_at)}` : 'never: nobody knows yet whether its row is right')}
${fact('Next visit', html`${moment(source.next_visit_at)}${isDue && ', which is due'}; every ${plural(source.every_minutes / 60, 'hour')}`)}
${cools && fact('Left alone', html`until ${moment(source.cooling_until!)}`)}
${fact('Listed in a year', sparkline(weeks.get(source.id) ?? [], 'listed'))}
${held > 0 && fact('Closings held', html`<a href="/admin/held">${count(held)}</a>`)}</dl>
${source.enabled && !source.recorded && visitForm(request, slug, { cools, isDue, alive: workers.alive })}
<p class="muted">${source.enabled ? 'To switch it off, give its row of the registry a line' : 'It is switched off by its row of the registry: take out the line'} <code>disabled:</code>, and restart the workers. The desk does not write the registry.</p>
<h2>Visits</h2>
${visits.length === 0 ? html`<p>It was never visited.</p>` : visitTable(visits)}
<h2>Not understood</h2>
${
  words.length === 0
    ? html`<p>All that the board told of places, pay, dates and employment in its open postings was understood.</p>`
    : deskTable(
        'Words that were not understood',
        ['Field', 'Words', 'Postings'],
        words.map(one => [one.field, one.words, one.times]),
      )
}`;
  return { title: source.name, body };
}

function fact(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** A source that is due needs no queue of this process: any worker asks which ones are every minute. */
function visitForm(
  request: FastifyRequest,
  slug: string,
  { cools, isDue, alive }: { cools: boolean; isDue: boolean; alive: number },
): Html {
  const who = alive > 0 ? 'A worker takes it up within a minute.' : 'No worker gives a sign of life: the visit waits until one is started.';
  if (isDue && !cools) return html`<p>Its visit is due. ${who}</p>`;
  const button = html`${cools && html`<input type="hidden" name="cooling" value="1">`}<button type="submit">${cools ? 'Visit it all the same' : 'Visit it now'}</button>`;
  return html`<div class="actions">${postForm(request, `${SECTION}/${slug}/due`, button)}</div><p class="muted">${who}</p>`;
}

function visitTable(visits: readonly VisitRow[]): Html {
  return deskTable(
    'Visits',
    ['Began (UTC)', 'Outcome', 'What it proves', 'Postings', 'Why'],
    visits.map(visit => [
      moment(visit.startedAt),
      visit.outcome ?? (visit.attempts > 1 ? 'under way again' : 'under way'),
      proofOf(visit),
      postingsOf(visit),
      visit.reason,
    ]),
  );
}

/** What a visit saw of a listing beside what the board says that there is. */
function proofOf({ listed, total, requests, details, outcome }: VisitRow): string {
  if (outcome === null) return '';
  const of = total === null ? 'the board tells no total' : `${count(total)} by the board’s own count`;
  const pages =
    details.wanted > 0
      ? `, ${count(details.read)} of ${count(details.wanted)} details read${details.failed > 0 ? `, ${count(details.failed)} failed` : ''}`
      : '';
  return `${count(listed)} listed, ${of}; ${plural(requests, 'request')}${pages}`;
}

function postingsOf({ postings }: VisitRow): string {
  return ['new', 'changed', 'unchanged', 'closed', 'held']
    .flatMap(name => (postings[name] ? [`${count(postings[name])} ${name}`] : []))
    .join(', ');
}
