import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import type { FeedFilter } from './feed-filter.ts';

/** The column of `postings p` a credential's verdict stands in. */
export function verdictColumn(credential: Credential): RawBuilder<string | null> {
  return sql.ref(`p.verdict_${credential.toLowerCase()}`);
}

/** Joins conditions by `and`. */
export function allOf(tests: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return sql.join(
    tests.map(test => sql`(${test})`),
    sql` and `,
  );
}

/** A posting of `postings p` that every one of the five is told "barred" by. Null, and so not true, where there are no verdicts. */
export const TAKES_NONE: RawBuilder<SqlBool> = allOf(CREDENTIALS.map(credential => sql`${verdictColumn(credential)} = 'barred'`));

/** A posting of `postings p` that is worth a page of its own, open or closed: of one of the paths, or hands-on work. */
export const HAS_PAGE = sql<SqlBool>`p.relevance in ('nonclinical', 'clinical')`;

/**
 * Which rows of `postings p` are shown at all, before anything is asked of them: of one of the paths, open, no duplicate, and open to at
 * least one of the five or silent about them. `include` lets in what is left out otherwise. Every list, count and median asks here.
 */
export function shownTests(include: FeedFilter['include'] = []): RawBuilder<SqlBool>[] {
  // Written as the partial indexes have it, so that they are used.
  const tests = [include.includes('clinical') ? HAS_PAGE : sql<SqlBool>`p.relevance = 'nonclinical'`];
  if (!include.includes('closed')) tests.push(sql`p.closed_at is null`);
  tests.push(sql`p.duplicate_of is null`);
  if (!include.includes('barred')) tests.push(sql`(${TAKES_NONE}) is not true`);
  return tests;
}

/** The same for what is shown without being asked for more. */
export const SHOWN: RawBuilder<SqlBool> = allOf(shownTests());
