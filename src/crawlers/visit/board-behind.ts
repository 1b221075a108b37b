import type { Adapter } from '../adapter.ts';
import { boardsInPage, frontPageOf, type Recognised, recogniseUrl } from '../discover.ts';
import type { Fetcher } from '../engine/fetching.ts';
import { unreadSystem } from '../unread-systems.ts';

/**
 * What stands behind an address: a board it leads to (`led`) or whose page it is that names one (`named`); an address elsewhere that is no
 * board's (`leads`); a system that is known and not read (`unread`); or why the address says nothing.
 */
export type Behind =
  | { kind: 'board'; board: Recognised; how: 'led' | 'named' }
  | { kind: 'leads'; to: URL }
  | { kind: 'unread'; why: string }
  | { kind: 'refused'; why: string };

type Parts = {
  fetcher: Fetcher;
  systems: ReadonlyMap<string, Adapter>;
  signal: AbortSignal;
  /** The source it is asked for. */
  source: string;
  /** Whether a page whose HTML names no board is opened in the browser too. */
  browser: boolean;
  /** Which boards count; without it every one. */
  counts?: (board: Recognised) => boolean;
};

/**
 * The board an employer's page leads to or names, under the same rules as any page of a crawl; null when it does neither. An address of a
 * board system that does not say whose it is leads to the front page of that system. Throws only on abort.
 */
export async function boardBehind(url: URL, parts: Parts): Promise<Behind | null> {
  const front = frontPageOf(url, parts.systems);
  if (front === null) return await boardOn(url, parts);
  const found = front === url.href ? null : await boardOn(url, { ...parts, browser: false });
  return found?.kind === 'board' ? found : ((await boardOn(new URL(front), parts)) ?? found);
}

async function boardOn(url: URL, { fetcher, systems, signal, source, browser, counts = () => true }: Parts): Promise<Behind | null> {
  const unread = unreadSystem(url.hostname);
  if (unread !== null) return { kind: 'unread', why: unread };
  const request = { kind: 'list', url: url.href, redirects: 'site' } as const;
  const fetched = await fetcher.fetch(request, { source, signal });
  if (fetched.kind !== 'page') return refused(fetched.kind === 'failed' ? fetched.message : 'the address answers 304');
  const { page } = fetched;
  if (page.status >= 400) return refused(`the address answers ${page.status}`);
  const elsewhere = page.headers.location ? URL.parse(page.headers.location, page.url) : null;
  const at = elsewhere ?? new URL(page.url);
  const led = recogniseUrl(at, systems);
  if (led && counts(led)) return { kind: 'board', board: led, how: 'led' };
  const unreadThere = led ? null : unreadSystem(at.hostname);
  if (unreadThere !== null) return { kind: 'unread', why: unreadThere };
  if (elsewhere) return { kind: 'leads', to: elsewhere };
  const named = boardsInPage(page.body, page.url, systems).find(counts);
  if (named) return { kind: 'board', board: named, how: 'named' };
  if (!browser) return null;
  const rendered = await fetcher.fetch({ ...request, rendered: true }, { source, signal });
  // Without a browser, or when the page does not settle in it, the HTML has said all there is.
  const shown = rendered.kind === 'page' ? boardsInPage(rendered.page.body, rendered.page.url, systems).find(counts) : undefined;
  return shown ? { kind: 'board', board: shown, how: 'named' } : null;
}

const refused = (why: string): Behind => ({ kind: 'refused', why });
