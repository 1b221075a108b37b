import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf, SHOWN, verdictColumn } from './shown.ts';
import { testsFor } from './where.ts';
import { MIDDLES_QUARTILES, PAID, PAY_MIDDLE, type PayQuartiles, payOf, QUARTILES, type QuartilesRow } from './yearly-pay.ts';

/** Live numbers of one path. Counts are of open postings; `null` pay means that none states it. */
export type PathNumbers = {
  path: Path;
  open: number;
  new_this_week: number;
  remote: number;
  hybrid: number;
  onsite: number;
  /** Postings that an assistant (OTA or PTA) may apply to. */
  open_to_assistants: number;
  pay: PayQuartiles | null;
  roles: { role: string; open: number }[];
};

const MAY = sql`any(${[...MAY_APPLY]}::text[])`;
const SHOWN_POSTINGS = sql`postings p where ${SHOWN}`;
const onPath = (path: Path) => sql`postings p where ${SHOWN} and p.paths @> array[${path}]::text[]`;
const COUNTS = ['open', 'new_this_week', 'remote', 'hybrid', 'onsite', 'open_to_assistants'] as const;
export type PathGroup = { paths: Path[]; roles: string[] } & Record<(typeof COUNTS)[number], number>;
type PathQuartiles = QuartilesRow & { path: Path };

/** Every path that has an open posting, with its numbers. */
export async function pathNumbers(db: Kysely<Database>): Promise<PathNumbers[]> {
  const [groups, pays] = await Promise.all([
    sql<PathGroup>`${pathGroups(SHOWN_POSTINGS)}`.execute(db),
    sql<PathQuartiles>`
      select v.path, count(*) as n, ${QUARTILES} as quartiles from postings p, unnest(p.paths) v (path) where ${SHOWN} and ${PAID} group by v.path`.execute(
      db,
    ),
  ]);
  const paths = [...new Set(groups.rows.flatMap(row => row.paths))];
  return paths.map(path =>
    numbersOf(
      path,
      groups.rows,
      pays.rows.find(row => row.path === path),
    ),
  );
}

/** The same of one path, without a look at the others; null where nothing is open. */
export async function numbersOfPath(db: Kysely<Database>, path: Path): Promise<PathNumbers | null> {
  const [groups, pays] = await Promise.all([
    sql<PathGroup>`${pathGroups(onPath(path))}`.execute(db),
    sql<QuartilesRow>`select count(*) as n, ${QUARTILES} as quartiles from ${onPath(path)} and ${PAID} having count(*) > 0`.execute(db),
  ]);
  return groups.rows.length > 0 ? numbersOf(path, groups.rows, pays.rows[0]) : null;
}

