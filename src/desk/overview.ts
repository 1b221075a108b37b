import type { Kysely } from 'kysely';
import { digestHealth } from '../digest/mail-health.ts';
import { databaseNow } from '../store/clock.ts';
import { type DeskNumbers, deskNumbers } from '../store/desk/overview.ts';
import { workersSeen } from '../store/heartbeats.ts';
import type { Database } from '../store/schema.ts';
import { dueVisits } from '../store/visit/schedule.ts';
import { healthRows, isUnwell, watchedSources } from '../store/visit/source-health.ts';
import { plural } from '../web/view/words.ts';

/** A visit that waits for longer than this is late: a worker asks every minute. */
const LATE_MS = 60 * 60_000;

export type Overview = {
  at: Date;
  sources: { all: number; well: number; unwell: Record<string, number>; disabled: number; unverified: number };
  workers: { alive: number; lastSecondsAgo: number | null };
  visits: { due: number; since: Date | null };
  mails: { late: number; refusedBy: number; message: string };
  numbers: DeskNumbers;
  /** What is to be done, the most pressing first; empty when the feed is as true as it can be. */
  todo: Todo[];
};

/** `page` is where the desk shows it, `command` what tells it on a terminal. */
export type Todo = { what: string; page: string | null; command: string };

/** Whether the feed is true, and what to do first where it may not be. Ten questions or so, all bounded. */
export async function overviewOf(db: Kysely<Database>): Promise<Overview> {
  const now = await databaseNow(db);
  const [watched, workers, visits, mails, numbers] = await Promise.all([
    watchedSources(db),
    workersSeen(db),
    dueVisits(db),
    digestHealth(db, now),
    deskNumbers(db),
  ]);
  const rows = healthRows(watched, now);
  const ill = rows.filter(isUnwell);
  const disabled = rows.filter(({ state }) => state === 'disabled').length;
  const facts = {
    at: now,
    sources: {
      all: rows.length,
      well: rows.length - ill.length - disabled,
      unwell: Object.fromEntries([...Map.groupBy(ill, row => row.state)].map(([state, of]) => [state, of.length])),
      disabled,
      unverified: rows.filter(row => row.state !== 'disabled' && !row.verified).length,
    },
    workers: { alive: workers.alive, lastSecondsAgo: workers.last?.secondsAgo ?? null },
    visits,
    mails: { late: mails.open + mails.unplanned, refusedBy: mails.refused_by.length, message: mails.message },
    numbers,
  };
  return { ...facts, todo: todoOf(facts) };
}

function todoOf({ at, sources, workers, visits, mails, numbers }: Omit<Overview, 'todo'>): Todo[] {
  const late = visits.since !== null && at.getTime() - visits.since.getTime() > LATE_MS;
  const { missing = 0, ...other } = sources.unwell;
  const unwell = Object.values(other).reduce((sum, count) => sum + count, 0);
  const all: (Todo | false)[] = [
    workers.alive === 0 &&
      sources.all > 0 && {
        what: 'No worker gives a sign of life: nothing is read, and no mail is sent.',
        page: '/admin/queue',
        command: 'doctor',
      },
    missing > 0 && {
      what: `${plural(missing, 'source has', 'sources have')} no row in the registry.`,
      page: '/admin/sources?state=missing',
      command: 'sources health',
    },
    numbers.held.sources > 0 && {
      what: `${plural(numbers.held.postings, 'closing is', 'closings are')} held at ${plural(numbers.held.sources, 'source')}: say whether those jobs are gone.`,
      page: '/admin/held',
      command: 'sources held',
    },
    workers.alive > 0 &&
      late && {
        what: `${plural(visits.due, 'visit is', 'visits are')} due, the oldest for more than an hour.`,
        page: '/admin/queue',
        command: 'doctor',
      },
    unwell > 0 && {
      what: `${plural(unwell, 'source needs', 'sources need')} attention.`,
      page: '/admin/sources?state=unwell',
      command: 'sources health',
    },
    (mails.late > 0 || mails.refusedBy > 0) && { what: `Mails: ${mails.message}.`, page: '/admin/mails', command: 'digest status' },
    numbers.reports > 0 && {
      what: `${plural(numbers.reports, 'report of a wrong tag waits', 'reports of wrong tags wait')}.`,
      page: '/admin/reports',
      command: 'reports',
    },
  ];
  return all.filter(todo => todo !== false);
}
