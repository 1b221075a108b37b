import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { type Queues, within } from '../queue/connection.ts';
import { pingQueue } from '../queue/ping.ts';
import type { RunningWorker } from '../queue/worker.ts';
import { type Beating, beat, stopBeating } from '../store/heartbeats.ts';
import { closeAll } from './closing.ts';
import { BEAT_MS, removeHeartbeat, touchHeartbeat } from './heartbeat-file.ts';
import type { Parts } from './parts.ts';

const ANSWER_MS = 5_000;
const STOP_MS = 2_000;

/**
 * Says every few seconds that this worker works: in the database for the API and `doctor`, and in a file for `ombre health`. A beat is
 * made only when its workers take jobs, and the queue and the database have just answered; its own event loop makes it.
 */
export function startHeartbeat(
  { config, db, log }: Pick<Parts, 'config' | 'db' | 'log'>,
  parts: { queues: Queues; worker: Pick<RunningWorker, 'isTaking'>; digestKey: string | null },
): { close(): Promise<void> } {
  const me: Beating = { id: randomUUID(), host: hostname(), pid: process.pid, digestKey: parts.digestKey };
  const stopping = new AbortController();

  const prove = async () => {
    if (!parts.worker.isTaking()) throw new Error('the queue gives out no jobs');
    const queue = await pingQueue(parts.queues, ANSWER_MS);
    if (!queue.ok) throw new Error(queue.message);
    await within(beat(db, me), ANSWER_MS);
    // Nobody waits at a stop for a beat that hangs, so it must leave no sign of life behind.
    stopping.signal.throwIfAborted();
    await touchHeartbeat(config);
  };

  const beating = (async () => {
    let missed = false;
    while (!stopping.signal.aborted) {
      try {
        await prove();
        if (missed) log.info('heartbeat: well again');
        missed = false;
      } catch (error) {
        // Said once, not with every beat that is missed; who asks for the heartbeat sees that it stays away.
        if (!missed && !stopping.signal.aborted) log.warn(`heartbeat: none for now: ${messageOf(error)}`);
        missed = true;
      }
      // It rejects when the worker stops, which the loop sees by itself.
      await sleep(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();

  return {
    close: () => {
      stopping.abort();
      return closeAll(
        // One that waits for a queue that is away is left to itself.
        async () => within(beating, STOP_MS / 2).catch(() => undefined),
        () => removeHeartbeat(config),
        async () => {
          // A database that is away learns nothing, and must not make the stop a failure: the beat grows old by itself.
          await within(stopBeating(db, me.id), STOP_MS).catch(error => log.warn(`heartbeat: the stop was not noted: ${messageOf(error)}`));
        },
      );
    },
  };
}
