import type { Adapter, PageRequest } from '../crawlers/adapter.ts';
import { readRobots } from '../crawlers/engine/robots-rules.ts';
import { PRODUCT_TOKEN } from '../crawlers/engine/user-agent.ts';
import type { RobotsRow } from '../store/feed/sources.ts';

/** What a site's robots.txt said to the listing of a source. */
type RobotsView = { origin: string; allowed: boolean; reason: string; fetched_at: string };

/**
 * Per origin that a visit begins at: what it said to the way in that is taken, and to the first one where all are refused. Empty when nothing
 * was asked yet, or the system is not here any more.
 */
export function robotsOf(adapter: Adapter | undefined, target: unknown, robots: ReadonlyMap<string, RobotsRow>): RobotsView[] {
  const parsed = adapter?.target.safeParse(target);
  if (!adapter || !parsed?.success) return [];
  const views = new Map<string, RobotsView>();
  for (const request of adapter.start(parsed.data)) {
    const ways = waysOf(request).flatMap(url => {
      const { origin } = new URL(url);
      const row = robots.get(origin);
      return row ? [{ origin, ...judged(row, url), fetched_at: row.fetched_at.toISOString() }] : [];
    });
    const taken = ways.find(({ allowed }) => allowed) ?? ways[0];
    if (taken && views.get(taken.origin)?.allowed !== false) views.set(taken.origin, taken);
  }
  return [...views.values()];
}

/** The addresses of a request and of its other ways in, in order. */
function waysOf(request: PageRequest): string[] {
  return [request.url, ...(request.instead ? waysOf(request.instead) : [])];
}

function judged(row: RobotsRow, url: string): { allowed: boolean; reason: string } {
  if (row.verdict !== 'rules') return { allowed: row.verdict === 'none', reason: row.reason };
  const { allowed, reason } = readRobots(row.body, PRODUCT_TOKEN).judge(new URL(url));
  return { allowed, reason: allowed ? 'robots.txt allows it' : reason };
}
