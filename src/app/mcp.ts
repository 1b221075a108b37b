import type { Config } from '../config.ts';
import { siteOf } from '../feed/site.ts';
import { revisionsOf, SLOW_MS } from '../http/revisions.ts';
import { openStdio } from '../mcp/stdio.ts';
import { guideTexts } from '../web/guide-text.ts';
import { loadGuides } from '../web/guides.ts';
import { closeAll, closing } from './closing.ts';
import { openForReading } from './reading.ts';
import { aborted } from './stopping.ts';
import { openStored } from './stored.ts';

/**
 * Answers a client on stdin and stdout until it closes its side or the signal comes, over connections that cannot write. Rejects with
 * E_DB_DOWN when the private Postgres is given up meanwhile.
 */
export async function serveMcp(config: Config, signal: AbortSignal): Promise<void> {
  await closing(await openStored(config), async ({ url, lost, outage, log }) => {
    const db = openForReading(url, { max: 4, outage });
    const site = () => siteOf(config);
    const door = openStdio({ db, site, revisions: revisionsOf(db, { slowMs: SLOW_MS }), guides: guideTexts(loadGuides()), log });
    try {
      await Promise.race([door.ended, aborted(signal), aborted(lost)]);
      lost.throwIfAborted();
    } finally {
      await closeAll(
        () => door.close(),
        () => db.destroy(),
      );
    }
  });
}
