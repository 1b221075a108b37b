import { createEngine } from '../crawlers/engine/engine.ts';
import type { Asked, Fetcher } from '../crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../crawlers/engine/memory-robots.ts';
import { replayTransport } from '../crawlers/engine/replay.ts';
import type { SourceRow } from '../crawlers/registry.ts';
import { correctedClock } from '../store/clock.ts';
import { postgresHostLimiter } from '../store/crawl/hosts.ts';
import { postgresRobots } from '../store/crawl/robots.ts';
import type { Parts } from './parts.ts';

/** The engine on the live network: robots verdicts and host turns are shared over all processes through Postgres. */
export function liveFetcher(
  { config, db, log }: Pick<Parts, 'config' | 'db' | 'log'>,
  options: { record?: { dir: string; sources: SourceRow[] } | null; onRequest?: (asked: Asked) => void } = {},
): Fetcher {
  return createEngine({
    config,
    robots: postgresRobots(db),
    hosts: postgresHostLimiter(db),
    clock: correctedClock(db),
    log,
    ...options,
  });
}

/** The engine on the live network without a database: robots verdicts and host turns are this process's alone, so no other may crawl meanwhile. */
export function aloneFetcher({ config, log }: Pick<Parts, 'config' | 'log'>): Fetcher {
  return createEngine({ config, robots: new MemoryRobots(), hosts: new MemoryHostLimiter(), log });
}

/** The engine on a folder of recordings; `visit` is the number of the visit now made. */
export function replayFetcher(
  { config, log }: Pick<Parts, 'config' | 'log'>,
  dir: string,
  { visit, onRequest }: { visit?: () => number; onRequest?: (asked: Asked) => void } = {},
): Fetcher {
  return createEngine({
    config,
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    transport: replayTransport(dir, { visit }),
    spacingMs: 0,
    onRequest,
    log,
  });
}
