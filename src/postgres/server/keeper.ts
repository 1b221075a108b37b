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
  const giveUp = (error: unknown) => lost.abort(error);
  const keeping = { home: config.OMBRE_HOME, url, log, awaitSpace, leaving: leaving.signal, giveUp };
  const own = config.DATABASE_URL === null;
  const starting = own ? keep(keeping) : Promise.resolve([]);
  // A disk that cannot be looked at is no disk to work on.
  const watching = own && !awaitSpace ? watchSpace(keeping).catch(giveUp) : Promise.resolve();
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

type Keeping = { home: string; url: string; log: Log; awaitSpace: boolean; leaving: AbortSignal; giveUp(error: unknown): void };

/** Brings the server up whenever it is gone, until told to leave. Each start signs this process on anew; all are returned to be signed off. */
async function keep(keeping: Keeping): Promise<EmbeddedPostgres[]> {
  const { url, leaving, giveUp } = keeping;
  const starts: EmbeddedPostgres[] = [];
  const times: number[] = [];
  for (;;) {
    await untilCut(url, leaving);
    if (leaving.aborted) return starts;
    // Nobody listens, or it is recovering. In any other state it lives, and only the connection was ended.
    const over = (await probe(url)) === 'starting' ? await bringUp(keeping, starts, times) : null;
    if (over) giveUp(over);
    if (over || leaving.aborted) return starts;
    // Aborted only by the leaving that the loop looks at next.
    await sleep(PAUSE_MS, undefined, { signal: leaving }).catch(() => undefined);
  }
}

/** Starts the server once more, and notes that and when. Returns why it is given up, if so. */
async function bringUp(keeping: Keeping, starts: EmbeddedPostgres[], times: number[]): Promise<OmbreError | null> {
  const { home, url, log, leaving } = keeping;
  const full = await untilSpace(keeping);
  if (full || leaving.aborted) return full;
  times.push(performance.now());
  if (times.length > MOST_STARTS && performance.now() - (times.shift() ?? 0) < WITHIN_MINUTES * 60_000)
    return new OmbreError('E_DB_DOWN', `the private PostgreSQL of ${home} died ${MOST_STARTS + 1} times within ${WITHIN_MINUTES} minutes`);
  log.warn('the private PostgreSQL is down and is started again');
  const again = await startEmbedded(home).catch(error => log.warn(messageOf(error)));
  if (again) starts.push(again);
  return !again || again.url === url
    ? null
    : new OmbreError('E_DB_DOWN', `the port of the private PostgreSQL of ${home} was taken while it was down; start Ombre again`);
}

/** Waits while the disk of the folder is full, which takes a person and is no fault of the server; says so once. Where nobody waits E_DISK_FULL is returned. */
async function untilSpace({ home, log, awaitSpace, leaving }: Keeping): Promise<OmbreError | null> {
  for (let told = false; !leaving.aborted; told = true) {
    const full = await fullDisk(home);
    if (!full || !awaitSpace) return full;
    if (!told) log.warn(`${full.message}; it is started again then`);
    await sleep(PAUSE_MS, undefined, { signal: leaving }).catch(() => undefined);
  }
  return null;
}

/** Gives up once nothing can be written any more: the server lives on, and all that is asked of it fails. */
async function watchSpace({ home, leaving, giveUp }: Keeping): Promise<void> {
  while (!leaving.aborted) {
    const full = await fullDisk(home, WRITE_BYTES);
    if (full) return giveUp(full);
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
