import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { keptDatabase } from '../postgres/server/keeper.ts';
import { scratchDatabase } from '../store/scratch.ts';
import { closing } from './closing.ts';
import { openParts, type Parts } from './parts.ts';

/**
 * The settings with the private Postgres, whatever the environment says: a shared server may forbid to make a database, and another machine
 * would take it for a leftover.
 */
export function onOwnServer(config: Config): Config {
  return { ...config, DATABASE_URL: null, REDIS_URL: null };
}

/**
 * Runs `work` on a database of its own beside the one of `config`, which is removed afterwards. Nobody is there to make space meanwhile, so a
 * full disk ends it (E_DISK_FULL), as everything does that takes the private Postgres away for good.
 */
export async function inScratch(config: Config, prefix: string, log: Logger, work: (parts: Parts) => Promise<void>): Promise<void> {
  const { url, lost, stop } = await keptDatabase(config, log, { awaitSpace: false });
  try {
    const scratch = await scratchDatabase(url, prefix);
    try {
      await closing(await openParts({ ...config, DATABASE_URL: scratch.url }, log), async parts => {
        await work({ ...parts, lost });
        lost.throwIfAborted();
      });
    } finally {
      // What a lost server holds is removed by the next command that makes a database like it.
      if (!lost.aborted) await scratch.drop();
    }
  } catch (error) {
    throw lost.aborted ? lost.reason : error;
  } finally {
    await stop();
  }
}
