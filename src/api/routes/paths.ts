import type { FastifyInstance } from 'fastify';
import { parseFilter } from '../../feed/filter.ts';
import { pathOf } from '../../feed/spelling.ts';
import { today } from '../../http/clocks.ts';
import type { HttpContext } from '../../http/context.ts';
import { sendProblem } from '../../http/problem.ts';
import { PATH_SLUGS, PATHS, type Path } from '../../posting/taxonomy.ts';
import { numbersOfPath, type PathNumbers, pathDetail, pathNumbers, weeklyNumbers } from '../../store/feed/numbers.ts';
import { tellAddress } from '../links.ts';

const WEEKS = 26;

/** `GET /api/v1/paths`: the taxonomy with live numbers. `/api/v1/paths/:path`: one path, also by credential, certification and week. */
export function pathsRoutes(app: FastifyInstance, { db, revisions, site, answers }: HttpContext): void {
  const numbers = () => revisions.cached(`pathNumbers ${today()}`, () => pathNumbers(db));
  const all = async () => {
    const rows = await numbers();
    const view = (path: Path) =>
      pathView(
        path,
        rows.find(row => row.path === path),
      );
    return { paths: PATH_SLUGS.map(view) };
  };
  const one = async (path: Path) => {
    const [row, detail, weeks] = await Promise.all([
      numbersOfPath(db, path),
      pathDetail(db, path),
      weeklyNumbers(db, parseFilter({ path }), WEEKS),
    ]);
    return { ...pathView(path, row ?? undefined), ...detail, weeks };
  };
  app.get('/api/v1/paths', (request, reply) => answers.json(request, reply, { name: 'paths', read: all, clock: today() }));
  app.get<{ Params: { path: string } }>('/api/v1/paths/:path', async (request, reply) => {
    const path = pathOf(request.params.path);
    if (!path)
      return sendProblem(reply, {
        status: 404,
        detail: 'no path has this name',
        field: 'path',
        value: request.params.path,
        allowed: PATH_SLUGS.join(', '),
      });
    tellAddress(reply, site(), `/api/v1/paths/${path}`, '');
    return await answers.json(request, reply, { name: `path ${path}`, read: () => one(path), clock: today() });
  });
}

/** Every path of the taxonomy is shown, also one that has no opening today. */
function pathView(path: Path, found: PathNumbers | undefined) {
  const { open = 0, new_this_week = 0, remote = 0, hybrid = 0, onsite = 0, open_to_assistants = 0, pay = null } = found ?? {};
  const roles = PATHS[path].roles.map(role => ({ role, open: found?.roles.find(row => row.role === role)?.open ?? 0 }));
  return { path, name: PATHS[path].name, open, new_this_week, remote, hybrid, onsite, open_to_assistants, pay, roles };
}
