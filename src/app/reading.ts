import type { Kysely } from 'kysely';
import { type DatabaseOptions, openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';

/** A question of a stranger's that takes longer is ended. */
export const STATEMENT_TIMEOUT_MS = 5000;

/** The database for what strangers can reach: it only reads, and no question keeps it busy for long. */
export function openForReading(url: string, options: Pick<DatabaseOptions, 'max' | 'outage'>): Kysely<Database> {
  return openDatabase(url, { ...options, readOnly: true, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
}
