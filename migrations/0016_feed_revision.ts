import { type Kysely, sql } from 'kysely';

/**
 * A number that is another one whenever something readers see has changed: kept pages ask for it instead of for every transaction of the server.
 * It is raised when such a transaction commits, so that writers do not wait for each other meanwhile. Texts and tags change only with the
 * content_hash or the rules_version of their posting.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postings = `url, apply_url, title, company, department, requisition, places, states, work_mode, pay, employment_types, posted_at,
    posted_precision, posted_from, closes_at, first_seen, updated_at, closed_at, closed_reason, reopened_at, duplicate_of, content_hash, has_body,
    relevance, confidence, primary_path, paths, roles, verdict_ot, verdict_ota, verdict_pt, verdict_pta, verdict_slp, facets, stated, rules_version`;
  const sources = 'slug, name, system, target, enabled, disabled_reason, domain, country, last_complete_at, removed_at, recorded';
  const statements = [
    sql`create table feed_revision (single boolean primary key default true check (single), number bigint not null)`,
    sql`insert into feed_revision (number) values (1)`,
    // Once a transaction: what is local to it is empty in the next one.
    sql`create function raise_feed_revision() returns trigger language plpgsql as $$
      begin
        if coalesce(current_setting('ombre.feed_changed', true), '') = '' then
          perform set_config('ombre.feed_changed', 'yes', true);
          update feed_revision set number = number + 1;
        end if;
        return null;
      end $$`,
    ...watched('postings', postings),
    ...watched('sources', sources),
    ...watched('robots_verdicts', 'fetched_at, verdict, reason, body'),
  ];
  for (const statement of statements) await statement.execute(db);
}

function watched(table: string, columns: string) {
  const names = columns.split(',').map(name => name.trim());
  const row = (side: string) => sql.raw(`(${names.map(name => `${side}.${name}`).join(', ')})`);
  const deferred = sql.raw('deferrable initially deferred for each row');
  const raise = sql.raw('execute function raise_feed_revision()');
  const on = (what: string) => sql.raw(`create constraint trigger feed_revision_${what.split(' ')[0]} after ${what} on ${table}`);
  return [
    sql`${on('insert or delete')} ${deferred} ${raise}`,
    sql`${on(`update of ${columns}`)} ${deferred} when (${row('old')} is distinct from ${row('new')}) ${raise}`,
    sql`${sql.raw(`create trigger feed_revision_truncate after truncate on ${table} for each statement`)} ${raise}`,
  ];
}
