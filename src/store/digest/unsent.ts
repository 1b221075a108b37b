import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Mails of one status that one reply of a server is about. Replies are kept without addresses. */
type Unsent = { status: 'failed' | 'unknown' | 'put off'; response: string; mails: number; last: Date };

export type UnsentMails = {
  /** Of the last 30 days, and whatever a server puts off now: the most mails first. */
  reasons: Unsent[];
  /** Mails of the last 30 days that came back. */
  returned: number;
};

const MOST = 50;

/** Why mails did not go out, by what their servers replied. */
export async function unsentMails(db: Kysely<Database>, now: Date): Promise<UnsentMails> {
  const since = sql`${now}::timestamptz - interval '30 days'`;
  const [reasons, returned] = await Promise.all([
    sql<Unsent>`select case when ended_at is null then 'put off' else status end as status, coalesce(response, '') as response,
        count(*) as mails, max(coalesce(ended_at, due_at)) as last from deliveries
      where (status in ('failed', 'unknown') and ended_at > ${since}) or (ended_at is null and deferrals > 0)
      group by 1, 2 order by 3 desc, 4 desc, 2 limit ${sql.lit(MOST)}`.execute(db),
    sql<{ n: number }>`select count(*) as n from deliveries where returned_at > ${since}`.execute(db),
  ]);
  return { reasons: reasons.rows, returned: returned.rows[0]!.n };
}
