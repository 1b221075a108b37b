import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Adapter } from '../crawlers/adapter.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { openStored, type Stored } from './stored.ts';
import type { Patience } from './waiting.ts';

/** What commands that visit run on, or read the registry: the database and the board systems. */
export type Parts = Stored & { systems: ReadonlyMap<string, Adapter> };

/** With `patience`, a database that is not there yet is waited for. */
export async function openParts(config: Config, log?: Logger, patience?: Patience): Promise<Parts> {
  const systems = await loadSystems();
  return { ...(await openStored(config, log, patience)), systems };
}
