import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { readConfig } from '../config.ts';
import { boardsInPage, type Recognised, recogniseUrl } from '../crawlers/discover.ts';
import { refusedHost } from '../crawlers/engine.ts';
import type { Fetcher } from '../crawlers/fetching.ts';
import { checkIdentity, type IdentityCheck } from '../crawlers/identity-check.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { mistake } from '../errors.ts';
import { robotsOf } from '../feed/robots-view.ts';
import { type Trial, trialVisit } from '../pipeline/trial.ts';
import { robotsRows } from '../store/feed-sources.ts';
import { group } from './_group.ts';
import { closeAll, print, printJson, table } from './_output.ts';
import { liveFetcher, openParts, type Parts, stopSignal, triageOf } from './_parts.ts';

type Options = { apply?: boolean; name?: string; slug?: string; json?: boolean };

export function register(program: Command): void {
  group(program, 'sources')
    .command('add')
    .description('find the board behind a careers address, try it, and with --apply write its row')
    .argument('<url>', 'the careers page, or any address of the board')
    .option('--name <employer>', "the employer's name; also what the board is compared with")
    .option('--slug <slug>', 'slug of the row; default: made of the name')
    .option('--apply', 'write the row to added.yaml of the registry')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources add https://boards.greenhouse.io/acme --name "Acme Health" --apply')
    .action(async (address: string, options: Options) => {
      const url = URL.parse(address);
      if (!url || !/^https?:$/.test(url.protocol)) throw mistake('E_USAGE', 'url', address, 'an http or https address');
      const refused = refusedHost(url.hostname);
      const answer = refused ? { ...NOTHING, refused } : await tryAddress(url, options);
      if (options.json) await printJson(answer);
      else await print(readable(answer));
      if (!answer.recognised || answer.identity?.agrees === false) process.exitCode = 1;
    });
}

type Answer = {
  recognised: Recognised | null;
  refused: string | null;
  robots: ReturnType<typeof robotsOf>;
  trial: { outcome: string; reason: string; listed: number; total: number | null; postings: ReturnType<typeof shown>[] } | null;
  identity: IdentityCheck | null;
  written: boolean;
};
const NOTHING: Answer = { recognised: null, refused: null, robots: [], trial: null, identity: null, written: false };

async function tryAddress(url: URL, options: Options): Promise<Answer> {
  const signal = stopSignal();
  const parts = await openParts(readConfig());
  const fetcher = liveFetcher(parts);
  try {
    const direct = recogniseUrl(url, parts.systems);
    const page = direct ? null : await pageOf(url, fetcher, signal);
    if (page && 'refused' in page) return { ...NOTHING, refused: page.refused };
    const recognised = direct ?? (page ? boardsInPage(page.html, page.url, parts.systems)[0] : undefined) ?? null;
    const adapter = recognised && parts.systems.get(recognised.system);
    if (!recognised || !adapter) return NOTHING;
    const trial = await trialVisit(
      adapter,
      recognised.target,
      { slug: options.slug ?? 'trial', company: options.name ?? null, system: recognised.system },
      { fetcher, triage: triageOf(), signal },
    );
    const companies = trial.postings.map(({ seen }) => seen.raw.company ?? null);
    const identity = checkIdentity(
      { name: options.name ?? null, site: direct ? null : url.href },
      { companies, token: tokenOf(recognised.target) },
    );
    return {
      recognised,
      refused: null,
      robots: robotsOf(adapter, recognised.target, await robotsRows(parts.db)),
      trial: { ...trial, postings: trial.postings.map(shown) },
      identity,
      written: options.apply ? await write(parts, recognised, options, trial, identity) : false,
    };
  } finally {
    await closeAll(
      () => fetcher.close(),
      () => parts.close(),
    );
  }
}

/** The page behind an address that is no board's own, under the same rules as any page of a crawl. */
async function pageOf(url: URL, fetcher: Fetcher, signal: AbortSignal): Promise<{ html: string; url: string } | { refused: string }> {
  const fetched = await fetcher.fetch({ kind: 'list', url: url.href, redirects: 'site' }, { source: 'trial', signal });
  if (fetched.kind === 'page' && fetched.page.status < 400) return { html: fetched.page.body, url: fetched.page.url };
  return { refused: fetched.kind === 'failed' ? fetched.message : `the address answers ${fetched.page.status}` };
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

/** Appends the row. A board or slug that is registered already, and a trial that read nothing, are mistakes: nothing is written then. */
async function write(parts: Parts, recognised: Recognised, options: Options, trial: Trial, identity: IdentityCheck): Promise<boolean> {
  const name = options.name ?? trial.postings.find(({ posting }) => posting.company)?.posting.company ?? identity.employer;
  if (!name) throw mistake('E_USAGE', '--name', options.name, "the employer's name: this board does not tell it");
  if (identity.agrees === false)
    throw mistake('E_USAGE', '--name', options.name, `the name of the employer whose board this is; ${identity.why}`);
  if (!['complete', 'partial'].includes(trial.outcome))
    throw mistake('E_SOURCE', 'trial', trial.outcome, `a board that can be read (${trial.reason})`);
  const slug =
    options.slug ??
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const { rows } = await readRegistry(parts.config.SOURCES_DIR, parts.systems);
  const board = (row: Recognised) => `${row.system} ${JSON.stringify(row.target).toLowerCase()}`;
  const twin = rows.find(row => row.slug === slug || board(row) === board(recognised));
  if (twin) throw mistake('E_SOURCE', 'slug or board', slug, `one that is not registered yet (${twin.slug} in ${twin.file})`);
  const file = path.join(parts.config.SOURCES_DIR, 'added.yaml');
  await mkdir(parts.config.SOURCES_DIR, { recursive: true });
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  await appendFile(file, `${before ? '\n' : ''}${stringify([{ slug, name, system: recognised.system, target: recognised.target }])}`);
  return true;
}

function readable(answer: Answer): string {
  if (answer.refused) return `Refused: ${answer.refused}\n`;
  if (!answer.recognised)
    return 'No board that Ombre reads was found there. Paste the address of the list of jobs itself, or of one job.\n';
  const { recognised, robots, trial, identity, written } = answer;
  const lines = [
    `Board     ${recognised.system} ${JSON.stringify(recognised.target)}`,
    ...robots.map(({ origin, allowed, reason }) => `Robots    ${origin}: ${allowed ? 'allowed' : 'FORBIDDEN'} (${reason})`),
    `Trial     ${trial?.outcome}${trial?.reason ? `: ${trial.reason}` : ''}; ${trial?.listed} listed${trial?.total === null ? '' : ` of ${trial?.total}`}`,
    `Identity  ${identity?.agrees === null ? 'not compared' : identity?.agrees ? 'agrees' : 'DIFFERS'}: ${identity?.why}`,
    '',
    table(
      ['title', 'place', 'relevance', 'paths', 'may apply'],
      (trial?.postings ?? []).map(posting => [
        posting.title.slice(0, 60),
        (posting.places[0] ?? '').slice(0, 30),
        posting.relevance ?? `left unread`,
        posting.paths.join(', '),
        Object.entries(posting.verdicts ?? {})
          .filter(([, verdict]) => !['barred', 'unknown'].includes(verdict))
          .map(([credential]) => credential)
          .join(' '),
      ]),
    ),
    '',
    written ? 'Written to added.yaml.' : 'Nothing was written; --apply writes the row.',
  ];
  return `${lines.join('\n')}\n`;
}
