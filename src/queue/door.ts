import type { Logger } from 'pino';
import { messageOf } from '../errors.ts';
import { Outage } from '../postgres/outage.ts';
import type { Queues, QueuesOptions } from './connection.ts';
import { type QueueOutage, queueOutage } from './outage.ts';
import { pingQueue, type QueuePing } from './ping.ts';

/** Less than /readyz waits for a check, so that the reason is told there and not that it took too long. */
const READY_MS = 2_000;

/** The queue of a process that can do without it: opened when it is first asked for, and tried again until it is there. */
export function queueDoor(
  backend: Queues['backend'],
  open: (options: QueuesOptions) => Promise<Queues>,
  log: Pick<Logger, 'info' | 'warn'>,
): { ping(): Promise<QueuePing>; queues(): Promise<Queues>; close(): Promise<void> } {
  const absence = new Outage(`the queue on ${backend}`, log);
  let outage: QueueOutage | undefined;
  let opening: Promise<Queues> | null = null;
  const onError = (error: Error) => {
    if (!outage?.heard(error)) log.warn({ err: error }, 'queue');
  };
  const tryOpen = async () => {
    try {
      const queues = await open({ readyWithinMs: READY_MS, onError });
      outage = queueOutage(queues, log);
      absence.well();
      return queues;
    } catch (error) {
      opening = null;
      absence.away(error);
      throw error;
    }
  };
  const queues = () => (opening ??= tryOpen());
  return {
    queues,
    ping: async () => {
      try {
        return await pingQueue(await queues(), READY_MS);
      } catch (error) {
        return { ok: false, backend, message: `The queue on ${backend} does not answer: ${messageOf(error)}`, visits: null };
      }
    },
    close: async () => {
      outage?.close();
      // What does not open has nothing to close.
      const opened = await opening?.catch(() => null);
      await opened?.close();
    },
  };
}
