import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OmbreError } from '../../errors.ts';
import { type Html, html } from '../../http/html.ts';
import { type HeldClosing, type Holding, heldClosings, settleHeld, type Verdict } from '../../store/visit/held.ts';
import { formOf } from '../../web/forms.ts';
import { count, plural } from '../../web/view/words.ts';
import type { Desk, DeskPages } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { actorOf, refused } from '../session.ts';

const PATH = '/admin/held';

/** `/admin/held`: closings that a suspicious visit held, to be approved or refused. `ombre sources held` does the same. */
export const heldPages: DeskPages = {
  nav: { href: PATH, label: 'Held closings' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const found = await heldClosings(desk.db);
      const [held, kept] = [found.filter(one => one.holding === 'held'), found.filter(one => one.holding === 'kept')];
      const body = html`<p>A visit that misses too many open postings at once closes nothing. What it held is closed by the next visit that misses the same, unless you say otherwise here.</p>
${held.length === 0 ? html`<p>No closing is held.</p>` : held.map(one => section(request, one, 'h2'))}
${kept.length > 0 && html`<h2>Kept open by you</h2><p>The board does not list these. They stay open until it shows one of them again, which asks anew about the rest, or until you close them.</p>${kept.map(one => section(request, one, 'h3'))}`}`;
      return sendPage(request, reply, desk, { title: 'Held closings', section: PATH, body });
    });
    settling(app, desk, 'approve', 'held', 'close');
    settling(app, desk, 'reject', 'held', 'keep');
    settling(app, desk, 'close', 'kept', 'close');
  },
};

/** One button: the form says which set of postings the operator saw. */
function settling(app: FastifyInstance, desk: Desk, name: string, holding: Holding, verdict: Verdict): void {
  app.post<{ Params: { slug: string } }>(`${PATH}/:slug/${name}`, async (request, reply) => {
    const [found] = (await heldClosings(desk.db, { slug: request.params.slug, samples: 1 })).filter(one => one.holding === holding);
    if (!found) throw refused(404, 'Nothing of this source waits for that any more.');
    const order = { sourceId: found.source.id, holding, verdict, print: formOf(request).get('print') ?? '', actor: actorOf(request) };
    const settled = await settleHeld(desk.writer, order, await desk.kinds()).catch(busyAsConflict);
    if (!settled.done) throw refused(409, 'A visit has changed what is held since you loaded the page. Look at it again.');
    return done(reply, PATH, settled.auditId);
  });
}

function busyAsConflict(error: unknown): never {
  throw error instanceof OmbreError && error.code === 'E_BUSY' ? refused(409, error.message) : error;
}

function section(request: FastifyRequest, closing: HeldClosing, level: 'h2' | 'h3'): Html {
  const { source, holding, count: number, open, visit, usual, nextVisitAt, samples, print } = closing;
  const button = (name: string, label: string, look: string | null) =>
    postForm(
      request,
      `${PATH}/${source.slug}/${name}`,
      html`<input type="hidden" name="print" value="${print}"><button type="submit"${look && html` class="${look}"`}>${label}<span class="sr"> of ${source.name}</span></button>`,
    );
  const id = `${holding}-${source.slug}`;
  const name = html`${source.name} <small class="muted">${source.slug}, ${source.system}</small>`;
  return html`<section aria-labelledby="${id}">${level === 'h2' ? html`<h2 id="${id}">${name}</h2>` : html`<h3 id="${id}">${name}</h3>`}
<p>${count(number)} of ${plural(open, 'open posting')} ${number === 1 ? 'is' : 'are'} not there any more${visit && html`, by the visit of ${moment(visit.startedAt)}: ${visit.listed} listed${visit.total !== null && `, ${visit.total} by the board’s own count`}${usual !== null && `, ${usual} usually`}; ${plural(visit.requests, 'request')}`}.</p>
${visit?.reason && html`<p class="muted">${visit.reason}.</p>`}
${holding === 'held' && html`<p class="muted">The next visit is due at ${moment(nextVisitAt)}.</p>`}
${deskTable(`Postings of ${source.slug}`, ['Title', 'Last seen', 'Its page was gone'], samples.map(sampleRow))}
${number > samples.length && html`<p class="muted">And ${count(number - samples.length)} more.</p>`}
<div class="actions">${
    holding === 'held'
      ? [button('approve', `Close ${all(number)}`, null), button('reject', `Keep ${all(number)} open`, 'quiet')]
      : button('close', `Close ${all(number)}`, null)
  }</div></section>`;
}

function sampleRow({ id, title, url, lastSeen, missed }: HeldClosing['samples'][number]): (Html | string)[] {
  const links = html`<a href="/jobs/${encodeURIComponent(id)}">${title}</a> <small><a rel="noreferrer" href="${url}">the board’s page</a></small>`;
  return [links, moment(lastSeen), missed > 0 ? plural(missed, 'time') : ''];
}

function all(number: number): string {
  return number === 1 ? 'it' : `all ${count(number)}`;
}
