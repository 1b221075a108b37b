import { type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';

/**
 * Rows as plain JSON in one parameter (arrays, objects, numbers, ISO instants), read by the types of the table's own columns; what a row does not
 * name is null.
 */
export function rowsFor(table: keyof Database, rows: readonly object[]): RawBuilder<unknown> {
  return sql`jsonb_populate_recordset(null::${sql.table(table)}, ${asJson(rows)}::jsonb)`;
}

/** Half of a character, as a cut between two units leaves it, is no JSON to Postgres: it becomes U+FFFD, as in a parameter of plain text. */
export function asJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!/\\ud[89a-f]/.test(json)) return json;
  return JSON.stringify(rows, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}

/** Names of columns, as a list. */
export function columnList(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map(name => sql.ref(name)));
}

/** Parts of a list that weigh at most so much each, or hold one item that alone weighs more. */
export function* partsOf<T>(items: readonly T[], most: number, weigh: (item: T) => number): Generator<T[]> {
  let part: T[] = [];
  let weight = 0;
  for (const item of items) {
    const own = weigh(item);
    if (part.length > 0 && weight + own > most) {
      yield part;
      part = [];
      weight = 0;
    }
    part.push(item);
    weight += own;
  }
  if (part.length > 0) yield part;
}
