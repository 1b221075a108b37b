import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Numbers that tell an operator how things stand, at this moment by the database's clock. */
export type DeskNumbers = {
  open: number;
  /** Within 24 hours: postings seen for the first time, and closings by reason. */
  fresh: number;
  closed: Record<string, number>;
  /** Open postings that a suspicious visit would have closed, and their sources; and those that an operator keeps open. */
  held: { postings: number; sources: number };
  kept: { postings: number; sources: number };
  /** Reports of wrong tags that nobody has handled. */
  reports: number;
};

const SHOWN = sql`relevance = 'nonclinical' and duplicate_of is null`;

export async function deskNumbers(db: Kysely<Database>): Promise<DeskNumbers> {
  const [postings, closings, sources, reports] = await Promise.all([
    sql<{ open: number; fresh: number }>`select
      (select count(*) from postings where ${SHOWN} and closed_at is null) as open,
      (select count(*) from postings where ${SHOWN} and first_seen > now() - interval '24 hours') as fresh`.execute(db),
    sql<{ reason: string; closed: number }>`select coalesce(closed_reason, 'unknown') as reason, count(*)::int as closed from postings
      where closed_at > now() - interval '24 hours' and updated_at > now() - interval '24 hours' group by 1 order by 2 desc, 1`.execute(db),
    sql<Record<'held' | 'kept', DeskNumbers['held']>>`select ${holding('held')} as held, ${holding('kept')} as kept`.execute(db),
    sql<{ open: number }>`select count(*)::int as open from tag_reports where handled_at is null`.execute(db),
  ]);
  return {
    open: postings.rows[0]!.open,
    fresh: postings.rows[0]!.fresh,
    closed: Object.fromEntries(closings.rows.map(({ reason, closed }) => [reason, closed])),
    held: sources.rows[0]!.held,
    kept: sources.rows[0]!.kept,
    reports: reports.rows[0]!.open,
  };
}

/** Only what is open still: a posting may have closed otherwise since. */
function holding(which: 'held' | 'kept') {
  return sql`(select json_build_object('postings', count(*), 'sources', count(distinct s.id)) from sources s
    join postings p on p.source_id = s.id and p.closed_at is null and p.key = any(s.${sql.ref(`${which}_keys`)})
    where s.removed_at is null)`;
}
