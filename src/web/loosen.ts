import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import { feedTotal } from '../store/feed/counts.ts';
import type { Database } from '../store/schema.ts';
import { type Chip, chipsOf } from './view/chips.ts';

export type Loosening = Chip & { total: { value: number; capped: boolean } };

/** Most questions asked for one page. */
const MOST = 8;

/** What taking each value of a filter but the credential away would find, most first: only what finds more than is found now. */
export async function loosenings(db: Kysely<Database>, query: string, now: number): Promise<Loosening[]> {
  // Nobody can let go of what they are.
  const chips = chipsOf(query)
    .filter(({ name }) => name !== 'credential')
    .slice(0, MOST);
  const found = await Promise.all(chips.map(async chip => ({ ...chip, total: await feedTotal(db, parseQuery(chip.without)) })));
  return found.filter(({ total }) => total.value > now).sort((a, b) => b.total.value - a.total.value);
}
