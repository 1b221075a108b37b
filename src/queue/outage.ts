import type { Logger } from 'pino';
import { isDown, Outage } from '../postgres/outage.ts';
import { asDatabaseError } from '../postgres/pool.ts';
import { type Queues, TooLate, within } from './connection.ts';

/** What ioredis and Redis say, without a code that tells it, while Redis is gone, loads its data or fails over. */
const REDIS_AWAY =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|UNBLOCKED)|Connection is closed|max retries per request|Stream isn't writeable|Command timed out/;

/** BullMQ tells in words alone, without a code, why a job that comes again was not planned; what was not planned so is planned again. */
const UNPLANNED = /^Failed to add repeatable job for next iteration: /;
/** What Postgres and its connections say while it is away. */
const POSTGRES_AWAY = /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|Connection terminated|terminating connection|the database system is/;

/** Whether an error says that the queue's server is away, and not that something is wrong with the work. */
export function isQueueAway(error: unknown): boolean {
  if (error instanceof TooLate || isDown(asDatabaseError(error))) return true;
  if (!(error instanceof Error)) return false;
  const said = error.message.replace(UNPLANNED, '');
  return REDIS_AWAY.test(said) || (said !== error.message && POSTGRES_AWAY.test(said));
}

const LOOK_MS = 2_000;

export type QueueOutage = {
  /** Takes an error of the background; true when it is one of an outage, which is told in one line however many come. */
  heard(error: unknown): boolean;
  close(): void;
};

/** Tells when the queue goes away and, by asking it now and then, when it is back; `onBack` runs then. */
export function queueOutage(
  queues: Queues,
  log: Pick<Logger, 'info' | 'warn'>,
  onBack: () => Promise<unknown> = async () => undefined,
): QueueOutage {
  const outage = new Outage(`the queue on ${queues.backend}`, log);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async () => {
    try {
      await within(queues.visits.getJobCounts('waiting'), LOOK_MS);
      await onBack();
      outage.well();
    } catch (error) {
      if (!isQueueAway(error)) log.warn({ err: error }, 'the queue answers, but not as it should');
      lookLater();
    }
  };
  const lookLater = () => {
    if (!closed) timer = setTimeout(() => void look(), LOOK_MS).unref();
  };
  return {
    heard: error => {
      if (!isQueueAway(error)) return false;
      if (!outage.lasts) lookLater();
      outage.away(error);
      return true;
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
