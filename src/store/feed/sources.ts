import { type Kysely, sql } from 'kysely';
import { isVerified } from '../../pipeline/source-health.ts';
import type { Database, RobotsTable } from '../schema.ts';
import { SHOWN } from './shown.ts';

/** What anyone may know of a source. */
export type PublicSource = {
  slug: string;
  name: string;
  system: string;
  target: unknown;
  enabled: boolean;
  disabled_reason: string | null;
  last_complete_at: Date | null;
  /** Whether it was ever read in full. */
  verified: boolean;
  /** Postings of it that the feed shows. */
  open: number;
};

/** The sources that were not removed, by slug. */
export async function publicSources(db: Kysely<Database>): Promise<PublicSource[]> {
  const { rows } = await sql<Omit<PublicSource, 'verified'> & { recorded: boolean }>`
    select s.slug, s.name, s.system, s.target, s.enabled, s.disabled_reason, s.last_complete_at, s.recorded, coalesce(o.open, 0) as open
    from sources s left join (select p.source_id, count(*) as open from postings p where ${SHOWN} group by p.source_id) o on o.source_id = s.id
    where s.removed_at is null order by s.slug`.execute(db);
  return rows.map(({ recorded, ...source }) => ({
    ...source,
    verified: isVerified({ lastComplete: source.last_complete_at, recorded }),
  }));
}

export type RobotsRow = { origin: string; fetched_at: Date; verdict: RobotsTable['verdict']; reason: string; body: string };

/** What robots.txt said, by origin. */
export async function robotsRows(db: Kysely<Database>): Promise<Map<string, RobotsRow>> {
  const rows = await db.selectFrom('robots_verdicts').select(['origin', 'fetched_at', 'verdict', 'reason', 'body']).execute();
  return new Map(rows.map(row => [row.origin, row]));
}
