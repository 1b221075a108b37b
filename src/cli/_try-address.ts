import { triageOf } from '../app/visitor.ts';
import type { Config } from '../config.ts';
import type { Adapter } from '../crawlers/adapter.ts';
import { boardsInPage, type Recognised, recogniseUrl } from '../crawlers/discover.ts';
import { refusedHost } from '../crawlers/engine/engine.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import { checkIdentity, type IdentityCheck } from '../crawlers/identity-check.ts';
import { boardOf, readRegistry } from '../crawlers/registry.ts';
import { unreadSystem } from '../crawlers/unread-systems.ts';
import { mistake } from '../errors.ts';
import { robotsOf } from '../feed/robots-view.ts';
import { type Trial, trialVisit } from '../pipeline/trial.ts';
import { appendRow, mayWrite } from './_registry-files.ts';

/** What adding a source needs of the outside. `robots` gives the robots.txt answers known by now. */
export type AddParts = {
  config: Pick<Config, 'SOURCES_DIR'>;
  systems: ReadonlyMap<string, Adapter>;
  fetcher: Fetcher;
  robots(): Promise<Parameters<typeof robotsOf>[2]>;
  signal: AbortSignal;
};
export type AddOptions = { apply?: boolean; name?: string; slug?: string };

/** What `sources add` prints with --json. */
export type Answer = {
  recognised: Recognised | null;
  refused: string | null;
  robots: ReturnType<typeof robotsOf>;
  trial: { outcome: string; reason: string; listed: number; total: number | null; postings: ReturnType<typeof shown>[] } | null;
  identity: IdentityCheck | null;
  written: boolean;
};
/** The file of the registry that rows are added to. */
const ADDED = 'added.yaml';
const NOTHING: Answer = { recognised: null, refused: null, robots: [], trial: null, identity: null, written: false };

/** The answer to an address of a site that is never crawled, without asking anybody; null for any other. */
export function refusal(url: URL): Answer | null {
  const refused = refusedHost(url.hostname);
  return refused ? { ...NOTHING, refused } : null;
}

/**
 * Finds the board behind an address, reads a little of it, and with `apply` writes its row. Throws E_USAGE or E_SOURCE when the row cannot be written;
 * nothing is written then.
 */
export async function tryAddress(url: URL, options: AddOptions, parts: AddParts): Promise<Answer> {
  const { fetcher, signal } = parts;
  // Said before the board is asked anything.
  if (options.apply) await mayWrite(parts.config.SOURCES_DIR, ADDED);
  const direct = recogniseUrl(url, parts.systems);
  const unread = direct ? null : unreadSystem(url.hostname);
  if (unread !== null) return { ...NOTHING, refused: unread };
  const found = direct ?? (await boardBehind(url, parts));
  if (found && 'refused' in found) return { ...NOTHING, refused: found.refused };
  const adapter = found && parts.systems.get(found.system);
  if (!found || !adapter) return NOTHING;
  if (adapter.closedByRobots !== null) return { ...NOTHING, refused: closedEverywhere(adapter) };
  const board = { adapter, target: found.target, slug: options.slug ?? 'trial', fetcher, signal };
  const trial = await trialVisit(board, options.name ?? null, triageOf());
  const companies = trial.postings.map(({ seen }) => seen.raw.company ?? null);
  const identity = checkIdentity(
    { name: options.name ?? null, site: direct ? null : url.href },
    { companies, token: tokenOf(found.target) },
  );
  return {
    recognised: found,
    refused: null,
    robots: robotsOf(adapter, found.target, await parts.robots()),
    trial: { ...trial, postings: trial.postings.map(shown) },
    identity,
    written: options.apply ? await write(parts, found, options, trial, identity) : false,
  };
}

function closedEverywhere({ system, hosts, closedByRobots }: Adapter): string {
  return `this is a board of ${system}, which is not read: the robots.txt of ${hosts.join(' and ')} closes it to crawlers, ${closedByRobots}`;
}

