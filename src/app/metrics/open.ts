import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { Counter, Gauge, Registry } from 'prom-client';
import { isDown } from '../../postgres/outage.ts';
import type { Queues } from '../../queue/connection.ts';
import { isQueueAway } from '../../queue/outage.ts';
import type { Database } from '../../store/schema.ts';
import { spansSent } from '../../telemetry/spans-sent.ts';
import { countedMetrics } from './counted.ts';
import { keptLook } from './kept-look.ts';
import { processMetrics, type Running } from './process.ts';
import { queueMetrics } from './queued.ts';
import { storedMetrics } from './stored.ts';

export type OpenMetrics = {
  contentType: string;
  /** All metrics as Prometheus reads them. Never rejects because a part is away. */
  text(): Promise<string>;
  close(): Promise<void>;
};

export type MetricsOptions = Running & {
  /** Connections that only read, with a limit on each statement: no scrape may keep a visit or a reader waiting. */
  db: Kysely<Database>;
  /** The queue, where this process can ask it. */
  queues?: (() => Promise<Queues>) | undefined;
  log?: Pick<Logger, 'warn'> | undefined;
  keepMs?: number;
  patienceMs?: number;
};

/** The metrics of this process: counts what happens in it from now on. One a process, or everything is counted for each. */
export function openMetrics(options: MetricsOptions): OpenMetrics {
  const { db, queues, log, role, keepMs, patienceMs } = options;
  const register = new Registry();
  const stops = [processMetrics(register, options), countedMetrics(register, role)];
  const up = new Gauge({
    name: 'ombre_up',
    help: 'Whether a part answered when this scrape, or one some seconds before, looked: postgres, queue. At 0 what is looked up there is missing.',
    labelNames: ['part'],
    registers: [register],
  });
  new Counter({
    name: 'ombre_trace_spans_total',
    help: 'Spans of traces that the collector took (sent) or that were given up (lost).',
    labelNames: ['result'],
    registers: [register],
    collect() {
      this.reset();
      for (const [result, count] of Object.entries(spansSent)) this.inc({ result }, count);
    },
  });
  const keep = (part: string, looked: ReturnType<typeof queueMetrics>) =>
    keptLook(looked, {
      answers: yes => up.set({ part }, yes ? 1 : 0),
      // That a part is away is told once, by whoever opened it.
      onError: err => isDown(err) || isQueueAway(err) || log?.warn({ err, part }, 'metrics: what is stored could not be looked up'),
      keepMs,
      patienceMs,
    });
  const looks = [keep('postgres', storedMetrics(register, db)), ...(queues ? [keep('queue', queueMetrics(register, queues))] : [])];
  return {
    contentType: register.contentType,
    text: async () => {
      await Promise.all(looks.map(look => look()));
      return await register.metrics();
    },
    close: async () => {
      for (const stop of stops) stop();
      register.clear();
    },
  };
}
