import type { Command } from 'commander';
import { lookAtHeartbeat } from '../app/heartbeat-file.ts';
import { readConfig } from '../config.ts';
import { OmbreError } from '../errors.ts';
import { command } from './_commands.ts';

/** For health checks that run every half minute: it loads next to nothing, and asks the running worker instead of looking at its parts. */
export function register(program: Command): void {
  command(program, 'health')
    .addHelpText('after', '\nExample:\n  $ OMBRE_HOME=/var/lib/ombre ombre health')
    .action(async () => {
      const { ok, message } = await lookAtHeartbeat(readConfig());
      if (!ok) throw new OmbreError('E_NO_HEARTBEAT', message);
      process.stdout.write(`A worker works: ${message}.\n`);
    });
}
