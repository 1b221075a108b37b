import type { Kysely } from 'kysely';
import type { Queues } from '../queue/connection.ts';
import { dropVisit, hasten, listJobs, type QueuedJob, type QueuedState, visitJob } from '../queue/jobs.ts';
import { enqueueVisit } from '../queue/visits.ts';
import type { Database } from '../store/schema.ts';
import { bringForward, type Quarantined, quarantined, release } from '../store/visit/quarantine.ts';
import { sourceBySlug } from '../store/visit/retire.ts';
import { slugsById } from '../store/visit/sources.ts';

/** What the work in hand is looked at and changed with, by `ombre queue` or by a page for operators. */
export type QueueWork = { db: Kysely<Database>; queues: Queues };

/** What is to be done and by whom. `counts` are of all jobs, also those beyond the ones listed. */
export type QueueView = Omit<Awaited<ReturnType<typeof listJobs>>, 'jobs'> & {
  backend: Queues['backend'];
  jobs: (QueuedJob & { source: string | null })[];
  quarantined: Quarantined[];
};

/**
 * What became of one wish. `found` is how the job or the source was met, null when there is no such thing any more. `does` says in one
 * sentence what is done, or why nothing can be; `can` whether anything can, `written` whether it was.
 */
export type QueueDeed = {
  what: string;
  source: string | null;
  found: QueuedState | 'quarantined' | null;
  does: string;
  can: boolean;
  written: boolean;
};

/** Why a source is left alone, in words. */
export const WHY_ALONE = { crashed: 'took its process down', failed: 'failed in a row', pause: 'its host asked for it' } as const;

/** An error in one line of a table. */
export function shortError(text: string | null): string {
  const line = (text ?? '').replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** Everything the queue holds, of each kind and state the first `most`, and the sources that are left alone. */
export async function viewQueue({ db, queues }: QueueWork, most?: number): Promise<QueueView> {
  const [{ jobs, counts }, alone] = await Promise.all([listJobs(queues, most), quarantined(db)]);
  const slugs = await slugsById(
    db,
    jobs.flatMap(job => job.sourceId ?? []),
  );
  const named = jobs.map(job => ({ ...job, source: job.sourceId === null ? null : (slugs.get(job.sourceId) ?? null) }));
  return { backend: queues.backend, counts, jobs: named, quarantined: alone };
}

/**
 * Has something tried again now: `what` is the id of a visit's job, or the slug of a source in quarantine. Null when it is neither. Without
 * `apply` only told. A pause that a host asked for is not cut short.
 */
export async function retryWork(work: QueueWork, what: string, { apply }: { apply: boolean }): Promise<QueueDeed | null> {
  return act(work, what, apply, {
    job: {
      failed: [
        'it is visited now',
        async (job, sourceId) => (await bringForward(work.db, sourceId)) && (await askAgain(work.queues, job.id, sourceId)),
      ],
      delayed: ['it is visited now', job => hasten(work.queues, job.id)],
      waiting: 'it waits for a free worker already',
      running: 'it runs at this moment',
    },
    source: [
      'its quarantine ends and it is visited now; one more failure begins another',
      async id => (await release(work.db, id, { forget: false })) && (await askAgain(work.queues, null, id)),
    ],
  });
}

/**
 * Takes a visit's job out of the queue, or ends the quarantine of a source and forgets its failures, without a visit now; else as `retryWork`.
 * A source that is due is asked for again by the next tick.
 */
export async function dropWork(work: QueueWork, what: string, { apply }: { apply: boolean }): Promise<QueueDeed | null> {
  const drop = (job: QueuedJob) => dropVisit(work.queues, job.id);
  const again = 'it leaves the queue; while its source is due, the next tick asks for it again';
  return act(work, what, apply, {
    job: { failed: ['its record is removed', drop], delayed: [again, drop], waiting: [again, drop], running: 'it runs at this moment' },
    source: [
      'its quarantine ends and its failures are forgotten; it is visited at its usual time',
      id => release(work.db, id, { forget: true }),
    ],
  });
}

/** What is done in words, and how; or in words why nothing can be. `false` of the doing: it has changed meanwhile. */
type Way<T extends unknown[]> = string | [string, (...of: T) => Promise<boolean>];
type Ways = { job: Record<QueuedState, Way<[QueuedJob, number]>>; source: Way<[number]> };

async function act({ db, queues }: QueueWork, what: string, apply: boolean, ways: Ways): Promise<QueueDeed | null> {
  const source = await sourceBySlug(db, what);
  const finish = async <T extends unknown[]>(found: Pick<QueueDeed, 'source' | 'found'>, way: Way<T>, ...of: T): Promise<QueueDeed> => {
    if (typeof way === 'string') return { what, ...found, does: way, can: false, written: false };
    const [does, doing] = way;
    if (!apply) return { what, ...found, does, can: true, written: false };
    const written = await doing(...of);
    return { what, ...found, does: written ? does : 'it changed in this moment, look again', can: written, written };
  };
  if (source) {
    const alone = (await quarantined(db)).find(({ sourceId }) => sourceId === source.id);
    if (!alone) return finish({ source: what, found: null }, 'it is in no quarantine');
    const way =
      alone.reason === 'pause' ? `its host asked to be left alone until ${alone.until.toISOString()}, which is obeyed` : ways.source;
    return finish({ source: what, found: 'quarantined' }, way, source.id);
  }
  const job = await visitJob(queues, what);
  if (!job || job.sourceId === null) return null;
  const slug = (await slugsById(db, [job.sourceId])).get(job.sourceId) ?? null;
  return finish({ source: slug, found: job.state }, ways.job[job.state], job, job.sourceId);
}

/** Asks for a visit; the record of the one that failed before goes. */
async function askAgain(queues: Queues, failedId: string | null, sourceId: number): Promise<boolean> {
  await enqueueVisit(queues, sourceId);
  if (failedId !== null) await dropVisit(queues, failedId);
  return true;
}
