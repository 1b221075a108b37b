import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { messageOf, OmbreError } from '../../errors.ts';
import { Client } from '../client.ts';
import { probe } from './cluster.ts';
import { databaseUrl, type EmbeddedPostgres, startEmbedded } from './server.ts';
import { fullDisk, WRITE_BYTES } from './space.ts';

/** So often within so long, and the server is given up: whatever ends it will end it again. */
const MOST_STARTS = 5;
const WITHIN_MINUTES = 10;
const PAUSE_MS = 1_000;

type Log = { warn(message: string): void };

export type KeptDatabase = {
  url: string;
  /** Aborts with E_DB_DOWN when a private server can not be brought up again, or died too often; with E_DISK_FULL where nobody waits for space. */
  lost: AbortSignal;
  stop(): Promise<void>;
};

/**
 * The same as `databaseUrl`, but a private server that dies meanwhile is started again, at the same address. While its disk is full that waits
 * for space, unless told that nobody will make any.
 */
export async function keptDatabase(
  config: Pick<Config, 'DATABASE_URL' | 'OMBRE_HOME'>,
  log: Log,
  { awaitSpace = true }: { awaitSpace?: boolean } = {},
): Promise<KeptDatabase> {
  const { url, stop } = await databaseUrl(config);
  const [leaving, lost] = [new AbortController(), new AbortController()];
  const keeping = { home: config.OMBRE_HOME, url, log, leaving: leaving.signal, giveUp: (error: OmbreError) => lost.abort(error) };
  const own = config.DATABASE_URL === null;
  const starting = own ? keep(keeping) : Promise.resolve([]);
  const watching = own && !awaitSpace ? watchSpace(keeping) : Promise.resolve();
  return {
    url,
    lost: lost.signal,
    stop: async () => {
      leaving.abort();
      await watching;
      for (const start of await starting) await start.stop();
      await stop();
    },
  };
}

type Keeping = { home: string; url: string; log: Log; leaving: AbortSignal; giveUp(error: OmbreError): void };

/** Brings the server up whenever it is gone, until told to leave. Each start signs this process on anew; all are returned to be signed off. */
async function keep({ home, url, log, leaving, giveUp }: Keeping): Promise<EmbeddedPostgres[]> {
  const starts: EmbeddedPostgres[] = [];
  const times: number[] = [];
  for (;;) {
    await untilCut(url, leaving);
    if (leaving.aborted) return starts;
    // Nobody listens, or it is recovering. In any other state it lives, and only the connection was ended.
    if ((await probe(url)) === 'starting') {
      await untilSpace(home, log, leaving);
      if (leaving.aborted) return starts;
      times.push(performance.now());
      if (times.length > MOST_STARTS && performance.now() - (times.shift() ?? 0) < WITHIN_MINUTES * 60_000) {
        giveUp(
          new OmbreError('E_DB_DOWN', `the private PostgreSQL of ${home} died ${MOST_STARTS + 1} times within ${WITHIN_MINUTES} minutes`),
        );
        return starts;
      }
      log.warn('the private PostgreSQL is down and is started again');
      const again = await startEmbedded(home).catch(error => log.warn(messageOf(error)));
      if (again) starts.push(again);
      if (again && again.url !== url) {
        giveUp(new OmbreError('E_DB_DOWN', `the port of the private PostgreSQL of ${home} was taken while it was down; start Ombre again`));
        return starts;
      }
    }
    // Aborted only by the leaving that the loop looks at next.
    await sleep(PAUSE_MS, undefined, { signal: leaving }).catch(() => undefined);
  }
}

/** Waits while the disk of the folder is full, which takes a person and is no fault of the server; says so once. */
async function untilSpace(home: string, log: Log, leaving: AbortSignal): Promise<void> {
  for (let told = false; !leaving.aborted; told = true) {
    const full = await fullDisk(home);
    if (!full) return;
    if (!told) log.warn(`${full.message}; it is started again then`);
    await sleep(PAUSE_MS, undefined, { signal: leaving }).catch(() => undefined);
  }
}

/** Gives up once nothing can be written any more, or the server is gone and could not come up. */
async function watchSpace({ home, url, leaving, giveUp }: Keeping): Promise<void> {
  while (!leaving.aborted) {
    const full = await fullDisk(home);
    if (full && ((await fullDisk(home, WRITE_BYTES)) || (await probe(url)) === 'starting')) return giveUp(full);
    await sleep(PAUSE_MS, undefined, { signal: leaving }).catch(() => undefined);
  }
}

/** Holds one idle connection, whose end tells at once that the server may have died. Returns then, or when told to leave. */
async function untilCut(url: string, leaving: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const ended = new Promise<void>(resolve => client.once('end', resolve));
  const leave = () => void client.end();
  leaving.addEventListener('abort', leave, { once: true });
  try {
    await client.connect();
    if (leaving.aborted) leave();
    await ended;
  } catch {
    // Whoever could not connect looks for the reason with `probe`.
  } finally {
    leaving.removeEventListener('abort', leave);
  }
}
