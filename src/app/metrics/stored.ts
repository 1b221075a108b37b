import type { Kysely } from 'kysely';
import type { Registry } from 'prom-client';
import { digestHealth } from '../../digest/mail-health.ts';
import { databaseNow } from '../../store/clock.ts';
import { openPostings, postingsByState } from '../../store/feed/counts.ts';
import { workersSeen } from '../../store/heartbeats.ts';
import type { Database } from '../../store/schema.ts';
import { versionInForce } from '../../store/tags/rules-versions.ts';
import { freshness } from '../../store/visit/schedule.ts';
import { healthRows, watchedSources } from '../../store/visit/source-health.ts';
import { by, gaugesOf, type Row } from './gauges.ts';
import type { Looked } from './kept-look.ts';

type Facts = Awaited<ReturnType<typeof factsOf>>;

/** What is told of the stored things: the same in every process on one database, so take the maximum and not the sum. */
export function storedMetrics(register: Registry, db: Kysely<Database>): Looked {
  const { set, forget } = gaugesOf(register, ROWS);
  return { look: async () => set(await factsOf(db)), forget };
}

async function factsOf(db: Kysely<Database>) {
  const now = await databaseNow(db);
  const [postings, shown, fresh, watched, digest, workers, rules] = await Promise.all([
    postingsByState(db),
    openPostings(db),
    freshness(db),
    watchedSources(db),
    digestHealth(db, now),
    workersSeen(db),
    versionInForce(db),
  ]);
  const states = healthRows(watched, now).map(({ state }) => state);
  return { now, postings, shown: shown.value, fresh, states, digest, workers: workers.alive, rules };
}

const counted = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, value => value)].map(([value, all]) => [value, all.length]));

const ROWS: readonly Row<Facts>[] = [
  {
    name: 'ombre_postings',
    help: 'Stored postings, open or closed, by what the classifier says of them; unread: their title said enough; duplicate: told under another posting.',
    labels: ['state', 'relevance'],
    values: ({ postings }) => postings.map(({ count, ...labels }) => ({ labels, value: count })),
  },
  { name: 'ombre_postings_shown', help: 'Postings that the feed shows.', values: ({ shown }) => [{ value: shown }] },
  {
    name: 'ombre_sources',
    help: 'Registered sources by health, in the words of `ombre sources health`.',
    labels: ['health'],
    values: ({ states }) => by('health', counted(states)),
  },
  { name: 'ombre_sources_due', help: 'Sources whose next visit has come.', values: ({ fresh }) => [{ value: fresh.due }] },
  {
    name: 'ombre_oldest_due_visit_seconds',
    help: 'For how long the source that waits longest has been due; 0 when none is.',
    values: ({ fresh }) => [{ value: fresh.oldestDueSeconds }],
  },
  {
    name: 'ombre_newest_complete_visit_seconds',
    help: 'How long ago a visit last read a whole board; missing when none has yet.',
    values: ({ fresh }) => [{ value: fresh.newestCompleteSeconds }],
  },
  { name: 'ombre_workers', help: 'Workers that give a sign of life, on all machines.', values: ({ workers }) => [{ value: workers }] },
  {
    name: 'ombre_rules_in_force',
    help: 'Always 1: the version of the rules by which stored postings are tagged.',
    labels: ['version'],
    values: ({ rules }) => (rules === null ? [] : [{ labels: { version: rules }, value: 1 }]),
  },
  {
    name: 'ombre_digests',
    help: 'Mails: due and served of the last 7 days, late (due for an hour), unplanned (due without a delivery), unknown (nobody knows whether they arrived); refusing: domains that refuse our mails, our own server among them.',
    labels: ['state'],
    values: ({ digest: { due, served, open, unplanned, deliveries, refused_by } }) =>
      by('state', { due, served, late: open, unplanned, unknown: deliveries.unknown ?? 0, refusing: refused_by.length }),
  },
  {
    name: 'ombre_deliveries',
    help: 'Mails that are under way, and those of the last 30 days, by status.',
    labels: ['status'],
    values: ({ digest }) => by('status', digest.deliveries),
  },
  {
    name: 'ombre_oldest_open_mail_seconds',
    help: 'For how long the mail that waits longest has been due; 0 when none waits.',
    values: ({ digest, now }) => [
      { value: digest.oldest_open === null ? 0 : Math.max(0, (now.getTime() - digest.oldest_open.getTime()) / 1000) },
    ],
  },
];
