import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { databaseUrl } from '../store/embedded.ts';
import { scratchDatabase } from '../store/scratch.ts';
import { openParts, type Parts } from './_parts.ts';

/**
 * Runs `work` on a database of its own, which is removed afterwards. It lies on the private Postgres whatever DATABASE_URL says: a shared server may
 * forbid to make one, and another machine would take it for a leftover.
 */
export async function inScratch(config: Config, prefix: string, log: Logger, work: (parts: Parts) => Promise<void>): Promise<void> {
  const own: Config = { ...config, DATABASE_URL: null, REDIS_URL: null };
  const postgres = await databaseUrl(own);
  try {
    const scratch = await scratchDatabase(postgres.url, prefix);
    try {
      const parts = await openParts({ ...own, DATABASE_URL: scratch.url }, log);
      try {
        await work(parts);
      } finally {
        await parts.close();
      }
    } finally {
      await scratch.drop();
    }
  } finally {
    await postgres.stop();
  }
}
