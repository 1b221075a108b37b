import type { Command } from 'commander';
import { migrateAt } from '../app/database.ts';
import { runService } from '../app/service.ts';
import { serveApi } from '../app/serving.ts';
import { Outage } from '../postgres/outage.ts';
import { keptDatabase } from '../postgres/server/keeper.ts';
import { openQueues } from '../queue/connection.ts';
import { queueDoor } from '../queue/door.ts';
import { command } from './_commands.ts';

export function register(program: Command): void {
  command(program, 'api')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 PUBLIC_URL=https://jobs.example.org ombre api')
    .action(() =>
      runService('api', async ({ config, log, patience, keep }) => {
        const outage = new Outage('Postgres', log);
        const { url, lost, stop } = await keptDatabase(config, log);
        keep({ close: stop });
        await migrateAt(url, patience);
        // Reads need no queue: one that is away is a line of /readyz.
        const backend = config.REDIS_URL === null ? 'postgres' : 'redis';
        const queue = keep(queueDoor(backend, options => openQueues(config, url, options), log));
        keep(await serveApi(config, url, queue.ping, { log, subscriptions: true, outage, queues: queue.queues }));
        return lost;
      }),
    );
}
