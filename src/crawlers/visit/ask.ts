import type { PageRequest } from '../adapter.ts';
import type { Fetched, Validators } from '../engine/fetching.ts';
import { judge } from '../kit/reading.ts';
import type { Board } from './board.ts';

/**
 * The answer to a request, or to the first of its other ways in that robots.txt allows. Refused in every way, it is the refusal of each; so it
 * is where another way is not there, because a sitemap that is missing does not say that the board is gone.
 */
export async function ask(
  { fetcher, slug, signal }: Pick<Board, 'fetcher' | 'slug' | 'signal'>,
  request: PageRequest,
  validators?: Validators | null,
): Promise<Fetched> {
  const refusals = new Set<string>();
  let refused: Extract<Fetched, { kind: 'failed' }> | null = null;
  for (let way: PageRequest | undefined = request; way; way = way.instead) {
    const fetched = await fetcher.fetch(way, { source: slug, signal, validators });
    if (fetched.kind === 'failed' && fetched.code === 'E_ROBOTS') {
      refused ??= fetched;
      refusals.add(fetched.message);
    } else if (refused && isMissing(fetched)) refusals.add(`${new URL(way.url).pathname} is not there`);
    else return fetched;
  }
  if (refused === null) throw new TypeError('a request without a way in');
  return { ...refused, message: [...refusals].join('; ') };
}

function isMissing(fetched: Fetched): boolean {
  return fetched.kind === 'page' && judge(fetched.page)?.marker === 'gone';
}
