import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { Parts } from '../src/app/parts.ts';
import { openQueues, type Queues } from '../src/queue/connection.ts';
import { enqueueVisit, waitIdle } from '../src/queue/visits.ts';
import { copyBack, empty, setAside } from './_copying.ts';
import { median, printRows, type Row } from './_rows.ts';
import { hospitalTitles } from './_titles.ts';
import { type Hospital, putHospitals, startHospital, withParts } from './hospital.ts';
import type { ScaleSetup } from './scale-worker.ts';

// How many postings a second 1, 2 and 4 worker processes take in from boards on loopback, each on a host of its own, through queue, engine, classifier and
// Postgres, beside the same rows copied within Postgres. Boards, workers and Postgres share the cores of this machine; `busy` says how many of them were
// at work, which tells whether cores end the growth or something that is waited for.
// node bench/scale.ts [--boards 24] [--postings 100] [--rounds 3] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    boards: { type: 'string', default: '24' },
    postings: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const BOARDS = values.quick ? 12 : Number(values.boards);
const POSTINGS = Number(values.postings);
const ROUNDS = values.quick ? 1 : Number(values.rounds);
const WORKERS = [1, 2, 4];
/** Visits of one worker at a time, as CRAWL_CONCURRENCY has it. */
const CONCURRENCY = 4;

type Taken = { perSecond: number; cpuMs: number; busy: number };

/** Processor time of the whole machine so far, in ms, and that of it which was spent on work. */
function machine(): { all: number; busy: number } {
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '')
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + irq + soft;
  return { all: busy + idle + wait, busy };
}

async function ready(setup: ScaleSetup): Promise<ChildProcess> {
  const child = fork(new URL('./scale-worker.ts', import.meta.url), [JSON.stringify(setup)]);
  await once(child, 'message');
  return child;
}

async function stop(worker: ChildProcess): Promise<number> {
  worker.send('stop');
  const [{ cpuMs, failed }] = (await once(worker, 'message')) as [{ cpuMs: number; failed: string[] }];
  if (failed.length > 0) throw new Error(`visits that were not whole: ${failed.slice(0, 3).join('; ')}`);
  await once(worker, 'exit');
  return cpuMs;
}

/** All boards read by so many workers, from nothing. */
async function ingest({ db, url }: Parts, hospital: Hospital, queues: Queues, ids: number[], count: number): Promise<Taken> {
  await empty(db);
  await sql`truncate visits, host_limits, listing_validators`.execute(db);
  const setup = { databaseUrl: url, origin: hospital.origin, concurrency: CONCURRENCY };
  const workers = await Promise.all(Array.from({ length: count }, () => ready(setup)));
  for (const id of ids) await enqueueVisit(queues, id);
  const before = machine();
  const began = performance.now();
  for (const worker of workers) worker.send('go');
  await waitIdle(queues, { pollMs: 50 });
  const seconds = (performance.now() - began) / 1000;
  const after = machine();
  const cpu = await Promise.all(workers.map(stop));
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from postings`.execute(db);
  if (rows[0]?.n !== BOARDS * POSTINGS) throw new Error(`${rows[0]?.n} postings are stored of ${BOARDS * POSTINGS}`);
  const busy = ((after.busy - before.busy) / (after.all - before.all)) * cpus().length;
  return { perSecond: (BOARDS * POSTINGS) / seconds, cpuMs: cpu.reduce((sum, ms) => sum + ms, 0) / (BOARDS * POSTINGS), busy };
}

const hospital = await startHospital({ titles: hospitalTitles().titles, postings: POSTINGS, churn: 0 });
await withParts({}, async parts => {
  const sources = await putHospitals(
    parts,
    Array.from({ length: BOARDS }, (_, n) => `acme${n}`),
  );
  const queues = await openQueues({ REDIS_URL: null }, parts.url);
  const taken = new Map<number, Taken[]>(WORKERS.map(count => [count, []]));
  const copied: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const count of WORKERS) {
      taken.get(count)?.push(
        await ingest(
          parts,
          hospital,
          queues,
          sources.map(({ id }) => id),
          count,
        ),
      );
      process.stderr.write(`round ${round + 1} of ${ROUNDS}, ${count} workers: ${taken.get(count)?.at(-1)?.perSecond.toFixed(0)}/s\n`);
    }
    if (round === 0) await setAside(parts.db);
    await empty(parts.db);
    const began = performance.now();
    await copyBack(parts.db);
    copied.push((BOARDS * POSTINGS * 1000) / (performance.now() - began));
  }
  await queues.close();
  const copy = median(copied);
  const of = (count: number, figure: keyof Taken) => median(taken.get(count)?.map(one => one[figure]) ?? []);
  const one = of(1, 'perSecond');
  const rows: Row[] = WORKERS.map(count => {
    const rate = of(count, 'perSecond');
    return {
      what: `${BOARDS} boards of ${POSTINGS} postings read by ${count} worker${count === 1 ? '' : 's'}`,
      ours: `${Math.round(rate)}/s, ${(rate / one).toFixed(2)} of one worker`,
      beside: `copied within Postgres: ${Math.round(copy)}/s, ${(rate / copy).toFixed(3)} of that; ${of(count, 'cpuMs').toFixed(1)} ms of CPU a posting in the workers, ${of(count, 'busy').toFixed(1)} of ${cpus().length} cores busy`,
      goal: '',
      met: null,
    };
  });
  printRows(rows, values.rows);
});
hospital.stop();
