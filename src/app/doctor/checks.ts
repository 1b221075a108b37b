import type { Config } from '../../config.ts';
import { databaseUrl } from '../../postgres/server/server.ts';
import { checkBrowser } from './browser.ts';
import { type Check, guarded } from './check.ts';
import { checkClock } from './clock.ts';
import { checkDesk } from './desk.ts';
import { checkDisk } from './disk.ts';
import { checkDigest, checkLinks, checkSmtp } from './mail.ts';
import { checkPostgres } from './postgres.ts';
import { checkQueue } from './queue.ts';
import { checkRegistry, checkSources } from './registry.ts';
import { checkRulesVersions } from './rules.ts';
import { checkRunning } from './running.ts';
import { checkTables } from './tables.ts';

/** Looks at every part Ombre runs on, changing nothing but starting the private Postgres for as long as it looks. Never throws. */
export async function runChecks(config: Config): Promise<Check[]> {
  const postgres = await guarded('postgres', 'do what it says, look into the log if it names one, or set DATABASE_URL', () =>
    databaseUrl(config),
  );
  try {
    const stored = 'check' in postgres ? [postgres.check, await checkQueue(config, null)] : await onPostgres(config, postgres.value.url);
    return [
      ...stored,
      await checkBrowser(config),
      ...(await checkSmtp(config)),
      ...checkLinks(config),
      ...(await checkDesk(config)),
      await checkDisk(config),
      await checkSources(config),
    ];
  } finally {
    if ('value' in postgres) await postgres.value.stop();
  }
}

async function onPostgres(config: Config, url: string): Promise<Check[]> {
  return [
    await checkPostgres(config, url),
    ...(await checkClock(url)),
    await checkQueue(config, url),
    ...(await checkDigest(config, url)),
    ...(await checkRegistry(config, url)),
    ...(await checkRulesVersions(url)),
    ...(await checkRunning(config, url)),
    ...(await checkTables(url)),
  ];
}
