import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../../http/html.ts';
import type { RulesDiff } from '../../pipeline/rules-diff.ts';
import { classifiedAfter, taggedCounts } from '../../store/tags/retag.ts';
import { type SeenVersion, seenVersions } from '../../store/tags/rules-versions.ts';
import { formOf } from '../../web/forms.ts';
import { count, plural, words } from '../../web/view/words.ts';
import type { Desk, DeskPages } from '../context.ts';
import { deskTable, done, moment, postForm, sendPage } from '../layout.ts';
import { enforceRules } from '../rules-in-force.ts';
import { actorOf, refused } from '../session.ts';

const PATH = '/admin/rules';

/** Postings that one page of the preview reads again: about a second of another process. */
const PREVIEWED = 200;
const MOST_CHANGES = 60;

/** What is known of the rules: those of this program, and those of the database. */
type Standing = { own: string; versions: SeenVersion[]; inForce: string | null; open: number; outdated: number };

/** `/admin/rules`: which rules are in force, what those of this program would move, and putting them in force. `ombre rules diff` and `apply` do the same. */
export const rulesPages: DeskPages = {
  nav: { href: PATH, label: 'Rules' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) =>
      sendPage(request, reply, desk, { title: 'The rules', section: PATH, body: standingView(await standingOf(desk)) }),
    );
    previewing(app, desk);
    applying(app, desk);
  },
};

async function standingOf({ db }: Desk): Promise<Standing> {
  // What reads rule files is not loaded until somebody asks for this page.
  const { defaultVersion } = await import('../../classify/compile/compile.ts');
  const own = defaultVersion();
  const [versions, counts] = await Promise.all([seenVersions(db), taggedCounts(db, own)]);
  return { own, versions, inForce: versions.find(({ inForce }) => inForce)?.version ?? null, ...counts };
}

function standingView({ own, versions, inForce, open, outdated }: Standing): Html {
  const isOurs = inForce === own;
  return html`<dl class="standing"><div><dt>In force</dt><dd>${inForce === null ? 'none yet: no worker has run' : html`<code>${inForce}</code>`}</dd></div>
<div><dt>Of this program</dt><dd><code>${own}</code>${isOurs && ', the same'}</dd></div>
<div><dt>Tagged by others</dt><dd>${count(outdated)} of ${plural(open, 'open posting')}</dd></div></dl>
${isOurs && outdated > 0 && html`<p>A worker of this version brings them up to it, some a second.</p>`}
<div class="actions"><a class="button" href="${PATH}/preview">Show what would move</a>${!isOurs && html`<a class="button quiet" href="${PATH}/apply">Put the rules of this program in force</a>`}</div>
<h2>Versions that have run here</h2>
${
  versions.length === 0
    ? html`<p>None.</p>`
    : deskTable(
        'Versions',
        ['Version', 'In force', 'Last seen'],
        versions.map(({ version, inForce: isIt, since, unseenMs }) => [
          html`<code>${version}</code>`,
          isIt ? html`since ${moment(since!)}` : since && html`until another one, from ${moment(since)}`,
          `${plural(Math.round(unseenMs / 60_000), 'minute')} ago`,
        ]),
      )
}
<p class="muted">Other rules than those of a program are tried with <code>ombre rules diff --rules FOLDER</code>.</p>`;
}

/** The preview, some postings a page: what follows the id `after`. */
function previewing(app: FastifyInstance, desk: Desk): void {
  app.get<{ Querystring: { after?: string } }>(`${PATH}/preview`, async (request, reply) => {
    const after = /^[\w-]{1,64}$/.exec(request.query.after ?? '')?.[0] ?? '';
    const postings = await classifiedAfter(desk.db, after, PREVIEWED);
    const last = postings.length === PREVIEWED ? postings.at(-1)?.id : undefined;
    const body =
      postings.length === 0 ? html`<p>There is no further open posting.</p>` : diffView(await desk.classifier.diff(postings), last);
    return sendPage(request, reply, desk, { title: 'What the rules would move', section: PATH, body });
  });
}

function diffView({ rules_version, read, moved, changes }: RulesDiff, last: string | undefined): Html {
  const shown = changes.slice(0, MOST_CHANGES);
  const rows = shown.map(({ field, from, to, count: number, examples }) => [
    html`${fieldName(field)}: <span class="moved">${shortened(from)} → ${shortened(to)}</span>`,
    count(number),
    html`<ul>${examples.map(({ id, title, rule }) => html`<li><a href="/admin/review/${encodeURIComponent(id)}">${title}</a> <code class="rule">${rule}</code></li>`)}</ul>`,
  ]);
  return html`<p>Of ${plural(read, 'open posting')} that ${read === 1 ? 'was' : 'were'} looked at, <strong>${count(moved)}</strong> would move under <code>${rules_version}</code>, the rules of this program. Nothing was written.</p>
${shown.length > 0 && deskTable('What would move', ['From and to', 'Postings', 'Such as'], rows)}
${changes.length > shown.length && html`<p class="muted">And ${plural(changes.length - shown.length, 'rarer change')}.</p>`}
${last !== undefined && html`<p><a href="${PATH}/preview?after=${encodeURIComponent(last)}">Look at the next ${PREVIEWED}</a></p>`}
<p class="muted">A page looks at ${PREVIEWED} postings in the order of their ids, which is none; <code>ombre rules diff</code> looks at all.</p>`;
}

function fieldName(field: string): string {
  const [kind = '', name] = field.split(' ');
  return name === undefined ? words(kind) : `${words(kind)} ${name}`;
}

function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}

/** A page that asks once more, and its button. */
function applying(app: FastifyInstance, desk: Desk): void {
  app.get(`${PATH}/apply`, async (request, reply) => {
    const standing = await standingOf(desk);
    const body = standing.inForce === standing.own ? html`<p>The rules of this program are in force.</p>` : confirmView(request, standing);
    return sendPage(request, reply, desk, { title: 'Put these rules in force', section: PATH, body });
  });
  app.post(`${PATH}/apply`, async (request, reply) => {
    const { own, inForce } = await standingOf(desk);
    // The program may have been replaced since the page was made.
    if (formOf(request).get('version') !== own)
      throw refused(409, 'This program has other rules than those you were shown. Look at them again.');
    const auditId = inForce === own ? null : await enforceRules(desk.writer, own, actorOf(request));
    if (auditId === null) throw refused(409, 'The rules of this program are in force already.');
    return done(reply, PATH, auditId);
  });
}

function confirmView(request: FastifyRequest, { own, inForce, outdated }: Standing): Html {
  const button = html`<input type="hidden" name="version" value="${own}"><button type="submit">Put them in force</button>`;
  return html`<p>In place of ${inForce === null ? 'none' : html`<code>${inForce}</code>`} stand then <code>${own}</code>, the rules and the classifier of this program. ${plural(outdated, 'open posting')} would be read again by the workers of that version; workers of another one leave tags alone from then on.</p>
<p>Where no worker runs that version, nothing is read again until one does, or until <code>ombre rules apply</code> is run.</p>
<div class="actions">${postForm(request, `${PATH}/apply`, button)}<a class="button quiet" href="${PATH}/preview">Show what would move</a></div>`;
}
