import type { Command } from 'commander';
import { subscribe } from '../digest/subscribe.ts';
import { databaseNow } from '../store/clock.ts';
import { listSubscriptions } from '../store/digest/subscriptions.ts';
import { registerAddressCommands, withGround } from './_addresses.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';

export function register(program: Command): void {
  const subscriptions = command(program, 'subscriptions');
  subscriptions
    .command('list')
    .description('list the subscriptions; addresses are shown only when asked for')
    .option('--json', 'one JSON document')
    .option('--addresses', 'show the addresses')
    .addHelpText('after', '\nExample:\n  $ ombre subscriptions list')
    .action(list);
  subscriptions
    .command('add <email>')
    .description('ask an address to confirm a subscription; without its answer nothing is sent')
    .requiredOption('--filter <query>', 'which postings, as the query of a feed address')
    .option('--cadence <cadence>', 'daily or weekly')
    .option('--weekday <1-7>', 'day of a weekly mail, 1 is Monday')
    .option('--hour <0-23>', 'hour of the day')
    .option('--zone <zone>', 'time zone, such as America/Chicago')
    .addHelpText(
      'after',
      "\nExample:\n  $ ombre subscriptions add me@example.org --filter 'credential=OTA&work_mode=remote' --cadence daily --zone America/Chicago",
    )
    .action(async (email: string, options: { filter: string; cadence?: string; weekday?: string; hour?: string; zone?: string }) => {
      await withGround(async ground => {
        await subscribe({ ...ground, now: await databaseNow(ground.db) }, { email, ...options }, 'cli');
        say('asked for a confirmation; the next pass of the digest sends it (at most one an hour and three a day)');
      });
    });
  registerAddressCommands(subscriptions);
}

async function list(options: { json?: boolean; addresses?: boolean }): Promise<void> {
  await withGround(async ({ db }) => {
    const rows = (await listSubscriptions(db)).map(({ address_hash: _, confirm_id: __, mailbox_hash: ___, email, ...row }) => ({
      ...(options.addresses && { email }),
      ...row,
    }));
    const cells = rows.map(row => [
      row.id,
      row.email ?? '',
      row.paused_at ? 'paused' : row.state,
      row.every,
      row.next_due_at?.toISOString().slice(0, 16) ?? '',
      row.query,
    ]);
    await output(options, rows, () => table(['id', 'address', 'state', 'every', 'next', 'filter'], cells));
  });
}
