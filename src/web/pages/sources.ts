import type { FastifyInstance } from 'fastify';
import { loadSystems } from '../../crawlers/systems.ts';
import { robotsOf } from '../../feed/robots-view.ts';
import { type Html, html } from '../../http/html.ts';
import { databaseNow } from '../../store/clock.ts';
import { type PublicSource, publicSources, robotsRows } from '../../store/feed/sources.ts';
import type { Web } from '../context.ts';
import { layout } from '../view/layout.ts';
import { ago, count, plural } from '../view/words.ts';

/** `/sources`: what is read, what robots.txt says to it, and when a visit last read all of it. */
export function sourcesRoutes(app: FastifyInstance, web: Web): void {
  app.get('/sources', (request, reply) => web.answers.html(request, reply, 'sources', () => render(web)));
}

async function render(web: Web): Promise<Html> {
  const [sources, robots, systems] = await Promise.all([
    web.revisions.cached('public sources', () => publicSources(web.db)),
    robotsRows(web.db),
    loadSystems(),
  ]);
  const now = await databaseNow(web.db);
  const verdict = (source: PublicSource): Html => {
    const views = robotsOf(systems.get(source.system), source.target, robots);
    if (views.length === 0) return html`<span class="muted">not checked yet</span>`;
    return html`${views.map(({ allowed, reason }) => html`<span class="verdict ${allowed ? 'named' : 'barred'}">${allowed ? 'Allowed' : 'Refused'}</span> <small class="muted">${reason}</small> `)}`;
  };
  const lastRead = (source: PublicSource): string => {
    if (source.last_complete_at) return ago(source.last_complete_at, now);
    return source.enabled && !source.verified ? 'not read yet' : 'never';
  };
  const waiting = sources.filter(source => source.enabled && !source.verified).length;
  const row = (
    source: PublicSource,
  ) => html`<tr><th scope="row">${source.name}${!source.enabled && html`<br><small class="muted">Not read: ${source.disabled_reason ?? 'switched off'}</small>`}</th>
<td>${source.system}</td><td>${verdict(source)}</td><td>${lastRead(source)}</td>
<td class="num">${source.open > 0 ? html`<a href="/jobs?source=${source.slug}">${count(source.open)}<span class="sr"> open jobs of ${source.name}</span></a>` : '0'}</td></tr>`;
  const body = html`<div class="wide page"><header class="head"><h1>Sources</h1>
<p class="lead">${plural(sources.length, 'employer site')} read by <a href="/bot">our crawler</a>. If a site’s robots.txt says no, it isn’t read, and the table says so.${waiting > 0 && ` ${count(waiting)} of them ${waiting === 1 ? 'hasn’t' : 'haven’t'} been read in full yet.`}</p></header>
${
  sources.length === 0
    ? html`<p>No site is read yet. Whoever runs this Ombre adds the first with <code>ombre sources add</code> and the address of an employer’s careers page.</p></div>`
    : html`<div class="scroll" role="region" aria-label="Sources" tabindex="0"><table class="sources"><thead><tr><th scope="col">Source</th><th scope="col">System</th><th scope="col">robots.txt</th><th scope="col">Last read in full</th><th scope="col" class="num">Open jobs</th></tr></thead>
<tbody>${sources.map(row)}</tbody></table></div></div>`
}`;
  return layout(web, {
    title: 'Sources',
    description: 'The employer sites that are read, what their robots.txt allows, and when they were last read in full.',
    path: '/sources',
    section: 'about',
    body,
  });
}
