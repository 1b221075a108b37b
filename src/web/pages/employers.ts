import type { FastifyInstance } from 'fastify';
import { employerSlug } from '../../feed/employer.ts';
import { parseQuery } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { CREDENTIALS, type Credential, type Path } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { employerSources } from '../../store/feed/employer-names.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import { type FacetCount, feedFacets } from '../../store/feed/facets.ts';
import { sortedPage } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { type Employer, employerPath, employersOf } from '../employers.ts';
import { at, withValue } from '../filter-query.ts';
import { layout } from '../view/layout.ts';
import { shareTable } from '../view/share-table.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { wordedJobs } from '../view/worded-jobs.ts';
import { ago, count, pathName, plural, stateName } from '../view/words.ts';
import { notFound } from './errors.ts';

const SHOWN = 25;

/** `/employers`: who has open jobs. `/employers/:slug`: one of them. */
export function employerRoutes(app: FastifyInstance, web: Web): void {
  app.get('/employers', (request, reply) => web.answers.html(request, reply, 'employers', () => index(web)));
  app.get<{ Params: { slug: string } }>('/employers/:slug', async (request, reply) => {
    const given = request.params.slug;
    const slug = employerSlug(given);
    const employer = (await employersOf(web)).get(slug);
    if (!employer) return sendHtml(reply, 404, notFound(web, 'No employer has this address.'));
    if (slug !== given) return reply.header('cache-control', PAGE_CACHE).redirect(employerPath(employer), 301);
    return await web.answers.html(request, reply, `employer ${slug}`, () => employerPage(web, employer));
  });
}

async function index(web: Web): Promise<Html> {
  const hiring = [...(await employersOf(web)).values()].filter(({ open }) => open > 0);
  hiring.sort((a, b) => a.name.localeCompare(b.name, 'en-US', { sensitivity: 'base' }));
  const jobs = hiring.reduce((sum, { open }) => sum + open, 0);
  const body = html`<div class="wide page"><header class="head"><h1>Employers</h1>
<p class="lead">${hiring.length > 0 ? `${plural(hiring.length, 'employer')} with ${plural(jobs, 'open job')} outside patient care, read from their own sites.` : 'No employer has an open job today.'}</p></header>
<ul class="rows">${hiring.map(one => html`<li><a href="${employerPath(one)}"><b><bdi>${one.name}</bdi></b> <span>${plural(one.open, 'job')}</span></a></li>`)}</ul>
<p class="ways"><a href="/sources">Which sites are read</a></p></div>`;
  return layout(web, {
    title: 'Employers',
    description: `${plural(hiring.length, 'employer')} hiring therapists and assistants for non-clinical jobs.`,
    path: '/employers',
    section: 'jobs',
    body,
  });
}

async function employerPage(web: Web, employer: Employer): Promise<Html> {
  const { db } = web;
  const { name, query, open, keys } = employer;
  const filter = parseQuery(query);
  const [page, { facets }, named, sources] = await Promise.all([
    sortedPage(db, { ...filter, limit: SHOWN }, { by: 'posted' }, null),
    feedFacets(db, filter),
    feedFacets(db, { ...filter, verdict: ['named'] }),
    employerSources(db, keys),
  ]);
  const texts = await postingTexts(
    db,
    page.items.map(({ id }) => id),
  );
  const now = await databaseNow(db);
  const remote = facets.work_mode.find(({ value }) => value === 'remote')?.count ?? 0;
  const read = sources.map(
    ({ name: site, last_complete_at }) =>
      html`<li><bdi>${site}</bdi> <span class="muted">${last_complete_at ? `read in full ${ago(last_complete_at, now)}` : 'not read in full yet'}</span></li>`,
  );
  const body = html`<div class="wide page employer"><header class="head"><p class="crumbs"><a href="/employers">Employers</a></p><h1><bdi>${name}</bdi></h1>
<p class="lead">${open > 0 ? `${plural(open, 'open job')} outside patient care${remote > 0 ? `, ${count(remote)} of them remote` : ''}.` : 'No job outside patient care is open here today.'}</p></header>
<div class="split"><div>
${open > 0 && whoCanApply(employer, facets.credential, named.facets.credential)}</div>
<aside aria-label="More about this employer">
${list('Paths', facets.path, value => html`<a href="/paths/${value}">${pathName(value as Path)}</a>`)}
${list('States', facets.state, value => stateName(value))}
<h2 class="side">Where this is read</h2><ul class="told">${read}</ul></aside></div>
<section aria-labelledby="open-jobs"><h2 id="open-jobs">Open jobs</h2>
${page.items.length > 0 ? wordedJobs(page.items, { credential: null, texts, now }) : html`<p class="empty">Follow the feed, and the next one comes to you.</p>`}
<p class="ways"><a class="button" href="${at('/jobs', query)}">${open > SHOWN ? `All ${count(open)} jobs` : 'Narrow them down'}</a> <a href="${at(FORMATS.rss.path, query)}">RSS</a> <a href="${at(FORMATS.atom.path, query)}">Atom</a></p></section>
${web.subscriptions && html`<section aria-label="Mail">${subscribeBox(query)}</section>`}</div>`;
  return layout(web, {
    title: `${name}: ${plural(open, 'open job')}`,
    description: `${plural(open, 'non-clinical job')} at ${name} for therapists and assistants, each with the words that say who may apply.`,
    path: employerPath(employer),
    feed: { title: `jobs at ${name}`, query },
    section: 'jobs',
    noindex: open === 0,
    body,
  });
}

function whoCanApply({ query, open }: Employer, taken: readonly FacetCount[], named: readonly FacetCount[]): Html {
  const of = (rows: readonly FacetCount[], credential: Credential) => rows.find(({ value }) => value === credential)?.count ?? 0;
  const takes = Object.fromEntries(CREDENTIALS.map(credential => [credential, of(taken, credential)])) as Record<Credential, number>;
  const told = named.map(({ value, count: number }) => `${value === 'OTA' ? 'COTA' : value} in ${count(number)}`);
  return html`<section aria-labelledby="who"><h2 id="who">Who can apply today</h2>${shareTable(takes, open, 'Open jobs of this employer that each credential can apply to', credential => at('/jobs', withValue(query, 'credential', credential)))}
<p class="note">${told.length > 0 ? `Named outright: ${told.join(', ')}.` : 'None of the five is named outright.'}</p></section>`;
}

function list(title: string, rows: readonly FacetCount[], label: (value: string) => Html | string): Html | false {
  return (
    rows.length > 0 &&
    html`<h2 class="side">${title}</h2><ul class="told">${rows.map(({ value, count: number }) => html`<li>${label(value)} <span class="muted">${plural(number, 'job')}</span></li>`)}</ul>`
  );
}
