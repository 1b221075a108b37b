import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openQueues } from '../queue/connection.ts';
import { openDatabase } from '../store/database.ts';
import { databaseUrl } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { closeAll } from './_output.ts';
import { aborted, logger, stopSignal } from './_parts.ts';
import { serveApi } from './_serve.ts';

export function register(program: Command): void {
  program
    .command('api')
    .description('serve the feed and its API, without crawling')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 PUBLIC_URL=https://jobs.example.org ombre api')
    .action(async () => {
      const signal = stopSignal();
      const config = readConfig();
      const log = logger(config);
      const closing: (() => Promise<unknown>)[] = [];
      try {
        const postgres = await databaseUrl(config);
        closing.unshift(() => postgres.stop());
        const own = openDatabase(postgres.url, { max: 1 });
        await migrate(own).finally(() => own.destroy());
        const queues = await openQueues(config, postgres.url, { onError: error => log.warn({ err: error }, 'queue') });
        closing.unshift(() => queues.close());
        const api = await serveApi(config, postgres.url, queues, { log, subscriptions: true });
        closing.unshift(() => api.close());
        await aborted(signal);
      } finally {
        await closeAll(...closing);
      }
    });
}
