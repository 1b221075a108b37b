import type { FastifyInstance } from 'fastify';
import { pathOf } from '../../feed/spelling.ts';
import { today } from '../../http/clocks.ts';
import { PAGE_CACHE } from '../../http/conditional.ts';
import { type Html, html } from '../../http/html.ts';
import { sendHtml } from '../../http/html-page.ts';
import { queryText } from '../../http/request-query.ts';
import { PATH_SLUGS, PATHS, type Path } from '../../posting/taxonomy.ts';
import { numbersOfPath, type PathNumbers, pathNumbers } from '../../store/feed/numbers.ts';
import { pathQuartiles } from '../../store/feed/path-pay.ts';
import type { PayQuartiles } from '../../store/feed/yearly-pay.ts';
import type { Web } from '../context.ts';
import { at } from '../filter-query.ts';
import { credentialOf } from '../reader.ts';
import { layout } from '../view/layout.ts';
import { dollars, MIN_SHARE, percent, plural } from '../view/words.ts';
import { notFound } from './errors.ts';
import { pathPage } from './path.ts';

/** `/paths`: every path with its numbers of today. `/paths/:path`: one of them, told in full. */
export function pathRoutes(app: FastifyInstance, web: Web): void {
  app.get('/paths', (request, reply) => web.answers.html(request, reply, 'paths', () => index(web)));
  app.get<{ Params: { path: string } }>('/paths/:path', async (request, reply) => {
    const given = request.params.path;
    const path = pathOf(given);
    if (!path) return sendHtml(reply, 404, notFound(web, 'No path has this name.'));
    const credential = credentialOf(queryText(request));
    if (path !== given) {
      const address = at(`/paths/${path}`, credential ? `credential=${credential}` : '');
      return reply.header('cache-control', PAGE_CACHE).redirect(address, 301);
    }
    return await web.answers.html(request, reply, `path ${path} ${credential}`, () => pathPage(web, path, credential));
  });
}

/** Today's numbers of one path, null where nothing is open, read once for as long as nothing changes. */
export async function numbersOfOne({ db, revisions }: Web, path: Path): Promise<{ row: PathNumbers | null }> {
  return await revisions.cached(`numbers of ${path} ${today()}`, async () => ({ row: await numbersOfPath(db, path) }));
}

/** Those of all paths. */
async function numbersOf({ db, revisions }: Web): Promise<PathNumbers[]> {
  return await revisions.cached(`pathNumbers ${today()}`, () => pathNumbers(db));
}

async function index(web: Web): Promise<Html> {
  const [numbers, pay] = await Promise.all([numbersOf(web), web.revisions.cached('path quartiles', () => pathQuartiles(web.db))]);
  const body = html`<div class="wide page"><div class="head"><h1>Nineteen ways out of patient care</h1>
<p class="lead">What each job is, what it asks, how people get there, and what is open today. Not sure where to look? <a href="/start">Take the quiz</a>, and it sorts them for you.</p></div>
<ul class="tiles">${PATH_SLUGS.map(
    path =>
      html`<li>${tile(
        web,
        path,
        numbers.find(row => row.path === path),
        pay.get(path),
      )}</li>`,
  )}</ul></div>`;
  return layout(web, {
    title: 'Career paths',
    description: 'Nineteen non-clinical career paths for therapists and assistants, with live numbers of open jobs, remote share and pay.',
    path: '/paths',
    section: 'paths',
    body,
  });
}

function tile({ guides }: Web, path: Path, row: PathNumbers | undefined, pay: PayQuartiles | undefined): Html {
  const open = row?.open ?? 0;
  const facts = [
    plural(open, 'open job'),
    row && row.remote > 0 && (open >= MIN_SHARE ? `${percent(row.remote, open)} remote` : `${row.remote} remote`),
    pay && pay.n >= MIN_SHARE && `median pay ${dollars(pay.median)}`,
  ];
  return html`<h2><a href="/paths/${path}">${PATHS[path].name}</a></h2><p>${guides[path].summary}</p><p class="n">${facts.filter(Boolean).join(' · ')}</p>`;
}