/** The numbers of `postings p` by their lists of paths and roles: a few hundred different ones stand for all postings, so that they are taken apart once each. */
export function pathGroups(from: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select p.paths, p.roles, count(*) as open, count(*) filter (where p.first_seen >= now() - interval '7 days') as new_this_week,
      count(*) filter (where p.work_mode = 'remote') as remote, count(*) filter (where p.work_mode = 'hybrid') as hybrid,
      count(*) filter (where p.work_mode = 'onsite') as onsite,
      count(*) filter (where p.verdict_ota = ${MAY} or p.verdict_pta = ${MAY}) as open_to_assistants
    from ${from} group by p.paths, p.roles`;
}

/** One path's numbers out of such groups. */
export function numbersOf(path: Path, groups: readonly PathGroup[], pay: QuartilesRow | undefined): PathNumbers {
  const of = groups.filter(row => row.paths.includes(path));
  const sum = (rows: PathGroup[], name: (typeof COUNTS)[number]) => rows.reduce((total, row) => total + row[name], 0);
  const counts = Object.fromEntries(COUNTS.map(name => [name, sum(of, name)])) as Record<(typeof COUNTS)[number], number>;
  const roles = [...new Set(of.flatMap(row => row.roles))].map(role => {
    const held = of.filter(row => row.roles.includes(role));
    return { role, open: sum(held, 'open') };
  });
  return { path, ...counts, pay: payOf(pay), roles };
}

export type PathDetail = {
  /** Over the open postings of the path that a holder may apply to. */
  pay_by_credential: Record<Credential, PayQuartiles | null>;
  certifications: { name: string; required: number; preferred: number }[];
};

/** What a path pays by credential and which certifications it asks for most. */
export async function pathDetail(db: Kysely<Database>, path: Path): Promise<PathDetail> {
  const [pays, certifications] = await Promise.all([
    sql<PaidQuartiles>`${quartilesByCredential(onPath(path))}`.execute(db),
    sql<PathDetail['certifications'][number]>`${certificationsOf(onPath(path))}`.execute(db),
  ]);
  return detailOf(pays.rows, certifications.rows);
}

/** Of all postings that state a pay (null), and of those that each credential may apply to. */
export type PaidQuartiles = QuartilesRow & { whom: Credential | null };

/** The quartiles of `postings p`, for which `from` ends in a condition. */
export function quartilesByCredential(from: RawBuilder<unknown>): RawBuilder<unknown> {
  const may = CREDENTIALS.map(name => sql`${verdictColumn(name)} = ${MAY} as ${sql.id(name)}`);
  const verdicts = sql.join(CREDENTIALS.map(name => sql`(${name}::text, p.${sql.id(name)})`));
  // The offset has the middle computed once a posting, and not once for each credential.
  return sql`select w.whom, count(*) as n, ${MIDDLES_QUARTILES} as quartiles
    from (select ${PAY_MIDDLE} as middle, ${sql.join(may)} from ${from} and ${PAID} offset 0) p, lateral (values (null, true), ${verdicts}) w (whom, may)
    where w.may group by w.whom`;
}

/** The certifications of `postings p` that most of them name. */
export function certificationsOf(from: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select c->>'name' as name, count(*) filter (where c->>'need' = 'required') as required, count(*) filter (where c->>'need' = 'preferred') as preferred
    from (select p.facets from ${from}) p, jsonb_array_elements(coalesce(p.facets->'certifications', '[]')) c
    group by c->>'name' order by count(*) desc, c->>'name' limit 10`;
}

export function detailOf(pays: readonly PaidQuartiles[], certifications: PathDetail['certifications']): PathDetail {
  const pay_by_credential = Object.fromEntries(
    CREDENTIALS.map(name => [name, payOf(pays.find(row => row.whom === name))]),
  ) as PathDetail['pay_by_credential'];
  return { pay_by_credential, certifications };
}

/** A week (its Monday, UTC): postings that were first seen in it, that closed in it, and that were open at its end. */
export type Week = { week: string; opened: number; closed: number; open: number };

/** The last so many weeks of the postings a filter asks for, the newest last; closed ones count for the weeks they were open. */
export async function weeklyNumbers(db: Kysely<Database>, filter: FeedFilter, weeks: number): Promise<Week[]> {
  const asked: FeedFilter = { ...filter, include: [...filter.include.filter(name => name !== 'closed'), 'closed'] };
  const found = allOf(await testsFor(db, asked));
  const perWeek = (column: 'first_seen' | 'closed_at') => {
    const at = sql.ref(`p.${column}`);
    return sql<{ week: string; count: number }>`select date_trunc('week', ${at} at time zone 'UTC')::date as week, count(*) as count
      from postings p where ${found} and ${at} is not null group by 1`.execute(db);
  };
  const [opened, closed, now] = await Promise.all([
    perWeek('first_seen'),
    perWeek('closed_at'),
    sql<{ week: string }>`select date_trunc('week', now() at time zone 'UTC')::date as week`.execute(db),
  ]);
  const upTo = (rows: { week: string; count: number }[], week: string) =>
    rows.reduce((sum, row) => sum + (row.week <= week ? row.count : 0), 0);
  const inWeek = (rows: { week: string; count: number }[], week: string) => rows.find(row => row.week === week)?.count ?? 0;
  return mondays(now.rows[0]!.week, weeks).map(week => ({
    week,
    opened: inWeek(opened.rows, week),
    closed: inWeek(closed.rows, week),
    open: upTo(opened.rows, week) - upTo(closed.rows, week),
  }));
}

function mondays(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, i) => new Date(end - (count - 1 - i) * 7 * 86_400_000).toISOString().slice(0, 10));
}
