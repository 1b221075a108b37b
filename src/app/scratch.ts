import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { keptDatabase } from '../postgres/server/keeper.ts';
import { scratchDatabase } from '../store/scratch.ts';
import { closeAll, closing } from './closing.ts';
import { toldOfDisk } from './full-disk.ts';
import { openParts, type Parts } from './parts.ts';

/**
 * The settings with the private Postgres, whatever the environment says: a shared server may forbid to make a database, and another machine
 * would take it for a leftover.
 */
export function onOwnServer(config: Config): Config {
  return { ...config, DATABASE_URL: null, REDIS_URL: null };
}

/**
 * Runs `work` on a database of its own beside the one of `config`, which is removed afterwards. A full disk ends it (E_DISK_FULL) instead of
 * being waited out, as does whatever takes the private Postgres away for good (E_DB_DOWN): nothing is lost that a second run does not make.
 */
export async function inScratch(config: Config, prefix: string, log: Logger, work: (parts: Parts) => Promise<void>): Promise<void> {
  const { url, lost, stop } = await keptDatabase(config, log, { awaitSpace: false });
  // Told at once: what is closed afterwards may give space back.
  const tell = async (error: unknown): Promise<never> => {
    throw lost.aborted ? lost.reason : await toldOfDisk(error, config);
  };
  try {
    const scratch = await scratchDatabase(url, prefix).catch(tell);
    const parts = () => openParts({ ...config, DATABASE_URL: scratch.url }, log);
    await closeAll(
      async () => {
        await parts()
          .then(open => closing(open, own => work({ ...own, lost })))
          .catch(tell);
        lost.throwIfAborted();
      },
      // What a lost server holds is removed by the next command that makes a database like it.
      async () => {
        if (!lost.aborted) await scratch.drop().catch(tell);
      },
    );
  } finally {
    await stop();
  }
}
