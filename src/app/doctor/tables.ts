import { type TableState, tableStates } from '../../store/vacuum.ts';
import { bad, type Check, good, onTables } from './check.ts';

/** Autovacuum comes at a fifth of the rows; where more than half are dead it is kept from it, or far behind. */
const MOST_DEAD = 0.5;
/** Of small tables, such as the queue's, many dead rows are nothing. */
const LEAST_DEAD = 20_000;
const BROKEN = { name: 'tables', remedy: 'look at the error' };

/** How large the tables are, and whether the space of dead rows comes back. */
export async function checkTables(url: string): Promise<Check[]> {
  return onTables(url, BROKEN, async db => [judgeTables(await tableStates(db))]);
}

export function judgeTables({ tables, autovacuum }: { tables: readonly TableState[]; autovacuum: boolean }): Check {
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  const size = `${Math.round(bytes / 1_000_000)} MB in ${tables.length} tables`;
  if (!autovacuum) return bad('tables', `${size}, and autovacuum is off`, 'set autovacuum and track_counts of PostgreSQL to on');
  const bloated = tables.filter(({ live, dead }) => dead > LEAST_DEAD && dead > (live + dead) * MOST_DEAD);
  if (bloated.length > 0) {
    const remedy = `run vacuum (verbose) ${bloated.map(({ name }) => name).join(', ')}; end transactions that stay open (pg_stat_activity), which keep dead rows`;
    return bad('tables', `${size}; ${bloated.map(told).join('; ')}`, remedy);
  }
  const [most] = tables;
  return good('tables', most && most.dead > 0 ? `${size}; ${told(most)}` : size);
}

function told({ name, live, dead, vacuumedAt }: TableState): string {
  const when = vacuumedAt === null ? 'never vacuumed' : `vacuumed ${vacuumedAt.toISOString().slice(0, 16)}Z`;
  return `${name} has ${dead} dead rows beside ${live}, ${when}`;
}
