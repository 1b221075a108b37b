import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { serveApi } from '../app/serving.ts';
import { stopped, stopSignal, unlessStopped } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { patienceOf, patiently } from '../app/waiting.ts';
import { readConfig } from '../config.ts';
import { Outage } from '../postgres/outage.ts';
import { keptDatabase } from '../postgres/server/keeper.ts';
import { openQueues } from '../queue/connection.ts';
import { queueDoor } from '../queue/door.ts';
import { openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';

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
          const api = await serveApi(config, postgres.url, queue.ping, { log, subscriptions: true, outage });
          closing.unshift(() => api.close());
          await stopped(signal, postgres.lost);
        } finally {
          await closeAll(...closing);
        }
      });
    });
}
