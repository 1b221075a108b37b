import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { closing } from '../app/closing.ts';
import { senderOf } from '../app/digest.ts';
import { stopSignal } from '../app/stopping.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { choose } from '../digest/allot.ts';
import { applyReturned, readReturned } from '../digest/bounces.ts';
import { DEFAULT_RHYTHM } from '../digest/cadence.ts';
import { linksOf } from '../digest/links.ts';
import { webUrl } from '../digest/mail.ts';
import { digestMail } from '../digest/mail-digest.ts';
import { digestHealth } from '../digest/mail-health.ts';
import { mailPosting } from '../digest/mail-posting.ts';
import { FIRST_DAYS, FIRST_MOST } from '../digest/match.ts';
import { mimeOf } from '../digest/message.ts';
import { writtenMails } from '../digest/outbox-files.ts';
import { runDigest } from '../digest/run.ts';
import { outboxFolder } from '../digest/settings.ts';
import { wantedQuery } from '../digest/wanted.ts';
import { mistake } from '../errors.ts';
import { parseQuery } from '../feed/filter.ts';
import { databaseNow } from '../store/clock.ts';
import { type UnsentMails, unsentMails } from '../store/digest/unsent.ts';
import { postingTexts } from '../store/feed/evidence.ts';
import { feedPage } from '../store/feed/postings.ts';
import { command } from './_commands.ts';
import { output, print, printText, say, table } from './_output.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export function register(program: Command): void {
  const digest = command(program, 'digest');
  digest
    .command('run')
    .description('match, compose and send what is due now, once; workers do the same every minute')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre digest run')
    .action(run);
  digest
    .command('preview')
    .description('show the mail a filter would get now, or the newest mail of the outbox folder; nothing is sent or noted')
    .option('--filter <query>', 'which postings, as the query of a feed address')
    .addOption(new Option('--format <format>', 'what to show').choices(['text', 'html', 'eml']).default('text'))
    .addHelpText('after', "\nExample:\n  $ ombre digest preview --filter 'path=utilization-review&credential=OTA'")
    .action(async ({ filter, format }: { filter?: string; format: 'text' | 'html' | 'eml' }) =>
      filter === undefined ? newestMail() : preview(wantedQuery(filter), format),
    );
  digest
    .command('status')
    .description('what came due beside what was delivered; exit 1 when something is late')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre digest status')
    .action(status);
  digest
    .command('returned [file]')
    .description('take a returned mail or an abuse report, from a file or stdin: what a mail server pipes to')
    .addHelpText('after', '\nExample (in /etc/aliases, with BOUNCE_DOMAIN):\n  bounce: "|ombre digest returned"')
    .action(takeReturned);
}

async function run(options: { json?: boolean }): Promise<void> {
  const signal = stopSignal();
  await closing(await openStored(readConfig()), async parts => {
    const report = await runDigest(await senderOf(parts, signal));
    const { match, planned, compose, send } = report;
    await output(options, report, () =>
      [
        `matched ${match.postings} postings, ${match.pairs} times; ${planned} digests due: ${compose.composed} mails made, ${compose.merged} in the mail of another, ${compose.skipped} with nothing new`,
        `sent ${send.sent}, written to the outbox ${send.written}, put off ${send.later}, failed ${send.failed}, refused to us ${send.blocked}, unknown ${send.unknown}`,
      ].join('\n'),
    );
    if (send.stopped !== null && !options.json) say(`the mail server takes nothing now: ${send.stopped}`);
    if (send.stopped !== null || send.failed > 0 || send.blocked > 0 || send.unknown > 0) process.exitCode = 1;
  });
}

async function preview(query: string, format: 'text' | 'html' | 'eml'): Promise<void> {
  await closing(await openStored(readConfig()), async parts => {
    const { site, keys, settings } = await senderOf(parts);
    const since = { hours: FIRST_DAYS * 24 };
    const { items, total } = await feedPage(parts.db, { ...parseQuery(query), since, limit: 100 }, { total: true });
    const { mailed } = choose(
      items.map(posting => ({ posting, company: posting.company?.toLowerCase() ?? null })),
      FIRST_MOST,
    );
    if (mailed.length === 0) return say(`nothing new in ${FIRST_DAYS} days: no mail would be sent`);
    const links = linksOf(site, keys, NOBODY);
    const texts = await postingTexts(
      parts.db,
      mailed.map(({ posting }) => posting.id),
    );
    const now = await databaseNow(parts.db);
    const postings = mailed.map(({ posting }) => mailPosting(posting, texts.get(posting.id) ?? ''));
    const section = {
      query,
      rhythm: DEFAULT_RHYTHM,
      links,
      postings: postings.map(posting => ({ posting, news: 'new' as const, payBefore: null })),
      counts: { new: total?.value ?? mailed.length, open_again: 0, raised: 0 },
      elsewhere: 0,
    };
    const mail = digestMail({
      site,
      sections: [section],
      links,
      rest: () => webUrl(site, `${query}&since=${FIRST_DAYS}d`),
      postalAddress: settings.postalAddress,
      now,
    });
    if (format === 'eml') {
      const claim = { id: NOBODY, email: 'you@example.org', dated_at: now };
      await print((await mimeOf(mail, claim, { settings, keys })).bytes.toString('utf8'));
    } else if (format === 'html') await print(mail.html);
    else await printText(`Subject: ${mail.subject}\n\n${mail.text}`);
  });
}

async function status(options: { json?: boolean }): Promise<void> {
  await closing(await openStored(readConfig()), async ({ db }) => {
    const now = await databaseNow(db);
    const [health, unsent] = await Promise.all([digestHealth(db, now), unsentMails(db, now)]);
    await output(options, { ...health, unsent }, () => readable(health, unsent));
    if (!health.ok) process.exitCode = 1;
  });
}

function readable(
  { message, subscriptions, deliveries, refused_by }: Awaited<ReturnType<typeof digestHealth>>,
  { reasons, returned }: UnsentMails,
): string {
  const minute = (date: Date) => `${date.toISOString().slice(0, 16)}Z`;
  const refusals = refused_by.map(row => [row.scope || 'our own server', minute(row.since), minute(row.until), row.response]);
  const troubled = reasons.map(row => [row.status, row.mails, minute(row.last), row.response]);
  return [
    message,
    table(['subscriptions', ''], Object.entries(subscriptions)),
    table(['mails of 30 days', ''], Object.entries(deliveries)),
    `${returned} mails of 30 days came back.`,
    ...(troubled.length > 0 ? [table(['not sent', 'mails', 'last', 'why'], troubled)] : []),
    ...(refusals.length > 0 ? [table(['refused by', 'since', 'held until', 'what it says'], refusals)] : []),
  ].join('\n\n');
}

async function takeReturned(file?: string): Promise<void> {
  const raw = file === undefined ? await buffer(process.stdin) : await readFile(file);
  await closing(await openStored(readConfig()), async parts => {
    const { keys } = await senderOf(parts);
    const returned = await readReturned(raw, keys);
    const known = returned !== null && (await applyReturned(parts.db, keys, returned, await databaseNow(parts.db)));
    say(known ? `taken: ${returned.kind}` : 'this is about no mail of ours');
    if (!known) process.exitCode = 1;
  });
}

async function newestMail(): Promise<void> {
  const folder = outboxFolder(readConfig());
  const [newest, ...older] = await writtenMails(folder);
  if (!newest) throw mistake('E_USAGE', '--filter', undefined, `a filter, since there is no mail in ${folder} yet`);
  say(`${newest.name}, the newest of ${older.length + 1} in ${folder}`);
  await print(await readFile(join(folder, newest.name), 'utf8'));
}