/** The board an employer's page leads to or names, under the same rules as any page of a crawl; in the browser where its HTML alone names none. */
async function boardBehind(url: URL, { fetcher, systems, signal }: AddParts): Promise<Recognised | { refused: string } | null> {
  const request = { kind: 'list', url: url.href, redirects: 'site' } as const;
  const fetched = await fetcher.fetch(request, { source: 'trial', signal });
  if (fetched.kind !== 'page') return { refused: fetched.kind === 'failed' ? fetched.message : 'the address answers 304' };
  const { page } = fetched;
  if (page.status >= 400) return { refused: `the address answers ${page.status}` };
  const elsewhere = page.headers.location ? URL.parse(page.headers.location, page.url) : null;
  const led = recogniseUrl(elsewhere ?? new URL(page.url), systems);
  if (led) return led;
  const unread = unreadSystem((elsewhere ?? new URL(page.url)).hostname);
  if (unread !== null) return { refused: unread };
  if (elsewhere) return { refused: `the address leads to ${elsewhere.href}; paste that one if it is the employer's` };
  const [named] = boardsInPage(page.body, page.url, systems);
  if (named) return named;
  const rendered = await fetcher.fetch({ ...request, rendered: true }, { source: 'trial', signal });
  // Without a browser, or when the page does not settle in it, the HTML has said all there is.
  return rendered.kind === 'page' ? (boardsInPage(rendered.page.body, rendered.page.url, systems)[0] ?? null) : null;
}

/** What a target calls the employer: its longest name, such as a board's token. */
function tokenOf(target: unknown): string {
  const words = Object.entries(target as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'string' && /^(?:board|site|company|account|tenant|org|host)$/.test(name)
      ? [value.replace(/\.(?:[\w-]+\.)*[a-z]+$/, '')]
      : [],
  );
  return words[0] ?? '';
}

function shown({ posting, classification, seen }: Trial['postings'][number]) {
  return {
    title: posting.title,
    url: posting.url,
    places: posting.places.map(place => place.raw),
    triage: seen.triage.keep ? 'keep' : 'drop',
    relevance: classification?.relevance ?? null,
    paths: classification?.paths.map(tag => tag.path) ?? [],
    verdicts: classification?.verdicts
      ? Object.fromEntries(Object.entries(classification.verdicts).map(([name, given]) => [name, given.verdict]))
      : null,
  };
}

/** Whether a trial read postings, or the whole of a board that has none. */
export function wasRead(trial: { outcome: string } | null): boolean {
  return trial !== null && ['complete', 'partial'].includes(trial.outcome);
}

/** Appends the row. A board or slug that is registered already, and a trial that read nothing, are mistakes: nothing is written then. */
async function write(
  parts: AddParts,
  recognised: Recognised,
  options: AddOptions,
  trial: Trial,
  identity: IdentityCheck,
): Promise<boolean> {
  const name = options.name ?? trial.postings.find(({ posting }) => posting.company)?.posting.company ?? identity.employer;
  if (!name) throw mistake('E_USAGE', '--name', options.name, "the employer's name: this board does not tell it");
  if (identity.agrees === false)
    throw mistake('E_USAGE', '--name', options.name, `the name of the employer whose board this is; ${identity.why}`);
  if (!wasRead(trial)) throw mistake('E_SOURCE', 'trial', trial.outcome, `a board that can be read (${trial.reason})`);
  const slug =
    options.slug ??
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const { rows } = await readRegistry(parts.config.SOURCES_DIR, parts.systems);
  const twin = rows.find(row => row.slug === slug || boardOf(row) === boardOf(recognised));
  if (twin) throw mistake('E_SOURCE', 'slug or board', slug, `one that is not registered yet (${twin.slug} in ${twin.file})`);
  await appendRow(parts.config.SOURCES_DIR, ADDED, { slug, name, system: recognised.system, target: recognised.target });
  return true;
}
