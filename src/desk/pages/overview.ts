import { type Html, html } from '../../http/html.ts';
import { count } from '../../web/view/words.ts';
import type { DeskPages } from '../context.ts';
import { moment, sendPage } from '../layout.ts';
import { type Overview, overviewOf, type Todo } from '../overview.ts';

const PATH = '/admin';

/** `/admin`: whether the feed is true, and what to do first. `ombre admin overview` tells the same. */
export const overviewPages: DeskPages = {
  nav: { href: PATH, label: 'Overview' },
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) =>
      sendPage(request, reply, desk, { title: 'Is the feed true?', section: PATH, body: bodyOf(await overviewOf(desk.db)) }),
    );
  },
};

function bodyOf({ at, sources, workers, visits, mails, numbers, todo }: Overview): Html {
  const unwell = Object.values(sources.unwell).reduce((sum, of) => sum + of, 0);
  const closings = Object.values(numbers.closed).reduce((sum, of) => sum + of, 0);
  return html`<p class="lead">${todo.length === 0 ? 'As far as it can be known, yes. There is nothing to do.' : 'Not wholly, or not for long. What to do first:'}</p>
${todo.length > 0 && html`<ol>${todo.map(todoItem)}</ol>`}
<p class="muted">At ${moment(at)}, UTC by the clock of the database.</p>
<h2>Sources</h2>
<dl class="numbers">${[
    number('well', sources.well),
    number('need attention', unwell),
    number('not read whole yet', sources.unverified),
    number('disabled', sources.disabled),
    number('with closings held', numbers.held.sources),
  ]}</dl>
${unwell > 0 && html`<p>Of those that need attention: ${told(sources.unwell)}.</p>`}
<h2>Work</h2>
<dl class="numbers">${[
    number('workers alive', workers.alive),
    number('visits due', visits.due),
    number('mails late', mails.late),
    number('reports of wrong tags', numbers.reports),
  ]}</dl>
<p>${visits.since ? html`The oldest due visit waits since ${moment(visits.since)}.` : 'No visit is due.'} ${mails.message}.</p>
<h2>The feed</h2>
<dl class="numbers">${[
    number('jobs shown', numbers.open),
    number('new in 24 hours', numbers.fresh),
    number('closed in 24 hours', closings),
    number('kept open by you', numbers.kept.postings),
  ]}</dl>
${closings > 0 && html`<p>Closed, clinical ones included: ${told(numbers.closed)}.</p>`}`;
}

function todoItem({ what, page, command }: Todo): Html {
  return html`<li>${page ? html`<a href="${page}">${what}</a>` : what} <small class="muted"><code>ombre ${command}</code></small></li>`;
}

function number(name: string, value: number): Html {
  return html`<div><dt>${name}</dt><dd>${count(value)}</dd></div>`;
}

function told(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, of]) => `${count(of)} ${name.replaceAll('_', ' ')}`)
    .join(', ');
}
