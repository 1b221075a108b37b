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

/** Runs `work` on a database of its own beside the one of `config`, which is removed afterwards. */
export async function inScratch(config: Config, prefix: string, log: Logger, work: (parts: Parts) => Promise<void>): Promise<void> {
  const postgres = await keptDatabase(config, log);
  try {
    const scratch = await scratchDatabase(postgres.url, prefix);
    try {
      await closing(await openParts({ ...config, DATABASE_URL: scratch.url }, log), work);
    } finally {
      await scratch.drop();
    }
  } finally {
    await postgres.stop();
  }
}
