import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored, type Stored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { liftMails } from '../desk/lifted-mails.ts';
import { readAddress } from '../digest/address.ts';
import { erase, exported, isAnything, isErasable, type KeptEverywhere, lookUp } from '../digest/erasure.ts';
import { type Keyring, openKeyring } from '../digest/keys.ts';
import { withEnd } from '../digest/retention.ts';
import { outboxFolder } from '../digest/settings.ts';
import { databaseNow } from '../store/clock.ts';
import { type Suppression, suppressionRows } from '../store/digest/addresses.ts';
import { cliActor } from './_actor.ts';
import { output, printJson, say, table } from './_output.ts';

const DRY = 'nothing was changed; add --apply to do it';
const KEYS_HINT = 'rows are found by the address itself; suppressions only under the keys of DIGEST_KEYS (or the key in OMBRE_HOME)';

type Options = { json?: boolean; apply?: boolean };

/** What an operator does for one address: show it all, delete it, see and lift what keeps mails from it. */
export function registerAddressCommands(subscriptions: Command): void {
  subscriptions
    .command('export <email>')
    .description('everything kept of an address, as JSON; exit 1 when that is nothing')
    .option('--json', 'JSON, as without it')
    .addHelpText('after', '\nExample:\n  $ ombre subscriptions export me@example.org > me.json')
    .action(exportAddress);
  subscriptions
    .command('erase <email>')
    .description('delete everything kept of an address but a keyed hash; without --apply it only says what would go')
    .option('--apply', 'delete it')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre subscriptions erase me@example.org --apply')
    .action(eraseAddress);
  subscriptions
    .command('suppressed')
    .description('the addresses that get no mail, as keyed hashes, with the reason')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre subscriptions suppressed')
    .action(listSuppressed);
  subscriptions
    .command('lift <email>')
    .description(
      'let mails go to a suppressed address again; what had ended as bounced goes on. Without --apply it only says what it would do',
    )
    .option('--apply', 'do it')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre subscriptions lift me@example.org --apply')
    .action(lift);
}

async function exportAddress(given: string): Promise<void> {
  const email = readAddress(given);
  await withGround(async ground => {
    const all = await exported(ground, email);
    await printJson(all);
    if (all.subscriptions.length + all.suppressions.length + all.files.length === 0) nothingFound();
  });
}

async function eraseAddress(given: string, options: Options): Promise<void> {
  const email = readAddress(given);
  await withGround(async ground => {
    let kept = await lookUp(ground, email);
    const any = isAnything(kept);
    const written = any && options.apply === true;
    if (written) kept = await erase(ground, email, await databaseNow(ground.db));
    if (any || options.json) await output(options, { ...counted(kept), written }, () => inWords(kept, written));
    if (!any) return nothingFound(kept.suppressions);
    if (!written) say(DRY);
  });
}

async function listSuppressed(options: Options): Promise<void> {
  await withGround(async ({ db }) => {
    const rows = withEnd(await suppressionRows(db));
    const cells = rows.map(({ hash, reason, since, until }) => [hash, reason, day(since), until ? day(until) : 'for good']);
    await output(options, rows, () => table(['hash', 'reason', 'since', 'until'], cells));
  });
}

async function lift(given: string, options: Options): Promise<void> {
  const email = readAddress(given);
  await withGround(async ({ db, keys }) => {
    const now = await databaseNow(db);
    const apply = options.apply === true;
    const { lifted, revived } = await liftMails({ db, keys, now }, email, apply ? cliActor() : null);
    const any = lifted.length + revived.length > 0;
    const marks = lifted.map(({ reason, since }) => `${reason} since ${day(since)}`).join(', ') || 'nothing';
    const text = () => `${apply ? 'lifted' : 'would lift'} ${marks}; subscriptions that go on: ${revived.length}`;
    if (any || options.json) await output(options, { lifted: lifted.length, revived: revived.length, written: any && apply }, text);
    if (!any) return nothingFound();
    if (!apply) say(DRY);
  });
}

type Ground = Pick<Stored, 'db'> & { keys: Keyring; folder: string };

/** Opens what the commands about subscriptions work on, for as long as the work takes. */
export async function withGround(work: (ground: Ground) => Promise<void>): Promise<void> {
  const config = readConfig();
  await closing(await openStored(config), async ({ db }) => work({ db, keys: await openKeyring(config), folder: outboxFolder(config) }));
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function counted({ subscriptions, deliveries, postings, suppressions, files }: KeptEverywhere) {
  return {
    subscriptions: subscriptions.length,
    deliveries: deliveries.length,
    postings,
    suppressions: suppressions.filter(isErasable).length,
    files: files.length,
  };
}

function inWords(kept: KeptEverywhere, written: boolean): string {
  const { subscriptions, deliveries, postings, suppressions, files } = counted(kept);
  const parts = [
    `${subscriptions} subscriptions with ${deliveries} mails and ${postings} lines of the ledger`,
    `${suppressions} marks of a bounced mailbox`,
    `${files} mails of the outbox folder`,
  ];
  return `${written ? 'deleted' : 'would delete'}: ${parts.join(', ')}; a keyed hash of the address stays, so that no mail goes there by mistake`;
}

/** Something needs attention: an answer such as "it is done" would be false. */
function nothingFound(marks: readonly Suppression[] = []): void {
  const [mark] = marks;
  say(mark ? `nothing but a keyed mark (${mark.reason} since ${day(mark.since)}), which stays` : `nothing was found; ${KEYS_HINT}`);
  process.exitCode = 1;
}
