import { triageOf, type VisitWatch } from '../app/visitor.ts';
import type { Config } from '../config.ts';
import type { Adapter } from '../crawlers/adapter.ts';
import { frontPageOf, type Recognised, recogniseUrl } from '../crawlers/discover.ts';
import { refusedHost } from '../crawlers/engine/engine.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import { checkIdentity, type IdentityCheck, tokensOf } from '../crawlers/identity-check.ts';
import { boardOf, readRegistry } from '../crawlers/registry.ts';
import type { Board } from '../crawlers/visit/board.ts';
import { boardBehind } from '../crawlers/visit/board-behind.ts';
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
  /** Told of the trial. */
  watch?: VisitWatch;
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
/** What a board is called that has no slug yet. */
const TRIAL = 'trial';
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
  const { fetcher, signal, watch } = parts;
  // Said before the board is asked anything.
  if (options.apply) await mayWrite(parts.config.SOURCES_DIR, ADDED);
  const direct = recogniseUrl(url, parts.systems);
  const slug = options.slug ?? TRIAL;
  watch?.begin(slug);
  const behind = direct ? null : await boardBehind(url, { ...parts, source: slug, browser: true });
  if (behind && 'why' in behind) return { ...NOTHING, refused: behind.why };
  if (behind?.kind === 'leads')
    return { ...NOTHING, refused: `the address leads to ${behind.to.href}; paste that one if it is the employer's` };
  const found = direct ?? behind?.board ?? null;
  const adapter = found && parts.systems.get(found.system);
  if (!found || !adapter) return NOTHING;
  if (adapter.closedByRobots !== null) return { ...NOTHING, refused: closedEverywhere(adapter) };
  const board: Board = { adapter, target: found.target, slug, fetcher, signal, onStep: step => watch?.step(slug, step) };
  const trial = await trialVisit(board, options.name ?? null, triageOf());
  watch?.end(slug, trial.listed);
  const companies = trial.postings.map(({ seen }) => seen.raw.company ?? null);
  const identity = checkIdentity(
    // The host of a board system says nothing of the employer.
    { name: options.name ?? null, site: direct || frontPageOf(url, parts.systems) !== null ? null : url.href },
    { companies, token: tokensOf(found.target)[0] ?? '' },
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
