import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { type ContactGround, openContactGround } from '../app/contact-parts.ts';
import { firstContacts } from '../app/first-contacts.ts';
import { stopSignal } from '../app/stopping.ts';
import { readConfig } from '../config.ts';
import type { Adapter } from '../crawlers/adapter.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import { type Registry, readRegistry } from '../crawlers/registry.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { mistake } from '../errors.ts';
import type { Contact } from '../pipeline/first-contact.ts';
import { command } from './_commands.ts';
import { applyMet, countsOf, listedOf, type Met, mayApply, metOf, metTable, needsOperator } from './_contacts.ts';
import { output, say } from './_output.ts';
import { registryTexts } from './_registry-files.ts';
import { choose } from './_slugs.ts';

type Options = { all?: boolean; apply?: boolean; json?: boolean };

const HELP = `
Each row costs its robots.txt, one list page (a second one where the system needs it), one posting where the list does not say whose it is
(three where that one names somebody else), and a few pages more where the board is not found. Hosts are asked side by side, one host never twice at a time.

Results: healthy; foreign (another employer's); moved, renamed (with the new board); gone; blocked (robots.txt); challenge, refused (a wall);
failed (no answer); unknown. --apply keeps what was found for the desk, writes the new board of moved and renamed rows and disables those that are foreign, blocked, or gone by
their system's own words; a mere 404 or 410 is left to you.

Example:
  $ ombre sources verify
  $ ombre sources verify --apply`;

export function register(program: Command): void {
  command(program, 'sources')
    .command('verify')
    .description('meet the board of every row that no visit has read whole yet; exit 1 when one needs somebody')
    .argument('[slug...]', 'rows of the registry; default: the enabled ones that are unverified')
    .option('--all', 'those that are verified too')
    .option('--apply', 'write what was learnt into the files of the registry')
    .option('--json', 'one JSON document')
    .addHelpText('after', HELP)
    .action(async (slugs: string[], options: Options) => {
      const config = readConfig();
      const signal = stopSignal();
      // Read before the rows: what is written must rest on what was asked about.
      const texts = await registryTexts(config.SOURCES_DIR);
      const systems = await loadSystems();
      const registry = await readRegistry(config.SOURCES_DIR, systems);
      if (registry.problems.length > 0)
        say(`the registry has ${registry.problems.length} mistakes, what they are in is left out: ombre sources check`);
      if (registry.rows.length === 0) throw mistake('E_CONFIG', 'SOURCES_DIR', config.SOURCES_DIR, 'a folder that holds rows of sources');
      const named = choose(registry.rows, slugs, row => row.enabled);
      for (const row of named.filter(row => !row.enabled))
        say(`${row.slug} is disabled: ${row.disabledReason}; asked because it was named`);
      if (options.apply) await mayApply(config.SOURCES_DIR, named);
      await closing(await openContactGround(config), async ({ fetcher, isVerified, day, without, keep }) => {
        if (without !== null) say(`every row counts as unverified: ${without}`);
        const rows = slugs.length > 0 || options.all ? named : named.filter(row => !isVerified(row));
        const parts = { systems, fetcher, signal, concurrency: config.CRAWL_CONCURRENCY };
        await verify({ rows, registry, folder: config.SOURCES_DIR, texts, day, keep, options }, parts);
      });
    });
}

/** What is verified, and where what was learnt is written. */
type Job = {
  rows: Registry['rows'];
  registry: Registry;
  folder: string;
  texts: ReadonlyMap<string, string>;
  day: string;
  keep: ContactGround['keep'];
  options: Options;
};
type JobParts = { systems: ReadonlyMap<string, Adapter>; fetcher: Fetcher; signal: AbortSignal; concurrency: number };

/** Meets the rows, writes with `apply`, and prints. After a stop or a fault what was found until then is printed, nothing is written, and it is thrown. */
async function verify({ rows, registry, folder, texts, day, keep, options }: Job, parts: JobParts): Promise<void> {
  const { contacts, error } = await firstContacts(rows, { ...parts, onDone: (contact, done) => tellDone(contact, done, rows.length) });
  const met = metOf(contacts, registry.rows, day);
  const stopped = error !== null;
  const lines = options.apply && !stopped ? await applyMet(folder, texts, met) : [];
  if (options.apply && !stopped) await keep(met);
  await output(options, { rows: met, stopped }, () => readable(met, { lines, stopped, rows: rows.length, apply: options.apply === true }));
  if (stopped) throw error;
  if (met.some(needsOperator)) process.exitCode = 1;
}

/** On a terminal every row that is done has its line. */
function tellDone(contact: Contact, done: number, total: number): void {
  if (process.stderr.isTTY === true) say(`${done} of ${total}  ${contact.slug}  ${contact.result}  ${listedOf(contact)}`.trimEnd());
}

type Said = { lines: readonly string[]; stopped: boolean; rows: number; apply: boolean };

function readable(met: readonly Met[], { lines, stopped, rows, apply }: Said): string {
  const writable = met.filter(row => row.change !== null).length;
  const healthy = met.filter(row => row.result === 'healthy').length;
  return [
    ...(met.length > 0 ? [metTable(met), ''] : []),
    ...lines,
    ...(rows === 0 ? ['Every enabled row is verified; --all asks those too.'] : []),
    stopped ? `Stopped after ${met.length} of ${rows} rows.` : `${countsOf(met)}.`,
    ...(apply && !stopped ? [] : [`Nothing was written${writable > 0 ? `; --apply writes ${writable} of these rows` : ''}.`]),
    ...(healthy > 0 ? ["Healthy rows need no line: a crawl's first complete visit verifies them."] : []),
    ...(lines.length > 0 ? ['A running worker reads the registry when it starts: restart it.'] : []),
  ].join('\n');
}
