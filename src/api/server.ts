import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { siteOf } from '../feed/site.ts';
import { untracked } from '../feed/tracking.ts';
import { answersOf } from '../http/answers.ts';
import { addCompression } from '../http/compression.ts';
import type { HealthChecks, HttpContext } from '../http/context.ts';
import { TooManyRequests } from '../http/limits.ts';
import { loggedRequest } from '../http/logged-request.ts';
import { notingMethods, refuseOtherMethods } from '../http/methods.ts';
import { observeRequests } from '../http/observed-requests.ts';
import { addProblems } from '../http/problem.ts';
import { type UntrustedProxy, watchProxies } from '../http/proxies.ts';
import { requestIds } from '../http/request-id.ts';
import { revisionsOf } from '../http/revisions.ts';
import { addSecurityHeaders } from '../http/security.ts';
import { endConnectionsAtStop } from '../http/stop-connections.ts';
import { rangesHold } from '../ranges.ts';
import type { Database } from '../store/schema.ts';
import { employersRoute } from './routes/employers.ts';
import { exportRoutes } from './routes/export.ts';
import { facetsRoute } from './routes/facets.ts';
import { feedRoutes } from './routes/feeds.ts';
import { llmsRoute } from './routes/llms.ts';
import { metricsRoute, type Scraped } from './routes/metrics.ts';
import { opmlRoute } from './routes/opml.ts';
import { pathsRoutes } from './routes/paths.ts';
import { postingRoute } from './routes/posting.ts';
import { postingsRoute } from './routes/postings.ts';
import { healthRoutes } from './routes/probes.ts';
import { referenceRoutes } from './routes/reference.ts';
import { sourcesRoute } from './routes/sources.ts';
import { statsRoute } from './routes/stats.ts';
import { taxonomyRoute } from './routes/taxonomy.ts';

type ApiOptions = {
  config: Config;
  db: Kysely<Database>;
  /** Checks of /readyz beside the database: name → resolves when well, throws when not. */
  health?: HealthChecks;
  /** What /metrics is answered with. Left out: there is no such page. */
  metrics?: Scraped | undefined;
  logger?: FastifyBaseLogger;
  /** Mounts the pages people use beside the API, under the same rate limit. */
  web?: (app: FastifyInstance, context: HttpContext) => void;
  /** From how many milliseconds on the reading of counts is slow (see revisions.ts). */
  slowMs?: number;
  /** Told, at most once a day, of a proxy that TRUST_PROXY does not name. */
  onUntrustedProxy?: (seen: UntrustedProxy) => void;
};

const PUBLIC = [
  feedRoutes,
  postingsRoute,
  postingRoute,
  exportRoutes,
  facetsRoute,
  employersRoute,
  taxonomyRoute,
  pathsRoutes,
  statsRoute,
  sourcesRoute,
  opmlRoute,
  referenceRoutes,
  llmsRoute,
];

/** The HTTP surface: feeds, API, health and, where given, the pages. The caller listens and closes; the database stays the caller's. */
export function createApi({
  config,
  db,
  health = {},
  metrics,
  logger,
  web,
  slowMs,
  onUntrustedProxy = () => undefined,
}: ApiOptions): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(logger && { loggerInstance: logger.child({}, { serializers: { req: loggedRequest } }) }),
    // Every surface sees a link as it was before others added to it: routes, caches, tags, canonical addresses.
    rewriteUrl: request => untracked(request.url ?? '/'),
    genReqId: requestIds(config.TRUST_PROXY),
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    trustProxy: config.TRUST_PROXY.length > 0 && rangesHold(config.TRUST_PROXY),
    // Readers keep connections open; a stop must not wait for them.
    forceCloseConnections: 'idle',
  });
  const port = () => {
    const address = app.server.address();
    return address !== null && typeof address === 'object' ? address.port : config.PORT;
  };
  const site = () => siteOf(config, port());
  const revisions = revisionsOf(db, { slowMs });
  const context: HttpContext = { config, db, health, site, revisions, answers: answersOf({ db, site, revisions }) };
  observeRequests(app);
  const methods = notingMethods(app);
  watchProxies(app, config.TRUST_PROXY, onUntrustedProxy);
  endConnectionsAtStop(app);
  addSecurityHeaders(app);
  addCompression(app);
  addProblems(app);
  if (metrics) metricsRoute(app, metrics);
  healthRoutes(app, context);
  app.register(async limited => {
    if (config.RATE_LIMIT > 0) {
      await limited.register(rateLimit, {
        max: config.RATE_LIMIT,
        timeWindow: 60_000,
        enableDraftSpec: true,
        errorResponseBuilder: (_request, { max, ttl }) => new TooManyRequests('requests', max, 'minute', ttl),
      });
    }
    web?.(limited, context);
    // Reads that any page may make; nothing else gets CORS.
    limited.register(async open => {
      await open.register(cors, {
        origin: '*',
        methods: ['GET', 'HEAD', 'OPTIONS'],
        // The last two ask for nothing; the usual wrappers around fetch send them with every request.
        allowedHeaders: ['If-None-Match', 'If-Modified-Since', 'Accept', 'Content-Type', 'X-Requested-With'],
        exposedHeaders: [
          'ETag',
          'Last-Modified',
          'Link',
          'Content-Location',
          'Retry-After',
          'RateLimit-Limit',
          'RateLimit-Remaining',
          'RateLimit-Reset',
        ],
        maxAge: 86_400,
      });
      for (const routes of PUBLIC) routes(open, context);
    });
    limited.register(async rest => refuseOtherMethods(rest, methods));
  });
  return app;
}
