import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../../http/html.ts';
import { labelCount, labelOf } from '../../store/tags/labels.ts';
import { leastSure, type Reviewed, reviewedPosting } from '../../store/tags/review.ts';
import { openTagReports, type StoredTagReport } from '../../store/tags/tag-reports.ts';
import { formOf } from '../../web/forms.ts';
import { plural, shownTitle } from '../../web/view/words.ts';
import { answerText, answerView, postingLinks } from '../answer-view.ts';
import type { Desk, DeskPages } from '../context.ts';
import { correctionFields, correctionOf } from '../correction-form.ts';
import { keepLabel, type Labelled, LONGEST_NOTE, printOf, removeLabel } from '../labelling.ts';
import { done, moment, postForm, sendPage } from '../layout.ts';
import { actorOf, refused } from '../session.ts';

const PATH = '/admin/review';
const REPORTS = '/admin/reports';
const LISTED = 15;

type ById = { Params: { id: string }; Querystring: { from?: string } };

/** `/admin/review`: the least sure postings, to be called right or corrected. `ombre review` and `ombre labels` do the same. */
export const reviewPages: DeskPages = {
  nav: { href: PATH, label: 'Review' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const rows = await leastSure(desk.db, LISTED);
      const doubts = rows.length === 0 ? [] : await desk.classifier.doubts(rows);
      const body = html`<p>Open postings about which the classifier is the least sure, at most ${LISTED} at once. What you say is kept as a label, which measures the classifier and teaches whoever mends it; what readers see stays as it is. <a href="/admin/labels">${plural(await labelCount(desk.db), 'label')} so far.</a></p>
${rows.length === 0 ? html`<p>No open posting is stored that has no label.</p>` : rows.map((row, at) => article(request, row, doubts[at] ?? ''))}`;
      return sendPage(request, reply, desk, { title: 'The least sure', section: PATH, body });
    });
    correcting(app, desk);
    settling(app, desk);
  },
};

function article(request: FastifyRequest, reviewed: Reviewed, doubt: string): Html {
  const { id } = reviewed;
  const of = html`<span class="sr"> about ${shownTitle(reviewed.posting)}</span>`;
  const accept = html`<input type="hidden" name="print" value="${printOf(reviewed)}"><button type="submit">It is right${of}</button>`;
  return html`<article class="doubt" aria-labelledby="t-${id}">${heading(reviewed)}
<p>${doubt}</p>
${answerView(reviewed)}
${postingLinks(reviewed)}
<div class="actions">${postForm(request, pathOf(id, '/accept'), accept)}<a class="button quiet" href="${pathOf(id)}">Correct it${of}</a></div></article>`;
}

function heading({ id, posting }: Reviewed): Html {
  return html`<h2 id="t-${id}">${shownTitle(posting)} <small class="muted">${posting.company}</small></h2>`;
}

function pathOf(id: string, rest = ''): string {
  return `${PATH}/${encodeURIComponent(id)}${rest}`;
}

/** One posting with its text, and the form that corrects it. */
function correcting(app: FastifyInstance, desk: Desk): void {
  app.get<ById>(`${PATH}/:id`, async (request, reply) => {
    const { id } = request.params;
    const reviewed = await reviewedPosting(desk.db, id);
    if (!reviewed) throw refused(404, 'No posting whose text was read has this id.');
    const [label, reports] = await Promise.all([labelOf(desk.db, id), openTagReports(desk.db, { posting: id })]);
    const from = request.query.from === 'reports' && html`<input type="hidden" name="from" value="reports">`;
    const fields = html`${from}${correctionFields(reviewed, label, reports.length)}<button type="submit">Keep this label</button>`;
    const back = label && postForm(request, pathOf(id, '/remove'), html`<button class="quiet" type="submit">Take the label back</button>`);
    const body = html`${heading(reviewed)}
${answerView(reviewed)}
${postingLinks(reviewed)}
${reports.length > 0 && html`<h2>What readers say</h2><ul>${reports.map(reportItem)}</ul>`}
<h2>${label ? 'Your label' : 'What is right'}</h2>
${
  label &&
  html`<p>Of ${moment(label.labelled_at)}: ${answerText(label.label)}${label.content_hash !== reviewed.contentHash && '. The posting has changed since.'}</p>`
}
<div class="beside"><div>${postForm(request, pathOf(id, '/correct'), fields)}${back}<p class="muted">A label teaches; it does not change what readers see. For that a rule is mended.</p></div>
<details open><summary>The text</summary><div class="posting-text" role="region" aria-label="The text" tabindex="0">${reviewed.posting.text}</div></details></div>`;
    return sendPage(request, reply, desk, { title: 'Correct an answer', section: request.query.from === 'reports' ? REPORTS : PATH, body });
  });
}

function reportItem({ tag, expected, note, created_at }: StoredTagReport): Html {
  return html`<li>${moment(created_at)}: <code>${tag}</code>${expected && html` should be “${expected}”`}${note && html`. ${note}`}</li>`;
}

function settling(app: FastifyInstance, desk: Desk): void {
  app.post<ById>(`${PATH}/:id/accept`, async (request, reply) => {
    const form = formOf(request);
    const seen = { id: request.params.id, print: form.get('print') ?? '', actor: actorOf(request) };
    const kept = keptOf(await keepLabel(desk.writer, { ...seen, correction: {}, sure: 'high', note: '' }));
    return done(reply, PATH, kept.auditId);
  });
  app.post<ById>(`${PATH}/:id/correct`, async (request, reply) => {
    const form = formOf(request);
    const note = (form.get('note') ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim();
    if (note.length > LONGEST_NOTE) throw refused(400, `The note has more than ${LONGEST_NOTE} characters.`);
    const kept = keptOf(
      await keepLabel(desk.writer, {
        id: request.params.id,
        print: form.get('print') ?? '',
        correction: correctionOf(form),
        sure: form.get('unsure') === 'yes' ? 'low' : 'high',
        note: note.toWellFormed(),
        handle: form.get('handle') === 'yes',
        actor: actorOf(request),
      }),
    );
    return done(reply, form.get('from') === 'reports' ? REPORTS : PATH, kept.auditId);
  });
  app.post<ById>(`${PATH}/:id/remove`, async (request, reply) => {
    const auditId = await removeLabel(desk.writer, request.params.id, actorOf(request));
    if (auditId === null) throw refused(404, 'This posting has no label.');
    return done(reply, PATH, auditId);
  });
}

function keptOf(kept: Labelled | 'gone' | 'changed'): Labelled {
  if (kept === 'gone') throw refused(404, 'No posting whose text was read has this id.');
  if (kept === 'changed') throw refused(409, 'The posting or the answer about it has changed since you loaded the page. Look at it again.');
  return kept;
}
