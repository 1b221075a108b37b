import { type Kysely, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { SHOWN, verdictColumn } from './shown.ts';
import { PAID, PAY_HIGH, PAY_LOW, type PayQuartiles, payOf, QUARTILES, type QuartilesRow } from './yearly-pay.ts';

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

/** What a path pays, in all postings and in those that each credential may apply to. */
export async function pathPay(db: Kysely<Database>, path: Path): Promise<{ all: PathPay; by: Record<Credential, PathPay> }> {
  const verdicts = sql.join(CREDENTIALS.map(name => sql`(${name}::text, ${verdictColumn(name)} = ${MAY})`));
  const salaried = sql`filter (where not ${WEEKLY})`;
  const { rows } = await sql<QuartilesRow & { whom: Credential | null; low: number; high: number; weekly: number }>`
    select w.whom, count(*) ${salaried} as n, count(*) filter (where ${WEEKLY}) as weekly,
      min(${PAY_LOW}) ${salaried} as low, max(${PAY_HIGH}) ${salaried} as high, ${QUARTILES} ${salaried} as quartiles
    from postings p, lateral (values (null, true), ${verdicts}) w (whom, may)
    where ${SHOWN} and p.paths @> array[${path}]::text[] and ${PAID} and w.may group by w.whom`.execute(db);
  const of = (whom: Credential | null): PathPay => {
    const row = rows.find(one => one.whom === whom);
    const range = row && row.n > 0 ? { n: row.n, low: row.low, high: row.high } : null;
    return { range, quartiles: payOf(row), weekly: row?.weekly ?? 0 };
  };
  return { all: of(null), by: Object.fromEntries(CREDENTIALS.map(name => [name, of(name)])) as Record<Credential, PathPay> };
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
