import { type Kysely, sql } from 'kysely';

/**
 * The list of jobs is in the order of posting (the day the employer names, else the day Ombre first saw it) or of pay. Written as
 * src/store/feed/orders.ts has it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index postings_posted on postings (coalesce(posted_at, first_seen) desc, id desc)
    where relevance = 'nonclinical' and closed_at is null and duplicate_of is null`.execute(db);
  await sql`create index postings_paid on postings (pay_year desc nulls last, id desc)
    where relevance = 'nonclinical' and closed_at is null and duplicate_of is null`.execute(db);
}
