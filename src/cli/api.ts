import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openQueues } from '../queue/connection.ts';
import { queueDoor } from '../queue/door.ts';
import { openDatabase } from '../store/database.ts';
import { keptDatabase } from '../store/embedded/keeper.ts';
import { migrate } from '../store/migrate.ts';
import { Outage } from '../store/outage.ts';
import { closeAll } from './_output.ts';
import { serveApi } from './_serve.ts';
import { stopped, stopSignal, unlessStopped } from './_stopping.ts';
import { logger } from './_stored.ts';
import { patienceOf, patiently } from './_waiting.ts';

export function register(program: Command): void {
  program
    .command('api')
    .description('serve the feed and its API, without crawling')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 PUBLIC_URL=https://jobs.example.org ombre api')
    .action(async () => {
      const signal = stopSignal();
      const config = readConfig();
      const log = logger(config);
      const patience = patienceOf(config, log, signal);
      const outage = new Outage('Postgres', log);
      const closing: (() => Promise<unknown>)[] = [];
      await unlessStopped(signal, async () => {
        try {
          const postgres = await keptDatabase(config, log);
          closing.unshift(() => postgres.stop());
          const own = openDatabase(postgres.url, { max: 1 });
          await patiently('Postgres', patience, () => migrate(own)).finally(() => own.destroy());
          // Reads need no queue: one that is away is a line of /readyz.
          const queue = queueDoor(
            config.REDIS_URL === null ? 'postgres' : 'redis',
            options => openQueues(config, postgres.url, options),
            log,
          );
          closing.unshift(() => queue.close());
          const api = await serveApi(config, postgres.url, queue.health, { log, subscriptions: true, outage });
          closing.unshift(() => api.close());
          await stopped(signal, postgres.lost);
        } finally {
          await closeAll(...closing);
        }
      });
    });
}
