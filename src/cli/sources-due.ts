import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { mistake } from '../errors.ts';
import { workersSeen } from '../store/heartbeats.ts';
import { makeDue } from '../store/visit/due-now.ts';
import { listSources, type Source } from '../store/visit/sources.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';
import { choose } from './_slugs.ts';

type Options = { cooling?: boolean; apply?: boolean; json?: boolean };
/** `mayBe`: it is visited, and not left alone now, or not any more. */
type Row = { slug: string; due: string; mayBe: boolean; why: string };

export function register(program: Command): void {
  command(program, 'sources')
    .command('due')
    .description('have sources visited now by the workers that run, within a minute; without --apply only say which')
    .argument('<slug...>', 'slugs of sources')
    .option('--cooling', 'also those that are left alone for a while')
    .option('--apply', 'do it')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nA process that visits them itself is `ombre crawl SLUG`.\n\nExample:\n  $ ombre sources due acme-health --apply',
    )
    .action(async (slugs: string[], options: Options) => {
      const { cooling = false, apply = false } = options;
      await closing(await openStored(readConfig()), async ({ db }) => {
        const sources = choose(await listSources(db), slugs, () => false);
        const bad = sources.find(source => !source.enabled || source.recorded);
        if (bad) throw mistake('E_USAGE', 'slug', bad.slug, 'one that is enabled in the registry');
        const rows: Row[] = [];
        for (const source of sources) {
          const made = apply ? await makeDue(db, source.slug, { cooling, actor: cliActor() }) : null;
          const cools = made ? !made.done : !cooling && source.cooling_until !== null;
          rows.push(rowOf(source, cools));
        }
        const { alive } = await workersSeen(db);
        await output(options, { applied: apply, workers: alive, sources: rows }, () => readable(rows, apply, alive));
        if (rows.some(({ mayBe }) => !mayBe)) process.exitCode = 1;
      });
    });
}

function rowOf({ slug, next_visit_at, cooling_until }: Source, cools: boolean): Row {
  const why = cools ? `left alone until ${cooling_until?.toISOString()}; --cooling visits it all the same` : '';
  return { slug, due: next_visit_at.toISOString(), mayBe: !cools, why };
}

function readable(rows: readonly Row[], apply: boolean, alive: number): string {
  const cells = rows.map(({ slug, due, mayBe, why }) => [slug, due.slice(0, 16), mayBe ? (apply ? 'due now' : 'would be due now') : why]);
  const end = apply ? '' : ' Nothing was written; --apply does it.';
  const who = alive > 0 ? 'A worker takes them up within a minute.' : 'No worker gives a sign of life: they wait until one is started.';
  return `${table(['source', 'was due', 'now'], cells)}\n\n${who}${end}`;
}
