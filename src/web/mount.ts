import type { FastifyInstance } from 'fastify';
import type { HttpContext } from '../http/context.ts';
import { openDatabase } from '../store/database.ts';
import { assetRoutes } from './assets.ts';
import type { Routes, Web, WebOptions } from './context.ts';
import { loadGuides } from './guides.ts';
import { aboutRoutes } from './pages/about.ts';
import { compareRoutes } from './pages/compare.ts';
import { discoveryRoutes } from './pages/discovery.ts';
import { embedRoutes } from './pages/embed.ts';
import { employerRoutes } from './pages/employers.ts';
import { errorRoutes } from './pages/errors.ts';
import { feedsRoutes } from './pages/feeds.ts';
import { forRoutes } from './pages/for.ts';
import { jobRoutes } from './pages/job.ts';
import { jobsRoutes } from './pages/jobs.ts';
import { pathRoutes } from './pages/paths.ts';
import { reportRoutes } from './pages/report.ts';
import { sourcesRoutes } from './pages/sources.ts';
import { startRoutes } from './pages/start.ts';

const PAGES: Routes[] = [
  jobsRoutes,
  jobRoutes,
  reportRoutes,
  pathRoutes,
  forRoutes,
  compareRoutes,
  employerRoutes,
  embedRoutes,
  startRoutes,
  feedsRoutes,
  aboutRoutes,
  sourcesRoutes,
  discoveryRoutes,
  assetRoutes,
];

/** The pages people use, to be mounted beside the API. Their one writing connection closes with the server. */
export function webPages({ databaseUrl, subscriptions = false, structuredData = false }: WebOptions) {
  const guides = loadGuides();
  return (app: FastifyInstance, context: HttpContext): void => {
    // Opened by the first report; nobody reports much.
    const writer = openDatabase(databaseUrl, { max: 2, statementTimeoutMs: 5000 });
    const web: Web = { ...context, writer, guides, subscriptions, structuredData };
    app.register(async pages => {
      pages.addHook('onClose', () => writer.destroy());
      errorRoutes(pages, web);
      for (const routes of PAGES) routes(pages, web);
    });
  };
}
