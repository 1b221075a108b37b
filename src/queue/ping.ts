import { messageOf } from '../errors.ts';
import { type Queues, within } from './connection.ts';

export type QueuePing = {
  ok: boolean;
  backend: Queues['backend'];
  message: string;
  visits: { waiting: number; active: number; failed: number } | null;
};

/** Whether the queue answers, and how many visits wait, run and have failed. Never throws; `message` is one sentence for people. */
export async function pingQueue(queues: Queues, withinMs = 3000): Promise<QueuePing> {
  const { backend } = queues;
  try {
    const { waiting = 0, active = 0, failed = 0 } = await within(queues.visits.getJobCounts('waiting', 'active', 'failed'), withinMs);
    const message = `The queue on ${backend} answers: ${waiting} waiting, ${active} running, ${failed} failed visits kept.`;
    return { ok: true, backend, message, visits: { waiting, active, failed } };
  } catch (error) {
    return { ok: false, backend, message: `The queue on ${backend} does not answer: ${messageOf(error)}`, visits: null };
  }
}
