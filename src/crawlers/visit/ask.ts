import type { PageRequest } from '../adapter.ts';
import type { Fetched, Validators } from '../engine/fetching.ts';
import type { Board } from './board.ts';

/** The answer to a request, or to the first of its other ways in that robots.txt allows. Refused in every way, it is the refusal of each. */
export async function ask(
  { fetcher, slug, signal }: Pick<Board, 'fetcher' | 'slug' | 'signal'>,
  request: PageRequest,
  validators?: Validators | null,
): Promise<Fetched> {
  const refusals = new Set<string>();
  for (let way = request; ; way = way.instead) {
    const fetched = await fetcher.fetch(way, { source: slug, signal, validators });
    if (fetched.kind !== 'failed' || fetched.code !== 'E_ROBOTS') return fetched;
    refusals.add(fetched.message);
    if (!way.instead) return { ...fetched, message: [...refusals].join('; ') };
  }
}
