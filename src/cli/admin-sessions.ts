import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { noteChange } from '../store/desk/audit.ts';
import { endSessions, type LivingSession, livingSessions } from '../store/desk/sessions.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

type Options = { end?: boolean; apply?: boolean; json?: boolean };

export function register(program: Command): void {
  command(program, 'admin')
    .command('sessions')
    .description('who is logged in at the desk; with --end and --apply, end all of them')
    .option('--end', 'say how many would end')
    .option('--apply', 'with --end: end them')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre admin sessions --end --apply')
    .action(async (options: Options) => {
      await closing(await openStored(readConfig()), async ({ db }) => {
        const ended =
          options.end && options.apply
            ? await db.transaction().execute(async trx => {
                const count = await endSessions(trx, null);
                await noteChange(trx, cliActor(), { what: 'desk.end_sessions', after: { ended: count } });
                return count;
              })
            : 0;
        const sessions = await livingSessions(db);
        await output(options, { ended, sessions }, () => readable(sessions, ended, options));
      });
    });
}

function readable(sessions: readonly LivingSession[], ended: number, { end, apply }: Options): string {
  if (end && apply) return `${ended} sessions are ended.`;
  if (sessions.length === 0) return 'Nobody is logged in.';
  const cells = sessions.map(({ who, network, created_at, used_at }) => [who, network, created_at.toISOString(), used_at.toISOString()]);
  const rows = table(['session', 'network', 'since', 'last used'], cells);
  return end ? `${rows}\n\nNothing was ended; --apply ends these ${sessions.length}.` : rows;
}
