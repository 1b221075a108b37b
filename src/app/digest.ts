import type { Logger } from 'pino';
import { type Keyring, keyMade, openKeyring } from '../digest/keys.ts';
import { runDigest } from '../digest/run.ts';
import type { Sender } from '../digest/send.ts';
import { insecureLinks, mailSettings } from '../digest/settings.ts';
import { messageOf } from '../errors.ts';
import { siteOf } from '../feed/site.ts';
import { databaseClock } from '../store/clock.ts';
import { during } from '../telemetry/operations.ts';
import type { Parts } from './parts.ts';

/** What digests are made and sent with. Throws E_CONFIG when mails may not be sent as things are set. */
export async function senderOf(
  { config, db, log }: Pick<Parts, 'config' | 'db'> & { log?: Logger },
  signal?: AbortSignal,
): Promise<Sender & { keys: Keyring }> {
  const settings = await mailSettings(config);
  const keys = await openKeyring(config, file => log?.warn(keyMade(file)));
  return { db, site: siteOf(config), keys, settings, clock: databaseClock(db), signal };
}

/**
 * The worker's pass of the digest, every minute. Settings that forbid sending are said once and stop the mails, not the crawl; the health
 * check then tells of what is late.
 */
export async function digestHandler(parts: Parts): Promise<((signal: AbortSignal) => Promise<void>) | undefined> {
  try {
    const sender = await senderOf(parts);
    const insecure = insecureLinks(parts.config);
    if (insecure !== null) parts.log.warn(insecure);
    return async signal => {
      const { match, planned, compose, send } = await during('digest', {}, async facts => {
        const report = await runDigest({ ...sender, signal });
        const { sent, written, failed } = report.send;
        Object.assign(facts, { matched: report.match.pairs, planned: report.planned, sent: sent + written, failed });
        return report;
      });
      const done = { postings: match.postings, matched: match.pairs, planned, ...compose, ...send };
      if (planned + match.postings + send.sent + send.written + send.failed + send.later + send.blocked > 0) parts.log.info(done, 'digest');
      if (match.unread > 0)
        parts.log.warn({ filters: match.unread }, 'filters of subscriptions cannot be read by this version: nothing is matched for them');
      if (send.stopped !== null) parts.log.warn({ response: send.stopped }, 'the mail server takes nothing now, the next pass tries again');
    };
  } catch (error) {
    parts.log.error(`no mail is sent: ${messageOf(error)}`);
    return undefined;
  }
}
