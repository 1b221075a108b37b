import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { SHOWN, verdictColumn } from './shown.ts';
import {
  MIDDLES_QUARTILES,
  PAID,
  PAY_HIGH,
  PAY_LOW,
  PAY_MIDDLE,
  type PayQuartiles,
  payOf,
  QUARTILES,
  type QuartilesRow,
} from './yearly-pay.ts';

/** The lowest and the highest pay a year, in US dollars, of so many postings. */
export type PayRange = { n: number; low: number; high: number };

/** What postings pay, as far as it can be laid beside a salary. */
export type PathPay = {
  /** Null where none states it. */
  range: PayRange | null;
  quartiles: PayQuartiles | null;
  /** Postings that pay by the week, which are in neither. */
  weekly: number;
};

/** By the week pay contracts and travel jobs, for some weeks a year and partly as stipends: times 52 it is no salary. */
const WEEKLY = sql<boolean>`p.pay->>'interval' = 'week'`;
const MAY = sql`any(${[...MAY_APPLY]}::text[])`;

export type PathPays = { all: PathPay; by: Record<Credential, PathPay> };
export type PathPayRow = QuartilesRow & { whom: Credential | null; low: number; high: number; weekly: number };

/** What `postings p` pay, for which `from` ends in a condition: all of them (null), and those that each credential may apply to. */
export function payAmong(from: RawBuilder<unknown>): RawBuilder<unknown> {
  const may = CREDENTIALS.map(name => sql`${verdictColumn(name)} = ${MAY} as ${sql.id(name)}`);
  const verdicts = sql.join(CREDENTIALS.map(name => sql`(${name}::text, p.${sql.id(name)})`));
  const salaried = sql`filter (where not p.weekly)`;
  // The offset has the figures read once a posting, and not once for each credential.
  return sql`select w.whom, count(*) ${salaried} as n, count(*) filter (where p.weekly) as weekly, min(p.low) ${salaried} as low,
      max(p.high) ${salaried} as high, ${MIDDLES_QUARTILES} ${salaried} as quartiles
    from (select ${WEEKLY} as weekly, ${PAY_LOW} as low, ${PAY_HIGH} as high, ${PAY_MIDDLE} as middle, ${sql.join(may)}
      from ${from} and ${PAID} offset 0) p, lateral (values (null, true), ${verdicts}) w (whom, may)
    where w.may group by w.whom`;
}

export function pathPaysOf(rows: readonly PathPayRow[]): PathPays {
  const of = (whom: Credential | null): PathPay => {
    const row = rows.find(one => one.whom === whom);
    const range = row && row.n > 0 ? { n: row.n, low: row.low, high: row.high } : null;
    return { range, quartiles: payOf(row), weekly: row?.weekly ?? 0 };
  };
  return { all: of(null), by: Object.fromEntries(CREDENTIALS.map(name => [name, of(name)])) as PathPays['by'] };
}

/** The quartiles of every path, pay by the week left out as on the page of a path. */
export async function pathQuartiles(db: Kysely<Database>): Promise<Map<Path, PayQuartiles>> {
  const { rows } = await sql<QuartilesRow & { path: Path }>`select v.path, count(*) as n, ${QUARTILES} as quartiles
    from postings p, unnest(p.paths) v (path) where ${SHOWN} and ${PAID} and not ${WEEKLY} group by v.path`.execute(db);
  return new Map(
    rows.flatMap(row => {
      const quartiles = payOf(row);
      return quartiles ? [[row.path, quartiles] as const] : [];
    }),
  );
}
