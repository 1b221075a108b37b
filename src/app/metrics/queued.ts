import type { Registry } from 'prom-client';
import type { Queues } from '../../queue/connection.ts';
import { type QueueDepth, queueDepths } from '../../queue/depths.ts';
import { gaugesOf, type Row } from './gauges.ts';
import type { Looked } from './kept-look.ts';

/** What is told of the queue: the same in every process that shares it. */
export function queueMetrics(register: Registry, queues: () => Promise<Queues>): Looked {
  const { set, forget } = gaugesOf(register, ROWS);
  return { look: async () => set(await queueDepths(await queues())), forget };
}

const ROWS: readonly Row<readonly QueueDepth[]>[] = [
  {
    name: 'ombre_queue_jobs',
    help: 'Jobs by queue and state: visits, ticks (which ask for due visits), retags, digests; failed ones are kept for two weeks.',
    labels: ['queue', 'state'],
    values: depths => depths.map(({ queue, state, jobs }) => ({ labels: { queue, state }, value: jobs })),
  },
  {
    name: 'ombre_queue_oldest_job_seconds',
    help: 'For how long the oldest job of a queue in a state has been due, by the clock of this machine; 0 when there is none.',
    labels: ['queue', 'state'],
    values: depths => depths.map(({ queue, state, oldestSeconds }) => ({ labels: { queue, state }, value: oldestSeconds ?? 0 })),
  },
];
