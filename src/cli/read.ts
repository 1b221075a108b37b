import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Adapter, Page, PageReading, PageRequest } from '../crawlers/adapter.ts';
import { systemOf } from '../crawlers/systems.ts';
import { readPage } from '../crawlers/visit/read-page.ts';
import { messageOf, mistake } from '../errors.ts';
import { normalise } from '../pipeline/normalise.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

type Options = { kind?: string; url?: string; status?: string; json?: boolean };

/** One saved page as `ombre read` shows it. */
export type ReadReport = ReturnType<typeof reportOf>;

export function register(program: Command): void {
  command(program, 'read')
    .argument('<system>', 'board system, as `ombre systems` lists them')
    .argument('<file>', 'the answer as it was saved')
    .option('--kind <kind>', 'list or detail (default: a list, or a detail where it can be no list)')
    .option('--url <url>', 'the address the answer came from')
    .option('--status <number>', 'the status it came with', '200')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nRelative dates are counted from when the file was written.\n\nExample:\n  $ ombre read greenhouse board.json --json',
    )
    .action(async (system: string, file: string, options: Options) => {
      const report = await readSaved(system, file, options);
      await output(options, report, () => show(report));
      if (report.marker === 'unknown' || report.marker === 'challenge') process.exitCode = 1;
    });
}

/** Reads a saved page with the adapter of its system. Throws E_USAGE or E_INPUT for what the caller got wrong. */
export async function readSaved(system: string, file: string, options: Omit<Options, 'json'> = {}): Promise<ReadReport> {
  const adapter = await systemOf(system);
  const { kind, url } = options;
  const status = Number(options.status ?? 200);
  if (kind !== undefined && kind !== 'list' && kind !== 'detail') throw mistake('E_USAGE', '--kind', kind, 'list or detail');
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw mistake('E_USAGE', '--url', url, 'an http(s) address');
  if (!Number.isInteger(status) || status < 200 || status > 499) throw mistake('E_USAGE', '--status', options.status, '200 to 499');
  const [body, fetchedAt] = await saved(file);
  const target = targetIn(adapter, body, url);
  const read = (as: 'list' | 'detail') => {
    const first: PageRequest =
      as === 'list'
        ? (adapter.start(target)[0] ?? { kind: 'list', url: adapter.home(target) })
        : { kind: 'detail', url: adapter.home(target) };
    const address = url ?? addressIn(adapter, body) ?? first.url;
    const page: Page = { request: { ...first, url: address }, url: address, status, headers: {}, body, fetchedAt };
    return { as, reading: readPage(adapter, page, target) };
  };
  let found = read(kind ?? 'list');
  if (kind === undefined && found.reading.marker === 'unknown') {
    const detail = read('detail');
    if (detail.reading.marker !== 'unknown') found = detail;
  }
  return reportOf(adapter, found.as, found.reading, fetchedAt);
}

async function saved(file: string): Promise<[body: string, fetchedAt: string]> {
  try {
    return [await readFile(file, 'utf8'), (await stat(file)).mtime.toISOString()];
  } catch (error) {
    throw mistake('E_INPUT', 'file', file, `a file that can be read (${messageOf(error)})`);
  }
}

const ADDRESS = /https?:(?:\\?\/){2}[^\s"'<>\\]+(?:\\\/[^\s"'<>\\]*)*/g;

function* addressesIn(body: string): Generator<URL> {
  for (const [match] of body.matchAll(ADDRESS)) {
    const url = URL.parse(match.replaceAll('\\/', '/').replaceAll('&amp;', '&'));
    if (url) yield url;
  }
}

/** The board the address names, else the one the page's own addresses name most often, else the system's example. */
function targetIn<T>(adapter: Adapter<T>, body: string, url: string | undefined): T {
  const named = url ? (adapter.recognise(new URL(url)) ?? adapter.named?.(body, new URL(url)) ?? null) : null;
  if (named) return named;
  const counts = new Map<string, { target: T; count: number }>();
  for (const address of addressesIn(body)) {
    const target = adapter.recognise(address);
    if (!target) continue;
    const name = JSON.stringify(target);
    counts.set(name, { target, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  const target = most?.target ?? adapter.example;
  if (target === undefined) throw mistake('E_USAGE', '--url', url, `an address of the board, since the page does not name it`);
  return target;
}

/** Where a page of a general system stood: on the site of its first address outside the vocabularies. */
function addressIn(adapter: Adapter, body: string): string | null {
  if (adapter.kind !== 'general') return null;
  for (const url of addressesIn(body)) if (!/(?:^|\.)(?:schema|sitemaps|w3|purl)\.org$/.test(url.hostname)) return url.href;
  return null;
}

function reportOf(adapter: Adapter, kind: 'list' | 'detail', reading: PageReading, fetchedAt: string) {
  const counted = new Set(reading.postings.map(posting => posting.key)).size + Math.max(0, reading.rows - reading.postings.length);
  const lacks = [
    reading.shortfall,
    reading.follow.length > 0 ? `${reading.follow.length} more list pages to read` : null,
    kind === 'list' && reading.total !== null && counted < reading.total ? `the system counts ${reading.total}, ${counted} are here` : null,
  ].filter(Boolean);
  return {
    system: adapter.system,
    marker: reading.marker,
    total: reading.total,
    postings: reading.postings.map(raw => {
      const posting = normalise(raw, { fetchedAt, company: null, system: adapter.system });
      return {
        key: posting.key,
        title: posting.title,
        places: posting.places,
        work_mode: posting.workMode,
        pay: posting.pay,
        employment_type: posting.employmentTypes,
        posted_at: posting.postedAt,
        closes_at: posting.closesAt,
        closed: posting.closed,
        url: posting.url,
        apply_url: posting.applyUrl,
        text_length: posting.text.length,
        company: posting.company,
        department: posting.department,
        requisition: posting.requisition,
      };
    }),
    follow: reading.follow.map(({ method, url }) => ({ method: method ?? 'GET', url })),
    complete: (reading.marker === 'board' || reading.marker === 'empty') && lacks.length === 0,
    why: [reading.why, ...lacks].join('; '),
  };
}

function show(report: ReadReport): string {
  const rows = report.postings.map(posting => [
    posting.key,
    posting.title,
    posting.places.map(place => place.raw).join(' | '),
    posting.work_mode,
    posting.pay && `${posting.pay.min ?? ''}-${posting.pay.max ?? ''} ${posting.pay.currency}/${posting.pay.interval}`,
    posting.posted_at?.value ?? null,
    posting.text_length,
  ]);
  const head = `${report.system}: ${report.marker}${report.complete ? ', complete' : ''} (${report.why})`;
  if (rows.length === 0) return head;
  return `${head}\n\n${table(['key', 'title', 'places', 'mode', 'pay', 'posted', 'text'], rows)}`;
}
