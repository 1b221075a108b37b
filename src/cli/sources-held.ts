import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openParts, type Parts } from '../app/parts.ts';
import { kindsOf } from '../app/registry.ts';
import { readConfig } from '../config.ts';
import { mistake, OmbreError } from '../errors.ts';
import { type HeldClosing, heldClosings, settleHeld, type Verdict } from '../store/visit/held.ts';
import { listSources } from '../store/visit/sources.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';
import { choose } from './_slugs.ts';

type Options = { approve?: boolean; reject?: boolean; kept?: boolean; apply?: boolean; json?: boolean };

const HELP = `
--approve closes what is held, as if a second visit had agreed. --reject keeps it open, and nothing asks again until the board shows one of those
postings: then the rest is judged anew. With --kept, --approve closes what was kept open so.

Example:
  $ ombre sources held
  $ ombre sources held acme-health --approve --apply`;

export function register(program: Command): void {
  command(program, 'sources')
    .command('held')
    .description('closings that a visit held because they were too many at once, with titles; approve or reject those of one source')
    .argument('[slug]', 'only this source')
    .option('--approve', 'close them')
    .option('--reject', 'keep them open')
    .option('--kept', 'those that are kept open, not those held')
    .option('--apply', 'with --approve or --reject: do it')
    .option('--json', 'one JSON document')
    .addHelpText('after', HELP)
    .action(async (slug: string | undefined, options: Options) => {
      const verdict = verdictOf(slug, options);
      await closing(await openParts(readConfig()), async parts => {
        if (slug !== undefined) choose(await listSources(parts.db), [slug], () => false);
        const holding = options.kept ? 'kept' : 'held';
        const all = await heldClosings(parts.db, { slug });
        const found = options.kept || verdict ? all.filter(one => one.holding === holding) : all;
        if (verdict && found.length === 0) throw await nothingHeld(parts, slug ?? '', holding);
        const settled = verdict && options.apply ? await settle(parts, found[0]!, verdict) : null;
        await output(options, { held: found, settled }, () => readable(found, settled, verdict));
      });
    });
}

type SettledCount = { verdict: Verdict; postings: number };

function verdictOf(slug: string | undefined, { approve, reject, kept, apply }: Options): Verdict | null {
  if (approve && reject) throw mistake('E_USAGE', '--reject', true, 'one of --approve and --reject');
  if (reject && kept) throw mistake('E_USAGE', '--kept', true, '--approve beside it: what is kept open is so already');
  if (!approve && !reject) {
    if (apply) throw mistake('E_USAGE', '--apply', true, '--approve or --reject beside it');
    return null;
  }
  if (slug === undefined) throw mistake('E_USAGE', 'slug', undefined, 'the slug of one source, where --approve or --reject is given');
  return approve ? 'close' : 'keep';
}

async function nothingHeld({ db }: Parts, slug: string, holding: string): Promise<Error> {
  const others = (await heldClosings(db, { samples: 1 })).filter(one => one.holding === holding).map(one => one.source.slug);
  return mistake('E_USAGE', 'slug', slug, others.length === 0 ? `none, as nothing is ${holding}` : others.slice(0, 8).join(', '));
}

async function settle(parts: Parts, { source, holding, print }: HeldClosing, verdict: Verdict): Promise<SettledCount> {
  const order = { sourceId: source.id, holding, verdict, print, actor: cliActor() };
  const settled = await settleHeld(parts.db, order, kindsOf(parts));
  // Between the two readings lie milliseconds.
  if (!settled.done) throw new OmbreError('E_BUSY', 'a visit has just changed what is held; look again');
  return { verdict, postings: settled.count };
}

function readable(found: readonly HeldClosing[], settled: SettledCount | null, verdict: Verdict | null): string {
  if (settled) {
    return settled.verdict === 'close'
      ? `${settled.postings} postings are closed.`
      : `${settled.postings} postings stay open until the board shows one of them again, or you close them.`;
  }
  if (found.length === 0) return 'No closing is held.';
  const parts = found.map(told);
  if (verdict === null) return parts.join('\n\n');
  const would = verdict === 'close' ? `would close ${found[0]!.count} postings` : `would keep ${found[0]!.count} postings open`;
  return [...parts, `Nothing was written; --apply ${would}.`].join('\n\n');
}

function told({ source, holding, count, open, visit, usual, nextVisitAt, samples }: HeldClosing): string {
  const why = visit?.reason ? `: ${visit.reason}` : '';
  const numbers = [
    visit && `${visit.listed} listed`,
    visit && visit.total !== null && `${visit.total} by the board's own count`,
    usual !== null && `${usual} usually`,
  ];
  const then =
    holding === 'held' ? `the next visit, due ${nextVisitAt.toISOString().slice(0, 16)}, decides` : 'an operator keeps them open';
  return [
    `${source.slug} (${source.system}): ${count} of ${open} open postings${why}`,
    [...numbers, then].filter(Boolean).join(', '),
    table(
      ['title', 'last seen', 'address'],
      samples.map(({ title, lastSeen, url }) => [title.slice(0, 60), lastSeen.toISOString().slice(0, 10), url]),
    ),
    ...(count > samples.length ? [`and ${count - samples.length} more`] : []),
  ].join('\n');
}
