import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { defaultVersion } from '../classify/compile/compile.ts';
import { readConfig } from '../config.ts';
import {
  dropWork,
  type QueueDeed,
  type QueueView,
  type QueueWork,
  retryWork,
  shortError,
  viewQueue,
  WHY_ALONE,
} from '../desk/queue-work.ts';
import { mistake } from '../errors.ts';
import { openQueues } from '../queue/connection.ts';
import { noteChange } from '../store/desk/audit.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

type Options = { json?: boolean; apply?: boolean; most?: string };

export function register(program: Command): void {
  const queue = command(program, 'queue');
  queue
    .command('inspect')
    .description('what runs (where, since when), waits, is put off (until when) and has failed, and which sources are left alone and why')
    .option('--most <n>', 'most jobs of each kind and state', '100')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre queue inspect')
    .action(async (options: Options) => {
      const most = numberOf(options.most);
      await withWork(async work => {
        const view = await viewQueue(work, most);
        await output(options, view, () => readable(view));
      });
    });
  const deed = (name: string, description: string, doing: typeof retryWork) =>
    queue
      .command(name)
      .description(description)
      .argument('<what...>', 'ids of visits, or slugs of sources in quarantine, of `ombre queue inspect`')
      .option('--apply', 'do it')
      .option('--json', 'one JSON document')
      .addHelpText('after', `\nExample:\n  $ ombre queue ${name} acme-health --apply`)
      .action((what: string[], options: Options) => withWork(work => doAll(work, name, what, options, doing)));
  deed('retry', 'say what trying again now means for a visit or a source left alone, and with --apply do it', retryWork);
  deed('drop', 'say what taking a visit out of the queue means, or ending the quarantine of a source, and with --apply do it', dropWork);
}

/** All are looked at before the first is changed, so that a mistake among them changes nothing. */
async function doAll(work: QueueWork, name: string, what: string[], options: Options, doing: typeof retryWork): Promise<void> {
  const { apply = false } = options;
  const all = async (apply: boolean) => {
    const deeds: QueueDeed[] = [];
    for (const one of new Set(what)) {
      const deed = await doing(work, one, { apply });
      if (!deed) throw mistake('E_USAGE', 'what', one, 'an id of a visit, or a slug, that `ombre queue inspect` shows');
      deeds.push(deed);
    }
    return deeds;
  };
  const seen = await all(false);
  const deeds = apply ? await all(true) : seen;
  for (const { written, what, source, found, does } of deeds) {
    if (written) await noteChange(work.db, cliActor(), { what: `queue.${name}`, target: what, before: { source, found }, after: does });
  }
  await output(options, deeds, () => deeds.map(inWords).join('\n'));
  if (deeds.some(deed => !deed.can)) process.exitCode = 1;
}

async function withWork(work: (work: QueueWork) => Promise<void>): Promise<void> {
  const config = readConfig();
  await closing(await openStored(config), async ({ db, url }) => {
    // What is heard in the background ends with the command's own error.
    const queues = await openQueues(config, url, { rulesVersion: defaultVersion(), onError: () => undefined });
    await closing(queues, () => work({ db, queues }));
  });
}

function numberOf(text = ''): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw mistake('E_USAGE', '--most', text, 'a number from 1 to 99999');
  return Number(text);
}

function inWords({ what, source, does, can, written }: QueueDeed): string {
  const named = source === null || source === what ? what : `${what} (${source})`;
  if (!can) return `${named}: nothing is done, ${does}.`;
  return `${named}: ${does}.${written ? '' : ' Nothing was written; --apply does it.'}`;
}

const KINDS = { visit: 'visits', tick: 'ticks', retag: 're-taggings', digest: 'digests' } as const;

function readable({ backend, counts, jobs, quarantined }: QueueView): string {
  const summary = Object.entries(counts)
    .filter(([kind, { waiting, running, delayed, failed }]) => kind === 'visit' || waiting + running + delayed + failed > 0)
    .map(([kind, { waiting, running, delayed, failed }]) => {
      return `${KINDS[kind as keyof typeof KINDS]}: ${running} running, ${waiting} waiting, ${delayed} put off, ${failed} failed`;
    });
  const rows = jobs.map(job => [
    job.state,
    job.source ?? job.kind,
    minute(job.since ?? job.failed ?? job.asked),
    job.until ? minute(job.until) : '',
    job.worker ? `${job.worker.host}:${job.worker.pid}` : '',
    shortError(job.error),
    job.kind === 'visit' ? job.id : '',
  ]);
  const alone = quarantined.map(one => [
    one.slug,
    WHY_ALONE[one.reason],
    one.failures,
    one.since && minute(one.since),
    minute(one.until),
    shortError(one.error),
  ]);
  return [
    `The queue on ${backend}. ${summary.join('; ')}.`,
    ...(rows.length > 0 ? [table(['state', 'what', 'since', 'until', 'worker', 'error', 'id'], rows)] : []),
    alone.length > 0
      ? `Left alone (retry or drop by slug):\n${table(['source', 'why', 'failures', 'since', 'until', 'error'], alone)}`
      : 'No source is left alone.',
  ].join('\n\n');
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
