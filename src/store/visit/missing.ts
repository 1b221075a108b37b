import { sql } from 'kysely';

/**
 * For a query of `sources`: not those that are missing from the registry while their board is read under another slug. Nobody is asked twice
 * for one board; any other missing source is visited until it is removed, so that its open postings stay true.
 */
export const notReadElsewhere = sql<boolean>`(missing_since is null or not exists (
  select 1 from sources o where o.id <> sources.id and o.removed_at is null and o.missing_since is null and not o.recorded
    and o.system = sources.system and lower(o.target::text) = lower(sources.target::text)))`;
