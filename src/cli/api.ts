import type { Command } from 'commander';
import { createApi } from '../api/server.ts';
import { readConfig } from '../config.ts';
import { openQueues } from '../queue/connection.ts';
import { queueHealth } from '../queue/health.ts';
import { openDatabase } from '../store/database.ts';
import { databaseUrl } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { closeAll } from './_output.ts';
import { aborted, logger, stopSignal } from './_parts.ts';

const STATEMENT_TIMEOUT_MS = 5000;

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
        // What strangers can reach only reads, and no question of theirs keeps the database busy for long.
        const db = openDatabase(postgres.url, { readOnly: true, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
        closing.unshift(() => db.destroy());
        const api = createApi({ config, db, health: { queue: () => queueHealth(queues) }, logger: log });
        closing.unshift(() => api.close());
        log.info({ address: await api.listen({ port: config.PORT, host: config.HOST }) }, 'ready');
        await aborted(signal);
      } finally {
        await closeAll(...closing);
      }
    });
}
