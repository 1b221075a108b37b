import type { Config } from '../../config.ts';
import { findKeyring, markOfKeys } from '../../digest/keys.ts';
import { judgeProxy, untrustedProxy } from '../../http/proxies.ts';
import { type WorkersSeen, workersSeen } from '../../store/heartbeats.ts';
import { proxiesSeen } from '../../store/proxy-sightings.ts';
import { bad, type Check, good, guarded, onTables } from './check.ts';

const NO_WORKER = 'start `ombre worker`, or look at the log of the one that hangs';
const OTHER_KEY = 'a running worker makes links in mails with another key than the one of these settings: those links do not work here';

/** Whether workers give a sign of life. None at all, or one that was stopped as it should be, is somebody's will and no fault. */
export function workersInWords({ alive, last }: WorkersSeen): { ok: boolean; message: string } {
  if (alive > 0) return { ok: true, message: `${alive === 1 ? '1 worker gives' : `${alive} workers give`} a sign of life` };
  if (last === null) return { ok: true, message: 'no worker has run on this database yet' };
  const ago = inWords(last.secondsAgo);
  if (last.stopped) return { ok: true, message: `no worker runs; the last one was stopped ${ago} ago` };
  return { ok: false, message: `no worker has been seen for ${ago}: nothing is crawled, and no mail is sent` };
}

/** What the running processes told of themselves, looked at by another one: workers, their key of links, proxies before the API. */
export async function checkRunning(config: Config, url: string): Promise<Check[]> {
  return onTables(url, { name: 'worker', remedy: 'look at the log of the worker' }, async db => {
    const seen = await workersSeen(db);
    const { ok, message } = workersInWords(seen);
    const worker = ok ? good('worker', message) : bad('worker', message, NO_WORKER);
    return [worker, ...(await checkKeys(config, seen)), ...checkProxies(config, await proxiesSeen(db))];
  });
}

/** Nothing where all make links with the same key as here. */
async function checkKeys(config: Config, { digestKeys }: WorkersSeen): Promise<Check[]> {
  if (digestKeys.length === 0) return [];
  const own = await guarded('keys', 'correct that setting', () => findKeyring(config));
  if ('check' in own) return [own.check];
  const { value } = own;
  if (value && digestKeys.every(key => key === markOfKeys(value))) return [];
  return [bad('keys', OTHER_KEY, 'give all processes the same DIGEST_KEYS or DIGEST_KEYS_FILE, and restart them')];
}

/** Near ones are an own proxy nearly always. A far one may be a CDN, or a visitor who made the header up: told, and no fault. */
function checkProxies(config: Config, sightings: readonly { peer: string; header: string }[]): Check[] {
  const seen = sightings.flatMap(sighting => judgeProxy(sighting, config.TRUST_PROXY) ?? []);
  const worst = seen.find(({ near }) => near) ?? seen[0];
  if (!worst) return [];
  const remedy = `set TRUST_PROXY to ${worst.peer} or its range if it is your proxy; docs/operating.md has the recipe`;
  return [{ name: 'proxy', ok: !worst.near, message: untrustedProxy(worst), remedy: worst.near ? remedy : null }];
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} minutes`;
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3600)} hours`;
  return `${Math.round(seconds / 86_400)} days`;
}
