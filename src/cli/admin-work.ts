import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { WHY_ALONE } from '../desk/queue-work.ts';
import { type Work, workOf } from '../desk/work.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'admin')
    .command('work')
    .description('workers, visits under way, what is due, hosts that are busy and sources left alone, as the database knows them')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre admin work')
    .action(async (options: { json?: boolean }) => {
      await closing(await openStored(readConfig()), async ({ db }) => {
        const work = await workOf(db);
        await output(options, work, () => readable(work));
      });
    });
}

function readable({ workers, running, due, hosts, alone }: Work): string {
  const at = (date: Date) => date.toISOString().slice(0, 19);
  const part = (name: string, head: string[], rows: (string | number)[][]) =>
    `${name}: ${rows.length === 0 ? 'none' : `\n${table(head, rows)}`}`;
  return [
    `visits due: ${due.due}${due.since ? `, the oldest since ${at(due.since)}` : ''}`,
    part(
      'workers of the last day',
      ['machine', 'process', 'since', 'last seen', 'state'],
      workers.map(one => [one.host, one.pid, at(one.since), at(one.seen), one.alive ? 'alive' : one.stopped ? 'stopped' : 'silent']),
    ),
    part(
      'visits under way',
      ['source', 'since', 'taken up', 'now'],
      running.map(one => [one.slug, at(one.startedAt), one.attempts, one.held ? 'worked at' : 'waits']),
    ),
    part(
      'hosts',
      ['host', 'free again'],
      hosts.map(one => [one.host, at(one.nextAllowedAt)]),
    ),
    part(
      'sources left alone',
      ['source', 'until', 'failures', 'why'],
      alone.map(one => [one.slug, at(one.until), one.failures, WHY_ALONE[one.reason]]),
    ),
  ].join('\n\n');
}
